"""What will be said, for the eye: an utterance a line, headings apart."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ess_access.backends.audio.options import AudioOptions
from ess_access.backends.audio.script import script
from ess_access.backends.audio.utterances import Utterance
from ess_access.backends.audio.wording import FrenchWording, primary
from ess_access.document.nodes import Document

__all__ = ["names_of_rules", "preview"]


def preview(document: Document, options: AudioOptions) -> str:
    """Give the spoken words; with ``explain``, what was expanded stands under each line."""
    wording = FrenchWording(document, options) if options.explain else None
    lines: list[str] = []
    begun = ""
    for utterance in script(document, options):
        goes_on = utterance.level > 0 and utterance.node == begun
        if utterance.kind in {"heading", "title"} and lines and lines[-1] and not goes_on:
            lines.append("")
        marks = "" if goes_on else "#" * utterance.level
        begun = utterance.node if utterance.level else begun
        lines.append(f"{marks} {utterance.spoken}" if marks else utterance.spoken)
        if wording is not None:
            lines.extend(_expansions(utterance, wording))
        if utterance.kind in {"heading", "title"}:
            lines.append("")
    return "\n".join(lines).strip("\n") + "\n" if lines else ""


def _expansions(utterance: Utterance, wording: FrenchWording) -> list[str]:
    from ess_access.french.speech import explain

    # What is announced is not the author's: there is nothing in it to correct.
    if primary(utterance.lang) != "fr" or utterance.kind == "announcement":
        return []
    found = explain(utterance.written, wording.rules_for(utterance.written))
    names = names_of_rules()
    return [
        f"    {each.before} \u2192 {each.after} ({names.get(each.rule, each.rule)})"
        for each in found
    ]


@cache
def names_of_rules() -> Mapping[str, str]:
    """Give what the rules of spoken French are called in French."""
    path = files("ess_access.backends.audio") / "data" / "rules.fr.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
