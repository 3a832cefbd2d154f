"""The script of an audio edition: a document as utterances, its structure in words and pauses."""

from collections.abc import Callable
from typing import Literal, assert_never

from ess_access.backends.audio.announcements import announcements
from ess_access.backends.audio.options import AudioOptions
from ess_access.backends.audio.scribe import Scribe
from ess_access.backends.audio.tables import say_table
from ess_access.backends.audio.utterances import Utterance
from ess_access.backends.audio.wording import FrenchWording
from ess_access.document.nodes import (
    Block,
    CodeBlock,
    Definitions,
    Division,
    Document,
    Figure,
    Heading,
    Inline,
    ListBlock,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from ess_access.document.numerals import written_number
from ess_access.document.walk import headings
from ess_access.transforms.outline import title_heading

__all__ = ["Scripts", "script"]

_ROLES = {"aside": "aside", "warning": "warning", "note": "remark", "example": "example",
          "details": "details"}  # fmt: skip


def script(
    document: Document,
    options: AudioOptions,
    *,
    speaks: Callable[[str], bool] = lambda _lang: True,
) -> tuple[Utterance, ...]:
    """Give what is said, in order.

    ``speaks`` says whether there is a voice for a language (BCP 47): a passage for which there is
    none is worded, and later said, in the document's own language.
    """
    main = document.meta.lang or "fr"
    wording = FrenchWording(document, options)
    words = announcements(main)

    def worded(text: str, lang: str) -> str:
        return wording(text, lang if speaks(lang) else main)

    scribe = Scribe(document, options, words, worded)
    teller = _Teller(scribe, document)
    teller.opening()
    teller.blocks(document.children, main)
    return scribe.script()


class Scripts:
    """Write scripts, and give the last one again to whoever asks for the same.

    It takes as long as to write, read and check a document's Braille.
    """

    def __init__(self) -> None:
        self._last: tuple[Document, AudioOptions, dict[str, bool], tuple[Utterance, ...]] | None
        self._last = None

    def script(
        self,
        document: Document,
        options: AudioOptions,
        *,
        speaks: Callable[[str], bool] = lambda _lang: True,
    ) -> tuple[Utterance, ...]:
        """Give what :func:`script` does."""
        if self._last is not None:
            of, by, spoken, said = self._last
            alike = all(speaks(lang) is answer for lang, answer in spoken.items())
            if of is document and by == options and alike:
                return said
        asked: dict[str, bool] = {}

        def answer(lang: str) -> bool:
            asked[lang] = speaks(lang)
            return asked[lang]

        said = script(document, options, speaks=answer)
        self._last = document, options, asked, said
        return said


class _Teller:
    """Tell blocks to the scribe, each in its manner."""

    def __init__(self, scribe: Scribe, document: Document) -> None:
        self._scribe = scribe
        self._document = document
        self._depth = 0
        self._title = title_heading(document)
        # A sole level-1 heading that is the title holds the document: chapters stand below it.
        is_sole = sum(block.level == 1 for block in headings(document)) == 1
        self._above = 1 if self._title is not None and is_sole else 0
        scribe.tell_blocks = self.blocks

    def opening(self) -> None:
        """Say the title, unless a heading is the title itself; then who wrote it."""
        meta = self._document.meta
        if meta.title.strip() and self._title is None:
            self._scribe.say(meta.title, meta.lang or "fr", "", "title")
            self._scribe.pause("heading")
            self._authors()

    def _authors(self) -> None:
        authors = self._document.meta.authors
        if authors:
            self._scribe.announce("by_author", authors=", ".join(authors))
            self._scribe.pause("heading")

    def _depth_of(self, level: int, *, is_title: bool) -> int:
        """Give 0 for the title, 1 for a chapter, 2 for what is in a chapter."""
        return 0 if is_title else max(0, level - self._above)

    def blocks(self, blocks: tuple[Block, ...], lang: str) -> None:
        """Tell blocks in order."""
        for block in blocks:
            self._block(block, lang)

    def _block(self, block: Block, lang: str) -> None:
        scribe = self._scribe
        scribe.stand_at(block)
        match block:
            case Heading(level, children):
                scribe.pause("chapter")
                is_title = block is self._title
                scribe.heading(
                    children, lang, level, depth=self._depth_of(level, is_title=is_title)
                )
                scribe.pause("heading")
                if is_title:
                    self._authors()
            case Paragraph(children):
                scribe.inlines(children, lang, "sentence")
                scribe.pause("paragraph")
            case ListBlock():
                self._list(block, lang)
            case Definitions(entries):
                scribe.announce_count("definitions", len(entries))
                for entry in entries:
                    scribe.inlines(entry.term, lang, "term")
                    scribe.pause("item")
                    self.blocks(entry.children, lang)
                self._end_of_list("list_end", len(entries))
            case Quote(children):
                self._framed("quote", children, lang)
            case CodeBlock(text):
                scribe.announce("code")
                for line in text.splitlines():
                    scribe.say(line, lang, None, "code")
                scribe.announce("code_end")
                scribe.pause("paragraph")
            case Figure(image, caption):
                scribe.picture(image, lang)
                if caption:
                    scribe.inlines(caption, lang, "caption", frame="caption")
                scribe.pause("paragraph")
            case Division(role, own, title, children):
                self._division(role, own or lang, title, children)
            case Table():
                say_table(scribe, block, lang)
            case Rule():
                scribe.announce("rule", least="full")
                scribe.pause("chapter")
            case PageBreak():
                scribe.pause("paragraph")
            case _:
                assert_never(block)

    def _list(self, block: ListBlock, lang: str) -> None:
        scribe = self._scribe
        scribe.announce_count("sublist" if self._depth else "list", len(block.items))
        self._depth += 1
        for number, item in enumerate(block.items, block.start):
            if block.ordered:
                scribe.prefix(
                    scribe.words.say("item_number", number=_number_said(number, block.form))
                )
            around, scribe.kind_of_paragraphs = scribe.kind_of_paragraphs, "item"
            self.blocks(item, lang)
            scribe.kind_of_paragraphs = around
            scribe.drop_prefix(lang)
            scribe.pause("item")
        self._depth -= 1
        self._end_of_list("sublist_end" if self._depth else "list_end", len(block.items))

    def _end_of_list(self, key: str, count: int) -> None:
        """Say where a list ends; where a list of one does is heard without a word."""
        end: Literal["normal", "full"] = "normal" if count > 1 else "full"
        self._scribe.announce(key, least=end)
        self._scribe.pause("paragraph")

    def _division(
        self, role: str, lang: str, title: tuple[Inline, ...], children: tuple[Block, ...]
    ) -> None:
        name = _ROLES.get(role, "")
        if name:
            self._scribe.announce(name)
        if title:
            self._scribe.inlines(title, lang, "term")
            self._scribe.pause("item")
        self.blocks(children, lang)
        if name:
            self._scribe.announce(f"{name}_end")
            self._scribe.pause("paragraph")

    def _framed(self, name: str, children: tuple[Block, ...], lang: str) -> None:
        self._scribe.announce(name)
        self.blocks(children, lang)
        self._scribe.announce(f"{name}_end")
        self._scribe.pause("paragraph")


def _number_said(number: int, form: str) -> str | int:
    """Give a list's number as a voice says it: a letter by itself, a Roman numeral as a number."""
    return written_number(number, form).lower() if form.endswith("alpha") else number
