"""Say a book of some hours in a process of its own, and print its length and its peak memory.

    python tests/long_book.py FOLDER ENGINE

Alone in its process, the book answers for all the memory that is counted.
"""

import resource
import sys
from pathlib import Path

from ess_access.api.backend import Workspace
from ess_access.backends.audio import AudioBackend, AudioOptions
from ess_access.document.build import doc, h, p
from ess_access.transforms.outline import prepare

PARAGRAPH = "Les adhérents et les adhérentes votent chaque année au mois de mai. " * 5
PARTS = 600  # 200,000 characters: three hours


def peak_bytes() -> int:
    """Give the most memory that this program held.

    Linux counts in ``ru_maxrss`` what the parent held when it started the program.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main() -> None:
    """Make the book, then print seconds and bytes."""
    folder, engine = Path(sys.argv[1]), sys.argv[2]
    blocks = [block for n in range(PARTS) for block in (h(1, f"Partie {n}"), p(PARAGRAPH))]
    document = prepare(doc(*blocks, title="Épreuve"))[0]
    made = AudioBackend().render(document, AudioOptions(engine=engine), Workspace(folder, "guide"))
    print(made[0].measures["duration_s"], peak_bytes())  # noqa: T201 - its answer


if __name__ == "__main__":
    main()
