"""What a Markdown file says of itself before its text: ``title: …`` between two lines ``---``."""

import re
from collections.abc import Mapping

__all__ = ["front_matter"]

_KEY = re.compile(r"([A-Za-z][\w.-]*)\s*:(?:\s+(.*))?$")
Value = str | tuple[str, ...]


def front_matter(text: str) -> tuple[Mapping[str, Value], int]:
    """Read the values by key, in lower case, and count the lines that they take.

    The usual part of YAML: plain and quoted words, lists, folded text; of a map within a list, the
    ``name``. A file that begins with a mere rule has no front matter: ``({}, 0)``.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return {}, 0
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
    inner = lines[1:end]
    if not end or not any(_KEY.match(line) for line in inner):
        return {}, 0
    if not all(_KEY.match(line) or re.match(r"\s|#|-\s|$", line) for line in inner):
        return {}, 0
    return _values(inner), end + 1


def _values(lines: list[str]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    key = ""
    continued: list[str] = []
    for line in [*lines, "end:"]:
        match = _KEY.match(line)
        if match is None:
            if line.strip() and not line.lstrip().startswith("#"):
                continued.append(line.strip())
            continue
        if key and (value := _value(found.get(key, ""), continued)):
            found[key] = value
        key, continued = match[1].lower(), []
        found[key] = (match[2] or "").strip()
    del found[key]
    return {name: value for name, value in found.items() if value}


def _value(first: Value, continued: list[str]) -> Value:
    head = first if isinstance(first, str) else ""
    if head.startswith("[") and (head + "".join(continued)).endswith("]"):
        inner = " ".join((head, *continued))[1:-1]
        parts = re.findall(r"\"[^\"]*\"|'[^']*'|[^,]+", inner)
        return tuple(part for item in parts if (part := _scalar(item)))
    if not head and continued and all(re.match("-\\s|[a-z]+:", line) for line in continued):
        items = [re.sub(r"^-\s+", "", line) for line in continued if line.startswith("- ")]
        names = [
            re.sub(r"^(?:-\s+)?name:\s*", "", line)
            for line in continued
            if re.match(r"(?:-\s+)?name:", line)
        ]
        return tuple(part for item in (names or items) if (part := _scalar(item)))
    if head[:1] in ("|", ">"):
        head = ""
    return _scalar(" ".join(part for part in (head, *continued) if part))


def _scalar(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        quote = text[0]
        inner = text[1:-1]
        return inner.replace("''", "'") if quote == "'" else inner.replace('\\"', '"')
    return re.sub(r"\s#\s.*$", "", text)
