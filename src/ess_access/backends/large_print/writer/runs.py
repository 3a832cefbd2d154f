"""Runs: characters with one look. Text is fitted to French print and to the font here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ess_access.api.findings import Severity
from ess_access.backends.large_print.writer.edition import Edition
from ess_access.backends.large_print.writer.glyphs import FALLBACK_FONT, fitted
from ess_access.backends.large_print.writer.markup import Element, child, text_of

__all__ = ["Look", "add_text", "begin_run", "language_tag", "printed", "unbroken"]

_NO_BREAK_HYPHEN = "\u2011"
_PIECES = re.compile("(\u2011|\n|\t)")
_SPACES = re.compile("( +)")
# 01 23 45 67 89, 3 12 34, +33 1 23 45 67 89: a number cut in two is two numbers.
_PHONE = re.compile(r"(?<![\w,.])\+?\d{1,4}(?: \d{1,4})+(?!\w)")
# rendez-vous, celui-ci, L. 123-4
_COMPOUNDS = re.compile(r"(?<=\w)-(?=\w)")
# Latin, Greek, Cyrillic languages whose region Word wants to know for its proofing.
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_REGIONS = {"fr": "fr-FR", "en": "en-GB", "de": "de-DE", "es": "es-ES", "it": "it-IT"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks and in which language it is.

    ``style`` names a character style; ``styled_bold`` says that the paragraph's style is bold;
    ``foreign`` says that the language is not the document's; ``size_pt`` is 0 where the paragraph's
    style gives the size; ``is_added`` says that the words are the edition's own, not the source's;
    ``is_whole`` says that no line may end within a compound.
    """

    lang: str
    bold: bool = False
    styled_bold: bool = False
    style: str = ""
    is_link: bool = False
    is_code: bool = False
    position: str = ""
    foreign: bool = False
    size_pt: int = 0
    is_added: bool = False
    is_whole: bool = False


def language_tag(lang: str) -> str:
    """Give a BCP 47 tag as Word writes it: with a region where one is usual.

    What is no tag at all would spoil the file: French stands in for it.
    """
    tag = lang.replace("_", "-")
    return _REGIONS.get(tag.lower(), tag) if _TAG.fullmatch(tag) else "fr-FR"


def printed(words: str, lang: str, *, is_code: bool = False) -> str:
    """Fit words to print: French no-break spaces. Code stays as it is."""
    if is_code or not lang.lower().startswith("fr"):
        return words
    from ess_access.french.typography import no_break

    return _PHONE.sub(lambda found: found.group().replace(" ", "\u00a0"), no_break(words))


def unbroken(words: str, *, is_whole: bool = False) -> str:
    """Let no line end at a hyphen of an address, nor at one of a compound if ``is_whole``.

    Is the hyphen its own, one could not say. Stops, slashes and the at sign stay where a line may
    end. Word copies such a hyphen as an ordinary one, and a link leads where it led; our reader
    gives the hyphen back.
    """
    if "-" not in words:
        return words
    if is_whole:
        words = _COMPOUNDS.sub(_NO_BREAK_HYPHEN, words)
    if "-" not in words:
        return words
    from ess_access.french.addresses import find

    for start, end in find(words.replace(_NO_BREAK_HYPHEN, "-")):
        address = words[start:end].replace("-", _NO_BREAK_HYPHEN)
        words = words[:start] + address + words[end:]
    return words


def begin_run(parent: Element, look: Look, edition: Edition, *, fallback: bool = False) -> Element:
    """Append ``w:r`` with its properties, in the order of the schema."""
    run = child(parent, "r")
    style = _style_of(look)
    # Bold in two styles at once would cancel out (ECMA-376 part 1 §17.7.3, toggle properties):
    # within a bold paragraph, emphasis says bold on the run as well.
    bold = look.bold and not (look.styled_bold and (look.is_added or not look.style))
    if not (style or bold or look.foreign or look.size_pt or fallback):
        return run
    properties = child(run, "rPr")
    if style:
        child(properties, "rStyle", val=style)
    if fallback:
        child(properties, "rFonts", ascii=FALLBACK_FONT, hAnsi=FALLBACK_FONT, cs=FALLBACK_FONT)
    if bold:
        child(properties, "b")
        child(properties, "bCs")
    if look.is_link and style != "Hyperlink":
        child(properties, "color", val=edition.theme.link)
    if look.position:
        sign = "" if look.position == "super" else "-"
        child(properties, "position", val=f"{sign}{edition.rhythm.raise_half_points}")
    if look.size_pt:
        child(properties, "sz", val=2 * look.size_pt)
        child(properties, "szCs", val=2 * look.size_pt)
    if look.is_link and style != "Hyperlink":
        child(properties, "u", val="single")
    if look.foreign:
        tag = language_tag(look.lang)
        child(properties, "lang", val=tag, eastAsia=tag)
    return run


def _style_of(look: Look) -> str:
    """Name all that a run is, in one style: a run has no more than one."""
    if look.is_added:
        return "AddedWords"
    raised = {"super": "Raised", "sub": "Lowered"}.get(look.position, "")
    named = raised + ("CodeText" if look.is_code else look.style)
    return named or ("Hyperlink" if look.is_link else "")


def add_text(parent: Element, words: str, look: Look, edition: Edition) -> None:
    """Append words as runs; what the font lacks is replaced, or set in the fallback font."""
    words = printed(words, look.lang, is_code=look.is_code)
    words = unbroken(words, is_whole=look.is_whole)
    for piece, in_fallback in _by_font(words, look, edition):
        if edition.options.word_spacing_pt and not in_fallback:
            _add_spaced(parent, piece, look, edition)
        else:
            _add_run(parent, piece, look, edition, fallback=in_fallback)


def _by_font(words: str, look: Look, edition: Edition) -> Iterator[tuple[str, bool]]:
    face = edition.face.bold if look.bold else edition.face.regular
    for piece in fitted(words, face):
        for char, replacement in piece.replaced:
            edition.report_once(
                "LP-102", Severity.INFO, char, character=char, replacement=replacement
            )
        if piece.is_lacking:
            for char in piece.text:
                if not char.isspace():
                    edition.report_once(
                        "LP-103",
                        Severity.WARNING,
                        char,
                        character=char,
                        code=f"U+{ord(char):04X}",
                        family=edition.face.name,
                        fallback=FALLBACK_FONT,
                    )
        yield piece.text, piece.is_lacking


def _add_run(
    parent: Element, words: str, look: Look, edition: Edition, *, fallback: bool = False
) -> Element:
    run = begin_run(parent, look, edition, fallback=fallback)
    for piece in _PIECES.split(words):
        match piece:
            case "":
                continue
            case "\u2011":
                child(run, "noBreakHyphen")
            case "\n":
                child(run, "br")
            case "\t":
                child(run, "tab")
            case _:
                text_of(run, piece)
    return run


def _add_spaced(parent: Element, words: str, look: Look, edition: Edition) -> None:
    """Word has no spacing of words: each run of spaces gets wider characters instead."""
    points = edition.options.word_spacing_pt + edition.options.letter_spacing_pt
    for number, piece in enumerate(_SPACES.split(words)):
        if not piece:
            continue
        run = _add_run(parent, piece, look, edition)
        if number % 2:
            _widen(run, round(20 * points))


def _widen(run: Element, twips: int) -> None:
    from ess_access.backends.large_print.writer.markup import clark

    properties = run.find(clark("rPr"))
    if properties is None:
        properties = child(run, "rPr")
        run.insert(0, properties)
    spacing = child(properties, "spacing", val=twips)
    after = [properties.find(clark(name)) for name in ("position", "sz", "u", "lang")]
    following = next((element for element in after if element is not None), None)
    if following is not None:
        following.addprevious(spacing)
