"""Headings of plain text: which pieces are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ess_access.french.sentences import sentences
from ess_access.french.typography import is_capitals
from ess_access.readers._text_levels import WHOLE, ranked
from ess_access.readers._text_pieces import Piece

__all__ = ["heading_levels", "with_titles_joined"]

_LONGEST, _LONGEST_PLAIN, _LONGEST_COLON = 110, 80, 60
_MOST_WORDS = 14
_NAMED = (
    ("part", re.compile(r"(?:partie|titre|livre|tome|volet|axe|module)\s", re.IGNORECASE)),
    ("chapter", re.compile(r"(?:chapitre|annexe|chapter|part|appendix)\s", re.IGNORECASE)),
    (
        "section",
        re.compile(r"(?i:section|fiche|étape|etape|thème|leçon|séance|step)\s"),
    ),
    ("article", re.compile(r"article\s", re.IGNORECASE)),
)
_NAMED_NUMBER = re.compile(
    r"\w+\s+(?:n[°o]\s*)?(?:\d{1,3}(?:er|ère|\.\d{1,2})?|[IVXL]{1,6}|[A-Z]|premi(?:er|ère)|unique)"
    r"(?:\s*[-–—:.)]\s*\S.*|\s*[:.]?(?:\n.+)?)",
)
_NUMBER_ALONE = re.compile(r"\w+\s+(?:\d{1,3}|[IVXL]{1,6}|[A-Z]|[Pp]remi(?:er|ère))\s*[:.]?")
_NUMBERING = re.compile(r"\A(?:\w+\s+)?(?:\d{1,3}|[IVXL]{1,6}|[A-Z]|[Pp]remi(?:er|ère))\s*[.)]\s")
_ROMAN = re.compile(r"[IVXL]{1,6}\s*(?:[.)°/]|[-–—:])\s*\S.*")
_UPPER = re.compile(r"[A-Z]\s*(?:[.)]|\s[-–—:])\s*\S.*")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})\.?\)?\s+[-–—:]?\s*\S.*")
_LABEL = re.compile(r"[^:]{1,40}\s?:\s\S")  # « Objet : résiliation », « Tél. : 02 … »
_LEAD = re.compile(  # « Cette semaine : », « Après l’étape 3 : » lead to the list below
    r"(?:cet|cette|ces|après|avant|parmi|depuis|pendant|selon|chez|dans|avec|chaque)\b",
    re.IGNORECASE,
)
_TITLE_IN_TWO = re.compile(
    r"[^:\s]+\s[^:]{2,40}\s?:\s[^\W\dA-ZÀ-Ý][^:\d]*"
)  # « Bon à savoir : le bac »
_DATE = re.compile(  # « Brest, le lundi 3 mars 2025 »: where and when, and nothing else
    r"(?:[^,\d]{1,30},\s)?(?:le\s)?(?:(?:lun|mar|mercre|jeu|vendre|same)di\s|dimanche\s)?"
    r"(?:\d{1,2}(?:er)?\s\w+\s\d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})\.?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b\d{5}\s+[A-ZÀ-Ý]|\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|av\.|bd|boulevard|place|"
    r"chemin|impasse|allée|quai|route|cours|square)\b|https?://|www\.|\S@\S|(?:\d{2}[ .]){4}\d{2}",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:bonjour|bonsoir|cher|chère|chers|madame|monsieur|mesdames|cordialement|bien à vous|"
    r"bien cordialement|salutations|merci|ps|p\.-s\.|dear|hello|hi|regards|best|thanks)\b",
    re.IGNORECASE,
)
# What makes a line that ends in a colon, or stands above a list, the beginning of a sentence.
_SENTENCE = re.compile(
    r"\b(?:je|j|nous|vous|il|ils|elle|elles|on|est|sont|était|sera|seront|a|ont|faut|peut|peuvent|"
    r"doit|doivent|comme|notamment|suivant\w*|voici|voilà|ainsi|exemple|ci-dessous|ci-après|dont|"
    r"permet\w*|compren\w+|propos\w+|is|are|you|we|following)\b|\w{3,}ez\b|,|(?!\w*(?:accid|ag|arg|cli|cont|cont|pati|prés|réc|urg|excell|vent|"
    r"suppl|équival|parent|précéd)ent\b)\w{2,}[^\W\dm]ent\b",
    re.IGNORECASE,
)


def with_titles_joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Join « Chapitre 2 » and the title on the line below into one heading, a line feed between."""
    found: list[Piece] = []
    for piece in pieces:
        above = found[-1] if found else None
        if (
            above is not None
            and above.kind == piece.kind == "text"
            and not piece.after_blank
            and _NUMBER_ALONE.fullmatch(above.words)
            and any(pattern.match(above.words) for _, pattern in _NAMED)
            and len(piece.words) <= _LONGEST_PLAIN
            and piece.words[:1].isupper()
            and not re.search(r"[.,;:!]$", piece.words)
            and not _NUMBER_ALONE.fullmatch(piece.words)
        ):
            joined = replace(above, parts=[above.words, "\n", piece.words])
            joined.before_blank, joined.under = piece.before_blank, piece.under
            found[-1] = joined
        else:
            found.append(piece)
    return found


def heading_levels(pieces: Sequence[Piece]) -> Mapping[int, int]:
    """Give the levels of the pieces that are headings, by their index.

    A heading stands alone, is short, and something follows it. The kinds of headings that the text
    has are ranked: capitals above plain lines, « I » above « 1 », « 1 » above « 1.1 ».
    """
    kinds: dict[int, str] = {}
    has_blanks = any(piece.after_blank for piece in pieces[1:])
    for index in range(len(pieces)):
        kind = _kind(pieces, index, has_blanks=has_blanks)
        if kind:
            kinds[index] = kind
    _settle_numbers(pieces, kinds)
    _drop_without_body(pieces, kinds)
    return ranked(pieces, kinds)


def _kind(pieces: Sequence[Piece], index: int, *, has_blanks: bool) -> str:
    """Tell what kind of heading a piece looks like, ``""`` for none."""
    piece = pieces[index]
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    if piece.hashes:
        return f"#{piece.hashes}"
    if following is None or len(piece.words) > _LONGEST:
        return ""
    if piece.kind == "item":
        return _numbered(piece, following)
    if piece.kind != "text":
        return ""
    words = piece.words
    if not piece.under.strip(".") and _holds_sentences(words):
        return ""
    if piece.under == ".":
        return "" if words.endswith((",", ";")) else "plain"
    if piece.under:
        return {"=": "=", "*": "*", "#": "=", "-": "-"}.get(piece.under, "~")
    if words.endswith((";", ",")) or re.search(r"[^.]\.$", words):
        return ""
    if is_capitals(words):
        return "" if _is_in_capital_block(pieces, index) else "capitals"
    for kind, pattern in _NAMED:
        if pattern.match(words) and _NAMED_NUMBER.fullmatch(words):
            return kind
    decimal = _DECIMAL.fullmatch(words)
    if decimal:
        return f"number-{decimal[1].count('.') + 1}"
    if _ROMAN.fullmatch(words):
        return "roman"
    if _UPPER.fullmatch(words):
        return "letter"
    return "plain" if _is_plain(pieces, index, following, has_blanks=has_blanks) else ""


def _holds_sentences(words: str) -> bool:
    """Say whether a sentence ends inside the line: prose, however short (« 2. Objet » is none)."""
    return len(sentences(_NUMBERING.sub("", words, count=1))) > 1


def _numbered(piece: Piece, following: Piece) -> str:
    """Take « 1. Objet » for a heading until its neighbours show a list."""
    if following.kind in ("item", "text") and following.indent > piece.indent + 1:
        return ""
    if piece.mark is None or not piece.mark.number or piece.indent > 3:
        return ""
    if piece.words.endswith((".", ";", ",", ":")) or len(piece.words) > _LONGEST_PLAIN:
        return ""
    return "" if piece.mark.kind == "letter" or piece.words[:1].islower() else "number-1"


def _is_in_capital_block(pieces: Sequence[Piece], index: int) -> bool:
    """Say whether the line is one of an address or a notice set in capitals throughout."""
    if _ADDRESS.search(pieces[index].words):
        return True
    near = 0
    for step in (-1, 1):
        place = index + step
        while near < 2 and 0 <= place < len(pieces) and pieces[place].kind == "text":
            glued = pieces[place + 1] if step < 0 else pieces[place]
            if glued.after_blank or not is_capitals(pieces[place].words):
                break
            near += 1
            place += step
    return near > 1


def _is_plain(pieces: Sequence[Piece], index: int, following: Piece, *, has_blanks: bool) -> bool:
    piece = pieces[index]
    words = piece.words
    if len(words) > _LONGEST_PLAIN or len(words.split()) > _MOST_WORDS:
        return False
    if not (words[:1].isupper() or words[:1].isdigit() or words[:1] in "«“¿\"'’"):
        return False
    if _ADDRESS.search(words) or _DATE.fullmatch(words) or _GREETING.match(words):
        return False
    if words.endswith(("!", "…")):
        return False
    starts_block = piece.after_blank or index == 0
    if words.endswith("?"):
        return starts_block or not has_blanks
    if words.endswith(":"):
        if following.kind == "item" and _LEAD.match(words):
            return False
        stands_alone = starts_block and piece.before_blank if has_blanks else _is_long(following)
        is_short = len(words) <= _LONGEST_COLON
        return stands_alone and is_short and not _SENTENCE.search(words)
    if _LABEL.match(words) and not _TITLE_IN_TWO.fullmatch(words):
        return False
    if has_blanks and not starts_block and not _ends_block(pieces, index - 1):
        return False
    if WHOLE.fullmatch(words):
        return True
    if following.kind == "item":
        if starts_block and piece.before_blank and not words.endswith("."):
            return True
        return not _SENTENCE.search(words) and (starts_block or not has_blanks)
    if following.kind == "text" and _leads_on(piece, following):
        return True
    # A title or a section's name above another heading, or above a table.
    return starts_block and piece.before_blank and following.kind in ("table", "quote")


def _ends_block(pieces: Sequence[Piece], index: int) -> bool:
    """Say whether the piece before is no running text: a list's end parts as a blank line does."""
    return pieces[index].kind != "text"


def _is_long(piece: Piece) -> bool:
    return piece.kind == "text" and (
        len(piece.words) > _LONGEST_PLAIN or piece.words.endswith((".", "!", "…"))
    )


def _leads_on(piece: Piece, following: Piece) -> bool:
    """Say whether what follows a short line is a paragraph: longer, and made of sentences."""
    words = following.words
    if len(words) <= len(piece.words):
        return False
    return len(words) >= 100 or bool(re.search(r"[.!?…:][\"»”)]?$", words))


def _settle_numbers(pieces: Sequence[Piece], kinds: dict[int, str]) -> None:
    """Take back the numbered lines that follow one another: they are lists."""
    for index in list(kinds):
        kind = kinds[index]
        if kind in ("number-1", "roman", "letter", "part", "chapter", "section", "article"):
            neighbours = [
                near
                for near in (index - 1, index + 1)
                if 0 <= near < len(pieces) and _is_sister(pieces, kinds, index, near)
            ]
            if neighbours:
                kinds[index] = f"list {kind}"
    for index, kind in list(kinds.items()):
        if kind.startswith("list "):
            del kinds[index]
    count = sum(kind == "number-1" for kind in kinds.values())
    first = next((n for n, kind in kinds.items() if kind == "number-1"), None)
    if count == 1 and first is not None:
        mark = pieces[first].mark
        if mark is None or mark.number != 1:
            del kinds[first]


def _is_sister(pieces: Sequence[Piece], kinds: Mapping[int, str], index: int, near: int) -> bool:
    piece, other = pieces[index], pieces[near]
    if piece.mark is not None and other.mark is not None:
        step = other.mark.number - piece.mark.number
        return piece.mark.kind == other.mark.kind and step == near - index
    own = kinds[index].removeprefix("list ")
    return piece.mark is None and kinds.get(near, "").removeprefix("list ") == own


def _drop_without_body(pieces: Sequence[Piece], kinds: dict[int, str]) -> None:
    """Take back a heading at the end, which heads nothing; find the title above the first one."""
    for index in sorted(kinds, reverse=True):
        if index == len(pieces) - 1 and not kinds[index].startswith("#"):
            del kinds[index]
    if kinds and 0 not in kinds and _could_be_title(pieces[0]):
        kinds[0] = "plain"


def _could_be_title(piece: Piece) -> bool:
    words = piece.words
    return (
        piece.kind == "text"
        and piece.before_blank
        and len(words) <= _LONGEST_PLAIN
        and not re.search(r"[.,;:!]$", words)
        and not _ADDRESS.search(words)
        and not _DATE.fullmatch(words)
        and not _GREETING.match(words)
        and not _LABEL.match(words)
    )
