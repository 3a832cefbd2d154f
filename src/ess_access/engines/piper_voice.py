"""Piper's side of the pipe; runs in :mod:`ess_access.engines.child` alone.

A model takes phoneme ids, their count and three scales (noise, length, noise of length); it gives
samples from -1 to 1 (rhasspy/piper, src/python_run/piper/voice.py, MIT).
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ess_access.engines.espeak_voice import phonemes
from ess_access.engines.frames import Frame
from ess_access.errors import MissingError

__all__ = ["answer", "ids_of"]

_PAD, _BEGIN, _END = "_", "^", "$"


@dataclass(frozen=True, slots=True)
class _Model:
    session: Any
    rate_hz: int
    language: str
    ids: Mapping[str, Sequence[int]]
    scales: tuple[float, float, float]
    speakers: int


@cache
def _model(path: str) -> _Model:
    import onnxruntime

    try:
        facts = json.loads(Path(path + ".json").read_text(encoding="utf-8"))
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        scales = facts.get("inference", {})
        return _Model(
            session,
            int(facts["audio"]["sample_rate"]),
            str(facts["espeak"]["voice"]),
            facts["phoneme_id_map"],
            (
                float(scales.get("noise_scale", 0.667)),
                float(scales.get("length_scale", 1.0)),
                float(scales.get("noise_w", 0.8)),
            ),
            int(facts.get("num_speakers", 1)),
        )
    except Exception as error:  # onnxruntime's own classes derive from Exception alone
        raise MissingError("piper-model", model=path, reason=str(error)[:200]) from error


def ids_of(said: str, ids: Mapping[str, Sequence[int]]) -> list[int]:
    """Give the ids of phonemes, padded, between the marks of begin and end.

    Phonemes that the model does not know are left out, as Piper does.
    """
    found = list(ids[_BEGIN])
    for phoneme in unicodedata.normalize("NFD", said):
        if phoneme in ids:
            found += [*ids.get(_PAD, ()), *ids[phoneme]]
    return [*found, *ids.get(_PAD, ()), *ids[_END]]


def answer(request: Mapping[str, Any]) -> Frame:
    """Say ``text`` with the model at path ``model``, at ``rate``."""
    import numpy as np

    model = _model(str(request["model"]))
    found = ids_of(phonemes(str(request["text"]), model.language), model.ids)
    noise, length, width = model.scales
    fed = {
        "input": np.array([found], dtype=np.int64),
        "input_lengths": np.array([len(found)], dtype=np.int64),
        "scales": np.array([noise, length / float(request["rate"]), width], dtype=np.float32),
    }
    if model.speakers > 1:
        fed["sid"] = np.array([0], dtype=np.int64)
    sound = model.session.run(None, fed)[0].squeeze()
    samples = (np.clip(sound, -1.0, 1.0) * 32767).astype("<i2")
    return {"rate_hz": model.rate_hz}, samples.tobytes()
