"""LibreOffice, when it is installed: other formats, and the pages as they come out."""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from ess_access.api.findings import Missing
from ess_access.backends.large_print.options import LargePrintOptions
from ess_access.errors import EditionError, MissingError

__all__ = [
    "OFFICE",
    "converted",
    "has_office",
    "missing_office",
    "office_command",
    "office_version",
    "uses_office",
]

# What the name of every build begins with: so a fingerprint tells that there is one.
OFFICE = "LibreOffice"
_SECONDS = 600
# What stands beside the program and tells one build from another, without starting it.
_BUILDS = ("versionrc", "version.ini", "../Resources/versionrc")
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
    return (Missing(OFFICE, "libreoffice-missing", command, required),)


def has_office() -> bool:
    """Say whether LibreOffice is installed."""
    return _program() is not None


def uses_office(options: LargePrintOptions) -> bool:
    """Say whether LibreOffice has a part in an edition, where it is installed."""
    has_numbers = options.contents != "never" and options.contents_pages != "never"
    return has_numbers or bool(set(options.formats) - {"docx"})


def office_version() -> str:
    """Name LibreOffice's build, ``""`` when it is absent: its pages depend on it."""
    program = _program()
    if program is None:
        return ""
    folder = Path(program).resolve().parent
    for name in _BUILDS:
        path = folder / name
        if path.is_file():
            # A build without changes is planned in less time than LibreOffice says its version in.
            seen = (folder / "soffice.bin").stat() if (folder / "soffice.bin").is_file() else None
            size = f" {seen.st_size} {int(seen.st_mtime)}" if seen is not None else ""
            return f"{OFFICE} {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}{size}"
    done = subprocess.run(  # noqa: S603  # the program found on the machine, no shell
        [program, "--version"], capture_output=True, text=True, timeout=60, check=False
    )
    return f"{OFFICE} {done.stdout.strip()}"


def office_command(profile: Path) -> list[str]:
    """Begin a command that runs LibreOffice in a profile. Raises MissingError without it."""
    program = _program()
    if program is None:
        raise MissingError("libreoffice-missing")
    return [program, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]


def converted(
    path: Path,
    target: str,
    folder: Path,
    seconds: float = _SECONDS,
    *,
    profile: Path | None = None,
) -> Path:
    """Convert a file into ``folder``; ``target`` is a suffix with or without its export filter.

    A fresh profile each time, unless one is given: a font that another document embedded must not
    help this one. Raises MissingError without LibreOffice, EditionError when it fails.
    """
    if profile is None:
        with tempfile.TemporaryDirectory(
            prefix="ess-access-office-", ignore_cleanup_errors=True
        ) as fresh:
            return converted(path, target, folder, seconds, profile=Path(fresh))
    made = folder / f"{path.stem}.{target.partition(':')[0]}"
    options = ["--convert-to", target, "--outdir", str(folder), str(path)]
    try:
        done = subprocess.run(  # noqa: S603  # the program found on the machine, no shell
            [*office_command(profile), *options],
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise EditionError("libreoffice-failed", name=path.name, reason="ETIMEDOUT") from error
    if done.returncode != 0 or not made.exists():
        reason = " ".join((done.stderr or done.stdout).split())[-200:] or str(done.returncode)
        raise EditionError("libreoffice-failed", name=path.name, reason=reason)
    return made
