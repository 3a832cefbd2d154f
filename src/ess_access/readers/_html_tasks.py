"""Boxes to tick before the items of a page's lists, put into words."""

from ess_access.document.text import clean
from ess_access.readers._html_tree import Element, attribute, lang_of, name_of
from ess_access.readers._tasks import state_in_words

__all__ = ["tasks_in_words"]


def tasks_in_words(root: Element, lang: str) -> None:
    """Put words in the place of the boxes that begin items, in place, before controls are pruned.

    A box elsewhere (in a form) is a control: there is nothing to tick in an edition.
    """
    if next(root.iter("input"), None) is None:  # as on most pages, however many lists they have
        return
    for item in root.iter("li"):
        box = _first_box(item)
        if box is None:
            continue
        above = (lang_of(element) for element in (box, *box.iterancestors()))
        words = state_in_words(next((tag for tag in above if tag), lang), done=_is_ticked(box))
        box.tail = clean(words + (box.tail or "").lstrip())
        # What stands now is no control any more.
        box.tag = "span"
        for name in ("type", "checked", "disabled", "hidden", "aria-hidden", "style", "class"):
            box.attrib.pop(name, None)


def _first_box(item: Element) -> Element | None:
    """Find the box that an item begins with, be it in a paragraph or a label."""
    inner: Element | None = item
    while inner is not None and name_of(inner) in ("li", "p", "label", "span", "div"):
        if (inner.text or "").strip():
            return None
        inner = next(iter(inner), None)
    if inner is None or name_of(inner) != "input":
        return None
    return inner if attribute(inner, "type").lower() == "checkbox" else None


def _is_ticked(box: Element) -> bool:
    return box.get("checked") is not None or attribute(box, "aria-checked").lower() == "true"
