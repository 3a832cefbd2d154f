"""When what the program tells cannot be written: nobody reads it, or the disk is full."""

import errno
import os
import sys

__all__ = ["hush", "is_untold"]

_REFUSALS = (errno.ENOSPC, errno.EDQUOT, errno.EIO)


def hush() -> None:
    """Send the rest nowhere: Python itself would stumble over it as it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def is_untold(error: OSError) -> bool:
    """Tell a refusal of the standard output from that of a file, which has a name."""
    return error.filename is None and error.errno in _REFUSALS
