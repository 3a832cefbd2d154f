"""Each error of the configuration is told with the line of its key."""

from pathlib import Path

import pytest

from ess_access.pipeline.config import Config
from ess_access.pipeline.settings import ConfigurationErrors, from_assignments, from_file
from ess_access.pipeline.toml_lines import TomlLines

TEXT = '''formats = ["audio"]
"C.P.A.M." = 1
note = """
width = 9
"""
[braille]
width = 32
"gr\\u0061de" = 2
contents.depth = 3
inline = { a = 1 }
[ for . x ]
[[for]]
match = "a"
braille.width = 1
[for.audio]
rate = 2
[[for]]
[for.lexicon]
'N°' = 2
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("formats",), 1),
        (("C.P.A.M.",), 2),
        (("braille",), 6),
        (("braille", "width"), 7),
        (("braille", "grade"), 8),
        (("braille", "contents", "depth"), 9),
        (("braille", "inline", "a"), 10),
        (("for", 0), 12),
        (("for", 0, "braille", "width"), 14),
        (("for", 0, "audio", "rate"), 16),
        (("for", 1), 17),
        (("for", 1, "lexicon", "N°"), 19),
    ],
)
def test_a_key_stands_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert TomlLines("f", TEXT).of(path) == f"f:{line}"


def test_a_key_that_was_not_found_is_in_the_file() -> None:
    assert TomlLines("f", TEXT).of(("nothing",)) == "f"


def test_every_error_of_a_file_is_told_at_once_in_the_order_of_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "ess-access.toml"
    path.write_text(
        'formats = ["brail"]\n'
        "audio = 3\n"
        "[braille]\n"
        "width = 500\n"
        "[limits]\n"
        "pages = 0\n"
        "[lexicon]\n"
        "CPAM = 3\n"
        "[[for]]\n"
        "braille.grade = 9\n"
        "[[for]]\n"
        'match = "a/*"\n'
        "[for.large-print]\n"
        'size_pt = "grand"\n',
        encoding="utf-8",
    )
    # The command line overrules two of them: they are wrong all the same.
    with pytest.raises(ConfigurationErrors) as errors:
        Config(
            [*from_file(path), from_assignments(["braille.width=32", "large-print.size_pt=20"])],
            formats=["braille"],
        )
    assert [(fault.key, fault.where) for fault in errors.value.faults] == [
        ("config-section", "ess-access.toml:2"),
        ("option-invalid", "ess-access.toml:4"),
        ("option-invalid", "ess-access.toml:6"),
        ("config-lexicon", "ess-access.toml:8"),
        ("config-for", "ess-access.toml:9"),
        ("option-invalid", "ess-access.toml:10"),
        ("option-invalid", "ess-access.toml:14"),
    ]
