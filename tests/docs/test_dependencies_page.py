"""docs/dependencies.md tells of every package that pyproject.toml asks for."""

import re
import tomllib

from support import ROOT

PAGE = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

OURS = {"ess-access"}  # an extra may ask for another extra


def asked() -> set[str]:
    """Name every package that is asked for, extras included."""
    extras = PROJECT["optional-dependencies"]
    requirements = [*PROJECT["dependencies"], *(one for extra in extras.values() for one in extra)]
    return {normal(re.split(r"[\[<>=!~;\s]", one, maxsplit=1)[0]) for one in requirements} - OURS


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def rows() -> dict[str, list[str]]:
    """Map each package of the tables to its cells: version, licence, what for."""
    found: dict[str, list[str]] = {}
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 4 and cells[0] != "package":
            found[normal(cells[0].split(" ")[0].rstrip(","))] = cells[1:]
    return found


def test_every_dependency_is_told_of() -> None:
    assert asked() - rows().keys() == set()


def test_no_row_tells_of_a_package_that_left() -> None:
    assert rows().keys() - asked() == {"python3-louis"}


def test_every_row_says_the_version_the_licence_and_the_purpose() -> None:
    unfinished = [name for name, cells in rows().items() if not all(cells)]
    assert unfinished == []


def test_every_version_is_a_version() -> None:
    odd = [name for name, cells in rows().items() if not re.fullmatch(r"\d+(\.\d+)+", cells[0])]
    assert odd == []
