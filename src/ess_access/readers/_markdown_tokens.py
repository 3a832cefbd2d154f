"""What Markdown files write beside CommonMark: alerts, boxes to tick, ids of headings."""

import re
import unicodedata
from collections.abc import Sequence

from markdown_it.token import Token

from ess_access.document.text import clean

__all__ = ["BOXES", "with_alerts", "with_boxes", "with_ids"]

BOXES = {
    "aside": "aside", "encadre": "aside", "encadré": "aside",
    "note": "note", "info": "note", "tip": "note", "astuce": "note", "remarque": "note",
    "important": "warning", "warning": "warning", "caution": "warning", "danger": "warning",
    "attention": "warning", "avertissement": "warning",
    "example": "example", "exemple": "example",
    "details": "details", "détails": "details",
}  # fmt: skip
_ALERT = re.compile(r"\[!(note|tip|important|warning|caution)\][ \t]*", re.IGNORECASE)
_BOX = re.compile(r"\[([ xX])\](?=\s)")
_HEADING_ID = re.compile(r"\s*\{#([^\s{}]+)\}\s*$")


def with_alerts(tokens: Sequence[Token]) -> None:
    """Make boxes of the quotations that begin with ``[!NOTE]``."""
    open_quotes: list[Token] = []
    kinds: list[bool] = []
    for index, token in enumerate(tokens):
        if token.type == "blockquote_open":
            open_quotes.append(token)
            kinds.append(_is_alert(token, tokens[index + 1 : index + 3]))
        elif token.type == "blockquote_close":
            open_quotes.pop()
            if kinds.pop():
                token.tag = "div"


def _is_alert(quote: Token, following: Sequence[Token]) -> bool:
    if len(following) < 2 or following[1].type != "inline" or not following[1].children:
        return False
    first = following[1].children[0]
    match = _ALERT.match(first.content)
    if first.type != "text" or match is None:
        return False
    first.content = first.content[match.end() :]
    quote.tag = "div"
    quote.attrSet("class", f"markdown-alert {BOXES[match[1].lower()]}")
    return True


def with_boxes(tokens: Sequence[Token]) -> None:
    """Make boxes to tick of the « [ ] » and « [x] » that items begin with, as GitHub does."""
    for item, paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open":
            continue
        children = inline.children
        match = _BOX.match(inline.content) if children else None
        if match is None or not children or not children[0].content.startswith(match[0].rstrip()):
            continue
        children[0].content = children[0].content[3:]
        ticked = " checked" if match[1] != " " else ""
        children.insert(0, Token("html_inline", "", 0, content=f'<input type="checkbox"{ticked}>'))


def with_ids(tokens: Sequence[Token]) -> None:
    """Give headings the ids that links of Markdown files use: ``{#id}``, else nearly GitHub's."""
    taken: dict[str, int] = {}
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        inline = tokens[index + 1]
        children = inline.children or []
        match = _HEADING_ID.search(children[-1].content) if children else None
        if match is not None and children[-1].type == "text":
            children[-1].content = children[-1].content[: match.start()]
            token.attrSet("id", match[1])
            continue
        words = "".join(child.content for child in children if child.type != "html_inline")
        made = _slug(words)
        count = taken.get(made, 0)
        taken[made] = count + 1
        if token.attrGet("id") is None:
            token.attrSet("id", f"{made}-{count}" if count else made)


def _slug(words: str) -> str:
    kept = (
        character
        for character in clean(words).strip().lower()
        if character in " -_" or unicodedata.category(character)[0] in "LNM"
    )
    return "".join(kept).replace(" ", "-").strip("-")
