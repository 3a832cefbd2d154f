"""What happens during a build, told as it happens; the command line decides how to show it."""

from collections.abc import Callable
from dataclasses import dataclass

from ess_access.pipeline.outcome import BuildOutcome, EditionOutcome, SourceOutcome

__all__ = [
    "BuildEnded",
    "BuildPlanned",
    "BuildWaiting",
    "EditionEnded",
    "Event",
    "Listener",
    "SourceEnded",
]


@dataclass(frozen=True, slots=True)
class BuildWaiting:
    """Another build holds ``output``; this one begins when it ends."""

    output: str


@dataclass(frozen=True, slots=True)
class BuildPlanned:
    """The plan is made: how many editions there are to make, and how many stand already."""

    to_build: int
    up_to_date: int


@dataclass(frozen=True, slots=True)
class EditionEnded:
    """An edition was published, or failed."""

    source: str
    outcome: EditionOutcome


@dataclass(frozen=True, slots=True)
class SourceEnded:
    """A source has all its editions, or could not be read."""

    outcome: SourceOutcome


@dataclass(frozen=True, slots=True)
class BuildEnded:
    """The build is over, and its reports are in ``output`` if there was anything to report on."""

    outcome: BuildOutcome
    output: str
    reported: bool


Event = BuildWaiting | BuildPlanned | EditionEnded | SourceEnded | BuildEnded
Listener = Callable[[Event], None]
