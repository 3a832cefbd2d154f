"""HTML that cannot be broken by what it shows: every string is escaped but :class:`Html`."""

from collections.abc import Iterable
from html import escape

from ess_access.pipeline.report.safe import printable

__all__ = ["Html", "element", "joined", "name_of"]

_VOID = frozenset({"input", "meta"})


class Html(str):
    """Text that is markup already; made by :func:`element` and nowhere from foreign words."""

    __slots__ = ()


def element(name: str, /, *children: str, **attributes: str | bool | None) -> Html:
    """Write an element. Children that are not :class:`Html` are escaped.

    ``class_`` and ``for_`` lose their underscore, ``aria_label`` becomes ``aria-label``;
    an attribute that is ``None`` or ``False`` is left out, ``True`` stands alone.
    """
    opening = name + "".join(
        f" {key.rstrip('_').replace('_', '-')}"
        + ("" if value is True else f'="{escape(printable(str(value)))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Html(f"<{opening}>")
    return Html(f"<{opening}>{joined(children)}</{name}>")


def joined(parts: Iterable[str], between: str = "") -> Html:
    """Put markup and words one after the other."""
    return Html(
        between.join(
            part if isinstance(part, Html) else escape(printable(part), quote=False)
            for part in parts
        )
    )


def name_of(text: str) -> Html:
    """Write the name of a file, isolated: its letters cannot turn the words around it."""
    return element("bdi", text)
