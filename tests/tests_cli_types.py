"""The type of the ``run`` fixture of the command line's tests."""

from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]
