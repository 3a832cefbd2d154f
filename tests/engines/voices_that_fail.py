"""Voices for the tests of the worker; each fails in a manner of its own."""

import os
import sys
import time

from ess_access.errors import MissingError


def answer(request):
    match request["do"]:
        case "echo":
            print("noise on standard output")
            return {"pid": os.getpid()}, request["text"].encode()
        case "hang":
            time.sleep(3600)
        case "die":
            print("the voice is gone", file=sys.stderr, flush=True)
            os._exit(3)
        case "raise":
            raise ValueError("no such sound")
        case "missing":
            raise MissingError("voice-missing", engine="x", voice="y", known="z")
    return {}, b""
