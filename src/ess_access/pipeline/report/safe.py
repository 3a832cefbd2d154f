"""What may leave in a report: text that every format can hold, no private path, no password."""

import re
from collections.abc import Mapping
from urllib.parse import quote

__all__ = ["address", "is_language", "params", "printable", "private_params"]

# Controls have no place in HTML nor XML 1.0 (§2.2), and UTF-8 cannot write lone surrogates, which
# stand for the odd bytes of a file's name. U+FFFE and U+FFFF are no characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

# Python keeps the odd bytes of a name as U+DC80 to U+DCFF (PEP 383); no other is part of one.
_NO_BYTES = re.compile("[\ud800-\udc7f\udd00-\udfff]")

# A folder from the root of a disk, as in "/home/lea/guides/plan.png" or "C:\\Users\\lea\\plan.png";
# addresses of the web (a slash or a colon stands before) and words such as "et/ou" are not.
_FOLDERS = re.compile(r"(?<![\w.:/~\\])(?:/(?:[^/\s'\"«»]+/)+|[A-Za-z]:\\(?:[^\\\s'\"«»]+\\)*)")
# ISO 639-1: a screen reader changes its voice for these, and for nothing else. Two
# letters stand together in this text where they are one of them.
_LANGUAGES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy "
    "hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
    "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
    "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_TAG = re.compile(r"([A-Za-z]{2})(-[A-Za-z0-9]{1,8})*")
_PASSWORD = re.compile(r"(?<=://)[^/\s@]+@")


def printable(text: str) -> str:
    """Put U+FFFD in the place of what no report can hold."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def params(values: Mapping[str, str | int]) -> dict[str, str | int]:
    """Give parameters that can be written, without the password of an address."""
    return {
        printable(name): value if isinstance(value, int) else _PASSWORD.sub("", printable(value))
        for name, value in values.items()
    }


def private_params(values: Mapping[str, str | int]) -> dict[str, str | int]:
    """Give the parameters of a fault: also without the folders that lead to a file.

    The words of a source (the params of its findings) keep their slashes: they are the author's.
    """
    return {
        name: value if isinstance(value, int) else _FOLDERS.sub("…/", _rooted(value))
        for name, value in params(values).items()
    }


def _rooted(value: str) -> str:
    """Shorten a value that is nothing but a path, blanks included."""
    if re.match(r"/[^/]|[A-Za-z]:\\", value) and "\n" not in value and ": " not in value:
        return "…/" + re.split(r"[/\\]", value.rstrip("/\\"))[-1]
    return value


def is_language(tag: str) -> bool:
    """Say whether a page may bear this as ``lang`` (BCP 47 with an ISO 639-1 language)."""
    match = _TAG.fullmatch(tag)
    return match is not None and match[1].lower() in _LANGUAGES


def address(path: str) -> str:
    """Give the address of a file below the report: relative, percent-encoded byte by byte.

    ``./`` stands before, so that a name with a colon is not taken for a scheme.
    """
    known = _NO_BYTES.sub("\N{REPLACEMENT CHARACTER}", path)
    return "./" + quote(known.encode("utf-8", "surrogateescape"), safe="/")
