"""The numbers of lists as they are written."""

import pytest

from ess_access.document.numerals import FORMS, written_number


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (27, "lower-alpha", "aa"),
        (3, "upper-alpha", "C"),
        (1994, "lower-roman", "mcmxciv"),
        (49, "upper-roman", "XLIX"),
        (0, "lower-alpha", "0"),
        (-1, "upper-roman", "-1"),
        (4000, "lower-roman", "4000"),
        (12, "decimal", "12"),
    ],
)
def test_a_number_is_written_in_its_form(number: int, form: str, written: str) -> None:
    assert written_number(number, form) == written


@pytest.mark.parametrize("form", FORMS)
def test_no_two_numbers_of_a_list_are_written_alike(form: str) -> None:
    numbers = range(-3, 300)
    assert len({written_number(number, form) for number in numbers}) == len(numbers)
