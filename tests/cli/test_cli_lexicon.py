"""The user's lexicon has the last word on how words are said."""

from pathlib import Path

from tests_cli_types import Run

PLS = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"
         alphabet="ipa" xml:lang="fr">
  <lexeme><grapheme>Zorglub</grapheme><alias>zor glube</alias></lexeme>
</lexicon>
"""


def _said(run: Run, text: str) -> str:
    result = run("preview", "-", "--to", "audio", input=text.encode())
    assert result.exit_code == 0, result.stderr
    return str(result.stdout)


def test_the_table_of_the_configuration_is_heard(here: Path, run: Run) -> None:
    (here / "ess-access.toml").write_text('[lexicon]\nXYLO = "le xylophone"\n')
    assert "le xylophone" in _said(run, "Voici XYLO.")


def test_a_pls_file_is_heard_and_the_table_wins(here: Path, run: Run) -> None:
    (here / "mots.pls").write_text(PLS, encoding="utf-8")
    (here / "ess-access.toml").write_text('lexicon_files = ["mots.pls"]\n')
    assert "zor glube" in _said(run, "Voici Zorglub.")
    (here / "ess-access.toml").write_text(
        'lexicon_files = ["mots.pls"]\n[lexicon]\nZorglub = "monsieur Z"\n'
    )
    assert "monsieur Z" in _said(run, "Voici Zorglub.")


def test_a_bad_lexicon_is_said_with_its_place(here: Path, run: Run) -> None:
    (here / "absent.toml").write_text('lexicon_files = ["absent.pls"]\n')
    (here / "sons.pls").write_text(
        PLS.replace("<alias>zor glube</alias>", "<phoneme>zɔʁ</phoneme>"), encoding="utf-8"
    )
    (here / "sons.toml").write_text('lexicon_files = ["sons.pls"]\n')
    (here / "faux.toml").write_text('lexicon_files = ["faux.toml"]\n')
    (here / "table.toml").write_text("[lexicon]\nCPAM = 3\n")
    for name in ("absent", "sons", "faux", "table"):
        result = run("plan", "--config", f"{name}.toml")
        assert result.exit_code == 3, name
        assert result.stderr.startswith(f"{name}.toml"), result.stderr
