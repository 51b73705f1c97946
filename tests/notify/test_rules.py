"""Who is told of what: nobody of their own doing, nobody of one thing twice."""

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.notify import rules

WHO = st.sampled_from(["maja", "oskar", "leila"])
SOME = st.sets(WHO)


def test_a_note_is_told_to_the_owner_and_to_whom_it_calls() -> None:
    assert rules.of_note("oskar", "maja", []) == {"maja": "noted"}
    assert rules.of_note("oskar", "maja", ["leila"]) == {"maja": "noted", "leila": "mentioned"}
    assert rules.of_note("oskar", "maja", ["maja"]) == {"maja": "mentioned"}
    assert rules.of_note("maja", "maja", []) == {}
    assert rules.of_note("maja", None, []) == {}


def test_an_answer_is_told_to_everybody_in_the_thread() -> None:
    told = rules.of_answer("oskar", "maja", {"oskar", "leila"}, [])
    assert told == {"maja": "answered", "leila": "answered"}
    assert rules.of_answer("oskar", "maja", {"leila"}, ["leila"])["leila"] == "mentioned"


def test_handing_is_told_to_who_has_it_now() -> None:
    assert rules.of_handing("oskar", "maja", []) == {"maja": "handed"}
    assert rules.of_handing("oskar", None, ["oskar", "leila"]) == {"leila": "handed"}
    assert rules.of_handing("maja", "maja", []) == rules.of_handing("maja", None, []) == {}


def test_an_owner_hears_that_a_colleague_goes_on_alone() -> None:
    assert rules.of_continuing("oskar", "maja") == {"maja": "continued"}
    assert rules.of_continuing("oskar", None) == {}
    assert rules.of_waking("maja") == {"maja": "woke"}


@given(WHO, st.one_of(st.none(), WHO), SOME, SOME)
def test_nobody_is_told_of_what_they_did(
    by: str, other: str | None, some: set[str], called: set[str]
) -> None:
    for told in (
        rules.of_note(by, other, called),
        rules.of_answer(by, other or by, some, called),
        rules.of_handing(by, other, some),
        rules.of_continuing(by, other),
    ):
        assert by not in told
