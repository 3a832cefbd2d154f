"""Read a W3C Pronunciation Lexicon (PLS 1.0): how words are said, by an alias in plain words.

Entries with a phonetic transcription alone have no plain words; their graphemes are given back so
that the user hears of them. Source: W3C Recommendation « Pronunciation Lexicon Specification (PLS)
Version 1.0 », 14 October 2008, § 4.
"""

from dataclasses import dataclass

from ess_access.errors import ConfigurationError
from ess_access.french.lexicon import Lexicon

__all__ = ["PronunciationLexicon", "parse"]

_NAMESPACE = "{http://www.w3.org/2005/01/pronunciation-lexicon}"


@dataclass(frozen=True, slots=True)
class PronunciationLexicon:
    """What a PLS document says. ``phonetic``: written forms that only have phonemes."""

    lexicon: Lexicon
    lang: str = ""
    phonetic: tuple[str, ...] = ()


def parse(document: str | bytes, *, name: str = "lexicon.pls") -> PronunciationLexicon:
    """Read a PLS document; nothing outside it is opened and no entity is expanded.

    Raises :class:`~ess_access.errors.ConfigurationError` when it is no PLS document.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    encoded = document.encode() if isinstance(document, str) else document
    if isinstance(document, str) and document.lstrip().startswith("<?xml"):
        # The declaration speaks of the bytes that the text once was.
        encoded = document.lstrip().partition("?>")[2].encode()
    try:
        root = etree.fromstring(encoded, parser)
    except etree.XMLSyntaxError as error:
        raise ConfigurationError(
            "lexicon-unreadable", name=name, line=error.lineno or 1, reason=error.msg or ""
        ) from error
    if root.tag not in {f"{_NAMESPACE}lexicon", "lexicon"}:
        raise ConfigurationError("lexicon-not-pls", name=name)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ConfigurationError("lexicon-entities", name=name)
    entries: dict[str, str] = {}
    phonetic: list[str] = []
    for lexeme in root.iter(f"{_NAMESPACE}lexeme", "lexeme"):
        graphemes = [_text(node) for node in lexeme.iter(f"{_NAMESPACE}grapheme", "grapheme")]
        nodes = list(lexeme.iter(f"{_NAMESPACE}alias", "alias"))
        # The preferred alias, else the first in the order of the document (PLS § 4.9.3).
        nodes.sort(key=lambda node: node.get("prefer") not in {"true", "1"})
        aliases = [_text(node) for node in nodes]
        if aliases:
            entries.update({grapheme: aliases[0] for grapheme in graphemes if grapheme})
        else:
            phonetic.extend(grapheme for grapheme in graphemes if grapheme)
    lang = root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return PronunciationLexicon(Lexicon.of(entries), str(lang), tuple(phonetic))


def _text(node: object) -> str:
    from lxml import etree

    if not isinstance(node, etree._Element):  # noqa: SLF001 - lxml has no public name for it
        return ""
    return " ".join("".join(str(part) for part in node.itertext()).split())
