"""Bytes to characters: what a file without a label is most likely written in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ess_access.api.findings import Finding, Severity
from ess_access.errors import SourceError

__all__ = ["Decoded", "decoded", "refuse_binary"]

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# What French files are written in, the most common first: Windows, old Macintosh, DOS.
_ONE_BYTE = ("cp1252", "mac_roman", "cp850")
_LIKELY = frozenset("éèêëàâäîïôöùûüçœæÉÈÊÀÂÎÔÇŒ’‘“”«»…–—°€•·²ñáíóú\u00a0")
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office 97–2003"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"ID3", "MP3"),
    (b"\x7fELF", "ELF"),
)
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27})

_RUN_OR_STRAY = re.compile(
    rb"((?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
    rb"|[\xf0-\xf4][\x80-\xbf]{3})+)|(.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file; ``findings`` hold ``SRC-015`` where the encoding was guessed."""

    text: str
    findings: tuple[Finding, ...] = ()


def refuse_binary(name: str, data: bytes) -> None:
    """Raise SourceError for a file without a byte, or one that is no text at all."""
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise SourceError("source-empty", name=name)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise SourceError("source-misnamed", name=name, kind=kind)
    if _wide(data) is None:
        sample = data[:100_000]
        strange = len(sample) - len(sample.translate(None, _CONTROLS))
        if strange * 50 > len(sample):  # over 2 % of control characters
            raise SourceError("source-binary", name=name)


def decoded(name: str, data: bytes, declared: Iterable[str] = ()) -> Decoded:
    """Decode by the byte order mark, the encodings that the file declares, UTF-8, then a guess.

    Raises SourceError for an empty or binary file.
    """
    refuse_binary(name, data)
    wide = _wide(data)
    if wide is not None:
        mark, encoding = wide
        return Decoded(data[len(mark) :].decode(encoding, "replace"))
    for encoding in (*declared, "utf-8"):
        try:
            return Decoded(data.decode(_standard(encoding)))
        except (UnicodeDecodeError, LookupError):
            continue
    return _guessed(data)


def _wide(data: bytes) -> tuple[bytes, str] | None:
    """Recognise a byte order mark, or UTF-16 without one by its zero bytes."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return mark, encoding
    sample = data[:4000]
    half = len(sample) // 2
    if half >= 4 and sample[1::2].count(0) * 10 > half * 7 and not sample[::2].count(0):
        return b"", "utf-16-le"
    if half >= 4 and sample[::2].count(0) * 10 > half * 7 and not sample[1::2].count(0):
        return b"", "utf-16-be"
    return None


def _standard(encoding: str) -> str:
    """Browsers read Latin-1 and ASCII as Windows-1252 (Encoding Standard §4.2)."""
    label = encoding.strip().lower().replace("_", "-")
    if label in {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "l1"}:
        return "cp1252"
    if label.startswith(("utf-16", "utf-32")):
        return "utf-8"  # the label itself was readable as ASCII: it is not UTF-16
    return label


def _guessed(data: bytes) -> Decoded:
    if _mostly_utf8(data):
        text = _mixed(data)
        encoding = "UTF-8 + Windows-1252"
    else:
        candidates = [
            (_likelihood(text := _one_byte(data, name)), text, name) for name in _ONE_BYTE
        ]
        _, text, encoding = max(candidates, key=lambda candidate: candidate[0])
        encoding = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}.get(encoding, "DOS 850")
    line = 1 + re.split(rb"[\x80-\xff]", data, maxsplit=1)[0].count(b"\n")
    return Decoded(
        text, (Finding("SRC-015", Severity.REVIEW, {"encoding": encoding, "first": line}),)
    )


def _mostly_utf8(data: bytes) -> bool:
    strict = len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", data))
    rest = re.sub(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\x00-\x7f]", b"", data)
    return strict > len(rest)


def _mixed(data: bytes) -> str:
    """Decode UTF-8, and each byte that is none by itself as Windows-1252."""

    def repaired(match: re.Match[bytes]) -> bytes:
        return match[1] or _one_byte(match[2], "cp1252").encode()

    return _RUN_OR_STRAY.sub(repaired, data).decode("utf-8", "replace")


def _one_byte(data: bytes, encoding: str) -> str:
    # Five bytes mean nothing in Windows-1252; they become U+FFFD, which a person can see.
    return data.decode(encoding, "replace")


def _likelihood(text: str) -> int:
    foreign = [character for character in text if not character.isascii()]
    likely = sum(character in _LIKELY for character in foreign)
    return likely - (len(foreign) - likely)
