"""HTML and Markdown readers against Pandoc's conversion to JSON: same files, one run.

    .venv/bin/python bench/bench_html.py [FILE]...

Our side runs in one warm process. Pandoc starts once a file; the time of an empty conversion is
taken off, so that its start does not count against it. The Pandoc of the package pypandoc-binary is
taken before the system's.
"""

import importlib
import importlib.util
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ess_access.api.reader import Reader, Source
from ess_access.document.codec import encode
from ess_access.readers.html import HtmlReader
from ess_access.readers.markdown import MarkdownReader

READERS: dict[str, Reader] = {".html": HtmlReader(), ".md": MarkdownReader()}
RUNS = 5
SECTION = """<section><h2>Partie {n}</h2><p>Un paragraphe avec <em>du relief</em>, un
<a href="https://exemple.fr">lien</a>, une <span lang="en">word</span> et 1<sup>er</sup>.</p>
<ul><li>un<ul><li>deux</li></ul></li><li>trois</li></ul><table><tr><th>a</th><th>b</th></tr>
<tr><td>{n}</td><td>2</td></tr></table></section>
"""
MARKDOWN = """## Partie {n}

Un paragraphe avec *du relief*, un [lien](https://exemple.fr) et `code`.

- un
  - deux
- trois

| a | b |
|---|---|
| {n} | 2 |

"""


def main(files: list[Path]) -> None:
    """Time each file, and print one line for each."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        empty = made / "empty.html"
        empty.write_text("<p>a", encoding="utf-8")
        if not files:
            files = [made / "long.html", made / "long.md"]
            whole = "".join(SECTION.format(n=n) for n in range(2000))
            files[0].write_text(f'<html lang="fr"><body>{whole}', encoding="utf-8")
            files[1].write_text("".join(MARKDOWN.format(n=n) for n in range(500)), "utf-8")
        pandoc = newest_pandoc()
        start = timed(lambda: converted(pandoc, empty)) if pandoc else 0.0
        for file in files:
            source = Source(file.name, file.suffix, file.read_bytes())
            reader = READERS[file.suffix]
            ours = timed(lambda: encode(reader.read(source).document))  # noqa: B023 - called at once
            line = f"{file.name}: {len(source.data) / 1000:.0f} kB, ess-access {ours * 1000:.0f} ms"
            if pandoc:
                theirs = timed(lambda: converted(pandoc, file)) - start  # noqa: B023
                line += f", Pandoc {theirs * 1000:.0f} ms (start taken off)"
            print(line)


def newest_pandoc() -> str | None:
    """Find the Pandoc of the pypandoc-binary package, else the system's."""
    if importlib.util.find_spec("pypandoc") is not None:
        return str(importlib.import_module("pypandoc").get_pandoc_path())
    return shutil.which("pandoc")


def converted(pandoc: str, file: Path) -> None:
    """Convert with Pandoc to JSON."""
    subprocess.run([pandoc, str(file), "-t", "json"], check=True, capture_output=True, timeout=120)


def timed(work: Callable[[], object]) -> float:
    """Give the median of a few runs, in seconds."""
    taken = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
