"""A voice's process: ``python -m ess_access.engines.child MODULE:FUNCTION``.

The function answers requests one after the other. Standard output is kept for frames: whatever a
speech library prints goes to standard error. Each request has a second time limit here, kept by a
C thread, so that a voice that hangs without letting go of the interpreter dies even when its
parent was killed.
"""

import faulthandler
import importlib
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from ess_access.engines.frames import Frame, read_frame, write_frame
from ess_access.errors import EssAccessError

__all__ = ["Answer", "main"]

Answer = Callable[[Mapping[str, Any]], Frame]

# How long a request may outlive its parent's patience.
_GRACE_S = 15.0


def main(target: str) -> None:
    """Serve requests until standard input closes."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    module, _, function = target.partition(":")
    answer: Answer = getattr(importlib.import_module(module), function)
    while (frame := read_frame(requests)) is not None:
        request = frame[0]
        faulthandler.dump_traceback_later(
            float(request.pop("limit_s", 60.0)) + _GRACE_S, exit=True, file=sys.stderr
        )
        try:
            header, payload = answer(request)
        except EssAccessError as error:
            fault = {"fault": type(error).__name__, "key": error.key, "params": error.params}
            header, payload = fault, b""
        except Exception as error:  # noqa: BLE001 - a library may raise anything; the parent tells
            header, payload = {"fault": "crash", "reason": f"{type(error).__name__}: {error}"}, b""
        faulthandler.cancel_dump_traceback_later()
        write_frame(answers, header, payload)


if __name__ == "__main__":
    main(sys.argv[1])
