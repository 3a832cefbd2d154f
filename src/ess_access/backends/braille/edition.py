"""A document into volumes of pages: front matter, text, numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from ess_access.api.findings import Finding, Severity
from ess_access.backends.braille.compose import Composer
from ess_access.backends.braille.elements import Element, Flow
from ess_access.backends.braille.fill import Splitter
from ess_access.backends.braille.front import contents_pages, title_page
from ess_access.backends.braille.headings import heading_flow
from ess_access.backends.braille.hyphens import splitter_of
from ess_access.backends.braille.liblouis import liblouis
from ess_access.backends.braille.options import BrailleOptions, page_size
from ess_access.backends.braille.pages import Page, Paginator
from ess_access.backends.braille.printpages import PrintPages
from ess_access.backends.braille.symbols import notes_pages, used_symbols
from ess_access.backends.braille.translator import Translator
from ess_access.backends.braille.unknown import Replacements
from ess_access.backends.braille.volumes import cut
from ess_access.document.nodes import Document
from ess_access.transforms.outline import title_heading

__all__ = ["Edition", "Volume", "make_edition"]

_ENDLESS = 10**9
_LONG = 12  # pages from which a title page and contents serve the reader


@dataclass(frozen=True, slots=True)
class Volume:
    """The pages of one volume; the first ``front`` of them come before the text."""

    pages: tuple[Page, ...]
    front: int = 0


@dataclass(frozen=True, slots=True)
class Edition:
    """The whole of an edition; ``width`` cells a row, ``height`` rows a page."""

    volumes: tuple[Volume, ...]
    width: int
    height: int
    findings: tuple[Finding, ...]


def make_edition(document: Document, options: BrailleOptions, *, trace: bool = False) -> Edition:
    """Make the edition. ``trace`` keeps the print of each row.

    Raises MissingError when liblouis or its tables are not there.
    """
    return _Maker(document, options, trace=trace).edition()


@dataclass(frozen=True, slots=True)
class _Fronts:
    """What stands before the text of a volume; ``symbols`` are told in the first one alone."""

    has_title_page: bool = False
    has_contents: bool = False
    symbols: tuple[tuple[str, str], ...] = ()


class _Maker:
    """Make one edition."""

    def __init__(self, document: Document, options: BrailleOptions, *, trace: bool) -> None:
        self._document = document
        self._options = options
        self._trace = trace
        self._size = page_size(options)
        self._is_continuous = options.preset == "display"
        self._translator = Translator(liblouis(), options.grade, is_base=options.capitals == "base")
        self._has_title = bool(document.meta.title.strip())

    def edition(self) -> Edition:
        width, height = self._size
        composer = Composer(self._document, self._options, self._translator, width)
        elements = list(composer.blocks(self._document.children))
        whole = self._paginator(1)
        pages = len(whole.lay(elements))
        has_title_page = self._wants(self._options.title_page, is_fit=pages >= _LONG)
        has_title_page = has_title_page and self._has_title
        named = title_heading(self._document)
        if self._has_title and named is None and not has_title_page:
            elements.insert(0, self._title())
        elif has_title_page and named is not None and named is self._document.children[0]:
            elements = elements[1:]  # the title page says it
        has_contents = self._wants(
            self._options.contents, is_fit=pages >= _LONG and len(whole.placed) >= 3
        )
        symbols: tuple[tuple[str, str], ...] = ()
        if self._wants(self._options.symbols, is_fit=pages >= _LONG):
            met, languages = self._translator.met.letters, composer.reader.languages
            symbols = used_symbols(elements, met, languages)
        fronts = _Fronts(has_title_page, has_contents and bool(whole.placed), symbols)
        if not self._is_continuous and pages > self._options.volume_pages:
            if len(elements) != len(whole.starts):  # the title came or went
                whole = self._paginator(1)
                whole.lay(elements)
            parts = self._parts(elements, whole, fronts)
            volumes = tuple(
                self._volume(part, number, len(parts), fronts)
                for number, part in enumerate(parts, 1)
            )
        elif fronts == _Fronts() and len(elements) == len(whole.starts):
            volumes = (Volume(tuple(whole.pages)),)  # laid already
        else:
            volumes = (self._volume(elements, 1, 1, fronts),)
        if self._is_continuous:
            height = max((len(page.rows) for volume in volumes for page in volume.pages), default=1)
        findings = (*composer.reader.findings, *_findings(self._translator.met, self._options))
        return Edition(volumes, width, height, findings)

    def _wants(self, choice: str, *, is_fit: bool) -> bool:
        return choice == "always" or (choice == "auto" and is_fit and not self._is_continuous)

    def _title(self) -> Element:
        said = self._translator.translate(self._document.meta.title)
        flow = heading_flow(said, 1)
        return Flow(flow.cells, flow.print, is_centred=True, after=1, keep=2)

    def _paginator(self, first_number: int) -> Paginator:
        width, height = self._size
        splitter: Callable[[Flow], Splitter | None] | None = None
        if self._options.hyphenation != "none":
            splitter = splitter_of(self._options)
        return Paginator(
            width,
            _ENDLESS if self._is_continuous else height,
            has_numbers=self._options.page_numbers and not self._is_continuous,
            first_number=first_number,
            trace=self._trace,
            splitter=splitter,
            print_pages=PrintPages() if self._options.print_pages else None,
        )

    # --- volumes -----------------------------------------------------------------------------

    def _parts(
        self, elements: list[Element], whole: Paginator, fronts: _Fronts
    ) -> list[list[Element]]:
        """Cut the elements where they stand when all are laid in one run."""
        # The title page, the contents (a row or two an entry), and the page that a cut wastes.
        _, height = self._size
        contents = 2 * len(whole.placed) // height + 1 if fronts.has_contents else 0
        notes = 2 * len(fronts.symbols) // height + 1 if fronts.symbols else 0
        taken = int(fronts.has_title_page) + contents + notes
        limit = max(self._options.volume_pages - taken - 1, 2)
        return cut(elements, whole.starts, limit, self._translator)

    def _volume(self, elements: list[Element], number: int, count: int, fronts: _Fronts) -> Volume:
        """Lay a volume; the contents' own length moves the numbers that they show."""
        has_title_page, has_contents = fronts.has_title_page, fronts.has_contents
        front, pages = 0, 0
        title: tuple[Page, ...] = ()
        notes: tuple[Page, ...] = ()
        contents: tuple[Page, ...] = ()
        body: tuple[Page, ...] = ()
        for _ in range(5):
            if has_title_page:
                title = title_page(
                    self._document.meta,
                    self._options,
                    self._translator,
                    self._size,
                    (number, count, pages),
                    trace=self._trace,
                )
            if fronts.symbols and number == 1:  # 3.6d: they hold for all the volumes
                notes = notes_pages(
                    fronts.symbols,
                    self._translator,
                    self._size,
                    len(title) + 1,
                    has_numbers=self._options.page_numbers,
                    trace=self._trace,
                )
            paginator = self._paginator(front + 1)
            body = paginator.lay(elements)
            if has_contents and paginator.placed:
                contents = contents_pages(
                    paginator.placed,
                    self._translator,
                    self._size,
                    len(title) + len(notes) + 1,
                    trace=self._trace,
                )
            before = len(title) + len(notes) + len(contents)
            size = (before, before + len(body))
            if size == (front, pages) or (not has_title_page and size[0] == front):
                break
            front, pages = size
        return Volume((*title, *notes, *contents, *body), front)


def _findings(met: Replacements, options: BrailleOptions) -> list[Finding]:
    found = [
        Finding(
            "BR-002",
            Severity.INFO,
            {"char": char, "letters": letters, "count": met.counts[char]},
        )
        for char, letters in sorted(met.letters.items())
    ]
    found += [
        Finding(
            "BR-003",
            Severity.REVIEW,
            {"char": char, "name": name, "count": met.counts[char]},
        )
        for char, name in sorted(met.signs.items())
    ]
    if options.grade == 2:
        found.append(Finding("BR-004", Severity.REVIEW))
    return found
