"""French words that Pico gets wrong, respelled for its ear alone: what is said stays the same.

Whisper-base hears « dix-sept heures » as « dix c’est peur » and « dix sept heures » as « 17 h »:
Pico stumbles over the hyphens of numbers and names, and over words of other spellings.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["VERSION", "respelled"]

# Changes with what this module gives: clips are kept by it.
VERSION = 4
_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010\u2011](?=([^\W\d_]+))")
# The noun sounds its last letter (« une source de sang »); the verb, after its pronoun, does not.
_SENSE = re.compile(r"(?<!\bje )(?<!\btu )(?<!\bme )(?<!\bte )\bsens\b(?! dessus)", re.IGNORECASE)
# A capital that lost its accent: « Ecole » sounds like « en colle ». No French word begins with a
# mute e before a consonant and a vowel.
_BARE_CAPITAL = re.compile(
    r"(?<!\w)E(?=(?:[bcdfghjklmnpqrtvz]|[bcdfgkptv][lr]|ch|ph|th|qu)[aeiouyàâéèêîôùû])"
)


def respelled(text: str) -> str:
    """Give a French text so that Pico says it right."""
    known = _known()
    text = known.pattern.sub(lambda found: known.words[found[1].casefold()] + found[2], text)
    text = _BARE_CAPITAL.sub("É", _SENSE.sub("sense", text))
    return _HYPHEN.sub(lambda found: found[1] + known.joint(found[1], found[2]), text)


@dataclass(frozen=True, slots=True)
class _Known:
    words: Mapping[str, str]
    bound: frozenset[str]
    pattern: re.Pattern[str]

    def joint(self, before: str, after: str) -> str:
        """Give what stands between two halves of a compound."""
        is_bound = after.casefold() in self.bound or before.casefold() in {"ci", "là", "t"}
        return "-" if is_bound else " "


@cache
def _known() -> _Known:
    path = files("ess_access.engines") / "data" / "pico.fr.toml"
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    words = "|".join(sorted(map(re.escape, read["words"]), key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])({words})(s?)(?![\w-])", re.IGNORECASE)
    return _Known(read["words"], frozenset(read["bound"]), pattern)
