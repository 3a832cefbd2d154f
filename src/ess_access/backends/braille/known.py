"""The cells of words met before: French repeats itself, and liblouis need read a word once.

A word has cells of its own where no rule of the table reaches over the blanks beside it. Words
that a rule may join go to liblouis together; a table whose reach is not known goes whole.
"""

from functools import cache
from itertools import islice
from threading import Lock

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.integral import token_cells
from ess_access.backends.braille.liblouis import Liblouis

__all__ = ["KnownWords", "known_words"]

_MOST = 50_000  # words a table and process


class KnownWords:
    """Translate plain text with one table; safe to call from any thread."""

    def __init__(self, louis: Liblouis, table: str, most: int = _MOST) -> None:
        self._louis = louis
        self._table = table
        self._most = most
        self._reach = louis.reach(table)
        self._lock = Lock()
        # Cells of words, and beginnings of what may follow those that a rule may join to the
        # next: replaced both at once, so that no thread sees one without the other.
        self._state: tuple[dict[str, str], dict[str, tuple[str, ...]]] = ({}, {})

    def cells(self, text: str) -> str:
        """Give the cells of a text whose words are parted by one blank."""
        if not self._reach.is_known:
            return self._translate(text)
        words = text.split(" ")
        known, nexts = self._state
        try:
            found = [known[word] for word in words]
        except KeyError:
            known, nexts = self._learn(words)
            found = [known[word] for word in words]
        if nexts and not nexts.keys().isdisjoint(words):
            found = self._joined(words, found, nexts)
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

    def _joined(
        self, words: list[str], found: list[str], nexts: dict[str, tuple[str, ...]]
    ) -> list[str]:
        """Have liblouis read together the words that a rule may join."""
        starts = [0]
        for at, word in enumerate(words[1:], 1):
            beginnings = nexts.get(words[at - 1])
            if beginnings is None or not word.lower().startswith(beginnings):
                starts.append(at)
        return [
            found[start] if end == start + 1 else self._translate(" ".join(words[start:end]))
            for start, end in zip(starts, [*starts[1:], len(words)], strict=True)
        ]

    def _learn(self, words: list[str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
        with self._lock:
            known, nexts = self._state
            new = [word for word in dict.fromkeys(words) if word not in known]
            if len(known) + len(new) > self._most:
                # The older half goes, but for the words of this very text.
                kept = islice(known, len(known) - self._most // 2, None)
                wanted = [*(word for word in dict.fromkeys(words) if word in known), *kept]
                known = {word: known[word] for word in wanted}
                nexts = {word: nexts[word] for word in known if word in nexts}
            for word in new:
                beginnings = self._reach.next_beginnings(word)
                if beginnings:
                    nexts[word] = beginnings
            known.update(zip(new, self._read(new, nexts), strict=True))
            self._state = (known, nexts)
            return self._state

    def _read(self, words: list[str], nexts: dict[str, tuple[str, ...]]) -> list[str]:
        """Have liblouis read words, all at once where none of them could be joined."""
        if nexts.keys().isdisjoint(words):
            cells = self._louis.translate(" ".join(words), self._table)
            found = cells.split(c.BLANK)
            if len(found) == len(words) and c.UNDEFINED not in cells:
                return found
        return [self._translate(word) for word in words]


@cache
def known_words(louis: Liblouis, table: str) -> KnownWords:
    """Give the words that this process knows of a table."""
    return KnownWords(louis, table)
