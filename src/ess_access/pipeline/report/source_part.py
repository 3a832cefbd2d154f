"""The part of the page that tells one source: what to do, then its editions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ess_access.api.findings import Severity
from ess_access.pipeline.outcome import EditionOutcome, Fault, FileRecord, SourceOutcome
from ess_access.pipeline.report import safe
from ess_access.pipeline.report.markup import Html, element, joined, name_of
from ess_access.pipeline.report.points import Point, Said, counts, points
from ess_access.pipeline.report.words import (
    Speaker,
    common_measures,
    failed,
    is_audio,
    is_braille_text,
)

__all__ = ["LOOKS", "Told", "collapsed", "source_section", "tell"]

LoadText = Callable[[str], str | None]

LOOKS = {
    Severity.ERROR: "grave",
    Severity.WARNING: "mend",
    Severity.REVIEW: None,
    Severity.INFO: None,
}
_PLACES = "report.place-count"
_SHOWN = 6  # a longer list is folded


@dataclass(frozen=True, slots=True)
class Told:
    """A source with its place in the page and what is to be done."""

    id: str
    source: SourceOutcome
    points: tuple[Point, ...]
    counts: dict[Severity, int]

    @property
    def lacks_edition(self) -> bool:
        """Say whether the source or one of its editions failed."""
        return self.source.fault is not None or any(map(failed, self.source.editions))

    @property
    def has_work(self) -> bool:
        """Say whether its author has something to mend."""
        return self.lacks_edition or bool(
            self.counts[Severity.ERROR] or self.counts[Severity.WARNING]
        )


def tell(number: int, source: SourceOutcome, speaker: Speaker) -> Told:
    """Work out what a source has to say."""
    found = points(source, speaker)
    return Told(f"s{number}", source, found, counts(found))


def collapsed(items: Sequence[Html], key: str, speaker: Speaker) -> Html:
    """Write a list; fold a long one under the message of ``key``."""
    listed = element("ul", *items)
    if len(items) <= _SHOWN:
        return listed
    title = element("summary", speaker.plural(key, len(items)))
    return element("details", title, listed)


def source_section(told: Told, speaker: Speaker, load_text: LoadText) -> Html:
    """Write everything about one source.

    Its heading leads to it: hundreds of landmarks would be none, and two may sound the same.
    """
    source = told.source
    states = [("todo", told.has_work), ("failed", told.lacks_edition)]
    return element(
        "section",
        element("h2", name_of(source.name)),
        *_about(source, speaker),
        *_work(told, speaker),
        *(
            _edition(f"{told.id}-e{number}", edition, source, speaker, load_text)
            for number, edition in enumerate(source.editions, 1)
        ),
        id=told.id,
        class_="source",
        data_words=f"{source.name} {source.title}",
        data_state=" ".join(name for name, is_so in states if is_so),
    )


def _about(source: SourceOutcome, speaker: Speaker) -> Iterator[Html]:
    if source.title:
        title = element("bdi", source.title, lang=_lang(source.lang))
        yield element("p", speaker.text("report.title-of-source"), title)
    facts = []
    if source.words:
        facts.append(speaker.plural("measure.words", source.words))
    if source.lang:
        facts.append(speaker.text("report.language", lang=source.lang))
    if facts:
        yield element("p", ". ".join(facts) + ".")


def _lang(lang: str) -> str | None:
    return lang if safe.is_language(lang) else None


# --- what to do -----------------------------------------------------------------------------


def _work(told: Told, speaker: Speaker) -> Iterator[Html]:
    source = told.source
    if source.fault is not None:
        yield element("h3", speaker.text("report.fault"))
        yield from _fault(source.fault, source.name, speaker)
    if told.points:
        yield element("h3", speaker.text("report.findings"))
        for severity in Severity:
            yield from _of_severity(severity, told, speaker)
    elif not told.lacks_edition:
        yield element("p", speaker.text("report.no-findings"))


def _fault(fault: Fault, source: str, speaker: Speaker) -> Iterator[Html]:
    yield element("p", speaker.fault(fault, source), class_="fault")
    if fault.trace:
        title = element("summary", speaker.text("report.trace"))
        trace = str(safe.private_params({"trace": "\n" + fault.trace})["trace"]).strip()
        label = speaker.text("report.trace")
        yield element("details", title, _block(trace, label))


def _of_severity(severity: Severity, told: Told, speaker: Speaker) -> Iterator[Html]:
    own = [point for point in told.points if point.severity is severity]
    if own:
        count = speaker.plural(f"report.count-{severity.value}", told.counts[severity])
        yield element("h4", count, class_=LOOKS[severity])
        yield element("ul", *(_point(point, speaker) for point in own))


def _point(point: Point, speaker: Speaker) -> Html:
    code = element("code", point.code)
    if len(point.said) == 1:
        said = point.said[0]
        return element("li", code, " – ", said.alone, *_places(said, speaker))
    items = [
        element("li", speaker.located(place, said.sentence) if place else said.alone)
        for said in point.said
        for place in said.places or ("",)
    ]
    return element("li", code, collapsed(items, _PLACES, speaker))


def _places(said: Said, speaker: Speaker) -> Iterator[str]:
    if said.places:
        yield " "
        yield speaker.text("report.places")
    if len(said.places) == 1:
        yield " "
        yield said.places[0]
        yield "."
    elif said.places:
        yield collapsed([element("li", place) for place in said.places], _PLACES, speaker)


# --- editions -------------------------------------------------------------------------------


def _edition(
    id: str, edition: EditionOutcome, source: SourceOutcome, speaker: Speaker, load_text: LoadText
) -> Html:
    heading = (speaker.format(edition.format), element("span", " – ", name_of(source.name)))
    return element(
        "section",
        element("h3", *heading, id=id),
        _state(edition, speaker),
        *(_fault(edition.fault, source.name, speaker) if edition.fault is not None else ()),
        *_files(edition, speaker),
        *_previews(edition, speaker, load_text),
    )


def _state(edition: EditionOutcome, speaker: Speaker) -> Html:
    status = speaker.status(edition.status)
    looks = "grave state" if failed(edition) else "good state"
    sentence = speaker.text(
        "report.state", status=status, reason=speaker.reason(edition.reason or edition.status.value)
    )
    before, _, after = sentence.partition(status)
    return element("p", before, element("span", status, class_=looks), after)


def _files(edition: EditionOutcome, speaker: Speaker) -> Iterator[Html]:
    shared = common_measures(edition.files)
    if shared:
        yield _measures(speaker.measures(shared), speaker)
    if edition.files:
        items = []
        for file in edition.files:
            own = () if shared is not None or not file.measures else file.measures
            link = element("a", name_of(file.path), href=safe.address(file.path))
            told = [link, f" ({speaker.size(file.size_bytes)})"]
            if own:
                told += [" – ", speaker.measures(file.measures)]
            items.append(element("li", *told))
        yield element("ul", *items)


def _measures(said: str, speaker: Speaker) -> Html:
    return element("p", speaker.text("report.measures", measures=said))


def _previews(edition: EditionOutcome, speaker: Speaker, load_text: LoadText) -> Iterator[Html]:
    for file in edition.files:
        if is_audio(file):
            yield _player(file, speaker)
        elif is_braille_text(file):
            text = load_text(file.path)
            if text is not None and text.strip():
                yield _braille(text.partition("\f")[0], file, speaker)


def _player(file: FileRecord, speaker: Speaker) -> Html:
    return element(
        "audio",
        controls=True,
        preload="none",
        src=safe.address(file.path),
        aria_label=speaker.text("report.listen", file=file.path),
    )


def _braille(page: str, file: FileRecord, speaker: Speaker) -> Html:
    label = speaker.text("report.preview-of", file=file.path)
    title = element("summary", speaker.text("report.preview"))
    return element("details", title, _block(page.rstrip("\n"), label, lang="fr-Brai"))


def _block(text: str, label: str, lang: str | None = None) -> Html:
    """Write lines that may be wider than the screen: the keyboard scrolls them."""
    block = element("pre", joined([text]), lang=lang)
    return element("div", block, role="group", aria_label=label, tabindex="0", class_="scroll")
