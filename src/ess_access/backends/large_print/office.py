"""LibreOffice, when it is installed: other formats, and the pages as they come out."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from ess_access.api.findings import Missing
from ess_access.errors import EditionError, MissingError

__all__ = ["converted", "missing_office", "office_version"]

_SECONDS = 600
_NAMES = ("soffice", "libreoffice")
_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"


def _program() -> str | None:
    for name in _NAMES:
        found = shutil.which(name)
        if found is not None:
            return found
    return _MAC if Path(_MAC).exists() else None


def missing_office(*, required: bool) -> tuple[Missing, ...]:
    """Say that LibreOffice is absent, and how to get it; nothing when it is here."""
    if _program() is not None:
        return ()
    command = "sudo apt-get install libreoffice-writer"
    return (Missing("LibreOffice", "libreoffice-missing", command, required),)


def office_version() -> str:
    """Give LibreOffice's version, ``""`` when it is absent: its pages depend on it."""
    program = _program()
    if program is None:
        return ""
    done = subprocess.run(  # noqa: S603  # the program found on the machine, no shell
        [program, "--version"], capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout.strip()


def converted(path: Path, target: str, folder: Path) -> Path:
    """Convert a file into ``folder``; ``target`` is a suffix with or without its export filter.

    A fresh profile each time: a font that another document embedded must not help this one.
    Raises MissingError without LibreOffice, EditionError when it fails.
    """
    program = _program()
    if program is None:
        raise MissingError("libreoffice-missing")
    made = folder / f"{path.stem}.{target.partition(':')[0]}"
    with tempfile.TemporaryDirectory(prefix="ess-access-office-") as profile:
        command = [
            program,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--convert-to",
            target,
            "--outdir",
            str(folder),
            str(path),
        ]
        try:
            done = subprocess.run(  # noqa: S603  # the program found on the machine, no shell
                command, capture_output=True, text=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise EditionError("libreoffice-failed", name=path.name, reason=str(error)) from error
    if done.returncode != 0 or not made.exists():
        reason = " ".join((done.stderr or done.stdout).split())[-200:] or str(done.returncode)
        raise EditionError("libreoffice-failed", name=path.name, reason=reason)
    return made
