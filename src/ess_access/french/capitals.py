"""Block capitals and surnames in capitals, put back into small letters for the rules to read."""

import re

from ess_access.french.typography import is_capitals, sentence_case

__all__ = ["lowered"]

_NAMED = re.compile(
    r"\b(?P<before>(?:M\.|MM\.|Mme|Mlle|Mr|Dr|Pr|Me|[Mm]onsieur|[Mm]adame) "
    r"(?:[A-ZÀ-Ý][a-zà-ÿ-]+ )?)"
    r"(?P<name>(?:(?:LE|LA|LES|DU|DE|DES|DE LA|EL|BEN|VAN|VON|SAINT|D'|L'|O')[ '-]?)?"
    r"(?:(?<=[ '-])|\b)[A-ZÀ-Ý]{2,}(?:-[A-ZÀ-Ý]{2,})*)(?!\w)"
)


def _surname(match: re.Match[str]) -> str:
    return match["before"] + re.sub(
        r"[^\W\d_]+", lambda part: part.group().capitalize(), match["name"]
    )


_CAPITAL_RUN = re.compile(
    # A run is looked for from its beginning alone, « A-B-C-… » once.
    r"[A-ZÀ-ÖØ-Þ](?<!\w.)(?<![A-ZÀ-ÖØ-Þ]['·()-].)[A-ZÀ-ÖØ-Þ'·()-]* "
    r"(?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'·()-]* )*"
    r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'·()-]*(?!\w)"
)


def lowered(text: str) -> str:
    """Put block capitals into small letters: the whole text, its sentences, a run of words."""
    text = _NAMED.sub(_surname, text)
    if is_capitals(text):
        return sentence_case(text)
    return _CAPITAL_RUN.sub(_small_run, _SENTENCE.sub(_small_sentence, text))


_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")


def _small_sentence(match: re.Match[str]) -> str:
    written = match.group()
    return sentence_case(written) if written.isupper() and is_capitals(written) else written


def _small_run(match: re.Match[str]) -> str:
    run = match.group()
    if " " not in run:
        return run
    words = [word for word in re.findall(r"[^\W\d_]+", run) if len(word) > 1]
    if len(words) < 2 or not is_capitals(run):
        return run
    before = match.string[: match.start()].rstrip()
    starts = not before or before[-1] in ".!?…"
    small = sentence_case(run)
    first = re.match(r"[^\W\d_]+", small)
    if starts or first is None or (len(first.group()) > 1 and first.group().isupper()):
        return small
    return small[0].lower() + small[1:]
