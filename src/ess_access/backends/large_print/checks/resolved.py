"""Styles followed to their end: what a run or a paragraph really looks like.

ECMA-376 part 1 §17.7.2: document defaults, then the chain of paragraph styles, then that of
character styles, then what stands on the run. Bold, italics and capitals are switches: set in two
kinds of styles at once they cancel out (§17.7.3).
"""

from typing import Any

from ess_access.backends.large_print.checks.xml import W, values

__all__ = ["Look", "Styles", "half_points", "is_on"]

Look = dict[str, dict[str, str]]

_SWITCHES = ("b", "i", "caps", "smallCaps")
_DEFAULT_HALF_POINTS = 20  # ECMA-376 part 1 §17.3.2.38: 10 pt where nothing says otherwise
_OFF = frozenset({"0", "false", "off", "none"})


def is_on(look: Look, name: str) -> bool:
    """Say whether a switch is set."""
    attributes = look.get(name)
    return attributes is not None and attributes.get("val", "1") not in _OFF


def half_points(look: Look) -> float:
    """Give the size of letters in half-points."""
    try:
        return float(look.get("sz", {}).get("val", _DEFAULT_HALF_POINTS))
    except ValueError:
        return _DEFAULT_HALF_POINTS


class Styles:
    """The styles of a document."""

    def __init__(self, root: Any) -> None:
        self._styles = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
        self._runs: dict[str, Look] = {}
        self._paragraphs: dict[str, Look] = {}
        defaults = root.find(f"{W}docDefaults")
        self._run_defaults: Look = {}
        self._paragraph_defaults: Look = {}
        if defaults is not None:
            self._run_defaults = values(defaults.find(f"{W}rPrDefault/{W}rPr"))
            self._paragraph_defaults = values(defaults.find(f"{W}pPrDefault/{W}pPr"))
        self.default_paragraph = next(
            (
                identity
                for identity, style in self._styles.items()
                if style.get(f"{W}type") == "paragraph"
                and style.get(f"{W}default") in {"1", "true", "on"}
            ),
            "",
        )

    @property
    def run_defaults(self) -> Look:
        """Give the document's defaults for runs."""
        return self._run_defaults

    def name(self, identity: str) -> str:
        """Give a style's name, in lower case; its identifier when it has none."""
        style = self._styles.get(identity)
        found = style.find(f"{W}name") if style is not None else None
        return (found.get(f"{W}val", identity) if found is not None else identity).lower()

    def has_shading(self, identity: str) -> bool:
        """Say whether a style, or one it is based on, colours a background."""
        seen: set[str] = set()
        while identity in self._styles and identity not in seen:
            seen.add(identity)
            style = self._styles[identity]
            if style.find(f".//{W}shd") is not None:
                return True
            base = style.find(f"{W}basedOn")
            identity = base.get(f"{W}val", "") if base is not None else ""
        return False

    def run(self, direct: Look, paragraph_style: str, table_style: str = "") -> Look:
        """Give the properties of a run from its own, its paragraph's style and its table's."""
        of_table = self._chain(table_style, "rPr", self._runs)
        of_paragraph = self._chain(paragraph_style, "rPr", self._runs)
        of_character = self._chain(direct.get("rStyle", {}).get("val", ""), "rPr", self._runs)
        look = _merged(_merged(self._run_defaults, of_table), of_paragraph)
        look = _merged(look, of_character)
        for switch in _SWITCHES:
            if is_on(of_paragraph, switch) and is_on(of_character, switch):
                look[switch] = {"val": "0"}
        return _merged(look, direct)

    def paragraph(self, direct: Look, table_style: str = "") -> Look:
        """Give the properties of a paragraph from its own, its style and its table's."""
        of_table = self._chain(table_style, "pPr", self._paragraphs)
        style = direct.get("pStyle", {}).get("val", "") or self.default_paragraph
        inherited = self._chain(style, "pPr", self._paragraphs)
        return _merged(_merged(_merged(self._paragraph_defaults, of_table), inherited), direct)

    def _chain(self, identity: str, kind: str, known: dict[str, Look]) -> Look:
        if identity in known:
            return known[identity]
        known[identity] = {}  # a style based on itself ends here
        style = self._styles.get(identity)
        if style is None:
            return {}
        base = style.find(f"{W}basedOn")
        inherited = self._chain(base.get(f"{W}val", ""), kind, known) if base is not None else {}
        known[identity] = _merged(inherited, values(style.find(f"{W}{kind}")))
        return known[identity]


# Properties whose attributes are inherited one by one; of the others the last one counts whole.
_BY_ATTRIBUTE = frozenset({"spacing", "ind", "rFonts", "lang", "numPr"})


def _merged(below: Look, above: Look) -> Look:
    merged = dict(below)
    for name, attributes in above.items():
        if name in _BY_ATTRIBUTE and name in merged:
            inherited = merged[name]
            if name == "rFonts" and "ascii" in attributes:
                # A named font takes the place of the theme's that is inherited.
                inherited = {key: inherited[key] for key in inherited if key != "asciiTheme"}
            merged[name] = {**inherited, **attributes}
        else:
            merged[name] = attributes
    return merged
