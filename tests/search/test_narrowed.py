"""Filters, private labels, notes, files, and what must never be found."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import AgentPlayer, Cast
from tests.search.conftest import Ask, texts
from tests.talk.test_attachments import uploads

from frontdesk.base.db import Tx
from frontdesk.base.desk import Desk
from frontdesk.base.errors import Conflict
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.base.text import plain
from frontdesk.people import customers
from frontdesk.people.model import Actor
from frontdesk.search import index, past, read
from frontdesk.search.model import Narrowed
from frontdesk.search.query import Names, parsed
from frontdesk.search.tables import search_entry, search_past
from frontdesk.talk import conversations, messages, notes, threads
from frontdesk.talk.model import Message, Said
from frontdesk.talk.tables import label, labelling, own_label, own_labelling

_LABEL, _LABELLING = Prepared(label.insert()), Prepared(labelling.insert())
_OWN, _OWN_LABELLING = Prepared(own_label.insert()), Prepared(own_labelling.insert())


def team_label(tx: Tx, said: Said, name: str, *, message_id: str = "") -> str:
    id = new_id()
    tx.run(_LABEL, id=id, name=name, folded=name, colour="teal", at=1, retired_at=None)
    tx.run(
        _LABELLING,
        conversation_id=said.conversation.id,
        message_id=message_id,
        label_id=id,
        agent_id="",
        at=1,
    )
    return id


def private_label(tx: Tx, who: AgentPlayer, said: Said, name: str) -> str:
    id = new_id()
    tx.run(_OWN, id=id, agent_id=who.id, name=name, folded=name, colour="teal", at=1, retired_at=None)
    tx.run(
        _OWN_LABELLING,
        agent_id=who.id,
        conversation_id=said.conversation.id,
        message_id="",
        label_id=id,
        at=1,
    )
    return id


def test_open_closed_agent_side_and_time(cast: Cast, ask: Ask) -> None:
    first = cast.lead.asks("The kettle leaks, first.")
    second = cast.stranger().asks("The kettle leaks, second.")
    answer = cast.oskar.answers(second, "Send the kettle back.")
    cast.oskar.closes(second)
    assert texts(ask("kettle", state="open")) == ["The kettle leaks, first."]
    assert len(texts(ask("kettle", state="closed"))) == 2
    assert texts(ask("kettle closed from:oskar")) == ["Send the kettle back."]
    assert texts(ask("kettle", agent=cast.maja.id)) == []
    assert texts(ask("kettle", by="agent")) == ["Send the kettle back."]
    assert len(texts(ask("kettle", by="customer"))) == 2
    assert texts(ask("from:oskar")) == ["Send the kettle back."]
    moment = answer.message.at
    assert all(hit.at >= moment for hit in ask("kettle", since=moment).groups.messages)
    assert all(hit.at < moment for hit in ask("kettle", until=moment).groups.messages)
    alone = ask("", state="open").groups.conversations
    assert [hit.conversation_id for hit in alone] == [first.conversation.id]
    assert ask("kettle", team=new_id()).counts.messages == 0
    assert ask("kettle", channel="messenger").counts.messages == 0


def test_files_are_found_by_their_names_and_what_has_one_is_asked_for(cast: Cast, ask: Ask) -> None:
    with_one = cast.ines.asks("My invoice, the photo says it.")
    file = uploads(cast.ines, "Räkning_KK-20431 kvitto.pdf")
    sent = cast.ines.writes("Here is the invoice.", with_one, files=(file,))
    for typed in ("kvitto", "rakning", "20431", "KK20431", "vitto", "räkn"):
        (hit,) = ask(typed).groups.files
        assert (hit.id, hit.item_id, hit.conversation_id) == (
            file,
            sent.message.id,
            with_one.conversation.id,
        )
    assert ask("kvittot.doc").counts.files == 0
    assert len(texts(ask("invoice"))) == 2
    assert texts(ask("invoice", file=True)) == texts(ask("invoice has:file")) == ["Here is the invoice."]
    assert texts(ask("", file=True)) == ["Here is the invoice."]
    assert texts(ask("photo has:file")) == []


def test_a_channel_is_asked_for(cast: Cast, ask: Ask) -> None:
    cast.lead.asks("The kettle by the website.")
    cast.desk.write_now(asked_by_messenger, "The kettle by Messenger.")
    assert len(texts(ask("kettle"))) == 2
    for typed in ("kettle channel:messenger", "kettle in:messenger"):
        assert texts(ask(typed)) == ["The kettle by Messenger."]
    assert texts(ask("kettle", channel="widget")) == ["The kettle by the website."]


def asked_by_messenger(tx: Tx, text: str) -> None:
    one = customers.appear(tx)
    here = conversations.start(tx, one, "messenger", start=new_id())
    messages.receive(
        tx, one, new_id(), channel="messenger", conversation_id=here.id, start=None, text=text, files=[]
    )


def test_labels_narrow_and_are_counted(cast: Cast, ask: Ask) -> None:
    one, other = cast.lead.asks("A kettle, please."), cast.stranger().asks("Two kettles, please.")
    refund = cast.desk.write_now(team_label, one, "refund")
    parts = cast.desk.write_now(team_label, other, "parts", message_id=other.message.id)
    assert texts(ask("kettle", label=refund)) == ["A kettle, please."]
    assert texts(ask("kettle label:parts")) == ["Two kettles, please."]
    assert {(some.label_id, some.count) for some in ask("kettle").labels} == {(refund, 1), (parts, 1)}
    assert [(some.name, some.count) for some in ask("").labels] == [("parts", 0), ("refund", 0)]
    assert [hit.id for hit in ask("label:refund").groups.conversations] == [one.conversation.id]


def test_a_private_label_is_its_owners_alone(cast: Cast, ask: Ask) -> None:
    said = cast.lead.asks("A kettle, please.")
    mine = cast.desk.write_now(private_label, cast.maja, said, "follow")
    assert ask("kettle label:follow").counts.messages == 1
    assert [(one.label_id, one.own, one.count) for one in ask("kettle").labels] == [(mine, True, 1)]
    theirs = ask("kettle label:follow", who=cast.oskar)
    assert (theirs.counts.messages, theirs.unknown) == (0, ["label:follow"])
    # Who knows its id is no better off.
    assert ask("kettle", label=mine, who=cast.oskar).counts.messages == 0
    assert ask("", label=mine, who=cast.oskar).counts.conversations == 0
    assert ask("kettle", who=cast.oskar).labels == []


def test_customers_and_strangers_find_nothing(cast: Cast) -> None:
    cast.lead.asks("A kettle, please.")
    asked = parsed("kettle", Names(), Narrowed())
    for actor in (cast.lead.actor, Actor("nobody"), Actor("system")):
        found = cast.desk.read_now(read.search, actor, asked, 20)
        assert found.counts.messages == found.counts.customers == 0


def test_what_is_undone_is_not_found(cast: Cast, ask: Ask) -> None:
    said = cast.lead.asks("A kettle, please.")
    cast.oskar.answers(said, "Of course.")
    with pytest.raises(Conflict):
        cast.maja.answers(said, "My kettle too.")
    assert texts(ask("kettle")) == ["A kettle, please."]


def test_a_customer_who_is_forgotten_leaves_the_index(cast: Cast, ask: Ask) -> None:
    ines = cast.ines
    said = ines.asks("My kettle leaks.")
    cast.maja.answers(said, "Send the kettle to me.")
    cast.lead.asks("My kettle too.")
    cast.desk.write_now(index.forget_customer, ines.id)
    assert texts(ask("kettle")) == ["My kettle too."]
    assert ask("oliveira").counts.customers == 0
    whole = cast.desk.read_now(entries)
    assert all(said.conversation.id not in row and ines.id not in row for row in whole)
    check(cast.desk)


def entries(view: Any) -> list[Any]:
    rows: list[Any] = view.all(Prepared(search_entry.select()))
    return rows


def check(desk: Desk) -> None:
    """SQLite's own look at its index."""
    if desk.engine.dialect == "sqlite":
        desk.write_now(
            lambda tx: (
                tx.cursor.execute(
                    "INSERT INTO search_terms (search_terms, rank) VALUES ('integrity-check', 0)"
                )
                and None
            )
        )


def test_what_was_there_before_is_found_after_the_job(cast: Cast, ask: Ask) -> None:
    talks = [cast.lead.asks(f"The kettle leaks {number}.") for number in range(7)]
    name = cast.ines.brief().called
    before = texts(ask("kettle"))
    cast.desk.write_now(forget_everything)
    assert texts(ask("kettle")) == []
    later = cast.stranger().asks("A new kettle.")
    while cast.desk.write_now(past.portion):
        pass
    assert texts(ask("kettle")) == ["A new kettle.", *before]
    assert [hit.customer.called for hit in ask("oliveira").groups.customers] == [name]
    assert len(talks) + 1 == ask("kettle").counts.messages
    assert later.message.id == ask("kettle").groups.messages[0].id
    assert not cast.desk.read_now(past.is_left)


def forget_everything(tx: Tx) -> None:
    """As if search had just come: nothing is indexed, and the past is to be."""
    tx.run(Prepared(search_entry.delete()))
    if tx.dialect == "sqlite":
        tx.cursor.execute("INSERT INTO search_terms (search_terms) VALUES ('delete-all')")
    for place, kind in ((0, "message"), (4, "customer")):
        tx.run(Prepared(search_past.insert()), kind=kind, after="", upto="z", number=2**40 - 800 + place)


def test_notes_and_answers_are_found_edited_and_gone(cast: Cast, ask: Ask) -> None:
    said = cast.lead.asks("Hello.")
    note = cast.maja.notes(said, f"The courier @[agent:{cast.oskar.id}] lost it.")
    answer = cast.desk.write_now(
        threads.answer, cast.oskar.actor, note_id=note.id, text="Which courier was that?"
    ).answer
    found = ask("courier")
    assert [(hit.kind, hit.id, hit.item_id) for hit in found.groups.notes] == [
        ("answer", answer.id, note.id),
        ("note", note.id, note.id),
    ]
    assert found.groups.messages == []
    assert ask("courier from:oskar").counts.notes == 1
    assert ask("agent").counts.notes == ask(cast.oskar.id).counts.notes == 0
    cast.desk.write_now(notes.edit, cast.maja.actor, note_id=note.id, text="The carrier lost it.")
    assert [hit.id for hit in ask("courier").groups.notes] == [answer.id]
    assert [hit.id for hit in ask("carrier").groups.notes] == [note.id]
    cast.desk.write_now(threads.delete, cast.oskar.actor, answer_id=answer.id)
    cast.desk.write_now(notes.delete, cast.maja.actor, note_id=note.id)
    assert ask("courier").counts.notes == ask("carrier").counts.notes == 0
    check(cast.desk)


def test_a_note_that_is_changed_in_the_same_breath_keeps_no_old_word(cast: Cast, ask: Ask) -> None:
    said = cast.lead.asks("Hello.")

    def both(tx: Tx) -> None:
        one = notes.add(tx, cast.maja.actor, conversation_id=said.conversation.id, text="Secret plan.").note
        notes.edit(tx, cast.maja.actor, note_id=one.id, text="Plain plan.")

    cast.desk.write_now(both)
    assert ask("secret").counts.notes == 0
    assert ask("plan").counts.notes == 1
    check(cast.desk)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.text(min_size=1, max_size=80), typed=st.text(max_size=80))
def test_nothing_said_or_typed_breaks_it_and_what_is_found_may_be_read(
    cast: Cast, ask: Ask, said: str, typed: str
) -> None:
    if plain(said).strip():
        cast.lead.asks(said)
    for text in (typed, said, f'"{said}"', f"{said}*", f"-{typed} {said}", f"label:{typed}", said * 200):
        for hit in ask(text).groups.messages:
            shown = cast.oskar.timeline(str(hit.conversation_id))
            assert hit.id in [item.id for item in shown if isinstance(item, Message)]
