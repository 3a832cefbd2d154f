"""What a document says twice, for programs of different ages."""

from ess_access.readers._zip import Element
from ess_access.readers.docx.names import MC

__all__ = ["alternative"]


def alternative(element: Element) -> Element | None:
    """Choose one of ``mc:AlternateContent``: the first choice that holds something, else the rest.

    Every choice shows the same thing to programs of different ages: taken once.
    """
    for child in element:
        if child.tag in (f"{MC}Choice", f"{MC}Fallback") and len(child):
            return child
    return None
