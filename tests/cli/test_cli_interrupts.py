"""An interrupt ends a build wherever it strikes, and leaves the process as it was."""

import signal
import subprocess
import sys

import pytest

from ess_access.cli.interrupts import heeded_interrupts

# A callback of a weak reference, where Python drops what is raised.
_STRUCK_IN_A_CALLBACK = """
import signal, sys, time, weakref
from ess_access.cli.interrupts import heeded_interrupts

class Thing:
    pass

signal.signal(signal.SIGINT, signal.default_int_handler)
thing = Thing()
link = weakref.ref(thing, lambda _: signal.raise_signal(signal.{name}))
try:
    with heeded_interrupts():
        del thing
        time.sleep(60)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no timers here")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_interrupt_that_python_drops_comes_again(name: str) -> None:
    command = [sys.executable, "-c", _STRUCK_IN_A_CALLBACK.format(name=name)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=50, check=False)
    assert (ended.returncode, ended.stderr) == (130, "")


def test_handlers_and_hook_are_put_back() -> None:
    before = signal.getsignal(signal.SIGTERM), sys.unraisablehook
    with heeded_interrupts():
        assert signal.getsignal(signal.SIGTERM) is signal.default_int_handler
    assert (signal.getsignal(signal.SIGTERM), sys.unraisablehook) == before
