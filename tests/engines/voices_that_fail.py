"""Voices for the tests of the worker; each fails in a manner of its own."""

import contextlib
import os
import sys
import time
from typing import Any

from ess_access.errors import MissingError


def answer(request: Any) -> Any:
    match request["do"]:
        case "echo":
            sys.stdout.write("noise on standard output\n")
            return {"pid": os.getpid()}, request["text"].encode()
        case "hang":
            time.sleep(3600)
        case "die":
            os.write(2, b"the voice is gone\n")
            os._exit(3)
        case "say few" if len(request["text"].split()) > 2:
            raise RuntimeError("error in processing unit")
        case "say few":
            return {}, request["text"].encode()
        case "garble":
            # Past standard output, which is not the pipe that answers go through.
            for number in range(3, 32):
                with contextlib.suppress(OSError):
                    os.write(number, request["line"].encode() + b"\n")
            time.sleep(3600)
        case "raise":
            raise ValueError("no such sound")
        case "missing":
            raise MissingError("voice-missing", engine="x", voice="y", known="z")
    return {}, b""
