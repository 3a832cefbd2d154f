"""What can go wrong in the world, and the exit code that each fault ends with.

An error carries the key of a sentence of the message catalogues and its parameters, never
the sentence itself: the command line and the report choose the reader's language.
"""

import errno
from typing import ClassVar

__all__ = [
    "ConfigurationError",
    "EditionError",
    "EssAccessError",
    "MissingError",
    "SourceError",
    "reason_of",
]


class EssAccessError(Exception):
    """A fault of the world, said in one sentence: what, where, what to do.

    ``key`` names a message of ``locale/``; ``params`` fill its braces.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, key: str, /, **params: str | int) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary whole, parameters included."""
        return (_rebuilt, (type(self), self.key, self.params))

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.key} ({details})" if details else self.key


def _rebuilt(kind: type[EssAccessError], key: str, params: dict[str, str | int]) -> EssAccessError:
    return kind(key, **params)


class ConfigurationError(EssAccessError):
    """An option, a configuration file or a plug-in that contradicts itself or the rules."""

    exit_code = 3


class SourceError(EssAccessError):
    """A source that cannot be read."""

    exit_code = 4


class MissingError(EssAccessError):
    """A program, a voice, a table or a font that is not on this machine."""

    exit_code = 5


class EditionError(EssAccessError):
    """An edition that could not be made."""

    exit_code = 6


# What a system may say of files, as ``errno.<name>`` of the catalogues.
_SAID = frozenset(
    """
    EACCES EAGAIN EBUSY ECONNREFUSED ECONNRESET EDQUOT EEXIST EFBIG EHOSTUNREACH EILSEQ EINVAL
    EIO EISDIR ELOOP EMFILE EMLINK ENAMETOOLONG ENETUNREACH ENFILE ENODEV ENOENT ENOEXEC ENOLCK
    ENOMEM ENOSPC ENOSYS ENOTCONN ENOTDIR ENOTEMPTY ENOTSUP ENXIO EPERM EPIPE EROFS ESTALE
    ETIMEDOUT ETXTBSY EXDEV
    """.split()  # noqa: SIM905 - names, not sentences
)


def reason_of(error: OSError) -> str:
    """Give what fills the ``reason`` of a message: a name that the catalogues say in words.

    Where they have none, it is what the system says, in whatever language it speaks.
    """
    name = errno.errorcode.get(error.errno or 0, "")
    return name if name in _SAID else error.strerror or str(error) or type(error).__name__
