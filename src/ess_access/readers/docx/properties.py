"""Properties of runs and paragraphs, as they are written and as they add up."""

from dataclasses import dataclass

from ess_access.readers._zip import Element
from ess_access.readers.docx.names import W, w

__all__ = ["NOTHING", "RunProperties", "integer", "is_on", "run_properties"]

_VAL = w("val")
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class RunProperties:
    """What ``w:rPr`` says; ``None`` where it says nothing. ``size`` is in half-points."""

    style: str | None = None
    is_bold: bool | None = None
    is_italic: bool | None = None
    is_hidden: bool | None = None
    is_struck: bool | None = None
    size: int | None = None
    font: str | None = None
    lang: str | None = None
    script: str | None = None
    is_code: bool | None = None
    is_strong: bool | None = None  # by the name of its style, whatever it looks like
    draws_bold: bool | None = None  # that style is bold, so bold says nothing more
    is_added: bool | None = None  # words of our own large print that its source does not say

    def over(self, base: "RunProperties") -> "RunProperties":
        """Add these up with the properties below them."""
        if self is NOTHING:
            return base
        if base is NOTHING:
            return self
        return RunProperties(
            self.style or base.style,
            base.is_bold if self.is_bold is None else self.is_bold,
            base.is_italic if self.is_italic is None else self.is_italic,
            base.is_hidden if self.is_hidden is None else self.is_hidden,
            base.is_struck if self.is_struck is None else self.is_struck,
            base.size if self.size is None else self.size,
            base.font if self.font is None else self.font,
            base.lang if self.lang is None else self.lang,
            base.script if self.script is None else self.script,
            base.is_code if self.is_code is None else self.is_code,
            base.is_strong if self.is_strong is None else self.is_strong,
            base.draws_bold if self.draws_bold is None else self.draws_bold,
            base.is_added if self.is_added is None else self.is_added,
        )


NOTHING = RunProperties()


def is_on(element: Element) -> bool:
    """Say whether a toggle is on: present, and not valued off (ECMA-376-1 §17.17.4)."""
    value = element.get(_VAL)
    return value is None or value.lower() not in _OFF


def integer(text: str | None) -> int | None:
    """Read a whole number; a measure such as ``"12.5"`` or ``"36pt"`` by what it begins with."""
    if text is None:
        return None
    digits = text.strip().split(".")[0].removesuffix("pt")
    try:
        return int(digits) if len(digits) < 10 else None
    except ValueError:
        return None


def run_properties(element: Element | None) -> RunProperties:
    """Read ``w:rPr``."""
    if element is None or not len(element):
        return NOTHING
    style = font = lang = bidi = script = None
    bold = italic = hidden = struck = rtl = None
    size = None
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or not tag.startswith(W):
            continue
        match tag[len(W) :]:
            case "rStyle":
                style = child.get(_VAL)
            case "b":
                bold = is_on(child)
            case "i":
                italic = is_on(child)
            case "vanish":
                hidden = is_on(child)
            case "strike" | "dstrike":
                struck = is_on(child) or bool(struck)
            case "sz":
                size = integer(child.get(_VAL))
            case "rFonts":
                font = child.get(w("ascii")) or child.get(w("hAnsi"))
            case "lang":
                lang, bidi = child.get(_VAL), child.get(w("bidi"))
            case "rtl":
                rtl = is_on(child)
            case "vertAlign":
                value = child.get(_VAL) or ""
                script = {"superscript": "super", "subscript": "sub"}.get(value, "")
            case _:
                pass
    if rtl and bidi:
        lang = bidi
    return RunProperties(style, bold, italic, hidden, struck, size, font, lang, script)
