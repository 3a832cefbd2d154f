"""ID3 v2.3 tags with chapters (ID3v2 Chapter Frame Addendum 1.0), written byte by byte.

FFmpeg writes them too, but counts chapters in one byte: past 255 its table of contents is wrong.
Here longer tables are nested, as §3.2 of the addendum lets them be.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from ess_access.backends.audio.chapters import Chapter

__all__ = ["Tags", "id3_tag", "iso_639_2"]

_MOST_ENTRIES = 255
_TOP_LEVEL, _ORDERED = 2, 1
# ID3v2.3 §4.2.1 asks for ISO 639-2; the terminology codes, as ffprobe and players show them.
_CODES = {
    "ar": "ara", "br": "bre", "ca": "cat", "co": "cos", "de": "deu", "el": "ell", "en": "eng",
    "es": "spa", "eu": "eus", "fr": "fra", "it": "ita", "la": "lat", "nl": "nld", "oc": "oci",
    "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "tr": "tur", "uk": "ukr", "zh": "zho",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tags:
    """What the file says of itself; ``cover`` is a media type and its bytes, or ``None``.

    ``track`` is its number and how many there are, where an edition has several files.
    """

    title: str
    authors: tuple[str, ...]
    lang: str
    published: str = ""
    cover: tuple[str, bytes] | None = None
    album: str = ""
    track: tuple[int, int] | None = None


def iso_639_2(lang: str) -> str:
    """Give the three letters of a BCP 47 tag; ``und`` for a language that is not listed."""
    code = lang.lower().partition("-")[0]
    return _CODES.get(code, code if len(code) == 3 else "und")


def id3_tag(tags: Tags, chapters: Sequence[Chapter]) -> bytes:
    """Give the whole tag, header included."""
    frames = [
        _text("TIT2", tags.title),
        _text("TALB", tags.album or tags.title),
        _text("TRCK", "/".join(map(str, tags.track)) if tags.track else ""),
        _text("TPE1", "/".join(tags.authors)),
        _text("TLAN", iso_639_2(tags.lang)),
        _text("TCON", "Audiobook"),
        _text("TYER", tags.published[:4] if tags.published[:4].isdecimal() else ""),
        *([_picture(*tags.cover)] if tags.cover else []),
        *_contents(len(chapters)),
        *(_chapter(number, chapter) for number, chapter in enumerate(chapters)),
    ]
    body = b"".join(frames)
    size = len(body)
    if size >= 1 << 28:
        raise ValueError("an ID3 tag holds less than 256 MiB")
    syncsafe = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + syncsafe + body


def _frame(name: str, body: bytes) -> bytes:
    return name.encode("ascii") + struct.pack(">IH", len(body), 0) + body


def _encoded(text: str) -> bytes:
    """Encode for v2.3: Latin-1 where it is enough, else UTF-16 with its mark."""
    try:
        return b"\x00" + text.encode("latin-1")
    except UnicodeEncodeError:
        return b"\x01" + b"\xff\xfe" + text.encode("utf-16-le")


def _text(name: str, text: str) -> bytes:
    return _frame(name, _encoded(text)) if text else b""


def _picture(media_type: str, data: bytes) -> bytes:
    front_cover = b"\x03"
    return _frame(
        "APIC", b"\x00" + media_type.encode("ascii") + b"\x00" + front_cover + b"\x00" + data
    )


def _contents(count: int) -> list[bytes]:
    names = [_name("chp", number) for number in range(count)]
    if not names:
        return []
    if count <= _MOST_ENTRIES:
        return [_table(b"toc", names, _TOP_LEVEL | _ORDERED)]
    shelves = [names[at : at + _MOST_ENTRIES] for at in range(0, count, _MOST_ENTRIES)]
    if len(shelves) > _MOST_ENTRIES:
        raise ValueError("more than 65,025 chapters")
    shelf_names = [_name("toc", number) for number in range(len(shelves))]
    return [
        _table(b"toc", shelf_names, _TOP_LEVEL | _ORDERED),
        *(_table(name, shelf, _ORDERED) for name, shelf in zip(shelf_names, shelves, strict=True)),
    ]


def _table(name: bytes, entries: Sequence[bytes], flags: int) -> bytes:
    listed = b"".join(entry + b"\x00" for entry in entries)
    return _frame("CTOC", name + b"\x00" + bytes((flags, len(entries))) + listed)


def _name(stem: str, number: int) -> bytes:
    return f"{stem}{number}".encode("ascii")


def _chapter(number: int, chapter: Chapter) -> bytes:
    start, end = (round(1000 * seconds) for seconds in (chapter.start_s, chapter.end_s))
    unused = 0xFFFF_FFFF
    times = struct.pack(">IIII", start, end, unused, unused)
    return _frame("CHAP", _name("chp", number) + b"\x00" + times + _text("TIT2", chapter.title))
