"""What pre-commit runs: the large print of the documents to commit is made aside, for its faults.

It lies in the folder that git keeps for this work tree: in a linked work tree or a submodule,
``.git`` is a file.
"""

import subprocess
import sys

from ess_access.__main__ import run

__all__ = ["arguments"]

_FOLDER = ("git", "rev-parse", "--git-path", "ess-access")


def arguments(files: list[str]) -> list[str]:
    """Give the command line of a build. Raises CalledProcessError outside a repository."""
    asked = subprocess.run(  # noqa: S603 - nothing in it comes from outside
        _FOLDER, capture_output=True, text=True, timeout=60, check=True
    )
    output = asked.stdout.rstrip("\n")
    return ["build", "--plain", "--to", "large-print", "-o", output, "--", *files]


if __name__ == "__main__":
    sys.argv[1:] = arguments(sys.argv[1:])
    run()
