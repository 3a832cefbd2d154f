"""An interrupt ends a build wherever it strikes, and leaves the process as it was."""

import signal
import subprocess
import sys
from pathlib import Path

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


# A signal as a module begins to be imported: the audit hook counts imports from our first line on.
_STRUCK_AT_AN_IMPORT = """
import os, signal, sys
number, name = int(sys.argv[1]), sys.argv[2]
sys.argv[:] = ["ess-access", *sys.argv[3:]]
signal.signal(signal.SIGINT, signal.default_int_handler)
seen = 0

def count(event, details):
    global seen
    if event == "import":
        seen += 1
        if seen == number:
            os.kill(os.getpid(), getattr(signal, name))

from ess_access.__main__ import run
sys.addaudithook(count)
try:
    run()
finally:
    print(seen)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(
    "command",
    [
        ("build", "sources", "--to", "large-print", "--force", "--no-cache", "--jobs=1"),
        ("plan", "sources", "--to", "large-print"),
        ("inspect", "sources/a.md"),
    ],
    ids=lambda command: command[0],
)
def test_an_interrupt_during_the_imports_ends_the_program_quietly(
    tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/a.md").write_text("# Guide\n\nBonjour.\n", encoding="utf-8")

    def struck_at(number: int) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", _STRUCK_AT_AN_IMPORT, str(number), name, *command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    whole = struck_at(0)
    assert whole.returncode == 0, whole.stderr
    imports = int(whole.stdout.split()[-1])
    assert imports > 100
    for number in (2, *range(imports // 7, imports - imports // 7, imports // 7)):
        ended = struck_at(number)
        assert ended.returncode == 130, (number, ended.stderr)
        assert "Traceback" not in ended.stderr, (number, ended.stderr)
        assert len(ended.stderr.splitlines()) <= 1, (number, ended.stderr)


def test_an_interrupt_that_is_ignored_stays_ignored() -> None:
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with heeded_interrupts():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, former)
