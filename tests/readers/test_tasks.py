"""The state of a task is words in every format: nobody hears or feels a box."""

import pytest

from ess_access.document.build import p, ul
from sketches import reading

NB = "\N{NO-BREAK SPACE}"
FRENCH = (ul(f"à faire{NB}: appeler la mairie", f"fait{NB}: écrire"),)


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".md", "- [ ] appeler la mairie\n- [x] écrire\n"),
        (".md", "* [ ]   appeler la mairie\n* [X] écrire\n"),
        (".txt", "• [ ] appeler la mairie\n• [x] écrire\n"),
        (
            ".html",
            (
                '<html lang="fr"><ul><li><input type="checkbox" disabled> appeler la mairie'
                '<li><input type="checkbox" checked disabled> écrire</ul>'
            ),
        ),
        (
            ".html",
            (
                '<html lang="fr"><ul><li><label><input type="checkbox">appeler la mairie</label>'
                '<li><p><input type="checkbox" aria-checked="true"> écrire</p></ul>'
            ),
        ),
    ],
)
def test_a_task_says_its_state(suffix: str, text: str) -> None:
    assert reading(suffix, text).document.children == FRENCH


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".md", "---\nlang: en\n---\n- [ ] call\n- [x] write\n"),
        (
            ".html",
            (
                '<html lang="en"><ul><li><input type=checkbox> call'
                "<li><input type=checkbox checked> write</ul>"
            ),
        ),
    ],
)
def test_an_english_document_says_it_in_english(suffix: str, text: str) -> None:
    assert reading(suffix, text).document.children == (ul("to do: call", "done: write"),)


@pytest.mark.parametrize(
    ("suffix", "text", "words"),
    [
        (".md", "- [ ]\n", "[ ]"),
        (".md", "- un [x] deux\n", "un [x] deux"),
        (".html", '<ul><li>un <input type="checkbox"> deux</ul>', "un deux"),
        (".html", '<ul><li><input type="text"> deux</ul>', "deux"),
        (".txt", "- [x]\n- b\n", "[x]"),
    ],
)
def test_what_begins_no_item_is_no_task(suffix: str, text: str, words: str) -> None:
    first, *_ = reading(suffix, text).document.children
    assert first in (ul(words), ul(words, "b"))


def test_a_box_in_a_form_stays_a_control() -> None:
    found = reading(".html", '<form><p><input type="checkbox" checked> oui</p></form><p>x</p>')
    assert found.document.children == (p("oui"), p("x"))
