"""The parts of a Word package: which is the document, and what each part refers to."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ess_access.api.reader import Source
from ess_access.errors import SourceError
from ess_access.readers._zip import Archive, Element, joined, parsed
from ess_access.readers.docx.names import RELATIONS, STRICT

__all__ = ["Package", "Relation"]


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part's ``r:id`` leads: a part's name, or an address when ``is_external``."""

    kind: str
    target: str
    is_external: bool


class Package:
    """A Word file. Raises SourceError where it holds no document."""

    def __init__(self, source: Source) -> None:
        self._archive = Archive(source)
        self._name = source.name
        self._relations: dict[str, Mapping[str, Relation]] = {}
        self.main = self._main_part()

    def _main_part(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self._archive:
                return relation.target
        if "word/document.xml" in self._archive:
            return "word/document.xml"
        raise SourceError("source-no-part", name=self._name, part="word/document.xml")

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Give the relations of a part by id; ``""`` is the package itself."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> Mapping[str, Relation]:
        folder, _, file = part.rpartition("/")
        name = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if name not in self._archive:
            return MappingProxyType({})
        found: dict[str, Relation] = {}
        for element in self._archive.xml(name).iter(f"{RELATIONS}Relationship"):
            target = element.get("Target") or ""
            is_external = element.get("TargetMode") == "External"
            found[element.get("Id") or ""] = Relation(
                (element.get("Type") or "").rpartition("/")[2],
                target if is_external else joined(part, target),
                is_external,
            )
        return MappingProxyType(found)

    def related(self, kind: str, part: str | None = None) -> str | None:
        """Name the part that the document (or ``part``) refers to as ``kind`` (``"styles"``)."""
        for relation in self.relations(self.main if part is None else part).values():
            if relation.kind == kind and not relation.is_external and relation.target in self:
                return relation.target
        return None

    def __contains__(self, part: str) -> bool:
        return part in self._archive

    def read(self, part: str) -> bytes:
        """Give the bytes of a part. Raises KeyError where it is absent."""
        return self._archive.read(part)

    def xml_bytes(self, part: str) -> bytes:
        """Give the XML of a part, its namespaces those of Transitional documents."""
        data = self._archive.read(part)
        if b"http://purl.oclc.org/ooxml/" in data:
            for strict, transitional in STRICT.items():
                data = data.replace(strict, transitional)
        return data

    def xml(self, part: str) -> Element:
        """Parse a part. Raises KeyError where it is absent, SourceError where it is no XML."""
        return parsed(self.xml_bytes(part), self._name)
