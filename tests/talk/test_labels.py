"""Labels: the team's and one's own, on conversations and messages, renamed, merged, retired."""

from typing import Any

import pytest
from tests.cast import AgentPlayer, Cast, Talk, id_of
from tests.talk.counting import facts

from frontdesk.base.errors import Conflict, Invalid, Missing, Refused
from frontdesk.talk import labelling, labels, lists, merging
from frontdesk.talk.label_model import MOST_HERE, Label, Labelling


def define(who: AgentPlayer, name: str, *, own: bool = False, colour: str = "rose") -> Label:
    return who.desk.write_now(labels.add, who.actor, name=name, colour=colour, own=own)["label"]


def put(who: AgentPlayer, talk: Talk, one: Label, *, message: str | None = None, on: bool = True) -> None:
    what = {"conversation_id": id_of(talk), "label_id": one.id, "message_id": message, "on": on}
    who.desk.write_now(labelling.put, who.actor, **what)


def under(who: AgentPlayer, one: Label, **how: Any) -> list[str]:
    wanted: dict[str, Any] = {"closed": False, "order": "newest", "after": None, "limit": 50, **how}
    found = lists.Filters(label=one.id)
    rows, _ = who.desk.read_now(lists.page, who.actor, wanted.pop("place", "all"), filters=found, **wanted)
    return [row.id for row in rows]


def worn(who: AgentPlayer, talk: Talk) -> list[Labelling]:
    return who.desk.read_now(labelling.of_conversation, who.actor, id_of(talk))


def merge(who: AgentPlayer, one: Label, into: Label) -> None:
    who.desk.write_now(merging.merge, who.actor, label_id=one.id, into=into.id)


def test_a_label_of_the_team_is_seen_by_everybody(cast: Cast) -> None:
    refund, asked = define(cast.leila, "Refund"), cast.ines.asks("Money back?")
    put(cast.leila, asked, refund)
    for who in cast.agents:
        assert who.row(asked).labels == (refund.id,)
        assert under(who, refund) == [asked.conversation.id]
        assert who.counted().labels == {refund.id: 1}
        assert refund in cast.desk.read_now(labels.seen_by, who.actor)


def test_ones_own_exists_for_its_owner_alone(cast: Cast) -> None:
    mine, asked = define(cast.leila, "My follow-ups", own=True), cast.ines.asks("Money back?")
    put(cast.leila, asked, mine, message=asked.message.id)
    assert cast.leila.row(asked).own_labels == (mine.id,)
    assert cast.leila.counted().labels == {mine.id: 1}
    assert under(cast.leila, mine) == [asked.conversation.id]
    assert worn(cast.leila, asked) == [Labelling(asked.message.id, mine.id)]
    for other in (cast.maja, cast.oskar):
        row = other.row(asked)
        assert (row.labels, row.own_labels, other.counted().labels, worn(other, asked)) == ((), (), {}, [])
        assert mine not in cast.desk.read_now(labels.seen_by, other.actor)
        for attempt in (
            lambda who=other: under(who, mine),
            lambda who=other: put(who, asked, mine),
            lambda who=other: merge(who, mine, define(who, "Mine", own=True)),
            lambda who=other: cast.desk.write_now(labels.retire, who.actor, label_id=mine.id),
        ):
            with pytest.raises(Missing, match="no such label"):
                attempt()
    told = [one for one in facts(cast.desk) if mine.id.encode() in one.data]
    assert {one.audience for one in told} == {f"agent:{cast.leila.id}"}


def test_on_the_conversation_and_on_messages_it_counts_once(cast: Cast) -> None:
    refund, asked = define(cast.maja, "Refund"), cast.ines.asks("One")
    second = cast.ines.writes("Two", asked).message.id
    for message in (None, asked.message.id, second):
        put(cast.maja, asked, refund, message=message)
        put(cast.maja, asked, refund, message=message)
    assert len(facts(cast.desk, "Labelled")) == 3
    assert cast.maja.counted().labels == {refund.id: 1}
    assert under(cast.maja, refund) == [asked.conversation.id]
    for message in (None, asked.message.id):
        put(cast.maja, asked, refund, message=message, on=False)
        assert cast.maja.row(asked).labels == (refund.id,)
    put(cast.maja, asked, refund, message=second, on=False)
    put(cast.maja, asked, refund, message=second, on=False)
    assert (cast.maja.row(asked).labels, worn(cast.maja, asked), under(cast.maja, refund)) == ((), [], [])
    assert cast.maja.counted().labels == {}
    assert len(facts(cast.desk, "Unlabelled")) == 3


def test_lists_under_a_label_follow_what_is_said_taken_and_closed(cast: Cast) -> None:
    label, mine = define(cast.maja, "Order"), define(cast.oskar, "Mine", own=True)
    first, second = cast.ines.asks("First"), cast.lead.asks("Second")
    for one in (label, mine):
        for asked in (first, second):
            put(cast.oskar, asked, one)
    cast.ines.writes("First again", first)
    for one in (label, mine):
        newest = [first.conversation.id, second.conversation.id]
        assert under(cast.oskar, one) == newest
        assert under(cast.oskar, one, order="oldest") == newest[::-1]
        assert (under(cast.oskar, one, place="unassigned"), under(cast.oskar, one, place="mine")) == (
            newest,
            [],
        )
    cast.oskar.answers(second, "Hello")
    cast.oskar.closes(first)
    for one in (label, mine):
        assert under(cast.oskar, one) == under(cast.oskar, one, place="mine") == [second.conversation.id]
        assert under(cast.oskar, one, closed=True) == [first.conversation.id]
        assert cast.oskar.counted().labels[one.id] == 1
    cast.maja.closes(second)
    assert cast.oskar.counted().labels == {}
    cast.lead.writes("Hello?", second)
    assert cast.oskar.counted().labels == {label.id: 1, mine.id: 1}


def test_names_are_one_whatever_their_letters(cast: Cast) -> None:
    known = define(cast.maja, "Straße")
    for name in ("STRASSE", " straße ", "Straße"):
        with pytest.raises(Conflict) as taken:
            define(cast.leila, name)
        assert taken.value.data == {"reason": "known", "label_id": known.id}
    assert define(cast.leila, "Straße", own=True).own
    assert define(cast.oskar, "Straße", own=True).own
    with pytest.raises(Conflict):
        define(cast.oskar, "strasse", own=True)
    for name, colour in (("", "rose"), ("\u200b", "rose"), ("x" * 41, "rose"), ("New", "#ff0000")):
        with pytest.raises(Invalid):
            define(cast.maja, name, colour=colour)


def test_admins_change_the_teams_owners_their_own(cast: Cast) -> None:
    team, own = define(cast.leila, "Refund"), define(cast.leila, "Mine", own=True)
    for verb, more in ((labels.change, {"name": "Else", "colour": None}), (labels.retire, {})):
        with pytest.raises(Refused):
            cast.desk.write_now(verb, cast.leila.actor, label_id=team.id, **more)
        assert cast.desk.write_now(verb, cast.leila.actor, label_id=own.id, **more)["label"].own
    renamed = cast.desk.write_now(
        labels.change, cast.maja.actor, label_id=team.id, name="Refunds", colour="gold"
    )["label"]
    assert (renamed.name, renamed.colour) == ("Refunds", "gold")
    with pytest.raises(Refused):
        merge(cast.leila, team, define(cast.leila, "Order"))


def test_a_retired_label_stays_where_it_is_and_goes_nowhere_else(cast: Cast) -> None:
    for own in (False, True):
        label = define(cast.maja, "Old", own=own)
        asked, other = cast.ines.asks("Labelled"), cast.lead.asks("Not")
        put(cast.maja, asked, label)
        assert cast.desk.write_now(labels.retire, cast.maja.actor, label_id=label.id)["label"].retired
        with pytest.raises(Invalid, match="retired"):
            put(cast.maja, other, label)
        with pytest.raises(Invalid):
            merge(cast.maja, define(cast.maja, "New", own=own), label)
        assert under(cast.maja, label) == [asked.conversation.id]
        define(cast.maja, "Old", own=own)
        put(cast.maja, asked, label, on=False)
        assert under(cast.maja, label) == []


@pytest.mark.parametrize("own", [False, True])
def test_merged_what_wore_the_one_wears_the_other(cast: Cast, own: bool) -> None:
    old, into = define(cast.maja, "Refunds", own=own), define(cast.maja, "Refund", own=own)
    only, both, closed = cast.ines.asks("Old"), cast.lead.asks("Both"), cast.stranger().asks("Closed")
    for talk in (only, both, closed):
        put(cast.maja, talk, old)
    put(cast.maja, both, into)
    put(cast.maja, only, old, message=only.message.id)
    cast.maja.closes(closed)
    merge(cast.maja, old, into)
    assert set(under(cast.maja, into)) == {only.conversation.id, both.conversation.id}
    assert under(cast.maja, into, closed=True) == [closed.conversation.id]
    assert cast.maja.counted().labels == {into.id: 2}
    for talk in (only, both, closed):
        row = cast.maja.row(talk)
        assert (row.own_labels if own else row.labels) == (into.id,)
    assert worn(cast.maja, only) == [Labelling(None, into.id), Labelling(only.message.id, into.id)]
    with pytest.raises(Missing):
        under(cast.maja, old)
    assert old.id not in {one.id for one in cast.desk.read_now(labels.seen_by, cast.maja.actor)}
    cast.maja.reopens(closed)
    assert cast.maja.counted().labels == {into.id: 3}


def test_the_teams_and_ones_own_never_merge(cast: Cast) -> None:
    team, own = define(cast.maja, "Refund"), define(cast.maja, "Mine", own=True)
    for one, into in ((team, own), (own, team), (team, team)):
        with pytest.raises(Invalid):
            merge(cast.maja, one, into)


def test_only_what_is_there_is_labelled(cast: Cast) -> None:
    label, asked, other = define(cast.maja, "Refund"), cast.ines.asks("Here"), cast.lead.asks("There")
    with pytest.raises(Missing, match="no such message"):
        put(cast.maja, asked, label, message=other.message.id)
    with pytest.raises(Missing, match="no such conversation"):
        put(cast.maja, "0" * 26, label)
    for actor in (cast.ines.actor, cast.lead.actor):
        what = {
            "conversation_id": asked.conversation.id,
            "label_id": label.id,
            "message_id": None,
            "on": True,
        }
        with pytest.raises(Missing):
            cast.desk.write_now(labelling.put, actor, **what)
        assert cast.desk.read_now(labelling.of_conversation, actor, asked.conversation.id) == []


def test_a_conversation_wears_so_many_and_no_more(cast: Cast) -> None:
    asked = cast.ines.asks("Which?")
    for own in (False, True):
        some = [define(cast.maja, f"Label {n}", own=own) for n in range(MOST_HERE + 1)]
        for one in some[:-1]:
            put(cast.maja, asked, one)
        with pytest.raises(Invalid, match="At most"):
            put(cast.maja, asked, some[-1])
        put(cast.maja, asked, some[0], message=asked.message.id)


def test_customers_hear_nothing_of_it(cast: Cast) -> None:
    label, asked = define(cast.maja, "Refund"), cast.ines.asks("Money back?")
    put(cast.maja, asked, label)
    kinds = {"Labelled", "LabelSaved", "Starred", "ConversationSnoozed"}
    assert all(one.customer_id is None for one in facts(cast.desk) if one.kind in kinds)
