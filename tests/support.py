"""What tests share: where real documents and rules lie, and which programs are here."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared(*parts: str) -> Path:
    """Give a path of the folder of rules, cases and real documents; skip where it is absent."""
    folder = Path(os.environ.get("ESS_ACCESS_SHARED", ROOT.parent / "shared"))
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    return path


def program(name: str) -> str:
    """Give the path of a program; skip where it is absent (`make oracles` installs it)."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed: make oracles")
    return path
