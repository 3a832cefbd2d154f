"""What a page shows as its content: not scripts, nor what is hidden, nor what surrounds it."""

import re
from collections.abc import Iterable

from ess_access.readers._html_tree import (
    Element,
    attribute,
    name_of,
    names,
    removed,
    tokens,
    words_in,
)

__all__ = ["content_root", "prune"]

_NEVER = names(
    "script style template noscript head base link meta title param track input button"
    " select textarea datalist optgroup option progress meter rp col colgroup"
)
_SURROUNDING_ROLES = names(
    "navigation menu menubar search banner contentinfo toolbar doc-toc doc-index"
)
_COOKIES = re.compile(
    r"(?:^|[\s_-])(?:cookie-?(?:banner|notice|consent|bar|law|popup|modal|message|bandeau)s?|"
    r"cookieconsent|tarteaucitron\w*|onetrust[\w-]*|didomi[\w-]*|axeptio\w*|cybotcookiebot\w*|"
    r"(?:rgpd|gdpr|consent)-?(?:banner|notice|bar|modal|popup|manager)|fr-consent-\w+)",
    re.IGNORECASE,
)
_BREADCRUMBS = names(
    "breadcrumb breadcrumbs fr-breadcrumb skip-link skiplink skip-links skiplinks skip-nav"
    " skip-to-content fr-skiplinks skip-link-container screen-reader-shortcut"
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SIMPLE_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?([.#])([\w-]+)", re.IGNORECASE)
_PERMALINK = frozenset({"", "#", "¶", "§", "🔗", "🔗︎", "⚓", "⚓︎"})


def prune(root: Element) -> None:
    """Take out of the tree what is never shown: scripts, controls, and whatever is hidden.

    Words for screen readers alone (``sr-only``, ``visually-hidden``) stay: they are content. So
    does what is folded away until its button is pressed.
    """
    folded = _folded(root)
    by_sheet = _hidden_by_sheet(root)
    for element in list(root.iter()):
        name = name_of(element)
        if name in ("html", "body") or (name and element.getparent() is None):
            continue
        if (
            not name
            or _is_never_shown(element, name)
            or (name == "a" and _is_permalink(element))
            or (_is_hidden(element, by_sheet) and not _is_folded(element, folded))
        ):
            removed(element)


def _is_never_shown(element: Element, name: str) -> bool:
    if name not in _NEVER:
        return False
    if name == "button":  # the titles of accordions are buttons: their words are content
        return not any(
            name_of(above) in ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "legend")
            or "heading" in tokens(above, "role")
            for above in element.iterancestors()
        )
    # A title of a drawing is its description; <param> and the like have no words.
    return not (name in ("title", "style") and _in_drawing(element))


def _in_drawing(element: Element) -> bool:
    return any(name_of(above) == "svg" for above in element.iterancestors())


def _is_hidden(element: Element, by_sheet: frozenset[tuple[str, str, str]]) -> bool:
    hidden = element.get("hidden")
    if hidden is not None and hidden.strip().lower() != "until-found":
        return True
    if attribute(element, "aria-hidden").lower() == "true":
        return True
    if name_of(element) == "dialog" and element.get("open") is None:
        return True
    style = element.get("style")
    if style is not None and _HIDDEN_STYLE.search(style):
        return True
    if not by_sheet:
        return False
    name = name_of(element)
    words = [(".", word) for word in (element.get("class") or "").split()]
    words.append(("#", attribute(element, "id")))
    return any((tag, kind, word) in by_sheet for tag in ("", name) for kind, word in words)


def _hidden_by_sheet(root: Element) -> frozenset[tuple[str, str, str]]:
    """Read the simple selectors (``.x``, ``#x``, ``p.x``) that the page's own sheets hide."""
    found: set[tuple[str, str, str]] = set()
    for sheet in root.iter("style"):
        text = re.sub(r"/\*.*?\*/", "", sheet.text or "", flags=re.DOTALL)
        text = re.sub(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)
        for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
            if _HIDDEN_STYLE.search(body):
                for selector in selectors.split(","):
                    match = _SIMPLE_SELECTOR.fullmatch(selector.strip())
                    if match:
                        found.add(((match[1] or "").lower(), match[2], match[3]))
    return frozenset(found)


def _folded(root: Element) -> frozenset[str]:
    """Name the parts that a button of the content unfolds."""
    return frozenset(
        word
        for element in root.iter("button", "a", "div", "summary", "li")
        if "aria-controls" in element.attrib
        and not any(_is_surrounding(above) for above in (element, *element.iterancestors()))
        for word in (element.get("aria-controls") or "").split()
    )


def _is_folded(element: Element, folded: frozenset[str]) -> bool:
    return name_of(element) != "dialog" and (
        "tabpanel" in tokens(element, "role") or attribute(element, "id") in folded - {""}
    )


def _is_permalink(element: Element) -> bool:
    """Say whether a link is the mark by which a heading gives its own address."""
    if not attribute(element, "href").startswith("#"):
        return False
    words = "".join(element.itertext()).strip().strip("\u200b")
    if words not in _PERMALINK or element.find(".//img") is not None:
        return False
    return any(
        name_of(above) in ("h1", "h2", "h3", "h4", "h5", "h6") for above in element.iterancestors()
    )


def _is_surrounding(element: Element) -> bool:
    return name_of(element) == "nav" or bool(tokens(element, "role") & _SURROUNDING_ROLES)


def content_root(root: Element) -> tuple[tuple[Element, ...], int]:
    """Give the elements that hold the page's content, and the number of words left out.

    ``<main>`` when there is one, else a lone ``<article>`` that holds most words, else the body
    without its menus, banners and notices. The only level-1 heading comes along, wherever it is.
    """
    before = sum(1 for _ in words_in(root))
    body = root if name_of(root) == "body" else next(root.iter("body"), root)
    for element in list(body.iter()):
        is_page_part = element is not body and element.getparent() is not None
        if is_page_part and (
            (_is_surrounding(element) and not _holds_the_page(element)) or _is_notice(element)
        ):
            _removed_but_title(element)
    mains = [element for element in body.iter() if _is_main(element) and _has_words((element,))]
    mains = [main for main in mains if not any(_is_main(above) for above in main.iterancestors())]
    chosen = tuple(mains) or _lone_article(body)
    if chosen:
        chosen = (*_title_outside(body, chosen), *chosen)
    else:
        _without_page_furniture(body, had_menus=before > sum(1 for _ in words_in(body)))
        chosen = (body,)
    after = sum(1 for element in chosen for _ in words_in(element))
    return chosen, before - after


def _is_main(element: Element) -> bool:
    return name_of(element) == "main" or "main" in tokens(element, "role")


def _holds_the_page(element: Element) -> bool:
    """Guard against a role on what is no menu: the whole page, or a part of the content."""
    return name_of(element) == "body" or element.find(".//main") is not None


def _is_notice(element: Element) -> bool:
    if tokens(element, "class") & _BREADCRUMBS:
        return True
    called = f"{attribute(element, 'id')} {attribute(element, 'class')}"
    return _COOKIES.search(called) is not None and element.find(".//main") is None


def _has_words(elements: Iterable[Element]) -> bool:
    return any(
        next(words_in(element), None) is not None or element.find(".//img") is not None
        for element in elements
    )


def _lone_article(body: Element) -> tuple[Element, ...]:
    articles = [
        article
        for article in body.iter("article")
        if not any(name_of(above) == "article" for above in article.iterancestors())
    ]
    if len(articles) != 1:
        return ()
    own = sum(1 for _ in words_in(articles[0]))
    return (articles[0],) if own * 2 >= sum(1 for _ in words_in(body)) else ()


def _title_outside(body: Element, chosen: tuple[Element, ...]) -> tuple[Element, ...]:
    """Give the page's level-1 heading when the content has none of its own."""
    if any(next(element.iter("h1"), None) is not None for element in chosen):
        return ()
    titles = [title for title in body.iter("h1") if _has_words((title,))]
    return (titles[0],) if len(titles) == 1 else ()


def _removed_but_title(element: Element) -> None:
    """Drop a banner, and leave the page's title that stands in it."""
    title = next(element.iter("h1"), None)
    parent = element.getparent()
    if title is not None and parent is not None and name_of(element) != "nav":
        title.tail = None
        parent.insert(parent.index(element), title)
    removed(element)


def _without_page_furniture(body: Element, *, had_menus: bool) -> None:
    """Drop the page's own header and footer where the page has menus: it is a site's page."""
    if not had_menus:
        return
    for element in list(body.iter("header", "footer")):
        if not any(
            name_of(above) in ("article", "section", "aside", "blockquote", "figure")
            for above in element.iterancestors()
        ):
            _removed_but_title(element)
