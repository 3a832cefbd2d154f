"""The lexicons that users keep in files: W3C Pronunciation Lexicon Specification."""

from collections.abc import Mapping
from pathlib import Path

from ess_access.errors import ConfigurationError

__all__ = ["read_pls"]


def read_pls(path: Path) -> Mapping[str, str]:
    """Read a PLS file: how each written form is said. Raises ConfigurationError."""
    from ess_access.french.pls import entries

    try:
        return entries(path.read_bytes())
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigurationError("lexicon-unreadable", file=str(path), reason=reason) from error
    except ValueError as error:
        raise ConfigurationError("lexicon-not-pls", file=path.name, reason=str(error)) from error
