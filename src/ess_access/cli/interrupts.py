"""Ctrl-C, and the SIGTERM of a system of jobs, end a build wherever they strike."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Handler = Callable[[int, FrameType | None], Any] | int | None

__all__ = ["heeded_interrupts"]

_SOON_S = 0.02


@contextmanager
def heeded_interrupts() -> Iterator[None]:
    """Raise KeyboardInterrupt for Ctrl-C and SIGTERM, and again where Python drops one.

    Elsewhere they end the program at once (``ess_access.__main__``). Python only prints what is
    raised in a finaliser or in the callback of a weak reference, and goes on: a Ctrl-C that strikes
    there would be lost, and the build would run to its end.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former: dict[signal.Signals, Handler] = {}
    hook = sys.unraisablehook

    def again(unraisable: "sys.UnraisableHookArgs") -> None:
        if issubclass(unraisable.exc_type, KeyboardInterrupt):
            signal.setitimer(signal.ITIMER_REAL, _SOON_S)
        else:
            hook(unraisable)

    try:
        if callable(signal.getsignal(signal.SIGINT)):  # not where it is ignored
            former[signal.SIGINT] = signal.signal(signal.SIGINT, signal.default_int_handler)
        former[signal.SIGTERM] = signal.signal(signal.SIGTERM, signal.default_int_handler)
        if hasattr(signal, "setitimer"):  # not on Windows
            former[signal.SIGALRM] = signal.signal(signal.SIGALRM, signal.default_int_handler)
            sys.unraisablehook = again
        yield
    finally:
        if sys.unraisablehook is again:
            signal.setitimer(signal.ITIMER_REAL, 0)
        sys.unraisablehook = hook
        for number, handler in former.items():
            # None: a handler that C set, which Python cannot set again.
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
