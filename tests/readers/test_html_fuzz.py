"""Whatever the bytes, a reader gives a document or one clear reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ess_access.document.codec import decode, encode
from ess_access.errors import SourceError
from ess_access.transforms.outline import prepare
from sketches import reading

PARTS = [
    "<p>", "</p>", "<table>", "<tr>", "<td colspan=3>", "<th rowspan=0>", "<li>", "<ul>", "<dl>",
    "<dd>", "<dt>", "<h1>", "<h4 id=a>", "<a href=#a>", "<sup>", "</sup>", "<b>", "<i lang=en>",
    "<div lang=de>", "<img src=x>", "<br>", "<figure>", "<figcaption>", "<details>", "<summary>",
    "<aside role=doc-footnote id=n>", "<a role=doc-noteref href=#n>1</a>", "<q>", "<svg>", "<pre>",
    "<caption>", "<!--", "-->", "<![CDATA[", "]]>", "&#0;", "&#x1F;", "&nbsp;", "<del>", "a", " ",
    "\n", "\n\n", "- ", "1. ", "> ", "# ", "| a |", "|--|", "[^1]", "[^1]: ", "^[", "]", "**", "`",
    "```", ": ", ":::note\n", "!!! tip\n", "    ", "{#a}", "![", "](b)", "===", "---", "\t", "é",
    "TITRE", "Fin :", "Quoi ?", "•", "-\n", "\u00a0", "\ufeff", "\x00", "\ud7ff", "|", "=", "o ",
]  # fmt: skip


@pytest.mark.parametrize("suffix", [".md", ".html", ".txt"])
@settings(max_examples=200, deadline=None)
@given(parts=st.lists(st.sampled_from(PARTS), max_size=40))
def test_any_marks_in_any_order_give_a_document_or_a_reason(suffix: str, parts: list[str]) -> None:
    _reads(suffix, "".join(parts).encode())


@pytest.mark.parametrize("suffix", [".md", ".html", ".txt"])
@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_give_a_document_or_a_reason(suffix: str, data: bytes) -> None:
    _reads(suffix, data)


def _reads(suffix: str, data: bytes) -> None:
    try:
        found = reading(suffix, data)
    except SourceError:
        return
    document, _ = prepare(found.document)
    assert decode(encode(document)) == document
    assert document.children or found.document.children


@pytest.mark.parametrize("suffix", [".md", ".html", ".txt"])
def test_a_line_of_a_million_words_is_read(suffix: str) -> None:
    document = reading(suffix, "mot " * 1_000_000).document
    assert len(document.children) == 1
