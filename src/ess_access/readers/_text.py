"""Plain text to a document: pieces become headings, lists, paragraphs, verses and tables."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ess_access.api.findings import Finding, Severity
from ess_access.api.reader import Reading, Source
from ess_access.document.inlines import tidy
from ess_access.document.nodes import (
    Block,
    Cell,
    Document,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    Meta,
    Paragraph,
    Place,
    Quote,
    Rule,
    Table,
    Text,
)
from ess_access.document.text import clean
from ess_access.errors import SourceError
from ess_access.readers._decoding import decoded
from ess_access.readers._doubts import doubts
from ess_access.readers._numbered import Numbered, numbered_lists
from ess_access.readers._tasks import typed_task
from ess_access.readers._text_headings import heading_levels, with_titles_joined
from ess_access.readers._text_lines import WIDEST, lines_of
from ess_access.readers._text_pieces import Piece, pieces_of

__all__ = ["read_text"]

_LANG = Meta().lang  # plain text cannot name another
_VERSE = 60  # characters: longer lines are paragraphs
_STANZA = 40  # characters: nobody wraps prose so narrow, a verse may begin with a small letter
_LABELLED = re.compile(r"\w[^:.!?]{1,40}\s?:\s\S")  # « En bus : ligne 3. »
_DEEPEST = 20  # lists in lists; deeper items stay on that level
_MOST_QUOTED = 20  # a quotation in a quotation, and so on


def read_text(source: Source) -> Reading:
    """Read a whole file. Raises SourceError."""
    text = decoded(source.name, source.data)
    # A soft hyphen at a line's end joins the halves of a word; a form feed parts pages.
    written = re.sub("\u00ad[ \t]*\r?\n[ \t]*", "", text.text).replace("\f", "\n")
    raw = clean(written).split("\n")
    pieces = with_titles_joined(pieces_of(raw, lines_of("\n".join(raw))))
    levels = heading_levels(pieces)
    blocks = _blocks(pieces, levels, depth=0)
    if not blocks:
        raise SourceError("source-no-content", name=source.name)
    document = Document(Meta(), blocks)
    guessed = _guessed(pieces, levels)
    return Reading(document, (*text.findings, *guessed, *doubts(document)))


def _guessed(pieces: Sequence[Piece], levels: Mapping[int, int]) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    found = sorted(index for index in levels if not pieces[index].hashes)
    if found:
        lines = ", ".join(str(pieces[index].line) for index in found[:40])
        at = Place(line=pieces[found[0]].line)
        params: dict[str, str | int] = {"count": len(found), "lines": lines}
        findings.append(Finding("SRC-016", Severity.REVIEW, params, at))
    findings.extend(
        Finding("SRC-024", Severity.REVIEW, {}, Place(line=piece.line))
        for piece in pieces
        if piece.kind == "table"
    )
    return tuple(findings)


def _blocks(pieces: Sequence[Piece], levels: Mapping[int, int], *, depth: int) -> tuple[Block, ...]:
    found: list[Block] = []
    has_blanks = depth > 0 or any(piece.after_blank for piece in pieces[1:])
    is_wrapped = has_blanks and _is_wrapped_by_hand(pieces)
    index = 0
    while index < len(pieces):
        piece, at = pieces[index], Place(line=pieces[index].line)
        end = index + 1
        if index in levels:
            found.append(Heading(levels[index], _inlines(_whole(piece)), at=at))
        elif piece.kind == "item":
            end = _end_of_list(pieces, levels, index)
            found.extend(_list(pieces[index:end]))
        elif piece.kind == "rule":
            if found and end < len(pieces) and not isinstance(found[-1], Rule):
                found.append(Rule(at=at))
        elif piece.kind == "table":
            found.append(_table(piece))
        elif piece.kind == "quote":
            found.extend(_quote(piece, depth))
        else:
            if has_blanks:
                end = _end_of_lines(pieces, levels, index, is_wrapped=is_wrapped)
            run = pieces[index:end]
            between = LineBreak() if _are_verses(run) else Text(" ")
            words = [node for line in run for node in (Text(line.words), between)]
            found.append(Paragraph(tidy(words), at=at))
        index = end
    return tuple(found)


def _inlines(words: str) -> tuple[Inline, ...]:
    return tidy(node for line in words.split("\n") for node in (Text(line), LineBreak()))


def _whole(piece: Piece) -> str:
    return f"{piece.mark.written if piece.mark else ''}{piece.words}"


def _is_wrapped_by_hand(pieces: Sequence[Piece]) -> bool:
    """Say whether lines that stand together are one paragraph: blank lines part paragraphs here.

    Where one of them is longer than any editor wraps at, each is a paragraph of its own.
    """
    return not any(
        max(map(len, piece.parts), default=0) > WIDEST
        for before, after in pairwise(pieces)
        if before.kind == after.kind == "text" and not after.after_blank
        for piece in (before, after)
    )


def _end_of_lines(
    pieces: Sequence[Piece], levels: Mapping[int, int], start: int, *, is_wrapped: bool
) -> int:
    """Find the end of the lines that stand together and are one paragraph, or verses."""
    end = start + 1
    while (
        end < len(pieces)
        and pieces[end].kind == "text"
        and end not in levels
        and not pieces[end].after_blank
        and pieces[end].indent <= pieces[end - 1].indent + 1
    ):
        end += 1
    return end if is_wrapped or _are_verses(pieces[start:end]) else start + 1


def _are_verses(run: Sequence[Piece]) -> bool:
    """Recognise an address, a stanza, labels: short lines that no sentence runs through."""
    if all(len(line.words) <= _VERSE and _LABELLED.match(line.words) for line in run):
        return True
    longest = max(len(line.words) for line in run)
    is_stanza = len(run) > 2 and longest <= _STANZA
    return longest <= _VERSE and not any(
        (after.words[:1].islower() and not is_stanza)
        or re.search(r"[.!?…:][\"»”)]?$", before.words)
        for before, after in pairwise(run)
    )


def _quote(piece: Piece, depth: int) -> tuple[Block, ...]:
    raw = [row[0] for row in piece.rows]
    at = Place(line=piece.line)
    if depth >= _MOST_QUOTED:
        return (Paragraph(_inlines(" ".join(raw)), at=at),) if _inlines(" ".join(raw)) else ()
    inner = pieces_of(raw, lines_of("\n".join(raw)))
    for part in inner:
        part.line += piece.line - 1
    children = _blocks(inner, {}, depth=depth + 1)
    return (Quote(children, at=at),) if children else ()


def _table(piece: Piece) -> Table:
    at = Place(line=piece.line)
    head_rows = 1 if _has_head(piece.rows) else 0
    rows = tuple(
        tuple(
            Cell(
                (Paragraph(_inlines(cell), at=at),) if _inlines(cell) else (),
                header=number < head_rows,
            )
            for cell in row
        )
        for number, row in enumerate(piece.rows)
    )
    return Table(rows, head_rows, at=at)


def _has_head(rows: Sequence[Sequence[str]]) -> bool:
    """Take the first row for the names of the columns unless it holds figures or labels."""
    first = rows[0]
    if any(
        re.match(r"[\d+-]", cell) and not re.fullmatch(r"(?:19|20)\d\d", cell) for cell in first
    ):
        return False
    return not all(row[0].endswith(":") for row in rows if row[0])


# --- Lists --------------------------------------------------------------------------------


def _end_of_list(pieces: Sequence[Piece], levels: Mapping[int, int], start: int) -> int:
    """Find the end of a list: items, and the indented paragraphs that belong to them."""
    indent = pieces[start].indent
    end = start + 1
    while end < len(pieces) and end not in levels:
        piece = pieces[end]
        if piece.kind == "item":
            if piece.indent < indent - 1:
                break
        elif piece.kind != "text" or piece.indent <= indent + 1 or not piece.after_blank:
            break
        end += 1
    return end


def _list(pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """Nest items by their indent, and by their marks where the indents are equal."""
    root: list[Block] = []
    open_lists: list[_Open] = []
    for piece in pieces:
        paragraph = Paragraph(_inlines(typed_task(piece.words, _LANG)), at=Place(line=piece.line))
        if piece.mark is None:
            open_lists[-1].items[-1].append(paragraph)
            continue
        _close_to(open_lists, piece, root)
        top = open_lists[-1] if open_lists else None
        if top is None or (
            len(open_lists) < _DEEPEST
            and (top.piece.indent < piece.indent - 1 or not top.takes(piece))
        ):
            open_lists.append(_Open(piece))
        open_lists[-1].items.append([paragraph])
        open_lists[-1].last = piece.mark.number
        open_lists[-1].numbers.append(piece.mark.number)
    while open_lists:
        _close(open_lists, root)
    return tuple(root)


class _Open:
    """A list that is being read."""

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self.last = 0
        self.items: list[list[Block]] = []
        self.numbers: list[int] = []

    def takes(self, piece: Piece) -> bool:
        """Say whether an item is the next of this list."""
        own, other = self.piece.mark, piece.mark
        if own is None or other is None or own.kind != other.kind:
            return False
        return other.number == 0 or other.number > self.last


def _close_to(open_lists: list[_Open], piece: Piece, root: list[Block]) -> None:
    """Close the lists that an item ends."""
    while open_lists and open_lists[-1].piece.indent > piece.indent + 1:
        _close(open_lists, root)
    while open_lists and open_lists[-1].piece.indent >= piece.indent - 1:
        level = open_lists[-1]
        if level.takes(piece):
            return
        sisters = [
            other
            for other in open_lists[:-1]
            if other.takes(piece) and other.piece.indent >= piece.indent - 1
        ]
        is_restart = (
            piece.mark is not None
            and level.piece.mark is not None
            and (piece.mark.kind == level.piece.mark.kind)
        )
        if not sisters and not is_restart and not piece.after_blank:
            return  # another mark on the same indent: a list within the item above
        _close(open_lists, root)


def _close(open_lists: list[_Open], root: list[Block]) -> None:
    closed = open_lists.pop()
    mark = closed.piece.mark
    at = Place(line=closed.piece.line)
    contents = [tuple(item) for item in closed.items]
    if mark is None or mark.number == 0:
        made: list[Block] = [ListBlock(tuple(contents), at=at)]
    else:
        form = "lower-alpha" if mark.kind == "letter" else "decimal"
        pairs = zip(closed.numbers, contents, strict=True)
        made = numbered_lists([Numbered(number, item, form) for number, item in pairs], at)
    if open_lists:
        open_lists[-1].items[-1].extend(made)
    else:
        root.extend(made)
