"""``python -m ess_access`` is ``ess-access``, which an interrupt ends quietly from here on.

Nothing is imported before :func:`run`, and there the signals come first: Python would answer a
Ctrl-C with a traceback of whatever it was importing.
"""

import os

__all__ = ["run"]

_INTERRUPTED = 130


def run() -> None:
    """Run the program.

    Until a command has something to clean up (``cli.interrupts``), a Ctrl-C or a SIGTERM ends the
    process at once, with a sentence as soon as there is one to say.
    """
    told: list[str] = []

    def end(*_: object) -> None:
        try:
            for sentence in told:
                os.write(2, f"{sentence}\n".encode())
        finally:
            os._exit(_INTERRUPTED)

    try:
        import signal

        for number in (signal.SIGINT, signal.SIGTERM):
            # One that is ignored stays so: the program runs in the background of a shell.
            if signal.getsignal(number) in (signal.default_int_handler, signal.SIG_DFL):
                signal.signal(number, end)
        from ess_access.cli import main
        from ess_access.cli.language import messages
    except KeyboardInterrupt:
        end()
    else:
        told.append(messages().text("interrupted"))
        main(prog_name="ess-access")


if __name__ == "__main__":
    run()
