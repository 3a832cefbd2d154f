"""Each check has folders: how a sound edition is spoiled, and what is then said."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ess_access.api.backend import Artifact, Workspace
from ess_access.api.findings import Finding
from ess_access.backends.braille import BrailleBackend, BrailleOptions
from ess_access.document.build import doc, em, h, note, p, table, ul
from ess_access.locale import catalogue

PROOFS = Path(__file__).parent.parent / "checks"
NAMES = sorted(path.name for path in PROOFS.glob("BR-*"))
CODES = set("101 102 103 104 105 106 107 108 110 111 112 113 120 121".split())  # noqa: SIM905

_STEPS = (
    "La mutuelle accueille chaque personne avec attention.",
    "Elle explique les droits, en gros caractères ou en braille.",
    "Chaque courrier peut être demandé sous cette forme, sans frais.",
)
SOUND = doc(
    h(1, "Accueillir"),
    *(p(f"{number}. {step}") for number, step in enumerate(_STEPS * 4, 1)),
    h(1, "Rembourser"),
    p("Le remboursement est de ", em("60 %"), note("Au plus une fois par an."), " du prix."),
    table(("Soin", "Part"), ("Optique", "60 %"), ("Dentaire", "70 %")),
    *(p(f"{number}. {step}") for number, step in enumerate(_STEPS * 3, 20)),
    h(1, "Nous écrire"),
    ul("par courrier", "à accueil@exemple.fr"),
    *(p(f"{number}. {step}") for number, step in enumerate(_STEPS * 3, 40)),
    title="Guide",
)


def edition(folder: Path, options: BrailleOptions) -> dict[str, Artifact]:
    made = BrailleBackend().render(SOUND, options, Workspace(folder, "guide"))
    return {artifact.path.name: artifact for artifact in made}


def spoil(path: Path, change: dict[str, Any]) -> None:
    text = path.read_bytes().decode("latin-1" if path.suffix == ".brf" else "utf-8")
    find = change["find"]
    assert find in text, "the sound edition no longer holds what is spoiled"
    at = text.rindex(find) if change.get("last") else text.index(find)
    if change.get("cut"):
        spoiled = text[:at]
    else:
        spoiled = text[:at] + change["replace"] + text[at + len(find) :]
    path.write_bytes(spoiled.encode("latin-1" if path.suffix == ".brf" else "utf-8"))


def findings(folder: Path, name: str) -> list[Finding]:
    proof = tomllib.loads((PROOFS / name / "spoil.toml").read_text(encoding="utf-8"))
    options = BrailleOptions(**{"contents": "always", **proof.get("options", {})})
    made = edition(folder, options)
    for change in proof["changes"]:
        spoil(folder / change["file"], change)
    checked = [made[file] for file in proof["check"]]
    # A file from elsewhere has no source to be held against.
    source = SOUND if proof.get("source", True) else None
    return list(BrailleBackend().check(checked, source, options))


@pytest.mark.parametrize("alphabet", ["nabcc", "tbfr2007", "cbfr1252"])
@pytest.mark.parametrize("duplex", [False, True])
def test_the_sound_edition_has_no_finding(tmp_path: Path, alphabet: str, *, duplex: bool) -> None:
    options = BrailleOptions(contents="always", brf_table=alphabet, duplex=duplex)  # type: ignore[arg-type]  # by name
    made = edition(tmp_path, options)

    assert list(BrailleBackend().check(tuple(made.values()), SOUND, options)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_spoiled_edition_raises_exactly_its_own_finding(name: str, tmp_path: Path) -> None:
    found = findings(tmp_path, name)
    said = "".join(f"{one.code} {catalogue('fr').finding(one)}\n" for one in found)

    assert said == (PROOFS / name / "golden.txt").read_text(encoding="utf-8")
    assert {one.code for one in found} == {name[:6]}


def test_every_check_has_its_proof() -> None:
    assert {name[3:6] for name in NAMES} == CODES
