"""What is to be erased is looked up before the transaction: what happens meanwhile goes too, or stays."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from tests.cast import Cast
from tests.databases import Database
from tests.talk.counting import assert_adds_up, facts
from tests.talk.test_joining import joins
from tests.test_erasing import CANARY, Life, everything, neighbours, others

from frontdesk.api import notes as noting
from frontdesk.base import commands
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.privacy import erasing
from frontdesk.search import within
from frontdesk.search.tables import search_entry, search_past
from frontdesk.talk import joining, notes
from frontdesk.talk.note_model import Note
from frontdesk.talk.tables import conversation


@pytest.fixture
def life(cast: Cast, database: Database) -> Life:
    return Life(cast, database.folder)


def answered(life: Life, at: int, talk: str) -> None:
    """A command whose kept answer names the conversation."""
    maja, key = life.cast.maja.actor, new_id()
    add = partial(noting._add, actor=maja, conversation_id=talk, text=f"{CANARY} at {at}")
    life.desk.write_now(lambda tx: commands.once(tx, maja.key, key, key, add))


def test_what_came_while_it_was_looked_up_goes_too(life: Life) -> None:
    neighbours(life.cast)
    before = others_but(life)
    answered(life, 1, life.talks[0])
    ahead = life.desk.read_now(erasing.look_ahead, life.id)
    assert ahead is not None
    assert ahead.found.facts
    assert len(ahead.found.answers) == 1
    assert ahead.entries
    answered(life, 2, life.talks[1])
    life.who.writes(f"{CANARY} meanwhile", life.talks[0])
    note = next(one for one in life.cast.leila.timeline(life.talks[0]) if isinstance(one, Note))
    life.desk.write_now(notes.edit, life.cast.oskar.actor, note_id=note.id, text=f"{CANARY} edited again")
    assert ahead.is_of([life.id], life.talks)
    assert life.is_erased_after(ahead)["messages"] == 7
    assert CANARY not in everything(life.desk)
    assert others_but(life) == before
    assert_nothing_is_found(life)
    assert_adds_up(life.desk)


def test_a_conversation_begun_while_it_was_looked_up_goes_too(life: Life) -> None:
    ahead = life.desk.read_now(erasing.look_ahead, life.id)
    asked = life.who.writes(f"{CANARY} begun", start=new_id())
    answered(life, 1, asked.conversation.id)
    assert ahead is not None
    assert life.is_erased_after(ahead)["conversations"] == 4
    assert CANARY not in everything(life.desk)
    assert_nothing_is_found(life)
    assert_adds_up(life.desk)


def test_what_went_back_to_somebody_else_while_it_was_looked_up_stays(life: Life) -> None:
    cast, parted = life.cast, life.cast.stranger()
    stays = parted.asks("I am somebody else after all")
    merge = joins(cast, parted, life.id)
    answered_before = cast.oskar.answers(stays, "For whoever you are.")
    ahead = life.desk.read_now(erasing.look_ahead, life.id)
    cast.desk.write_now(joining.undo, cast.maja.actor, merge_id=merge)
    life.is_erased_after(ahead)
    assert CANARY not in everything(life.desk)
    assert [one.id for one in parted.conversations()] == [stays.conversation.id]
    kept = [one for one in facts(life.desk, "CustomerWrote") if one.conversation_id == stays.conversation.id]
    assert len(kept) == 1
    found = life.desk.read_now(within.find, cast.maja.actor, parted.id, "whoever", notes=True)
    assert [one.item_id for one in found.hits] == [answered_before.message.id]
    assert_adds_up(life.desk)


def test_the_past_of_search_is_not_trusted_before_it_is_whole(life: Life) -> None:
    left = {"kind": "message", "after": "", "upto": "", "number": 2**39}
    life.desk.write_now(lambda tx: tx.many(Prepared(search_past.insert()), [left]))
    ahead = life.desk.read_now(erasing.look_ahead, life.id)
    assert ahead is not None
    assert ahead.entries is None
    life.is_erased_after(ahead)
    assert CANARY not in everything(life.desk)
    assert_nothing_is_found(life)


def others_but(life: Life) -> list[str]:
    """Rows of everybody else."""
    return [row for row in others(life.desk) if CANARY not in row and life.id not in row]


def assert_nothing_is_found(life: Life) -> None:
    """Every entry is of a conversation that is there, and no word of theirs stands in the index."""
    entry, there = search_entry.c, select(conversation.c.id)
    lost = select(entry.number).where(entry.conversation_id.not_in(there))
    assert life.desk.read_now(lambda view: view.all(lost)) == []
    life.cast.lead.asks("An index without a word would prove nothing")
    if life.desk.engine.dialect == "sqlite":
        words = life.desk.write_now(_words)
        assert any("prove" in word for word in words)
        assert not [word for word in words if CANARY in word]


def _words(tx: Any) -> list[str]:
    tx.cursor.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, search_terms, row)")
    words = [word for (word,) in tx.cursor.execute("SELECT term FROM words").fetchall()]
    tx.cursor.execute("DROP TABLE temp.words")
    return words
