"""Options of a backend: typed, frozen, documented dataclasses.

    @dataclass(frozen=True, slots=True)
    class TextOptions:
        width: int = option(72, ge=20, le=200, doc="Width of a line, in characters.")

The field's name carries its unit (``size_pt``, ``pause_ms``); ``Literal`` types say the choices.
Values from a file, the environment or the command line are checked where they enter, by
``pipeline.config``; a backend can trust its options.
"""

import dataclasses
from typing import Any

__all__ = ["option", "option_doc"]


def option(
    default: Any,
    *,
    doc: str,
    ge: float | None = None,
    le: float | None = None,
    is_path: bool = False,
) -> Any:
    """Declare an option with its default, its bounds (both included) and its documentation.

    ``is_path``: where a file of configuration sets it, the path begins at the folder of that file.
    ``doc`` is the key of a message, or the sentence itself for a plug-in without a catalogue.
    """
    if isinstance(default, list | dict | set):
        raise TypeError("an option's default must be immutable: use a tuple")
    return dataclasses.field(
        default=default, metadata={"doc": doc, "ge": ge, "le": le, "path": is_path}
    )


def option_doc(field: "dataclasses.Field[Any]") -> str:
    """Give the documentation of an option, or the key of its message."""
    return str(field.metadata.get("doc", ""))
