"""Words of a script that a voice does not read: Greek, Arabic or Chinese amid French.

Pico leaves them out without a word; eSpeak spells some of them. Nobody who listens can tell.
"""

import re
from collections.abc import Sequence

from ess_access.api.findings import Finding, Severity
from ess_access.backends.audio.casting import Casting
from ess_access.backends.audio.utterances import Utterance
from ess_access.backends.audio.wording import primary

__all__ = ["clipped_words", "unread"]

# Letters and signs of words beyond Latin's blocks (Unicode, Blocks.txt).
_FOREIGN = re.compile(
    r"[^\W\d_\u0000-\u036f\u1d00-\u1eff\u2070-\u218f\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f"
    r"\ufb00-\ufb06\uff21-\uff5a\U0001d400-\U0001d7ff]+"
)
# Languages whose own script is not Latin (Unicode CLDR, likelySubtags): their voices read others.
_OTHER_SCRIPTS = frozenset(
    {
        *("am", "ar", "as", "ba", "be", "bg", "bn", "bo", "chr", "cmn", "cv", "dv", "dz", "el"),
        *("fa", "grc", "gu", "hak", "he", "hi", "hy", "iw", "ja", "ka", "kk", "km", "kn", "ko"),
        *("kok", "ky", "lo", "mk", "ml", "mn", "mr", "my", "ne", "or", "pa", "ps", "ru", "sa"),
        *("sd", "shn", "si", "sr", "ta", "te", "tg", "th", "ti", "tt", "ug", "uk", "ur", "yi"),
        *("yue", "zh"),
    }
)
_QUOTED = 60


def unread(said: Sequence[Utterance], casting: Casting) -> tuple[Finding, ...]:
    """Tell the first words that each voice may leave out, and how many there are."""
    found: dict[str, list[str]] = {}
    for each in said:
        voice = casting.voice(each.lang)
        if not each.spoken.isascii() and primary(voice.lang) not in _OTHER_SCRIPTS:
            found.setdefault(voice.name, []).extend(_FOREIGN.findall(each.spoken))
    return tuple(
        Finding(
            "AU-021",
            Severity.WARNING,
            {"words": clipped_words(" ".join(words)), "count": len(words), "voice": voice},
        )
        for voice, words in sorted(found.items())
        if words
    )


def clipped_words(text: str) -> str:
    """Give the beginning of a text, for a message."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1].rstrip() + "\u2026"
