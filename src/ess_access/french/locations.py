"""Say an address: « contact arobase exemple point fr »."""

import re
from urllib.parse import unquote

from ess_access.french.acronyms import said
from ess_access.french.numbers.cardinals import cardinal, grouped, number
from ess_access.french.words import words

__all__ = ["said_address"]

_SCHEME = re.compile(
    # Who signs in (« https://nom@site ») is no part of the site; of an e-mail it is.
    r"^(?:[a-zA-Z][\w+]*://(?:[^/@\s]*@(?=[^/]*\.))?(?:www\.)?|(?:mailto|tel|urn|doi|file):)"
    r"|^(?i:www)\."
)
_SIGNS = {
    "@": " arobase ", ".": " point ", "/": " barre oblique ", "\\": " barre oblique inverse ",
    "?": " point d'interrogation ", "=": " égale ", "&": " et ", "#": " dièse ",
    ":": " deux-points ",
    "%": " pour cent ", "+": " plus ", "~": " tilde ",
}  # fmt: skip
_PIECE = re.compile(r"[^\W\d_]+|\d+|.", re.DOTALL)


def said_address(written: str, *, whole: bool = False) -> str:
    """Give the words of an address or a file name.

    Of a web address the site is said, without scheme and « www »; with ``whole``, its path too.
    E-mails, files and machines are always said whole. Hyphens and low lines are named in e-mails,
    and part the words of other addresses.
    """
    is_web = "://" in written or written[:4].lower() == "www." or _is_site_with_path(written)
    if written.startswith("tel:"):
        return _telephone(written)
    bare = _SCHEME.sub("", written)
    if is_web and not whole and not written.startswith("file"):
        bare = re.split(r"[/?#]", bare, maxsplit=1)[0] or bare
    is_mail = "@" in bare and not is_web
    name = "D O I " if written.startswith("doi:") else ""
    said_words = name + " ".join(_words(unquote(bare).rstrip("/"), is_mail=is_mail).split())
    return said_words or _scheme(written)


def _scheme(written: str) -> str:
    """Say a scheme that stands alone: « file:// », « https:// »."""
    name = written.partition(":")[0].rstrip("./")
    return name if name in {"file", "git", "mailto"} else " ".join(name.upper())


def _telephone(written: str) -> str:
    """Read « tel:+33123456789 » in the groups in which one says a number."""
    figures = re.sub(r"\D", "", written)
    if written[4:].startswith("+") and 9 < len(figures) < 14:
        country, rest = figures[:-9], figures[-9:]
        first = f"plus {cardinal(int(country))}, {cardinal(int(rest[0]))}"
        return ", ".join([first, *(grouped(rest[place : place + 2]) for place in range(1, 9, 2))])
    return ", ".join(grouped(figures[place : place + 2]) for place in range(0, len(figures), 2))


def _is_site_with_path(written: str) -> bool:
    """Say whether a bare domain is followed by a path (« exemple.fr/aide »)."""
    host, slash, _ = written.partition("/")
    return (
        bool(slash)
        and "." in host
        and not host.startswith(".")
        and "@" not in host
        and " " not in host
        and not re.fullmatch(r"[\d.]+", host)
        and re.search(r"\.[a-z]{2,}(?::\d+)?$", host) is not None
    )


# Without these signs a letter does not arrive; of a site or a file, they only part words.
_MAIL_SIGNS = {"-": " tiret ", "_": " tiret bas "}


def _words(address: str, *, is_mail: bool) -> str:
    parts: list[str] = []
    pieces = _PIECE.findall(address)
    for place, piece in enumerate(pieces):
        if piece.isdecimal():
            parts.append(number(piece))
        elif piece.isalpha():
            parts.append(_letters(piece, is_last=place == len(pieces) - 1))
        else:
            parts.append(_SIGNS.get(piece) or (_MAIL_SIGNS.get(piece, " ") if is_mail else " "))
    return " ".join(parts)


_SAID_SUFFIXES = frozenset(
    ["doc", "zip", "rar", "tar", "epub", "bat", "mobi", "daisy", "conf", "log", "md"]
)


def _letters(piece: str, *, is_last: bool) -> str:
    """Read a piece of an address: acronyms and the suffixes of files are spelled."""
    if piece.isupper() and len(piece) > 1:
        return said(piece)
    lowered = piece.lower()
    is_suffix = is_last and lowered in words("addresses", "files") and lowered not in _SAID_SUFFIXES
    return " ".join(piece.upper()) if is_suffix and len(piece) <= 5 else piece
