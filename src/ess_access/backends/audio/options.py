"""What a listener can choose."""

from dataclasses import dataclass
from typing import Literal

from ess_access.api.options import option

__all__ = ["AudioOptions", "Verbosity"]

Verbosity = Literal["brief", "normal", "full"]


@dataclass(frozen=True, slots=True)
class AudioOptions:
    """Options of the audio edition.

    ``engine``: ``"auto"`` is Pico where it is installed, else the voices of the system. ``voice``:
    a voice's name, ``""`` the best for the document's language. ``lexicon``: entries
    ``"written=said"``. ``formats``: of ``mp3``, ``m4b``, ``opus``. ``captions``: of ``vtt``,
    ``srt``. ``fallback``: the engine that says it all when the first one fails.
    """

    engine: str = option("auto", doc="option.audio.engine")
    voice: str = option("", doc="option.audio.voice")
    rate: float = option(1.0, ge=0.5, le=2.0, doc="option.audio.rate")
    bitrate_kbps: int = option(64, ge=24, le=160, doc="option.audio.bitrate_kbps")
    pause_ms: int = option(600, ge=100, le=3000, doc="option.audio.pause_ms")
    verbosity: Literal["brief", "normal", "full"] = option("normal", doc="option.audio.verbosity")
    inclusive: Literal["both", "masculine", "feminine", "as-written"] = option(
        "both", doc="option.audio.inclusive"
    )
    lexicon: tuple[str, ...] = option((), doc="option.audio.lexicon")
    formats: tuple[str, ...] = option(("mp3",), doc="option.audio.formats")
    files: Literal["one", "chapters"] = option("one", doc="option.audio.files")
    captions: tuple[str, ...] = option(("vtt",), doc="option.audio.captions")
    cover: bool = option(True, doc="option.audio.cover")  # noqa: FBT003 - as below
    fallback: str = option("", doc="option.audio.fallback")
    explain: bool = option(False, doc="option.audio.explain")  # noqa: FBT003 - a field with its default
