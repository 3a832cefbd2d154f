"""report.html holds together whatever it tells, and works without script, colour or network."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import lxml.html
import pytest
from hypothesis import given, settings

from ess_access.api.findings import Finding, Severity
from ess_access.document.nodes import Place
from ess_access.locale import LANGUAGES, catalogue
from ess_access.pipeline.outcome import BuildOutcome, Fault, FileRecord, SourceOutcome
from ess_access.pipeline.report import as_html
from ess_access.pipeline.report.style import STYLE
from report_outcomes import BRAILLE, OUTCOMES, audio, braille, large_print, whole

FRENCH, ENGLISH = catalogue("fr"), catalogue("en")


def page(outcome: BuildOutcome, language: str = "fr", braille: str | None = BRAILLE) -> str:
    return as_html(outcome, catalogue(language), load_text=lambda path: braille)


def tree(outcome: BuildOutcome, language: str = "fr") -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page(outcome, language))


class Balance(HTMLParser):
    """Check that every element that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_in_the_language_of_the_catalogue(language: str) -> None:
    html = tree(whole(), language)
    assert html.get("lang") == language
    said = html.findtext("head/title")
    assert said is not None
    assert ("éditions" in said) == (language == "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_key_is_shown(language: str) -> None:
    shown = " ".join(tree(whole(), language).xpath("//body//text()[not(parent::script)]"))
    assert not re.findall(
        r"\b(?:report|status|reason|severity|format|measure)\.(?!json)[a-z]", shown
    )


def test_there_is_one_h1_and_no_level_is_skipped() -> None:
    levels = [int(each.tag[1]) for each in tree(whole()).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_landmarks_and_skip_link_are_there() -> None:
    html = tree(whole())
    for landmark in ("header", "nav", "main", "footer"):
        assert len(html.xpath(f"//body/{landmark}")) == 1
    first = html.xpath("//body//a")[0]
    assert first.get("href") == "#" + html.xpath("//main")[0].get("id")


def test_no_two_landmarks_sound_the_same() -> None:
    """« A.md » and « a.md » are one name to the ear, and so are the details of two defects."""
    lettre = whole().sources[-1]
    sources = (lettre, replace(lettre, name=lettre.name.upper()))
    html = tree(BuildOutcome(sources))
    labels = [
        html.get_element_by_id(each.get("aria-labelledby")).text_content()
        for each in html.xpath("//section[@aria-labelledby]")
    ]
    labels += html.xpath("//*[@role='region' or @role='search']/@aria-label")
    assert labels
    assert len({label.casefold() for label in labels}) == len(labels)


def test_every_inner_link_and_label_leads_somewhere() -> None:
    html = tree(whole())
    ids = html.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [href[1:] for href in html.xpath("//a/@href") if href.startswith("#")]
    targets += html.xpath("//@for")
    targets += html.xpath("//@aria-labelledby")
    targets += html.xpath("//@data-of")
    assert set(targets) <= set(ids)


def test_nothing_is_fetched_from_elsewhere() -> None:
    html = tree(whole())
    addresses = html.xpath("//@src|//@href|//@action|//@poster|//@srcset")
    assert addresses
    assert all(address.startswith(("#", "./")) for address in addresses)
    assert not html.xpath("//link|//iframe|//img|//object")
    assert "@import" not in page(whole())
    assert "url(" not in STYLE


def test_the_table_has_a_caption_and_headers() -> None:
    (table,) = tree(whole()).xpath("//table")
    assert table.findtext("caption")
    assert {each.get("scope") for each in table.xpath(".//th")} == {"col", "row"}
    assert table.xpath("./tbody/tr[3]/th")[0].text_content() == "notice.txt"
    columns = len(table.xpath("./thead/tr/th"))
    assert {len(row) for row in table.xpath("./tbody/tr")} == {columns}


def test_without_script_all_is_shown_and_the_form_is_not() -> None:
    hidden = tree(whole()).xpath("//*[@hidden]")
    assert [each.get("id") for each in hidden] == ["filter"]


def test_one_source_needs_no_form() -> None:
    assert not tree(BuildOutcome(whole().sources[:1])).xpath("//form")


def test_sound_files_have_a_player_with_a_name_that_loads_nothing_yet() -> None:
    files = tuple(
        FileRecord(f"a/a.{suffix}", "application/octet-stream", 1, "0" * 64)
        for suffix in ("mp3", "m4b", "opus", "brf")
    )
    outcome = BuildOutcome((SourceOutcome("a.md", editions=(audio("a", files=files),)),))
    players = tree(outcome).xpath("//audio")
    assert [each.get("src") for each in players] == ["./a/a.mp3", "./a/a.m4b", "./a/a.opus"]
    assert players[0].get("aria-label") == "Écouter a/a.mp3"
    assert {each.get("preload") for each in players} == {"none"}


def test_the_first_page_of_braille_is_in_the_page_and_no_more() -> None:
    html = tree(whole())
    (block,) = html.xpath("//details//pre[@lang]")
    assert block.text_content() == BRAILLE.partition("\f")[0].rstrip("\n")
    assert block.get("lang") == "fr-Brai"


@pytest.mark.parametrize("text", [None, "", "\n\f"])
def test_braille_that_cannot_be_read_is_not_shown(text: str | None) -> None:
    html = lxml.html.document_fromstring(page(whole(), braille=text))
    assert not html.xpath("//pre[@lang]")


def test_only_the_braille_text_is_asked_for() -> None:
    asked: list[str] = []
    as_html(whole(), FRENCH, load_text=asked.append)
    assert asked == ["guide/guide.braille.txt"]


def test_without_a_reader_of_files_the_page_is_whole() -> None:
    assert "guide.braille.txt" in as_html(whole(), FRENCH)


def test_what_must_be_done_first_comes_first_the_gravest_on_top() -> None:
    items = [each.text_content() for each in tree(whole()).xpath("//section[1]/ol/li")]
    assert ["interne" in each for each in items] == [True, False, False, False, False]
    assert "s’est arrêté deux fois" in items[1]
    assert "ne peut pas être lu" in items[2]
    assert items[3].startswith("2\u00a0erreurs")
    assert items[4].startswith("11\u00a0points à corriger")


def test_one_fault_of_many_sources_is_told_once_with_all_of_them() -> None:
    died = Fault("worker-died", {}, 6)
    sources = tuple(
        SourceOutcome(f"{n}.md", editions=(audio(str(n), files=(), fault=died),)) for n in range(20)
    )
    (item,) = tree(BuildOutcome(sources)).xpath("//section[1]/ol/li")
    assert len(item.xpath(".//details//a")) == 20
    assert "Voir les 20" in item.text_content()


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        ((), "toutes les éditions sont prêtes"),
        ((Finding("A", Severity.REVIEW, {"message": "x"}),), "Il reste des points à relire"),
    ],
)
def test_when_nothing_is_to_be_mended_the_page_says_so(
    findings: tuple[Finding, ...], said: str
) -> None:
    source = SourceOutcome("a.md", findings=findings, editions=(large_print("a"),))
    assert said in tree(BuildOutcome((source,))).xpath("//section[1]")[0].text_content()


def test_a_build_of_nothing_says_what_to_do() -> None:
    html = tree(BuildOutcome(()))
    assert "Aucun document" in html.text_content()
    assert not html.xpath("//table")


def test_many_places_are_folded_and_few_are_not() -> None:
    def of(count: int) -> lxml.html.HtmlElement:
        found = tuple(
            Finding("A", Severity.WARNING, {"message": "flou."}, Place(line=line))
            for line in range(1, count + 1)
        )
        return tree(BuildOutcome((SourceOutcome("a.md", findings=found),)))

    assert not of(6).xpath("//section[@class='source']//details")
    assert len(of(7).xpath("//section[@class='source']//details//li")) == 7


def test_a_finding_in_every_edition_of_one_kind_counts_its_sentences() -> None:
    found = tuple(
        Finding("A", Severity.ERROR, {"message": f"mot {n} manque."}) for n in range(1, 4)
    )
    html = tree(BuildOutcome((SourceOutcome("a.md", editions=(braille("a", findings=found),)),)))
    assert "3\u00a0erreurs" in html.xpath("//h4")[0].text_content()


def test_measures_that_differ_are_told_with_each_file() -> None:
    files = (
        FileRecord("a/1.mp3", "audio/mpeg", 1, "0" * 64, {"duration_s": 60}),
        FileRecord("a/2.mp3", "audio/mpeg", 1, "0" * 64, {"duration_s": 120}),
        FileRecord("a/list.m3u", "audio/x-mpegurl", 1, "0" * 64),
    )
    html = tree(BuildOutcome((SourceOutcome("a", editions=(audio("a", files=files),)),)))
    items = [each.text_content() for each in html.xpath("//section[@class='source']//ul/li")]
    assert ["minute" in each for each in items] == [True, True, False]


def test_a_defect_shows_its_traceback_without_the_folders_of_the_machine() -> None:
    details = tree(whole()).xpath("//details[contains(., 'y.py')]")[-1].text_content()
    assert "ValueError: 3" in details
    assert "/root/" not in details


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;\u202e\x00"


def test_hostile_words_are_shown_and_never_obeyed() -> None:
    found = (
        Finding(HOSTILE, Severity.ERROR, {"message": HOSTILE}, Place(part=HOSTILE)),
        Finding("SRC-100", Severity.WARNING, {"suffix": HOSTILE, "true": HOSTILE}),
    )
    fault = Fault("source-unreadable", {"file": HOSTILE, "reason": HOSTILE}, 4, HOSTILE)
    files = (FileRecord(f"{HOSTILE}.mp3", "audio/mpeg", 1, "0" * 64, {HOSTILE: 3}),)
    edition = audio("a", files=files, findings=found)
    source = SourceOutcome(HOSTILE, HOSTILE, HOSTILE, 3, found, fault, (edition,))
    html = lxml.html.document_fromstring(
        page(BuildOutcome((source, source), (HOSTILE,)), braille=HOSTILE)
    )
    assert len(html.xpath("//script")) == 1
    assert not html.xpath("//img|//@onerror")
    assert "alert(2)" in html.text_content()
    assert not html.xpath("//span[@lang]|//bdi[@lang]")


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("a b/é.mp3", "./a%20b/%C3%A9.mp3"),
        ("100%.mp3", "./100%25.mp3"),
        ("a#b?c.mp3", "./a%23b%3Fc.mp3"),
        ("javascript:alert(1).mp3", "./javascript%3Aalert%281%29.mp3"),
        ("d\udce9j\udce0.mp3", "./d%E9j%E0.mp3"),
    ],
)
def test_addresses_are_relative_and_percent_encoded(path: str, address: str) -> None:
    files = (FileRecord(path, "audio/mpeg", 1, "0" * 64),)
    html = tree(BuildOutcome((SourceOutcome("a", editions=(audio("a", files=files),)),)))
    assert html.xpath("//section//ul//a/@href")[-1] == address
    assert html.xpath("//audio/@src") == [address]


@settings(max_examples=40, deadline=None)
@given(OUTCOMES)
def test_any_outcome_gives_a_page_that_is_well_nested(outcome: BuildOutcome) -> None:
    for language in (FRENCH, ENGLISH):
        text = as_html(outcome, language, load_text=lambda path: BRAILLE)
        text.encode()
        balance = Balance()
        balance.feed(text)
        balance.close()
        assert balance.open == []


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_contrasts_at_seven_to_one_with_every_ground(scheme: str) -> None:
    blocks = re.findall(r":root \{[^}]*?(--ground[^}]*)\}", STYLE)
    assert len(blocks) == 2
    colours = dict(re.findall(r"--(\w+): (#\w{6})", blocks[scheme == "dark"]))
    for ground in ("ground", "soft"):
        for name in ("text", "link", "seen", "grave", "mend", "good"):
            one, other = sorted((_luminance(colours[ground]), _luminance(colours[name])))
            assert (other + 0.05) / (one + 0.05) >= 7, (name, ground)
