"""What counts as the answer that was really given."""

import pytest

from frontdesk.suggest.sameness import in_common, says_the_same

ASKED = "Can you engrave the K2?"
PAGE = "Engraved goods can only be returned when faulty. A grinder you own costs 190 kr, in 2 working days."


@pytest.mark.parametrize(
    ("given", "meaning", "same"),
    [
        # All that it states in numbers is there: the other words matter less.
        ("With pleasure, that is 190 kr.", 0.6, True),
        ("With pleasure, that is 290 kr.", 0.6, False),
        # Near in words and meaning, but with other numbers.
        ("Engraved goods can only be returned when faulty, within 30 days.", 0.45, False),
        ("Engraved goods can only be returned when faulty.", 0.45, True),
        ("We close at six.", 0.2, False),
    ],
)
def test_numbers_decide(given: str, meaning: float, same: bool) -> None:
    assert says_the_same(PAGE, given, ASKED, meaning) is same


def test_a_number_of_the_question_is_no_answer() -> None:
    given = "The 2 of them cost nothing."
    assert says_the_same(PAGE, given, "Do you engrave?", 0.7)
    assert not says_the_same(PAGE, given, "Do you engrave 2 of them?", 0.7)


def test_thousands_are_one_number() -> None:
    assert says_the_same("Free from 1 500 kr", "Nothing from 1500 on.", "And delivery?", 0.6)
    assert not says_the_same("Free from 1 500 kr", "Nothing from 500 on.", "And delivery?", 0.6)


def test_words_in_common() -> None:
    assert in_common("One two", "two ONE") == 1
    assert in_common("one", "two") == 0
    assert in_common("", "") == 0
    assert in_common("⟦name⟧ one", "one") == pytest.approx(2 / 2, abs=0.35)
