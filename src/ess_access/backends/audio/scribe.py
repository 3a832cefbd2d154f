"""The scribe writes utterances down: sentences cut, words expanded, pauses kept."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Literal, assert_never

from ess_access.backends.audio.announcements import Announcements
from ess_access.backends.audio.options import AudioOptions
from ess_access.backends.audio.passages import Aside, Passage, Reader, is_file_name, solid
from ess_access.backends.audio.utterances import Kind, Utterance, node_ids
from ess_access.backends.audio.wording import cuts, primary
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Block, Document, Image, Inline, Note, PageMark

__all__ = ["Pause", "Scribe"]

Pause = Literal["breath", "sentence", "cell", "item", "paragraph", "heading", "chapter"]
# Shares of the pause between paragraphs (option ``pause_ms``).
_SHARES: dict[Pause, float] = {
    "breath": 0.25,
    "sentence": 0.6,
    "cell": 0.6,
    "item": 0.8,
    "paragraph": 1.0,
    "heading": 1.3,
    "chapter": 2.2,
}
_FRAMES = ("", "chapter", "section", "subsection")
_LEVELS = {"brief": 0, "normal": 1, "full": 2}
Tell = Callable[[tuple[Block, ...], str], None]


class Scribe:
    """Write one document's script. ``tell_blocks`` is set by whoever tells it the blocks."""

    def __init__(
        self,
        document: Document,
        options: AudioOptions,
        words: Announcements,
        wording: Callable[[str, str], str],
    ) -> None:
        self.options = options
        self.words = words
        self.tell_blocks: Tell = lambda _blocks, _lang: None
        self.kind_of_paragraphs: Kind = "sentence"
        self._wording = wording
        self._reader = Reader(words, options.verbosity)
        self._main = document.meta.lang or "fr"
        self._ids = node_ids(document)
        self._node = ""
        self._notes = 0
        self._prefix = ""
        self._written: list[Utterance] = []

    def script(self) -> tuple[Utterance, ...]:
        """Give all that was written down."""
        return tuple(self._written)

    def stand_at(self, block: Block) -> None:
        """Say which block the next words come from."""
        self._node = self._ids.get(id(block), self._node)

    def pause(self, length: Pause) -> None:
        """Make the pause after the last utterance at least this long."""
        if self._written:
            wanted = round(self.options.pause_ms * _SHARES[length])
            last = self._written[-1]
            if last.pause_ms < wanted:
                self._written[-1] = replace(last, pause_ms=wanted)

    def prefix(self, words: str) -> None:
        """Put words before the next sentence: an item's number, the name of a column."""
        self._prefix += words

    def drop_prefix(self, lang: str) -> None:
        """Say a prefix that no sentence took (an empty item)."""
        if self._prefix:
            self._sentence("", lang, "announcement")

    def announce(
        self, key: str, *, least: Literal["normal", "full"] = "normal", **details: str | int
    ) -> None:
        """Announce a part of the structure, unless the listener wants fewer words."""
        if _LEVELS[self.options.verbosity] >= _LEVELS[least]:
            held, self._prefix = self._prefix, ""
            self.say(self.words.say(key, **details), self.words.lang, None, "announcement")
            self._prefix = held
            self.pause("item")

    def announce_count(self, key: str, count: int) -> None:
        """Announce a number of things."""
        self.announce(f"{key}_one" if count == 1 else f"{key}_many", count=count)

    def say(self, text: str, lang: str, node: str | None, kind: Kind, level: int = 0) -> None:
        """Say a plain text, cut in sentences; ``node`` is ``None`` for the block stood at."""
        if node is not None:
            self._node = node
        self._passage(Passage(lang, text), kind, level)

    def inlines(
        self, inlines: Iterable[Inline], lang: str, kind: Kind, *, frame: str = "", level: int = 0
    ) -> None:
        """Say inline content; ``frame`` is an announcement that holds it as ``{text}``."""
        if kind == "sentence":
            kind = self.kind_of_paragraphs
        if frame and self.options.verbosity != "brief":
            self.prefix(self.words.say(frame, text=""))
        for passage in self._reader.passages(inlines, lang):
            self._passage(passage, kind, level)

    def heading(self, inlines: tuple[Inline, ...], lang: str, level: int, *, depth: int) -> None:
        """Say a heading.

        ``depth`` is 1 for a chapter, 0 for the document's title. A title, or « Annexe 2 », says
        for itself what it is.
        """
        first = plain_text(inlines).split(maxsplit=1)
        named = bool(first) and first[0].casefold() in self.words.names_of_parts
        frame = "" if named else _FRAMES[min(depth, len(_FRAMES) - 1)]
        self.inlines(inlines, lang, "heading", frame=frame, level=level)

    def picture(self, image: Image, lang: str) -> None:
        """Say a picture that stands by itself; a decorative one is silent."""
        if image.alt is None or is_file_name(image.alt):
            self.say(self.words.say("picture_bare"), self.words.lang, None, "picture")
        elif image.alt:
            self.say(self.words.say("picture", alt=image.alt), lang, None, "picture")
        if image.description:
            self._aside(image, lang)

    def _passage(self, passage: Passage, kind: Kind, level: int = 0) -> None:
        from ess_access.french.sentences import sentences

        asides = list(passage.asides)
        passed = 0
        for sentence in sentences(passage.text):
            passed += solid(sentence)
            parts = tuple(cuts(sentence))
            for number, part in enumerate(parts, 1):
                self._sentence(part, passage.lang, kind, level)
                self.pause("sentence" if number == len(parts) else "breath")
            while asides and asides[0][0] <= passed:
                self._aside(asides.pop(0)[1], passage.lang)
        for _, aside in asides:
            self._aside(aside, passage.lang)

    def _sentence(self, written: str, lang: str, kind: Kind, level: int = 0) -> None:
        before, self._prefix = self._prefix, ""
        if before and primary(lang) != primary(self.words.lang):
            # No voice reads an announcement in the accent of another language.
            said_before = self._wording(before, self.words.lang)
            if said_before:
                self._write(before.strip(), said_before, self.words.lang, kind, level)
                self.pause("breath")
            before = ""
        text = (before + written).strip()
        # Apart: capitals are recognised, and expanded, in the document's words alone.
        said = (self._wording(before, self.words.lang), self._wording(written, lang))
        spoken = " ".join(part for part in said if part)
        if spoken:
            self._write(text, spoken, lang, kind, level)

    def _write(self, text: str, spoken: str, lang: str, kind: Kind, level: int) -> None:
        self._written.append(Utterance(text, spoken, self._node, lang, 0, kind, level))

    def _aside(self, aside: Aside, lang: str) -> None:
        node = self._node
        match aside:
            case Note(children):
                self._notes += 1
                self.announce("note", number=self._notes)
                self.tell_blocks(children, lang)
                self.announce("note_end")
            case PageMark(label):
                self.announce("page", label=label)
            case Image(_, _, description):
                said = self.words.say("description", text=description)
                self.say(said, lang, None, "picture")
            case _:
                assert_never(aside)
        self._node = node
