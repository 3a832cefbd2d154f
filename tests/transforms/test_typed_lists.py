"""Lists whose marks were typed by hand."""

import pytest

from ess_access.document.build import cell, doc, ol, p, quote, strong, table, ul
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import (
    Block,
    Code,
    LineBreak,
    Link,
    ListBlock,
    Note,
    Paragraph,
    Strong,
    Text,
)
from ess_access.transforms.typed_lists import with_typed_lists

BREAK = LineBreak()


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ((p("• un"),), (ul("un"),)),
        ((p("• un"), p("• deux"), p("trois")), (ul("un", "deux"), p("trois"))),
        ((p("- un"), p("- deux")), (ul("un", "deux"),)),
        ((p("• un"), p("- deux"), p("- trois")), (ul("un"), ul("deux", "trois"))),
        ((p(strong("• un")),), (ul(p(strong("un"))),)),
        (
            (p("Il faut :", BREAK, "- un ;", BREAK, "suite", BREAK, "- deux."),),
            (p("Il faut :"), ul(p("un ;", BREAK, "suite"), "deux.")),
        ),
        ((quote(p("• un")),), (quote(ul("un")),)),
        ((ul("• un"),), (ul("un"),)),
        ((ol((p("un"), p("• a"), p("• b"))),), (ol((p("un"), ul("a", "b"))),)),
        ((p("mot", Note((p("• un"),))),), (p("mot", Note((ul("un"),))),)),
        ((table(("a",), (cell(p("• un")),)),), (table(("a",), (cell(ul("un")),)),)),
    ],
)
def test_typed_marks_make_a_list(blocks: tuple[Block, ...], expected: tuple[Block, ...]) -> None:
    assert with_typed_lists(blocks)[0] == expected


@pytest.mark.parametrize(
    "blocks",
    [
        (p("- Seul"),),
        (p("– Vous venez ?"), p("– Oui."), p("– À demain !")),
        (p("• un • deux • trois"),),
        (p("□ oui □ non"),),
        (p("Ana", BREAK, "1, rue du Port", BREAK, "• 69000", BREAK, "• Lyon"),),
        (p("-5 °C"), p("-6 °C")),
        (p("—\u00a0Oui."), p("—\u00a0Non.")),
        (p("un • deux"),),
        (p(Text("")),),
    ],
)
def test_words_that_only_look_like_marks_stay_as_they_are(blocks: tuple[Block, ...]) -> None:
    assert with_typed_lists(blocks) == (blocks, 0)


def test_what_is_kept_stays_as_it_is() -> None:
    held = p("• un")
    assert with_typed_lists((held, p("• un")), {id(held)}) == ((held, ul("un")), 1)


def test_no_list_is_found_twice() -> None:
    found, _ = with_typed_lists(doc(p("• un"), ul("• deux"), p("- a"), p("- b")).children)
    assert with_typed_lists(found) == (found, 0)


def test_no_letter_goes_with_a_mark_that_something_else_follows() -> None:
    for children in (
        (Strong((Text("•"), LineBreak())), Text("Important")),
        (Strong((Text("•"), LineBreak(), Text("Important"))),),
        (Text("•"), Link("https://a.fr", (Text("\u00a0site"),)), Text("Important")),
        (Text("•"), Code("\u00a0x"), Text("Important")),
    ):
        (found,), count = with_typed_lists([Paragraph(children)])
        assert count == 1
        assert isinstance(found, ListBlock)
        ((item,),) = found.items
        assert isinstance(item, Paragraph)
        assert plain_text(item.children).endswith("Important")
        assert "•" not in plain_text(item.children)
