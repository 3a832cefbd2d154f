"""The lexicons that users keep in files: W3C Pronunciation Lexicon Specification."""

from collections.abc import Mapping
from pathlib import Path

from ess_access.errors import ConfigurationError, reason_of

__all__ = ["read_pls"]


def read_pls(path: Path) -> Mapping[str, str]:
    """Read a PLS file: how each written form is said.

    Raises ConfigurationError for a file that cannot be read, is no PLS, or writes words in phonemes
    alone: those would be passed over, and their author would not know.
    """
    from ess_access.french.pls import parse

    try:
        data = path.read_bytes()
    except OSError as error:
        reason = reason_of(error)
        raise ConfigurationError("lexicon-file", file=str(path), reason=reason) from error
    read = parse(data, name=path.name)
    if read.phonetic:
        words = ", ".join(read.phonetic[:5])
        raise ConfigurationError("lexicon-phonetic", file=path.name, words=words)
    return dict(read.lexicon.entries)
