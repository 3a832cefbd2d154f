"""Footnotes and endnotes: what a call leads to."""

from dataclasses import replace

from ess_access.document.nodes import Text
from ess_access.readers._processor.raw import Part, RawNote, RawParagraph
from ess_access.readers._zip import Element
from ess_access.readers.docx.context import Story
from ess_access.readers.docx.names import w

__all__ = ["note"]


def note(call: Element, name: str, story: Story, *, has_own_mark: bool) -> RawNote | None:
    """Read the note of ``w:footnoteReference`` or ``w:endnoteReference``; ``None`` for no note.

    With ``has_own_mark`` the call is what follows in its run (« * »), and the note begins with
    it: it is left out, for editions number all notes.
    """
    context = story.context
    found = context.notes.get((name.removesuffix("Reference"), call.get(w("id")) or ""))
    if found is None or story.in_note:
        return None
    from ess_access.readers.docx.body import flow

    part, element = found
    place = (context.page, context.has_pages)
    context.deeper()
    parts = flow(element, Story(context, part, in_note=True))
    context.shallower()
    context.page, context.has_pages = place
    if has_own_mark:
        _strip(parts, "".join(after.text or "" for after in call.itersiblings(w("t"))).strip())
    return RawNote(tuple(parts))


def _strip(parts: list[Part], mark: str) -> None:
    """Take the mark from the beginning of a note."""
    if not mark or not parts or not isinstance(parts[0], RawParagraph) or not parts[0].runs:
        return
    first = parts[0].runs[0]
    if isinstance(first.node, Text) and first.node.text.lstrip().startswith(mark):
        rest = first.node.text.lstrip().removeprefix(mark).lstrip()
        parts[0].runs[0] = replace(first, node=replace(first.node, text=rest))
