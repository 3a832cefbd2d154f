"""Formulas written out in a line: fractions with a bar, exponents with a caret."""

from ess_access.readers._zip import Element
from ess_access.readers.docx.names import M

__all__ = ["formula"]

_PROPERTIES = frozenset({"rPr", "ctrlPr", "oMathParaPr", "sSupPr", "fPr", "radPr", "dPr", "naryPr"})


def formula(element: Element) -> str:
    """Write a formula with the characters of a keyboard and Unicode's signs."""
    return " ".join(_line(element, 0).split())


def _line(element: Element, depth: int) -> str:
    if depth > 60:
        return "".join(element.itertext(f"{M}t"))
    name = element.tag.removeprefix(M) if isinstance(element.tag, str) else ""

    def part(child: str) -> str:
        found = element.find(M + child)
        return _line(found, depth + 1) if found is not None else ""

    match name:
        case "t":
            return element.text or ""
        case "f":
            return f"{_grouped(part('num'))}/{_grouped(part('den'))}"
        case "sSup":
            return f"{part('e')}^{_grouped(part('sup'))}"
        case "sSub":
            return f"{part('e')}_{_grouped(part('sub'))}"
        case "sSubSup":
            return f"{part('e')}_{_grouped(part('sub'))}^{_grouped(part('sup'))}"
        case "rad":
            degree = part("deg")
            return f"{degree}√{_grouped(part('e'))}" if degree else f"√{_grouped(part('e'))}"
        case "d":
            opening = _character(element, "begChr", "(")
            closing = _character(element, "endChr", ")")
            inner = ", ".join(_line(child, depth + 1) for child in element.findall(f"{M}e"))
            return f"{opening}{inner}{closing}"
        case "nary":
            sign = _character(element, "chr", "∫")
            low, high = part("sub"), part("sup")
            bounds = (f"_{_grouped(low)}" if low else "") + (f"^{_grouped(high)}" if high else "")
            return f"{sign}{bounds} {part('e')}"
        case "mr":
            return ", ".join(_line(child, depth + 1) for child in element.findall(f"{M}e"))
        case "m":
            return (
                "(" + " ; ".join(_line(row, depth + 1) for row in element.findall(f"{M}mr")) + ")"
            )
        case _ if name in _PROPERTIES:
            return ""
        case _:
            return "".join(_line(child, depth + 1) for child in element)


def _character(element: Element, name: str, usual: str) -> str:
    for found in element.iter(M + name):
        return found.get(f"{M}val") or ""
    return usual


def _grouped(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"
