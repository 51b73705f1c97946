"""Customers appear, are recognised by their token, and prove who they are: nobody becomes somebody else."""

import pytest
from tests.cast import Cast, CustomerPlayer
from tests.conftest import Clock
from tests.talk.counting import facts

from frontdesk.base.errors import Conflict, Unknown
from frontdesk.base.ids import digest, new_token
from frontdesk.people import customers
from frontdesk.people.customers import Proof
from frontdesk.people.model import CustomerBrief, called


def proves(
    cast: Cast, old: str | None, new: str, subject: str = "ines", name: str | None = None
) -> CustomerBrief:
    kept = digest(old) if old else None
    return cast.desk.write_now(customers.prove, kept, digest(new), Proof(subject, name))["customer"]


def holder(cast: Cast, token: str) -> str | None:
    found = cast.desk.read_now(customers.known, digest(token))
    return None if found is None else found.id


def count(cast: Cast) -> int:
    return len(facts(cast.desk, "CustomerAppeared"))


@pytest.mark.parametrize(
    ("name", "city", "told"),
    [
        ("Ines", "Lisbon", "Ines"),
        (None, "Lisbon", "Lisbon lead"),
        (None, None, "Visitor Maple"),
        ("", "", "Visitor Maple"),
    ],
)
def test_what_customers_are_called(name: str | None, city: str | None, told: str) -> None:
    assert called(name, city, "Maple") == told


def test_a_visitor_appears_once_and_keeps_their_word(cast: Cast) -> None:
    one = cast.stranger()
    first = one.brief()
    assert first.called.startswith("Visitor ")
    assert (first.named, first.proven) == (False, False)
    assert one.brief() == first
    assert count(cast) == 1


def test_who_only_looks_leaves_no_row(cast: Cast) -> None:
    assert cast.desk.read_now(customers.known, digest(new_token())) is None
    with pytest.raises(Unknown):
        cast.desk.read_now(customers.get_known, digest(new_token()))
    assert count(cast) == 0


def test_a_token_is_not_its_digest(cast: Cast) -> None:
    one = cast.stranger()
    one.brief()
    for wrong in (one.token, digest(one.digest), one.digest.upper(), "", digest(one.token + "0")):
        assert cast.desk.read_now(customers.known, wrong) is None


def test_being_seen_is_noted_at_most_every_minute(cast: Cast, clock: Clock) -> None:
    one = cast.stranger()
    one.brief()
    seen = lambda: cast.desk.read_now(lambda view: view.first(customers._BY_TOKEN, digest=one.digest))[5]  # noqa: E731
    begun = seen()
    clock.passes(seconds=59)
    one.brief()
    assert seen() == begun
    clock.passes(seconds=2)
    one.brief()
    assert seen() == clock.at


class TestProving:
    """Who holds the old token, who the new one, and whom the site means."""

    def test_an_anonymous_visitor_becomes_who_they_are(self, cast: Cast) -> None:
        one = cast.stranger()
        asked = one.asks("Where is my order?")
        new = new_token()
        proven = proves(cast, one.token, new, name="Ines Oliveira")
        assert (proven.id, proven.called, proven.proven) == (
            asked.conversation.customer.id,
            "Ines Oliveira",
            True,
        )
        assert holder(cast, new) == proven.id
        assert holder(cast, one.token) is None
        assert [fact.audience for fact in facts(cast.desk, "TokenReplaced")] == ["nobody"]
        assert len(facts(cast.desk, "CustomerChanged")) == 1

    @pytest.mark.parametrize("old", [None, "n" * 43])
    def test_somebody_new_appears_proven(self, cast: Cast, old: str | None) -> None:
        proven = proves(cast, old, new := new_token(), name="Ines")
        assert (proven.called, proven.proven, proven.named) == ("Ines", True, True)
        assert holder(cast, new) == proven.id
        assert count(cast) == 1

    def test_somebody_known_comes_from_another_browser(self, cast: Cast) -> None:
        first = proves(cast, None, new_token(), name="Ines")
        assert proves(cast, None, second := new_token()).id == first.id
        assert holder(cast, second) == first.id
        assert count(cast) == 1

    def test_an_anonymous_history_stays_with_nobody(self, cast: Cast) -> None:
        """What a stranger wrote on a shared machine must not join the history of who signs in next."""
        proven = proves(cast, None, new_token(), name="Ines")
        shared = cast.stranger()
        asked = shared.asks("My number is 1234")
        assert proves(cast, shared.token, new := new_token()).id == proven.id
        assert asked.conversation.customer.id != proven.id
        assert holder(cast, shared.token) is None
        assert CustomerPlayer(cast.desk, new).conversations() == []

    def test_another_person_on_the_same_machine_is_another(self, cast: Cast) -> None:
        first = proves(cast, None, token := new_token(), "ines", "Ines")
        CustomerPlayer(cast.desk, token).asks("Private")
        second = proves(cast, token, new := new_token(), "tomas", "Tomas")
        assert second.id != first.id
        assert holder(cast, new) == second.id
        assert holder(cast, token) is None

    @pytest.mark.parametrize("subject_is_known", [False, True])
    def test_the_anonymous_token_never_opens_a_proven_history(
        self, cast: Cast, *, subject_is_known: bool
    ) -> None:
        """Whoever knew the old token, as a browser extension or a site's script may, stays outside."""
        if subject_is_known:
            proves(cast, None, new_token())
        one = cast.stranger()
        before = one.id
        with pytest.raises(Conflict):
            proves(cast, one.token, one.token)
        brief = cast.desk.read_now(customers.known, one.digest)
        assert brief is not None
        assert (brief.id, brief.proven) == (before, False)

    def test_a_token_that_is_somebodys_is_not_taken_over(self, cast: Cast) -> None:
        victim = proves(cast, None, token := new_token(), "tomas", "Tomas")
        with pytest.raises(Conflict):
            proves(cast, None, token, "ines", "Ines")
        assert holder(cast, token) == victim.id

    def test_saying_it_twice_is_saying_it_once(self, cast: Cast) -> None:
        one = cast.stranger()
        one.brief()
        first = proves(cast, one.token, new := new_token(), name="Ines")
        assert proves(cast, one.token, new, name="Ines") == first
        assert count(cast) == 1
        assert len(facts(cast.desk, "CustomerChanged")) == 1
        assert len(facts(cast.desk, "TokenReplaced")) == 1

    def test_a_name_is_one_short_line_and_may_be_missing(self, cast: Cast) -> None:
        assert proves(cast, None, new_token(), "a", " In\u202ees\n" + "x" * 200).called.startswith("Ines x")
        nameless = proves(cast, None, new_token(), "b", " \u200b ")
        assert (nameless.named, nameless.proven) == (False, True)
        assert proves(cast, None, new_token(), "b", "Tomas").called == "Tomas"
        assert proves(cast, None, new_token(), "b").called == "Tomas"

    def test_subjects_are_compared_whole(self, cast: Cast) -> None:
        ids = {proves(cast, None, new_token(), subject).id for subject in ("7", "07", "7 ", "７", "a", "A")}
        assert len(ids) == 6
