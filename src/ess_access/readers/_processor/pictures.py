"""Descriptions that our own large print prints below its pictures, given back to the pictures."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Image
from ess_access.readers._processor.kinds import Kind
from ess_access.readers._processor.raw import Part, RawNote, RawParagraph, RawRun, RawTable

__all__ = ["described"]


@dataclass(frozen=True, slots=True)
class _Held:
    """A picture and where its node is."""

    runs: list[RawRun]
    number: int
    image: Image

    def describe(self, words: str) -> None:
        """Give it a long description."""
        node = replace(self.image, description=words)
        self.runs[self.number] = replace(self.runs[self.number], node=node)


def described(parts: Iterable[Part]) -> list[Part]:
    """Take printed descriptions out of a flow; a picture or a table says the same by itself.

    Words that it does not say, somebody's correction, stay where they are.
    """
    found: list[Part] = []
    pictures: list[_Held] = []  # those above
    place = -1
    summary: RawParagraph | None = None
    for part in parts:
        if isinstance(part, RawTable) and summary is not None:
            part.summary = part.summary or _words(summary)
            summary = None
        elif summary is not None:
            found.append(replace(summary, kind=Kind.BODY))
            summary = None
        if not isinstance(part, RawParagraph):
            found.append(part)
            continue
        match part.kind:
            case Kind.TABLE_SUMMARY:
                summary = part
            case Kind.ABSENT_PICTURE:
                runs = [RawRun(Image(None, _words(part) or None))]
                pictures, place = _held(runs), 0
                found.append(replace(part, kind=Kind.BODY, runs=runs, indent=0))
            case Kind.PICTURE_DESCRIPTION:
                place = next(
                    (n for n in range(place + 1, len(pictures)) if pictures[n].image.alt != ""),
                    len(pictures),
                )
                if place == len(pictures) or not _says(pictures[place], _words(part)):
                    found.append(replace(part, kind=Kind.BODY))
            case Kind.LONG_DESCRIPTION if pictures and _words(part):
                pictures[min(max(place, 0), len(pictures) - 1)].describe(_words(part))
            case Kind.CAPTION:
                found.append(part)
            case _:
                held = _held(part.runs)
                if held or part.runs:
                    pictures, place = held, -1
                found.append(part)
    if summary is not None:
        found.append(replace(summary, kind=Kind.BODY))
    return found


def _held(runs: list[RawRun]) -> list[_Held]:
    return [
        _Held(runs, number, run.node)
        for number, run in enumerate(runs)
        if isinstance(run.node, Image)
    ]


def _says(held: _Held, words: str) -> bool:
    return words.split() == (held.image.alt or "").split()


def _words(raw: RawParagraph) -> str:
    nodes = tuple(run.node for run in raw.runs if not isinstance(run.node, RawNote))
    return " ".join(plain_text(nodes).split())
