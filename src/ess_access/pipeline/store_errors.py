"""What a store says when it refuses, in our words."""

import re

from ess_access.errors import EssAccessError

__all__ = ["install_command", "said"]

_DENIED = re.compile(
    "NoCredentials|PartialCredentials|AccessDenied|Forbidden|Unauthorized|InvalidAccessKeyId"
    "|SignatureDoesNotMatch|ExpiredToken|TokenRetrieval|InvalidToken|AuthenticationException"
)
_UNREACHABLE = re.compile("Connect|Endpoint|Timeout|DNS|Network|gaierror", re.IGNORECASE)
_CODE = re.compile(r"\(([A-Za-z]\w+)\) when calling")
_EXTRAS = {"gs": "gcs", "az": "abfs", "ssh": "sftp", "https": "http", "webhdfs": "http"}
_OURS = ("s3", "s3a", "memory")


def said(error: Exception, fault: type[EssAccessError], address: str) -> EssAccessError:
    """Turn an error of a store into a fault of ours, without the store's own words."""
    # Names of classes and codes alone: the words may quote a secret, or the name of a file.
    code = _CODE.search(f"{error} {error.__cause__}")
    words = f"{type(error).__name__} {code[1] if code else ''}"
    if isinstance(error, NotImplementedError):
        return fault("store-read-only", address=address)
    if isinstance(error, PermissionError) or _DENIED.search(words):
        return fault("store-denied", address=address)
    if isinstance(error, ConnectionError | TimeoutError) or _UNREACHABLE.search(words):
        return fault("store-unreachable", address=address)
    reason = code[1] if code else type(error).__name__
    if isinstance(error, OSError) and error.errno is not None:
        reason = f"{reason} {error.errno}"
    return fault("store-failed", address=address, reason=reason)


def install_command(scheme: str) -> str:
    """Name the command that installs what an address of this kind asks for."""
    if scheme in _OURS:
        return "pip install 'ess-access[remote]'"
    return f"pip install 'fsspec[{_EXTRAS.get(scheme, scheme)}]'"
