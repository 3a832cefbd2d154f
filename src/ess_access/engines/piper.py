"""Neural voices of Piper (VITS models in ONNX), from a model that the user has.

Extra ``piper``: onnxruntime. The phonemes are eSpeak NG's, as when the models were trained; the
arithmetic is onnxruntime's. The voice is the path of the model: ``fr_FR-siwis-medium.onnx``, with
its ``.onnx.json`` beside it. No model is ever fetched.
"""

import json
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

from ess_access.api.engine import Capabilities, Speech, Voice
from ess_access.api.findings import Missing
from ess_access.engines.spoken_by import ask_voice
from ess_access.engines.words import pieces, without_markup
from ess_access.engines.worker import Worker, patience_s
from ess_access.errors import MissingError

__all__ = ["PiperEngine"]

_TEXT_CHARACTERS = 1_000


class PiperEngine:
    """Speak with a Piper model. ``Voice.name`` is the path of the model."""

    name: ClassVar[str] = "piper"
    # The models add noise of their own making.
    capabilities: ClassVar[Capabilities] = Capabilities(offline=True, deterministic=False)

    def __init__(self) -> None:
        self._worker = Worker("ess_access.engines.piper_voice:answer")

    def missing(self) -> Iterable[Missing]:
        """Say when onnxruntime is not installed."""
        if find_spec("onnxruntime") is None:
            yield Missing("onnxruntime", "piper-missing", 'pip install "ess-access[piper]"')

    def fingerprint(self, voice: Voice) -> str:
        """Name the model by its content's size and date of change, and the runtime's version."""
        from importlib.metadata import PackageNotFoundError, version

        try:
            runtime = version("onnxruntime")
        except PackageNotFoundError:
            runtime = "\u2013"
        path = Path(voice.name)
        state = path.stat() if path.is_file() else None
        size = f"{state.st_size} {state.st_mtime_ns}" if state else "\u2013"
        return f"onnxruntime {runtime} {path.name} {size}"

    def voices(self) -> Sequence[Voice]:
        """List nothing: models are files of the user's, named by their paths."""
        return ()

    def synthesize(self, text: str, voice: Voice, rate: float) -> Speech:
        """Say the text.

        Raises MissingError without the extra, the model, or where the model speaks another
        language; EditionError when it hangs or crashes.
        """
        if find_spec("onnxruntime") is None:
            raise MissingError("piper-missing")
        _require_model(voice)
        pcm = bytearray()
        rate_hz = 22_050
        for part in pieces(without_markup(text), _TEXT_CHARACTERS):
            request = {"text": part, "model": voice.name, "rate": rate}
            limit_s = patience_s(part, base=90.0, per_character=1.0)
            header, payload = ask_voice(self._worker, self.name, request, limit_s)
            rate_hz = int(header["rate_hz"])
            pcm += payload
        return Speech(bytes(pcm), rate_hz)

    def close(self) -> None:
        """End the voice's process."""
        self._worker.close()


def _require_model(voice: Voice) -> None:
    """Refuse a path that is no model, and a model of another language."""
    path = Path(voice.name)
    facts = path.with_name(path.name + ".json")
    if path.suffix != ".onnx" or not path.is_file() or not facts.is_file():
        raise MissingError("piper-model", model=voice.name, reason=".onnx, .onnx.json")
    try:
        espeak = str(json.loads(facts.read_text(encoding="utf-8"))["espeak"]["voice"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MissingError("piper-model", model=voice.name, reason=str(error)) from error
    if voice.lang and espeak.partition("-")[0] != voice.lang.lower().partition("-")[0]:
        raise MissingError("voice-language", engine="piper", lang=voice.lang, known=espeak)
