"""A DOCX opened for reading: its parts, its paragraphs, and what each really looks like."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ess_access.backends.large_print.checks.fields import field_links
from ess_access.backends.large_print.checks.resolved import Styles, is_on
from ess_access.backends.large_print.checks.xml import WP, W, parsed, values

__all__ = ["BrokenFileError", "LockedFileError", "Paragraph", "Run", "Word", "opened"]

_MOST_BYTES = 500_000_000
_EXCERPT = 50
_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
_CODE = re.compile("[0-9A-Fa-f]{4}")


class BrokenFileError(ValueError):
    """A file that is no DOCX; its text says why."""


class LockedFileError(BrokenFileError):
    """A file that asks for a password."""


_SIGNS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_CALLS = tuple(f"{W}{name}" for name in ("footnoteReference", "endnoteReference"))


@dataclass(frozen=True)
class Run:
    """A run of characters, and its properties once styles are followed."""

    element: Any
    text: str
    look: dict[str, dict[str, str]]
    in_link: bool

    @property
    def is_shown(self) -> bool:
        """Say whether it puts ink on the page: letters, or the number of a note."""
        has_ink = self.text.strip() or any(node.tag in _CALLS for node in self.element)
        return bool(has_ink) and not is_on(self.look, "vanish")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. ``number`` counts those of its part from 1; ``story`` names the part.

    ``before`` is the excerpt of the one before it.
    """

    element: Any
    story: str
    number: int
    styles: Styles
    in_table: bool
    in_contents: bool
    before: str = ""

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Give the runs, those of links and of inserted text included, deleted text left out."""
        return tuple(self._runs())

    def _runs(self) -> Iterator[Run]:
        style = self.style_id
        in_fields = {run for link in field_links(self.element) for run in link.runs}
        for element in self.element.iter(f"{W}r"):
            if _own_paragraph(element) is not self.element:
                continue
            text = "".join(_written(node) for node in element)
            look = self.styles.run(values(element.find(f"{W}rPr")), style, self.table_style)
            in_link = any(above.tag == f"{W}hyperlink" for above in element.iterancestors())
            yield Run(element, text, look, in_link or element in in_fields)

    @cached_property
    def text(self) -> str:
        """Give the words."""
        return "".join(run.text for run in self.runs)

    @property
    def typed(self) -> str:
        """Give the words with their tabs."""
        return "".join(
            "\t" if node.tag == f"{W}tab" else _written(node)
            for run in self.runs
            for node in run.element
        )

    @cached_property
    def look(self) -> dict[str, dict[str, str]]:
        """Give the paragraph's properties, once styles are followed."""
        direct = values(self.element.find(f"{W}pPr"))
        return self.styles.paragraph(direct, self.table_style)

    @cached_property
    def table_style(self) -> str:
        """Give the identifier of the style of the table around it, ``""`` outside of tables."""
        table = next(self.element.iterancestors(f"{W}tbl"), None) if self.in_table else None
        found = values(table.find(f"{W}tblPr")) if table is not None else {}
        return found.get("tblStyle", {}).get("val", "")

    @cached_property
    def style_id(self) -> str:
        """Give the style's identifier; the default style's when none is named."""
        direct = values(self.element.find(f"{W}pPr")).get("pStyle", {}).get("val", "")
        return direct or self.styles.default_paragraph

    @property
    def style_name(self) -> str:
        """Give the style's name as Word knows it in every language, in lower case."""
        return self.styles.name(self.style_id)

    @property
    def heading_level(self) -> int:
        """Give the level of a heading, 0 for anything else."""
        name = self.style_name
        if name.startswith("heading ") and name[8:].isdigit():
            return int(name[8:])
        outline = self.look.get("outlineLvl", {}).get("val", "9")
        return int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0

    @property
    def is_list_item(self) -> bool:
        """Say whether Word numbers it or gives it a bullet."""
        return self.look.get("numPr", {}).get("numId", "0") != "0"

    @property
    def excerpt(self) -> str:
        """Give its first words, to find it by."""
        words = " ".join(self.text.split())
        if not words and self.before:
            # A picture, a blank: named by what stands before it.
            return f"{self.before.removesuffix(' […]')} […]"
        return words if len(words) <= _EXCERPT else words[:_EXCERPT].rstrip() + "…"


@dataclass(frozen=True)
class Word:
    """A whole DOCX. ``stories`` are the parts that hold text, the body first."""

    parts: dict[str, bytes]
    body: Any
    styles: Styles
    settings: Any
    stories: dict[str, Any]
    relations: dict[str, dict[str, str]] = field(default_factory=dict)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Give the paragraphs of all parts, those of the body first."""
        return tuple(self._paragraphs())

    def _paragraphs(self) -> Iterator[Paragraph]:
        for story, root in self.stories.items():
            before = ""
            margins = story.startswith(("header", "footer"))
            shown = (one for one in _text_paragraphs(root) if not (margins and _lies_behind(one)))
            for number, element in enumerate(shown, 1):
                above = {node.tag for node in element.iterancestors()}
                in_contents = f"{W}sdtContent" in above and _is_contents(element)
                one = Paragraph(
                    element, story, number, self.styles, f"{W}tbl" in above, in_contents, before
                )
                yield one
                before = one.excerpt

    @cached_property
    def main(self) -> tuple[Paragraph, ...]:
        """Give the paragraphs of the body alone."""
        return tuple(one for one in self.paragraphs if one.story == "document")

    def part(self, name: str) -> Any:
        """Give the XML of a part, or nothing when the package has none of that name."""
        data = self.parts.get(name)
        return None if data is None else parsed(data)


def _written(node: Any) -> str:
    """Give the characters of a piece of a run."""
    if node.tag == f"{W}t":
        return node.text or ""
    if node.tag == f"{W}sym":
        # A sign of a symbol font, by its place in it.
        code = node.get(f"{W}char", "")
        return chr(int(code, 16)) if _CODE.fullmatch(code) else ""
    return _SIGNS.get(node.tag, "")


def _own_paragraph(element: Any) -> Any:
    """Give the paragraph around a run: within a text box it is the box's."""
    return next((above for above in element.iterancestors(f"{W}p")), None)


def _text_paragraphs(root: Any) -> Iterator[Any]:
    """Yield paragraphs; of a drawing written twice for old programs, only the new one's."""
    for element in root.iter(f"{W}p"):
        if not any(str(above.tag).endswith("}Fallback") for above in element.iterancestors()):
            yield element


def _lies_behind(element: Any) -> bool:
    """Say whether a paragraph stands in a shape behind the text: a watermark, no text to read."""
    return any(
        above.get("behindDoc") in {"1", "true"} for above in element.iterancestors(f"{WP}anchor")
    )


def _is_contents(element: Any) -> bool:
    holder = next((above for above in element.iterancestors(f"{W}sdt")), None)
    gallery = holder.find(f".//{W}docPartGallery") if holder is not None else None
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def opened(path: Path) -> Word:
    """Open a DOCX. Raises BrokenFileError."""
    from lxml import etree

    if _is_locked(path):
        raise LockedFileError(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
                raise BrokenFileError(f"> {_MOST_BYTES} bytes")
            parts = {name: archive.read(name) for name in archive.namelist()}
        return _word(parts, _main_of(parts))
    except (zipfile.BadZipFile, OSError, etree.XMLSyntaxError, RuntimeError) as error:
        # zipfile raises RuntimeError for an encrypted entry.
        raise BrokenFileError(str(error)) from error


def _is_locked(path: Path) -> bool:
    """Say whether a file is a DOCX that Office encrypted ([MS-OFFCRYPTO] §2.3.2): no ZIP at all."""
    try:
        with path.open("rb") as stream:
            is_compound = stream.read(len(_COMPOUND)) == _COMPOUND
            return is_compound and "EncryptedPackage".encode("utf-16-le") in stream.read()
    except OSError:
        return False


def _main_of(parts: dict[str, bytes]) -> str:
    """Give the name of the part that holds the text: some programs do not call it document.xml."""
    if "word/document.xml" in parts:
        return "word/document.xml"
    for relation in parsed(parts["_rels/.rels"]) if "_rels/.rels" in parts else ():
        target = relation.get("Target", "").lstrip("/")
        if relation.get("Type", "").endswith("/officeDocument") and target in parts:
            return str(target)
    raise BrokenFileError("word/document.xml")


def _word(parts: dict[str, bytes], main: str) -> Word:
    from lxml import etree

    body = parsed(parts[main])
    if body.tag != f"{W}document":
        raise BrokenFileError(main)
    empty = etree.Element(f"{W}empty")
    styles = parsed(parts["word/styles.xml"]) if "word/styles.xml" in parts else empty
    settings = parsed(parts["word/settings.xml"]) if "word/settings.xml" in parts else empty
    stories: dict[str, Any] = {"document": body}
    for name in sorted(parts):
        kind = name.removeprefix("word/").removesuffix(".xml")
        if name == f"word/{kind}.xml" and kind.rstrip("0123456789") in {
            "header",
            "footer",
            "endnotes",
            "footnotes",
        }:
            stories[kind] = parsed(parts[name])
    return Word(
        parts, body, Styles(styles), settings, stories, {"document": _relations(parts, "document")}
    )


def _relations(parts: dict[str, bytes], story: str) -> dict[str, str]:
    data = parts.get(f"word/_rels/{story}.xml.rels")
    if data is None:
        return {}
    return {one.get("Id", ""): one.get("Target", "") for one in parsed(data)}
