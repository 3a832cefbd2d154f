"""Find and load libespeak-ng: the system's, else the one that espeakng-loader carries."""

import ctypes
import os
from collections.abc import Iterator

__all__ = ["load"]

_NAMES = ("libespeak-ng.so.1", "libespeak-ng.1.dylib", "libespeak-ng.dll")
_PLACES = (
    "/opt/homebrew/lib/libespeak-ng.1.dylib",
    "/usr/local/lib/libespeak-ng.1.dylib",
    r"C:\Program Files\eSpeak NG\libespeak-ng.dll",
)


def load() -> tuple[ctypes.CDLL, str | None] | None:
    """Load the library; also give the folder of its data (``None``: it knows).

    ``None`` where there is no library. pyttsx3 opens the library by name: one that is loaded
    already, with its symbols for all, answers to it.
    """
    for name in _names():
        library = _loaded(name)
        if library is not None:
            return library, None
    import importlib.util  # here: most machines have the system's, and a process starts sooner

    if importlib.util.find_spec("espeakng_loader") is None:
        return None
    loader = importlib.import_module("espeakng_loader")
    folder = str(loader.get_data_path())
    library = _loaded(str(loader.get_library_path()))
    if library is None:
        return None
    os.environ["ESPEAK_DATA_PATH"] = folder
    return library, folder


def _names() -> Iterator[str]:
    yield from _NAMES
    yield from _PLACES
    # Asked last: it starts programs (ldconfig, a compiler), which takes longer than speaking.
    from ctypes.util import find_library

    found = find_library("espeak-ng")
    if found:
        yield found


def _loaded(name: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
    except OSError:
        return None
