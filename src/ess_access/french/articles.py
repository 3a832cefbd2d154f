"""Articles of both genders or numbers, and what they become before a vowel: « l'élu »."""

import re

from ess_access.french.inflection import elides

__all__ = ["ARTICLE_PAIRS", "before_vowel", "both_articles", "joined"]

# « le candidat(e) », « du salarié·e »: the article was written for one, and is said for both.
ARTICLE_PAIRS = {
    article: pair
    for pair in (
        ("le", "la"), ("un", "une"), ("du", "de la"), ("au", "à la"), ("ce", "cette"),
        ("cet", "cette"), ("mon", "ma"), ("ton", "ta"), ("son", "sa"), ("tout", "toute"),
        ("aucun", "aucune"), ("quel", "quelle"),
    )
    for article in pair
}  # fmt: skip
_MASCULINE_BEFORE_VOWEL = {
    "ce": "cet",
    "nouveau": "nouvel",
    "beau": "bel",
    "vieux": "vieil",
    "fou": "fol",
    "mou": "mol",
}
_ELIDED = {"le": "l'", "la": "l'", "du": "de l'", "de la": "de l'", "au": "à l'", "à la": "à l'"}
_POSSESSIVE = {"ma": "mon", "ta": "ton", "sa": "son"}


def before_vowel(words_: str, following: str) -> str:
    """Give the form that French wants before a vowel, where it keeps its space."""
    head, _, last = words_.rpartition(" ")
    form = _MASCULINE_BEFORE_VOWEL.get(last.lower())
    if form is None or not elides(following):
        return words_
    form = form.capitalize() if last[:1].isupper() else form
    return f"{head} {form}" if head else form


def joined(left: str, gap: str, right: str) -> str:
    """Join words over a gap; what stands before a vowel takes the form that it asks for."""
    following = gap.split(maxsplit=1)[0] if gap.strip() else right
    if not elides(following):
        return left + gap + right
    for forms, space in ((_ELIDED, ""), (_POSSESSIVE, " ")):
        form = forms.get(left.lower())
        if form is not None:
            capital = form[:1].upper() + form[1:] if left[:1].isupper() else form
            return capital + space + gap.removeprefix(" ") + right
    return before_vowel(left, following) + gap + right


_ARTICLE = re.compile(r"(?i:\b(?:l[ea]|du|au|une?|cet|cette|ce|son|sa|votre|notre))$")


def both_articles(match: re.Match[str]) -> str | None:
    """Read « la (les) personne(s) »: « la ou les personnes »."""
    if not _ARTICLE.search(match.string[max(0, match.start() - 10) : match.start()]):
        return None
    return f" ou {match['core'].strip(' ()')}"
