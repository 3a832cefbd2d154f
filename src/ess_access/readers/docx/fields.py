"""Fields: what Word computed. Results are content, but not page numbers and tables of contents."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from ess_access.readers._zip import Element
from ess_access.readers.docx.equations import equation
from ess_access.readers.docx.names import w
from ess_access.readers.docx.properties import integer, is_on
from ess_access.readers.docx.symbols import is_symbol_font, symbol

__all__ = ["Fields", "form_words", "link_of"]

_WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
# Their results are lists of pages that no edition has, or nothing. A lone PAGEREF is said as it
# is printed: « (voir page 12) » without its number would be a riddle.
_SILENT = frozenset({"TOC", "TOA", "INDEX", "XE", "TC", "TA", "RD"})


@dataclass(slots=True)
class _Field:
    written: list[str] = field(default_factory=list)
    in_result: bool = False
    is_silent: bool = False
    href: str = ""
    form: str = ""
    has_words: bool = False


class Fields:
    """The fields that are open at a place; they nest, and go on from paragraph to paragraph."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self._counted = 0
        self.contents_left_out = 0

    @property
    def is_silent(self) -> bool:
        """Whether what stands here is an instruction, or a result that is left out."""
        return any(not held.in_result or held.is_silent for held in self._open)

    @property
    def href(self) -> str:
        """The address of the innermost link that is open, else ``""``."""
        return next((held.href for held in reversed(self._open) if held.href), "")

    def character(self, element: Element) -> str:
        """Take ``w:fldChar``; give the words of a form's field that ends here."""
        match element.get(w("fldCharType")):
            case "begin":
                held = _Field()
                form = element.find(w("ffData"))
                if form is not None:
                    held.form = form_words(form)
                self._open.append(held)
            case "separate" if self._open:
                self._settle(self._open[-1])
            case "end" if self._open:
                held = self._open.pop()
                if not held.in_result:
                    self._settle(held)
                if not held.has_words and not self.is_silent:
                    return held.form or self._computed("".join(held.written).strip())
            case _:
                pass
        return ""

    def _settle(self, held: _Field) -> None:
        written = "".join(held.written).strip()
        held.in_result = True
        held.href = link_of(written)
        command = written.split(maxsplit=1)[0].upper() if written else ""
        held.is_silent = command in _SILENT
        self.contents_left_out += command == "TOC"

    def said(self) -> None:
        """Note that the results of the open fields hold words."""
        for held in self._open:
            held.has_words = True

    def instruction(self, text: str) -> None:
        """Take ``w:instrText``."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].written.append(text)

    def simple(self, instruction: str) -> None:
        """Open ``w:fldSimple``; :meth:`close` ends it."""
        self._open.append(_Field([instruction]))
        self._settle(self._open[-1])

    def close(self) -> None:
        """End ``w:fldSimple``."""
        if self._open:
            self._open.pop()

    def _computed(self, written: str) -> str:
        """Write what a field shows whose result the file does not hold, ``""`` for most."""
        command, *rest = written.split(maxsplit=1)[:2] or [""]
        rest = rest or [""]
        match command.upper():
            case "MACROBUTTON" | "GOTOBUTTON":  # all words after the first
                return "".join(rest[0].split(maxsplit=1)[1:])
            case "QUOTE":
                return " ".join(quoted or bare for quoted, bare in _WORDS.findall(rest[0]))
            case "SYMBOL":
                return _symbol(rest[0])
            case "EQ":
                return equation(rest[0])
            case "AUTONUM" | "AUTONUMLGL" | "AUTONUMOUT" | "LISTNUM":
                self._counted += 1
                return f"{self._counted}."
            case _:
                return ""

    def rescue(self) -> None:
        """Forget fields that were never ended: a heading stands in no table of contents."""
        self._open.clear()


def link_of(written: str) -> str:
    """Give the address of a ``HYPERLINK`` instruction, ``""`` for other ones."""
    words = [quoted or bare for quoted, bare in _WORDS.findall(written)]
    if not words or words[0].upper() != "HYPERLINK":
        return ""
    address = anchor = ""
    switch = ""
    for word in words[1:]:
        if switch == "\\l":
            anchor = word
        elif switch in ("\\o", "\\t"):
            pass
        elif word.startswith("\\") and len(word) == 2:
            switch = word.lower()
            switch = "" if switch in ("\\n", "\\m") else switch
            continue
        elif not address:
            address = word.replace("\\\\", "\\")
        switch = ""
    return f"{address}#{anchor}" if anchor else address


def _symbol(written: str) -> str:
    r"""Give the sign of a ``SYMBOL`` instruction: a number, perhaps a font after ``\f``."""
    words = [quoted or bare for quoted, bare in _WORDS.findall(written)]
    font = next((word for last, word in pairwise(words) if last.lower() == "\\f"), None)
    try:
        code = int(words[0], 0)
    except (IndexError, ValueError):
        return ""
    if code < 0x100 and "\\u" not in words and not is_symbol_font(font):
        return bytes([code]).decode("cp1252", "ignore") if code >= 0 else ""
    return symbol(code, font) if code >= 0 else ""


def form_words(form: Element) -> str:
    """Write what a form's field shows without a result: its box, or the chosen entry."""
    box = form.find(w("checkBox"))
    if box is not None:
        state = box.find(w("checked"))
        state = box.find(w("default")) if state is None else state
        return "\N{BALLOT BOX WITH X}" if state is not None and is_on(state) else "\N{BALLOT BOX}"
    choices = form.find(w("ddList"))
    if choices is None:
        return ""
    entries = [entry.get(w("val")) or "" for entry in choices.findall(w("listEntry"))]
    chosen = choices.find(w("result"))
    number = integer(chosen.get(w("val"))) if chosen is not None else 0
    return entries[number] if entries and number is not None and number < len(entries) else ""
