"""Find liblouis on this machine, and translate with it, one caller at a time.

The Python bindings are a module ``louis`` that no package index carries: Debian puts it where a
virtual environment does not look, and PyPI has an unrelated, empty package of the same name.
"""

import ctypes
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterable
from functools import cache
from glob import glob
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

from ess_access.backends.braille.reach import Reach, read_reach
from ess_access.errors import EditionError, MissingError

__all__ = ["CONTRACTED", "UNCONTRACTED", "Liblouis", "find", "install_command", "liblouis"]

# `lou_findTable` finds nothing for French: tables go by the name of their file.
UNCONTRACTED = "fr-bfu-comp6.utb"
CONTRACTED = "fr-bfu-g2.ctb"
_DISPLAY = "unicode.dis"
_UNDEFINED = Path(__file__).parent / "data" / "undefined.uti"

# Where systems install the bindings: Debian, Fedora and Arch, Homebrew, MacPorts.
PLACES = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib/python3.*/site-packages",
    "/usr/lib64/python3.*/site-packages",
    "/usr/local/lib/python3*/dist-packages",
    "/usr/local/lib/python3*/site-packages",
    "/opt/homebrew/lib/python3*/site-packages",
    "/opt/homebrew/opt/liblouis/lib/python3*/site-packages",
    "/usr/local/opt/liblouis/lib/python3*/site-packages",
    "/opt/local/Library/Frameworks/Python.framework/Versions/3*/lib/python3*/site-packages",
)

# liblouis keeps tables and buffers of its own for the whole process, unguarded: four threads
# crash it. One lock for the process, as there is one library.
_LOCK = Lock()


def _is_liblouis(module: Any) -> bool:
    return hasattr(module, "translateString") and hasattr(module, "liblouis")


def find(
    importer: Callable[[str], ModuleType] = importlib.import_module,
    places: Iterable[str] = PLACES,
) -> ModuleType:
    """Give liblouis's module ``louis``.

    Raises MissingError: ``louis-missing``, or ``louis-stranger`` when the package of that name
    from PyPI is all there is.
    """
    is_stranger = False
    try:
        module = importer("louis")
    except (ImportError, OSError):  # OSError: the bindings without their library
        pass
    else:
        if _is_liblouis(module):
            return module
        is_stranger = True
    for place in places:
        for folder in sorted(glob(place), reverse=True):  # noqa: PTH207 - patterns are absolute
            found = _load(Path(folder) / "louis" / "__init__.py")
            if found is not None:
                return found
    key = "louis-stranger" if is_stranger else "louis-missing"
    raise MissingError(key, command=install_command() or "https://liblouis.io/downloads/")


def _load(path: Path) -> ModuleType | None:
    """Load the module of this file alone: nothing else of its folder becomes importable."""
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("_ess_access_louis", path)
    if spec is None or spec.loader is None:  # pragma: no cover - a .py file has a loader
        return None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (ImportError, OSError, AttributeError):  # made for another library or Python
        return None
    return module if _is_liblouis(module) else None


def install_command(platform: str = sys.platform) -> str:
    """Give the command that installs liblouis with its Python bindings; ``""``: none does."""
    if platform == "darwin":
        return "brew install liblouis"
    if platform.startswith("linux"):
        if Path("/usr/bin/dnf").exists():
            return "sudo dnf install python3-louis"
        return "sudo apt-get install python3-louis"
    return ""


class Liblouis:
    """Liblouis's functions, safe to call from any thread.

    A table list is a name of :data:`UNCONTRACTED`'s kind; cells are Unicode patterns.
    """

    def __init__(self, module: Any) -> None:
        self._library = module.liblouis
        self._wide = int(module.wideCharBytes)
        self._encoding = f"utf_{self._wide * 8}_le"
        self.version = str(module.version())

    def has(self, table: str) -> bool:
        """Say whether the table is installed and compiles."""
        with _LOCK:
            return bool(self._library.lou_checkTable(_tables(table)))

    def reach(self, table: str = UNCONTRACTED) -> Reach:
        """Say what the table's rules see over a blank; anything, where its files are not found."""
        names = _tables(table).decode(sys.getfilesystemencoding()).split(",")
        return read_reach(names, self._file_of)

    def _file_of(self, name: str, base: str) -> Path | None:
        """Find the file of a table where liblouis does."""
        resolver = getattr(self._library, "_lou_resolveTable", None)
        if resolver is None:
            return None
        resolver.restype = ctypes.POINTER(ctypes.c_char_p)
        encoding = sys.getfilesystemencoding()
        with _LOCK:
            found = resolver(name.encode(encoding), base.encode(encoding) if base else None)
            path = found[0] if found else None  # a dozen names a process are left to it
        return Path(path.decode(encoding)) if path else None

    def translate(self, text: str, table: str = UNCONTRACTED) -> str:
        """Translate text into cells; what the table does not know is a cell of eight dots."""
        return self._run(self._library.lou_translateString, text, table)

    def back_translate(self, cells: str, table: str = UNCONTRACTED) -> str:
        """Read cells back into print."""
        return self._run(self._library.lou_backTranslateString, cells, table)

    def _run(self, function: Any, text: str, table: str) -> str:
        if not text:
            return ""
        source = text.encode(self._encoding)
        given = len(source) // self._wide
        room = given * 2 + 64
        tables = _tables(table)
        while True:
            target = ctypes.create_string_buffer(room * self._wide)
            taken, made = ctypes.c_int(given), ctypes.c_int(room)
            with _LOCK:
                done = function(
                    tables,
                    source,
                    ctypes.byref(taken),
                    target,
                    ctypes.byref(made),
                    None,
                    None,
                    0,
                )
            if done and taken.value >= given and made.value < room:
                return ctypes.string_at(target, made.value * self._wide).decode(self._encoding)
            if room > given * 64 + 4096 or not done:
                raise EditionError("liblouis-failed", table=table, text=text[:60])
            room *= 4  # the buffer was too small: liblouis stopped midway, without a word


@cache
def _tables(table: str) -> bytes:
    return ",".join((_DISPLAY, table, str(_UNDEFINED))).encode(sys.getfilesystemencoding())


@cache
def liblouis() -> Liblouis:
    """Give this process's liblouis. Raises MissingError as :func:`find` does."""
    return Liblouis(find())
