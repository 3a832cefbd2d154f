"""Markdown to the HTML that the page reader understands, each line knowing where it came from."""

import bisect
import re
from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from ess_access.readers._markdown_tokens import BOXES, with_alerts, with_boxes, with_ids

__all__ = ["Lines", "html_of_markdown"]

_MARK = re.compile(r"[\\`*_~\[\]!<>&^{}\n]")  # what may be more than itself in inline Markdown
_BULLET = re.compile(r"[•●◦‣▪■□○∙\uf0b7]\s*\S")
_PLAIN = frozenset(
    f"{name}_{end}"
    for name in (
        "paragraph",
        "list_item",
        "bullet_list",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    )
    for end in ("open", "close")
)
# Stands for the words of a call: no note begins with this character by chance.
_CALL = "\u2042"  # ASTERISM
_OPEN_BRACKETS = 200
_DEEPEST = 250  # beyond, markdown-it would drop text: the page reader refuses such depths


class Lines:
    """The line of the source that a line of the HTML came from."""

    def __init__(self, offset: int) -> None:
        self._offset = offset
        self._made: list[int] = [1]
        self._written: list[int] = [1]

    def note(self, made: int, written: int) -> None:
        """Say that a line of the HTML begins what a line of the source wrote."""
        self._made.append(made)
        self._written.append(written)

    def source(self, made: int) -> int:
        """Give the line of the source."""
        index = bisect.bisect_right(self._made, made) - 1
        return self._written[index] + made - self._made[index] + self._offset


def html_of_markdown(text: str, offset: int = 0) -> tuple[str, Lines]:
    """Give the HTML of a text whose first line is the source's line ``offset + 1``."""
    parser = _parser()
    text = _without_open_brackets(text)
    env: dict[str, Any] = {}
    tokens = parser.parse(text, env)
    with_alerts(tokens)
    with_boxes(tokens)
    with_ids(tokens)
    renderer = parser.renderer
    assert isinstance(renderer, RendererHTML)  # noqa: S101 - what the parser is made with
    lines = Lines(offset)
    parts: list[str] = ["<body>\n"]
    made = 2
    for index, token in enumerate(tokens):
        if token.map is not None:
            lines.note(made, token.map[0] + 1)
        part = _rendered(parser, renderer, tokens, index, env)
        made += part.count("\n")
        parts.append(part)
    parts.extend(_inline_notes(parser, renderer, env))
    return "".join(parts), lines


def _without_open_brackets(text: str) -> str:
    """Escape brackets that nothing closes where there are hundreds: each would be searched for."""
    if text.count("[") - text.count("]") < _OPEN_BRACKETS:
        return text
    return "\n\n".join(
        chunk.replace("[", "\\[")
        if chunk.count("[") - chunk.count("]") >= _OPEN_BRACKETS
        else chunk
        for chunk in text.split("\n\n")
    )


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough"])
    parser.use(deflist_plugin).use(footnote_plugin).use(admon_plugin)
    parser.use(attrs_plugin, spans=True, allowed=("lang", "id", "class"))
    parser.use(container_plugin, name="box", validate=lambda params, *_: _kind(params) != "")
    parser.core.ruler.at("inline", _inline)
    parser.core.ruler.disable("footnote_tail")  # a note that nobody calls must not vanish
    # Addresses stay as they are written, as in HTML; the page reader refuses the unsafe ones.
    parser.normalizeLink = _as_written  # type: ignore[method-assign] # markdown-it's own way
    parser.validateLink = _any_link  # type: ignore[method-assign] # markdown-it's own way
    parser.add_render_rule("image", _image)
    parser.add_render_rule("footnote_ref", _call)
    parser.add_render_rule("softbreak", _end_of_line)
    return parser


def _inline(state: StateCore) -> None:
    """Read the words of blocks as markdown-it does, and those without any mark at once."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        if _MARK.search(token.content):
            children: list[Token] = []
            state.md.inline.parse(token.content, state.md, state.env, children)
            token.children = children
        else:
            token.children = [Token("text", "", 0, content=token.content)]


def _as_written(url: str) -> str:
    return url


def _any_link(url: str) -> bool:  # noqa: ARG001 - the shape of markdown-it's check
    return True


def _rendered(
    parser: MarkdownIt,
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    env: dict[str, Any],
) -> str:
    token = tokens[index]
    match token.type:
        case "inline":
            match token.children:
                case [Token(type="text", content=words)]:
                    return escapeHtml(words)
                case children:
                    return renderer.renderInline(children or [], parser.options, env)
        case "footnote_reference_open":
            return f'<aside role="doc-footnote" id="{_note_id(token.meta["label"])}">\n'
        case "footnote_reference_close":
            return "</aside>\n"
        case "container_box_open":
            return _box(parser, token.info)
        case "container_box_close":
            return (
                "</details>\n" if _kind(_opening(tokens, index).info) == "details" else "</div>\n"
            )
        case plain if plain in _PLAIN and not token.attrs and not token.hidden:
            return f"</{token.tag}>\n" if token.nesting < 0 else f"<{token.tag}>"
        case _ if token.type in renderer.rules:
            return str(renderer.rules[token.type](tokens, index, parser.options, env))
        case _:
            return renderer.renderToken(tokens, index, parser.options, env)


def _kind(params: str) -> str:
    words = params.split(maxsplit=1)
    return BOXES.get(words[0].lower(), "") if words else ""


def _box(parser: MarkdownIt, params: str) -> str:
    kind = _kind(params)
    title = parser.renderInline(" ".join(params.split()[1:]))
    if kind == "details":
        return f"<details><summary>{title}</summary>\n"
    words = f'<p class="custom-block-title">{title}</p>' if title else ""
    if kind == "aside":
        return f'<div role="complementary">{words}\n'
    return f'<div class="custom-block {kind}">{words}\n'


def _opening(tokens: Sequence[Token], index: int) -> Token:
    level = tokens[index].level
    return next(
        token
        for token in reversed(tokens[:index])
        if token.type == "container_box_open" and token.level == level
    )


def _note_id(label: str) -> str:
    return escape(f"ess-note-{label}")


def _image(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    alt = self.renderInlineAsText(token.children or [], options, env)
    title = token.attrGet("title")
    # ![](plan.png) says nothing of the picture: that is no description, not an empty one.
    described = f' alt="{escape(alt)}"' if alt.strip() else ""
    named = f' title="{escape(str(title))}"' if title else ""
    lang = token.attrGet("lang")
    spoken = f' lang="{escape(str(lang))}"' if lang else ""
    return f'<img src="{escape(str(token.attrGet("src") or ""))}"{described}{named}{spoken}>'


def _end_of_line(
    self: RendererHTML,  # noqa: ARG001 - the shape of markdown-it's rules
    tokens: Sequence[Token],
    index: int,
    options: Any,  # noqa: ARG001
    env: Any,  # noqa: ARG001
) -> str:
    """End a line for good where the next one begins with a bullet, as an item typed by hand."""
    after = tokens[index + 1 : index + 2]
    is_item = bool(after) and after[0].type == "text" and _BULLET.match(after[0].content)
    return "<br>\n" if is_item else "\n"


def _call(
    self: RendererHTML,  # noqa: ARG001 - the shape of markdown-it's rules
    tokens: Sequence[Token],
    index: int,
    options: Any,  # noqa: ARG001
    env: Any,  # noqa: ARG001
) -> str:
    meta = tokens[index].meta
    label = meta.get("label") or f" {meta['id']}"
    return f'<a role="doc-noteref" href="#{_note_id(label)}">{_CALL}</a>'


def _inline_notes(parser: MarkdownIt, renderer: RendererHTML, env: dict[str, Any]) -> Sequence[str]:
    """Render the notes written where they are called: ``^[…]``."""
    found: list[str] = []
    listed = env.get("footnotes", {}).get("list", {})
    for number, note in listed.items():
        if "tokens" in note:
            words = renderer.renderInline(note["tokens"], parser.options, env)
            found.append(
                f'<aside role="doc-footnote" id="{_note_id(f" {number}")}">{words}</aside>\n'
            )
    return found
