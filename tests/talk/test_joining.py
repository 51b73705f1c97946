"""Two customers become one, and two again: nobody's words are lost, and nobody is two people at once."""

import pytest
from sqlalchemy import select, update
from tests.cast import Cast, CustomerPlayer
from tests.conftest import Clock
from tests.talk.counting import assert_adds_up, facts

from frontdesk.base.clock import DAY
from frontdesk.base.db import Reading
from frontdesk.base.errors import Invalid, Missing
from frontdesk.base.files import Stored
from frontdesk.base.ids import digest, new_id, new_token
from frontdesk.base.sql import Prepared
from frontdesk.know import identifiers
from frontdesk.live import replay
from frontdesk.people import customers, merging
from frontdesk.people.customers import Proof
from frontdesk.people.events import CustomerChanged
from frontdesk.people.model import Actor, CustomerBrief
from frontdesk.people.tables import customer, identity, own_field, own_value
from frontdesk.search import read
from frontdesk.search.model import Narrowed
from frontdesk.search.naming import names
from frontdesk.search.query import parsed
from frontdesk.talk import attachments, joining


def joins(cast: Cast, one: CustomerPlayer | str, into: CustomerPlayer | str) -> str:
    """The id of the merge."""
    pair = {"customer_id": _id(one), "into": _id(into)}
    done = cast.desk.write_now(joining.join, cast.maja.actor, **pair)
    return str(done["merge"].id)


def parts(cast: Cast, merge_id: str) -> CustomerBrief:
    again: CustomerBrief = cast.desk.write_now(joining.undo, cast.maja.actor, merge_id=merge_id)["customer"]
    return again


def _id(one: CustomerPlayer | str) -> str:
    return one if isinstance(one, str) else one.id


def knows(cast: Cast, id: str, **known: object) -> None:
    cast.desk.write_now(
        lambda tx: tx.run(Prepared(update(customer).where(customer.c.id == id).values(**known)))
    )


def known(cast: Cast, id: str) -> dict[str, object]:
    row = cast.desk.read_now(lambda view: view.first(select(customer).where(customer.c.id == id)))
    assert row is not None
    return dict(zip(customer.c.keys(), row, strict=True))


def test_everything_said_is_one_customers(cast: Cast) -> None:
    one, other = cast.stranger(), cast.stranger()
    first, second = one.asks("From the phone"), other.asks("From the desktop")
    gone = one.id
    joins(cast, one, other)
    assert one.id == other.id == second.conversation.customer.id
    assert [talk.id for talk in one.conversations()] == [talk.id for talk in other.conversations()]
    assert {talk.id for talk in one.conversations()} == {first.conversation.id, second.conversation.id}
    assert cast.maja.row(first).customer == other.brief()
    one.writes("And on it goes", first)
    cast.maja.answers(first, "Here we are.")
    assert cast.desk.read_now(merging.last, gone) == other.brief()
    told = facts(cast.desk, "CustomersMerged")[0]
    assert (told.customer_id, told.audience) == (other.id, "team")
    assert [fact.customer_id for fact in facts(cast.desk, "HistoryChanged")] == [gone, other.id]
    assert_adds_up(cast.desk)


def test_what_the_kept_one_knows_wins_and_what_it_lacks_is_filled_in(cast: Cast) -> None:
    one, other = cast.stranger().id, cast.stranger().id
    said = {"name": "I. Oliveira", "email": "ines@post.example", "phone": "1", "about": "Likes tea."}
    origins = '{"email": "claimed", "phone": "claimed"}'
    knows(cast, one, **said, city="Lund", origins=origins, created_at=5)
    knows(cast, other, phone="2", about="Came by.", origins='{"phone": "proven"}')
    before = known(cast, other)
    merge = joins(cast, one, other)
    after = known(cast, other)
    assert (after["name"], after["email"], after["phone"]) == ("I. Oliveira", "ines@post.example", "2")
    assert (after["about"], after["city"], after["created_at"]) == ("Came by.\n\nLikes tea.", "Lund", 5)
    assert after["origins"] == '{"phone":"proven","email":"claimed"}'
    assert known(cast, one)["merged_into"] == other
    knows(cast, other, city="Malmö")
    parts(cast, merge)
    again = known(cast, other)
    assert {**again, "origins": before["origins"], "city": None, "dial": None} == before
    assert again["origins"] == '{"phone":"proven"}'
    assert again["city"] == "Malmö"
    assert (known(cast, one)["email"], known(cast, one)["merged_into"]) == ("ines@post.example", None)


def test_own_values_follow_and_go_back(cast: Cast) -> None:
    one, other = cast.stranger().id, cast.stranger().id
    row = {
        "of": "customer",
        "name": "Number",
        "kind": "text",
        "choices": "[]",
        "place": 0,
        "retired_at": None,
    }

    def fill(tx: object) -> None:
        for field in ("a" * 26, "b" * 26):
            tx.run(Prepared(own_field.insert()), id=field, **row)  # type: ignore[attr-defined]
        for of, field, value in ((one, "a" * 26, "1"), (one, "b" * 26, "2"), (other, "b" * 26, "3")):
            tx.run(Prepared(own_value.insert()), of_id=of, field_id=field, value=value)  # type: ignore[attr-defined]

    def values(of: str) -> dict[str, str]:
        asked = select(own_value.c.field_id, own_value.c.value).where(own_value.c.of_id == of)
        return dict(cast.desk.read_now(lambda view: view.all(asked)))

    cast.desk.write_now(fill)
    merge = joins(cast, one, other)
    assert values(other) == {"a" * 26: "1", "b" * 26: "3"}
    parts(cast, merge)
    assert values(other) == {"b" * 26: "3"}
    assert values(one) == {"a" * 26: "1", "b" * 26: "2"}


def test_undone_everybody_has_their_own_again(cast: Cast) -> None:
    one, other = cast.stranger(), cast.stranger()
    first, second = one.asks("First"), other.asks("Second")
    was, kept = one.brief(), other.brief()
    merge = joins(cast, one, other)
    since = one.asks("Said since")
    assert parts(cast, merge) == was
    assert one.brief() == was
    assert [talk.id for talk in one.conversations()] == [first.conversation.id]
    assert {talk.id for talk in other.conversations()} == {second.conversation.id, since.conversation.id}
    assert other.brief() == kept
    head = len(facts(cast.desk))
    assert parts(cast, merge) == was
    assert len(facts(cast.desk)) == head
    assert_adds_up(cast.desk)


def test_it_can_be_undone_for_thirty_days(cast: Cast, clock: Clock) -> None:
    one, other = cast.stranger(), cast.stranger()
    first, second = joins(cast, one, other), joins(cast, cast.stranger(), other)
    clock.passes(days=29.9)
    parts(cast, first)
    clock.passes(days=0.2)
    with pytest.raises(Invalid):
        parts(cast, second)
    assert cast.desk.read_now(merging.get, second)[0].until - clock.at < DAY


def test_nobody_is_merged_with_themselves_or_in_a_circle(cast: Cast) -> None:
    one, other, third = cast.stranger(), cast.stranger(), cast.stranger()
    ids = one.id, other.id, third.id
    with pytest.raises(Invalid):
        joins(cast, one, one)
    with pytest.raises(Missing):
        joins(cast, one, new_id())
    joins(cast, ids[0], ids[1])
    for pair in ((ids[0], ids[1]), (ids[1], ids[0])):
        with pytest.raises(Invalid):
            joins(cast, *pair)
    joins(cast, ids[2], ids[0])
    assert {one.id, other.id, third.id} == {ids[1]}
    assert cast.desk.read_now(merging.everyone, ids[1]) == [ids[1], *sorted((ids[0], ids[2]))]


def test_customers_and_visitors_may_not(cast: Cast) -> None:
    pair = {"customer_id": cast.stranger().id, "into": cast.ines.id}
    for actor in (cast.ines.actor, Actor("nobody")):
        with pytest.raises(Missing):
            cast.desk.write_now(joining.join, actor, **pair)


def test_two_that_begin_with_the_same_mark_keep_both_talks(cast: Cast) -> None:
    one, other, mark = cast.stranger(), cast.stranger(), new_id()
    first, second = one.writes("One", start=mark), other.writes("Other", start=mark)
    merge = joins(cast, one, other)
    assert {talk.id for talk in other.conversations()} == {first.conversation.id, second.conversation.id}
    assert one.writes("Again", start=mark).conversation.id == second.conversation.id
    parts(cast, merge)
    assert one.writes("Once more", start=mark).conversation.id == first.conversation.id


def test_files_of_both_go_along(cast: Cast) -> None:
    one, other = cast.stranger(), cast.stranger()
    unsent, sent = (_uploads(cast, one) for _ in range(2))
    said = one.writes("See", start=new_id(), files=(sent,))
    merge = joins(cast, one, other)
    for file in (unsent, sent):
        assert cast.desk.read_now(attachments.get, other.actor, file).id == file
    parts(cast, merge)
    with pytest.raises(Missing):
        cast.desk.read_now(attachments.get, other.actor, unsent)
    assert one.writes("And this", said, files=(unsent,)).message.files[0].id == unsent


def _uploads(cast: Cast, who: CustomerPlayer) -> str:
    stored = Stored(new_id(), "photo.png", "image/png", 1_000, 8, 6)
    added = cast.desk.write_now(attachments.add, who.actor, stored, name=stored.name, size=stored.size)
    return added["file"].id


def test_one_is_found_and_the_other_is_not(cast: Cast) -> None:
    one, other = cast.stranger().id, cast.stranger().id
    for id, name in ((one, "Quirin Zander"), (other, "Quirin Zander")):
        knows(cast, id, name=name)
        brief = CustomerBrief(id, name, True, False)
        cast.desk.write_now(lambda tx, brief=brief: tx.emit(CustomerChanged(brief)))
    asks = lambda: _named(cast, "Quirin")  # noqa: E731
    assert asks() == {one, other}
    merge = joins(cast, one, other)
    assert asks() == {other}
    parts(cast, merge)
    assert asks() == {one, other}


def _named(cast: Cast, words: str) -> set[str]:
    def query(view: Reading) -> set[str]:
        asked = parsed(words, names(view, cast.maja.actor, 0), Narrowed())
        hits = read.search(view, cast.maja.actor, asked, 10).groups.customers
        return {hit.customer.id for hit in hits if hit.customer is not None}

    return cast.desk.read_now(query)


def test_what_is_their_own_is_nobody_elses(cast: Cast) -> None:
    """Of three who turned out to be one, a number is not what everybody has."""
    browsers = [cast.stranger() for _ in range(3)]
    talks = [one.asks("I am at ines.quist@post.example") for one in browsers]
    while cast.desk.write_now(identifiers.note):
        pass
    ids = [talk.conversation.customer.id for talk in talks]
    warned = lambda id: cast.desk.read_now(  # noqa: E731
        lambda view: identifiers.foreign(
            view, id, "Write to ines.quist@post.example", lambda one: merging.is_now(view, one)
        )
    )
    assert warned(cast.lead.id) == []
    joins(cast, ids[0], ids[1])
    merge = joins(cast, ids[2], ids[1])
    assert warned(ids[1]) == []
    assert warned(cast.lead.id) == ["ines.quist@post.example"]
    parts(cast, merge)
    assert warned(ids[2]) == warned(ids[1]) == []


def test_sockets_begin_anew(cast: Cast) -> None:
    one, other = cast.stranger(), cast.stranger()
    one.asks("First")
    other.asks("Second")
    before = cast.desk.read_now(lambda view: view.head())
    gone = one.actor
    merge = joins(cast, one, other)
    missed = lambda actor: cast.desk.read_now(replay.missed, actor, before)[1]  # noqa: E731
    assert missed(gone) is None
    assert missed(other.actor) is None
    before = cast.desk.read_now(lambda view: view.head())
    assert missed(other.actor) == []
    parts(cast, merge)
    assert missed(gone) is None
    assert missed(other.actor) is None


class TestProving:
    """What a site vouches for merges by itself; nothing else does."""

    def vouches(self, cast: Cast, one: CustomerPlayer | None, subject: str = "tove") -> CustomerPlayer:
        new = new_token()

        def verb(tx: object) -> None:
            old = one.digest if one else None
            before = customers.known(tx, old) if old else None  # type: ignore[arg-type]
            proven = customers.prove(tx, old, digest(new), Proof(subject, "Tove"))["customer"]  # type: ignore[arg-type]
            joining.proven(tx, before, proven)  # type: ignore[arg-type]

        cast.desk.write_now(verb)
        return CustomerPlayer(cast.desk, new)

    def test_what_was_said_before_comes_along(self, cast: Cast) -> None:
        tove, browser, phone = self.vouches(cast, None), cast.stranger(), cast.stranger()
        asked = browser.asks("Before I signed in")
        joins(cast, phone, browser)
        again = self.vouches(cast, browser)
        assert again.id == tove.id
        assert [talk.id for talk in tove.conversations()] == [asked.conversation.id]
        assert cast.maja.row(asked).customer.called == "Tove"
        for stays_outside in (browser, phone):
            assert cast.desk.read_now(customers.known, stays_outside.digest) is None
        done = cast.desk.read_now(merging.of_customer, tove.id)[0]
        assert (done.agent_id, done.gone.id) == (None, asked.conversation.customer.id)
        parts(cast, done.id)
        assert tove.conversations() == []

    def test_a_proven_person_stays_who_they_are(self, cast: Cast) -> None:
        tove = self.vouches(cast, None)
        asked = tove.asks("Mine")
        tomas = self.vouches(cast, tove, "tomas")
        assert tomas.conversations() == []
        assert asked.conversation.customer.id != tomas.id
        assert facts(cast.desk, "CustomersMerged") == []

    def test_proven_by_being_merged_is_not_proven_after_it(self, cast: Cast) -> None:
        tove, other = self.vouches(cast, None), cast.stranger()
        other.asks("Hello")
        merge = joins(cast, tove, other)
        assert other.brief().proven
        assert other.brief().called == "Tove"
        parts(cast, merge)
        assert not other.brief().proven
        assert tove.brief().proven


def test_one_who_left_the_middle_is_not_taken_along(cast: Cast) -> None:
    """Merged along, undone, merged again elsewhere: the undoing in between leaves them where they are."""
    one, middle, end = cast.stranger(), cast.stranger(), cast.stranger()
    asked, ids = one.asks("Mine"), (one.id, middle.id, end.id)
    knows(cast, ids[0], email="one@post.example")
    first, second = joins(cast, one, middle), joins(cast, middle, end)
    parts(cast, first)
    assert [known(cast, id)["email"] for id in ids] == ["one@post.example", None, None]
    third = joins(cast, ids[0], ids[2])
    parts(cast, second)
    assert (one.id, middle.id, end.id) == (ids[2], ids[1], ids[2])
    assert known(cast, ids[1])["email"] is None
    assert [talk.id for talk in end.conversations()] == [asked.conversation.id]
    parts(cast, third)
    assert (one.id, middle.id, end.id) == ids
    assert [talk.id for talk in one.conversations()] == [asked.conversation.id]


def test_identities_are_never_two_peoples(cast: Cast) -> None:
    one, other = cast.stranger(), cast.stranger()
    for at, who in enumerate((one, other)):
        brief = cast.desk.write_now(customers.recognised, who.digest, browser=f"browser-{at}".ljust(20, "x"))
        assert brief.id
    merge = joins(cast, one, other)

    def browsers() -> dict[str, str]:
        asked = select(identity.c.external_id, identity.c.customer_id)
        return dict(cast.desk.read_now(lambda view: view.all(asked)))

    assert set(browsers().values()) == {other.id}
    parts(cast, merge)
    assert set(browsers().values()) == {one.id, other.id}
