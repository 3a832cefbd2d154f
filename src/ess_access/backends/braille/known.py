"""The cells of words met before: French repeats itself, and liblouis need read a word once.

A word has cells of its own where no rule of the table reaches over the blanks beside it. Words
that a rule may join go to liblouis together; a table whose reach is not known goes whole. Where
rules know the ends of a text, its first and its last word are known apart from the same words
within it, which liblouis reads between two others.
"""

from functools import cache
from itertools import islice
from threading import Lock

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.integral import token_cells
from ess_access.backends.braille.liblouis import Liblouis

__all__ = ["KnownWords", "known_words"]

_MOST = 50_000  # words a table and process
_GUARD = "os"  # what stands beside words that liblouis reads as if within a text
_ANYTHING = ("",)  # what every word begins with

# The cells of words, and what the next word must begin with for a rule to join it to this one. A
# blank before or after a word stands for the beginning or the end of the text.
_State = tuple[dict[str, str], dict[str, tuple[str, ...]]]


class _UnsureError(Exception):
    """A word does not stand for itself: the text goes whole."""


class KnownWords:
    """Translate plain text with one table; safe to call from any thread."""

    def __init__(self, louis: Liblouis, table: str, most: int = _MOST) -> None:
        self._louis = louis
        self._table = table
        self._most = most
        self._reach = louis.reach(table)
        self._lefts = tuple({left for left, _ in self._reach.pairs} | self._reach.digits)
        self._lock = Lock()
        self._has_places = self._reach.has_places
        guards = louis.translate(" ".join([_GUARD] * 3), table).split(c.BLANK)
        self._guard = guards[len(guards) // 2] if self._has_places else ""
        self._is_known = self._reach.is_known and self._is_guard(guards)
        # Replaced both at once, so that no thread sees one without the other.
        self._state: _State = ({}, {})

    def _is_guard(self, guards: list[str]) -> bool:
        """Say whether the guard is one word wherever it stands, which no rule joins to another."""
        return not self._has_places or (
            len(guards) == 3
            and not any(
                _GUARD.startswith(right or " ") or _GUARD.endswith(left)
                for left, right in self._reach.pairs
            )
            and not self._ends_joining(self._guard)
        )

    def cells(self, text: str) -> str:
        """Give the cells of a text whose words are parted by one blank."""
        if not self._is_known:
            return self._translate(text)
        words = text.split(" ")
        if self._has_places:
            words[0] = " " + words[0]
            words[-1] += " "
        known, nexts = self._state
        try:
            try:
                found = [known[word] for word in words]
            except KeyError:
                known, nexts = self._learn(words)
                found = [known[word] for word in words]
            if nexts:
                found = self._joined(words, found, nexts)
        except _UnsureError:
            return self._translate(text)
        return c.BLANK.join(found)

    def __len__(self) -> int:
        """Count the words that are known."""
        return len(self._state[0])

    def _translate(self, text: str) -> str:
        cells = self._louis.translate(text, self._table)
        if c.UNDEFINED not in cells:
            return cells
        # What liblouis does not know, although the code's tables do.
        return c.BLANK.join([token_cells(word) for word in text.split(" ")])

    # --- words that a rule joins ------------------------------------------------------------

    def _next_beginnings(self, word: str) -> tuple[str, ...]:
        if not word.lower().endswith(self._lefts):
            return ()
        return self._reach.next_beginnings(word)

    def _ends_joining(self, cells: str) -> bool:
        return cells[-1:] in self._reach.cells or (
            # A cell that is not of eight dots: the reach of a rule is not told of it.
            self._has_places and not "\u2801" <= cells[-1:] <= "\u28ff"
        )

    def _joined(
        self, words: list[str], found: list[str], nexts: dict[str, tuple[str, ...]]
    ) -> list[str]:
        """Put in their place the cells of the words that a rule may join."""
        last = len(words) - 1
        joining = [
            at
            for at, word in enumerate(words)
            if word in nexts and at < last and words[at + 1].lower().startswith(nexts[word])
        ]
        if not joining:
            return found
        parts: list[str] = []
        done = 0
        for at in joining:
            if at < done:
                continue
            end = at + 1
            while end <= last and end - 1 in joining:
                end += 1
            parts += found[done:at]
            parts.append(self._span(" ".join(words[at:end])))
            if end <= last and self._ends_joining(parts[-1]):
                raise _UnsureError  # read together, they join the word after them as well
            done = end
        return parts + found[done:]

    def _span(self, words: str) -> str:
        """Give the cells of words that are read together."""
        cells = self._state[0].get(words)
        if cells is None:
            cells = self._learn([words])[0][words]
        return cells

    # --- what liblouis is asked ---------------------------------------------------------------

    def _learn(self, words: list[str]) -> _State:
        """Have liblouis read the words that are not known. Raises _UnsureError."""
        with self._lock:
            known, nexts = self._state
            new = [word for word in dict.fromkeys(words) if word not in known]
            if not self._reach.unsure.isdisjoint("".join(new)):
                raise _UnsureError
            if len(known) + len(new) > self._most:
                # The older half goes, but for the words of this very text.
                kept = islice(known, len(known) - self._most // 2, None)
                wanted = [*(word for word in dict.fromkeys(words) if word in known), *kept]
                known = {word: known[word] for word in wanted}
                nexts = {word: nexts[word] for word in known if word in nexts}
            found = self._read(new)
            for word, cells in zip(new, found, strict=True):
                beginnings = self._next_beginnings(word.strip(" "))
                if self._ends_joining(cells):
                    beginnings = _ANYTHING
                if beginnings and not (self._has_places and word.endswith(" ")):
                    nexts[word] = beginnings
            known.update(zip(new, found, strict=True))
            self._state = (known, nexts)
            return self._state

    def _read(self, words: list[str]) -> list[str]:
        """Have liblouis read words: all at once, but for those that join others."""
        together = [
            word
            for word in words
            if " " not in word.strip(" ")
            and not (word.startswith(" ") and word.endswith(" "))
            and not self._next_beginnings(word)
        ]
        found: dict[str, str] = {}
        if len(together) > 1:
            # In their places: the first of a text, those within it, the last.
            together.sort(key=lambda word: word.endswith(" ") - word.startswith(" "))
            guards = [_GUARD] if self._has_places else []
            before = [] if together[0].startswith(" ") else guards
            after = [] if together[-1].endswith(" ") else guards
            asked = [*before, *(word.strip(" ") for word in together), *after]
            parts = self._louis.translate(" ".join(asked), self._table).split(c.BLANK)
            if len(parts) == len(asked):
                own = parts[len(before) : len(parts) - len(after)]
                found = {
                    word: cells
                    for word, cells, last in zip(together, own, [self._guard, *own], strict=False)
                    if cells and c.UNDEFINED not in cells and not self._ends_joining(last)
                }
        return [found[word] if word in found else self._alone(word) for word in words]

    def _alone(self, word: str) -> str:
        """Have liblouis read one word, or words that it joins, in their place."""
        if not self._has_places:
            return self._translate(word)
        if word in (" ", "  ", ""):
            raise _UnsureError  # blanks beside blanks
        is_last = word.endswith(" ")
        if not is_last and _ANYTHING[0] in self._next_beginnings(word):
            return ""  # it is never read but with the next word
        before = "" if word.startswith(" ") else _GUARD + " "
        after = "" if is_last else " " + _GUARD
        cells = self._louis.translate(before + word.strip(" ") + after, self._table)
        start = self._guard + c.BLANK if before else ""
        end = c.BLANK + self._guard if after else ""
        own = cells[len(start) : len(cells) - len(end)]
        if (
            not (cells.startswith(start) and cells.endswith(end))
            or not own.strip(c.BLANK) == own != ""
            or c.UNDEFINED in own
        ):
            raise _UnsureError
        return own


@cache
def known_words(louis: Liblouis, table: str) -> KnownWords:
    """Give the words that this process knows of a table."""
    return KnownWords(louis, table)
