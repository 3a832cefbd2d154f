"""The labels of a tagged PDF's items: numbers, letters, Roman numerals, or words."""

import pytest

from ess_access.document.build import p
from ess_access.readers.pdf.tags import numbers_of, with_label


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["3.", "4."], [(3, "decimal"), (4, "decimal")]),
        (["a)", "(b)"], [(1, "lower-alpha"), (2, "lower-alpha")]),
        (["i.", "ii.", "iii."], [(n, "lower-roman") for n in (1, 2, 3)]),
        (["IV", "V"], [(4, "upper-roman"), (5, "upper-roman")]),
        (["h.", "i."], [(8, "lower-alpha"), (9, "lower-alpha")]),
        (["•", "2."], None),
        (["1.1", "1.2"], None),
    ],
)
def test_labels_count_where_each_is_a_number(
    labels: list[str], expected: list[tuple[int, str]] | None
) -> None:
    assert numbers_of(labels) == expected


def test_a_label_that_is_no_number_is_said_and_a_bullet_is_not() -> None:
    assert with_label("Art. 3 ", (p("Objet"),)) == (p("Art. 3 Objet"),)
    assert with_label("• ", (p("Objet"),)) == (p("Objet"),)
