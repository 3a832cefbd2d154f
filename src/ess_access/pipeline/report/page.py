"""``report.html``: one page that people read, with any browser, keyboard or screen reader.

Nothing is fetched from elsewhere; without JavaScript everything is shown.
"""

from collections.abc import Callable, Collection, Iterator
from functools import cmp_to_key

from ess_access.api.findings import Severity
from ess_access.locale import Catalogue
from ess_access.pipeline.outcome import BuildOutcome, EditionOutcome, Fault, gravest
from ess_access.pipeline.report import safe
from ess_access.pipeline.report.markup import Html, element, joined, name_of
from ess_access.pipeline.report.source_part import (
    LOOKS,
    Told,
    collapsed,
    source_section,
    tell,
)
from ess_access.pipeline.report.style import SCRIPT, STYLE
from ess_access.pipeline.report.words import Speaker, failed

__all__ = ["as_html"]

_TO_MEND = (Severity.ERROR, Severity.WARNING)


def _no_text(_: str) -> str | None:
    return None


def as_html(
    outcome: BuildOutcome,
    catalogue: Catalogue,
    *,
    load_text: Callable[[str], str | None] = _no_text,
) -> str:
    """Give the page, in the language of the catalogue.

    ``load_text`` gives the text of a file by its path below the output folder, or ``None``: the
    first page of Braille is shown with it.
    """
    speaker = Speaker(catalogue)
    told = [tell(number, source, speaker) for number, source in enumerate(outcome.sources, 1)]
    title = speaker.text("report.title")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{title} – {_totals(outcome, speaker)}"),
        element("style", Html(STYLE)),
    )
    main = element(
        "main",
        *_first(told, speaker),
        *_overview(told, speaker),
        *(source_section(each, speaker, load_text) for each in told),
        *_left("orphans", outcome.orphans, speaker),
        *_left("outdated", outcome.outdated, speaker),
        id="content",
        tabindex="-1",
    )
    body = element(
        "body",
        element("a", speaker.text("report.skip"), href="#content", class_="skip"),
        element(
            "header",
            element("h1", title),
            element("p", _summary(told, outcome, speaker), class_="lead"),
        ),
        _contents(told, outcome, speaker),
        main,
        element("footer", element("p", speaker.text("report.footer"))),
        element("script", Html(SCRIPT)),
    )
    page = element("html", head, body, lang=catalogue.language)
    return f"<!DOCTYPE html>\n{page}\n"


def _totals(outcome: BuildOutcome, speaker: Speaker) -> str:
    editions = sum(not failed(edition) for source in outcome.sources for edition in source.editions)
    sources = speaker.plural("report.sources", len(outcome.sources))
    return f"{sources}, {speaker.plural('report.editions', editions)}"


def _summary(told: list[Told], outcome: BuildOutcome, speaker: Speaker) -> str:
    parts = [_totals(outcome, speaker)]
    unread = sum(each.source.fault is not None for each in told)
    unmade = sum(failed(edition) for each in told for edition in each.source.editions)
    if unread:
        parts.append(speaker.plural("report.unread", unread))
    if unmade:
        parts.append(speaker.plural("report.failed", unmade))
    for severity in Severity:
        count = sum(each.counts[severity] for each in told)
        if count and severity is not Severity.INFO:
            parts.append(speaker.plural(f"report.count-{severity.value}", count))
    return ", ".join(parts) + "."


def _contents(told: list[Told], outcome: BuildOutcome, speaker: Speaker) -> Html:
    title = speaker.text("report.contents")
    links = [element("li", element("a", speaker.text("report.first"), href="#first"))]
    if told:
        links.append(element("li", element("a", speaker.text("report.overview"), href="#overview")))
    for kind, paths in (("orphans", outcome.orphans), ("outdated", outcome.outdated)):
        if paths:
            link = element("a", speaker.text(f"report.{kind}"), href=f"#{kind}")
            links.append(element("li", link))
    return element("nav", element("ul", *links), aria_label=title)


# --- what to do first -----------------------------------------------------------------------


def _first(told: list[Told], speaker: Speaker) -> Iterator[Html]:
    items = [*_faults(told, speaker), *_to_mend(told, speaker)]
    if items:
        said = element("ol", *items)
    elif not told:
        said = element("p", speaker.text("report.nothing-built"))
    elif any(each.counts[Severity.REVIEW] for each in told):
        said = element("p", speaker.text("report.first-review"))
    else:
        said = element("p", speaker.text("report.first-nothing"), class_="good")
    heading = element("h2", speaker.text("report.first"), id="first")
    yield element("section", heading, said, aria_labelledby="first")


def _faults(told: list[Told], speaker: Speaker) -> Iterator[Html]:
    """Tell each fault once, the gravest first, with the sources it concerns."""
    concerned: dict[str, dict[str, Told]] = {}
    codes: dict[str, int] = {}
    for each in told:
        for fault in _of_source(each):
            sentence = speaker.fault(fault)
            codes[sentence] = fault.exit_code
            concerned.setdefault(sentence, {})[each.id] = each
    for sentence in sorted(codes, key=lambda said: _gravity(codes[said])):
        yield element("li", sentence, " ", *_concerned(concerned[sentence].values(), speaker))


def _concerned(sources: Collection[Told], speaker: Speaker) -> Iterator[str]:
    """Link to the one source or to several."""
    if len(sources) == 1:
        yield speaker.text("report.concerned")
        yield " "
        yield from map(_link, sources)
    else:
        yield speaker.text("report.concerns")
        links = [element("li", _link(each)) for each in sources]
        yield collapsed(links, "report.source-count", speaker)


def _of_source(each: Told) -> Iterator[Fault]:
    if each.source.fault is not None:
        yield each.source.fault
    yield from (edition.fault for edition in each.source.editions if edition.fault is not None)


def _compared(one: int, other: int) -> int:
    return 0 if one == other else (-1 if gravest((one, other)) == one else 1)


_gravity = cmp_to_key(_compared)


def _to_mend(told: list[Told], speaker: Speaker) -> Iterator[Html]:
    for severity in _TO_MEND:
        own = [each for each in told if each.counts[severity]]
        if own:
            count = speaker.plural(
                f"report.count-{severity.value}", sum(each.counts[severity] for each in own)
            )
            said = element("span", count, class_=f"count {LOOKS[severity]}")
            yield element("li", said, " – ", *_concerned(own, speaker))


def _link(each: Told) -> Html:
    return element("a", name_of(each.source.name), href=f"#{each.id}")


# --- overview -------------------------------------------------------------------------------


def _overview(told: list[Told], speaker: Speaker) -> Iterator[Html]:
    if not told:
        return
    formats = list(
        dict.fromkeys(edition.format for each in told for edition in each.source.editions)
    )
    columns = [
        speaker.text("report.document"),
        speaker.text("report.words"),
        *map(speaker.format, formats),
        speaker.text("report.points"),
    ]
    table = element(
        "table",
        element("caption", speaker.text("report.overview-caption"), id="overview-caption"),
        element("thead", element("tr", *(element("th", each, scope="col") for each in columns))),
        element("tbody", *(_row(each, formats, speaker) for each in told)),
    )
    yield element(
        "section",
        element("h2", speaker.text("report.overview"), id="overview"),
        *([_filter(len(told), speaker)] if len(told) > 1 else ()),
        element(
            "div",
            table,
            class_="scroll",
            role="region",
            tabindex="0",
            aria_labelledby="overview-caption",
        ),
        aria_labelledby="overview",
    )


def _row(each: Told, formats: list[str], speaker: Speaker) -> Html:
    editions = {edition.format: edition for edition in each.source.editions}
    words = speaker.decimal(each.source.words) if each.source.words else "–"
    return element(
        "tr",
        element("th", _link(each), scope="row"),
        element("td", words, class_="number"),
        *(element("td", _cell(each, editions.get(form), speaker)) for form in formats),
        element("td", _work(each, speaker)),
        data_of=each.id,
    )


def _cell(each: Told, edition: EditionOutcome | None, speaker: Speaker) -> str:
    if edition is None:
        key = "report.unread-cell" if each.source.fault is not None else "report.no-edition"
        return speaker.text(key)
    looks = "grave state" if failed(edition) else "good"
    return element("span", speaker.status(edition.status), class_=looks)


def _work(each: Told, speaker: Speaker) -> Html:
    said = [
        element("span", speaker.plural(f"report.count-{name.value}", count), class_=LOOKS[name])
        for name, count in each.counts.items()
        if count and name is not Severity.INFO
    ]
    unmade = sum(map(failed, each.source.editions))
    if unmade:
        told = speaker.plural("report.failed", unmade)
        said.insert(0, element("span", told, class_="grave state"))
    if each.source.fault is not None:
        said.insert(0, element("span", speaker.text("report.unread-cell"), class_="grave state"))
    return joined(said, ", ") if said else joined([speaker.text("report.none")])


def _filter(total: int, speaker: Speaker) -> Html:
    """Write the form that the script uncovers."""
    choices = ("all", "todo", "failed")
    shown = speaker.text("report.shown", shown="{shown}", total=total)
    return element(
        "form",
        element("label", speaker.text("report.filter-name"), for_="filter-name"),
        element("input", type="search", id="filter-name", autocomplete="off"),
        element("label", speaker.text("report.filter-state"), for_="filter-state"),
        element(
            "select",
            *(
                element("option", speaker.text(f"report.filter-{choice}"), value=choice)
                for choice in choices
            ),
            id="filter-state",
        ),
        element("p", role="status", id="filter-told", data_shown=shown),
        id="filter",
        role="search",
        aria_label=speaker.text("report.filter"),
        hidden=True,
    )


def _left(kind: str, paths: tuple[str, ...], speaker: Speaker) -> Iterator[Html]:
    """List files that were left in place, and say what to do with them."""
    if paths:
        items = [
            element("li", element("a", name_of(path), href=safe.address(path))) for path in paths
        ]
        yield element(
            "section",
            element("h2", speaker.text(f"report.{kind}"), id=kind),
            element("p", speaker.text(f"report.{kind}-help")),
            element("ul", *items),
            class_="source",
            aria_labelledby=kind,
        )
