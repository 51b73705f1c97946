"""A customer is erased: from every table, from the log, and from every byte of the data folder."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import select
from tests.cast import Cast, CustomerPlayer, play
from tests.databases import Database
from tests.serving import opened
from tests.suggest.knowing import lay
from tests.talk.counting import assert_adds_up, facts
from tests.talk.test_joining import joins, knows

from frontdesk.api import notes as noting
from frontdesk.base.clock import DAY
from frontdesk.base.db import Answer
from frontdesk.base.desk import Desk
from frontdesk.base.errors import Invalid, Missing, Refused
from frontdesk.base.files import Files, Stored
from frontdesk.base.ids import new_id, new_token
from frontdesk.base.sql import Prepared
from frontdesk.base.tables import job, metadata
from frontdesk.know import answers, identifiers, replies
from frontdesk.know.blanks import Blanker
from frontdesk.know.everyday import Everyday
from frontdesk.know.public import Public
from frontdesk.live import replay
from frontdesk.people import customers, merging
from frontdesk.people.model import Actor
from frontdesk.people.tables import own_field, own_value, profile_change, tombstone
from frontdesk.presence.tables import browser, invite, visit
from frontdesk.privacy import erasing, tombstones, traces
from frontdesk.suggest import feedback
from frontdesk.talk import attachments, joining, labelling, labels, notes, snooze, stars
from frontdesk.talk.model import Message

# In no other word of any test, and in every place where a customer's words may come to stand.
CANARY = "zwirnkanarie"
BROWSER = "browser-of-somebody-erased"


class Life:
    """Somebody of whom there is something everywhere."""

    def __init__(self, cast: Cast, folder: Path) -> None:
        self.cast, self.desk, self.folder = cast, cast.desk, folder
        self.who = CustomerPlayer(cast.desk, new_token())
        self.desk.write_now(customers.recognised, self.who.digest, browser=BROWSER)
        self.id = self.who.id
        knows(cast, self.id, name=f"Ines {CANARY}", email=f"{CANARY}@post.example", about=f"{CANARY} about")
        self.bytes = self._file()
        self.talks = [self._talk(n) for n in range(3)]
        self._profile()
        self._site()
        self._learnt()

    def _file(self) -> str:
        id = new_id()
        path = Files(self.folder / "files").path(id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{CANARY} in a file")
        stored = Stored(id, f"{CANARY}.txt", "text/plain", 30, None, None)
        self.desk.write_now(attachments.add, self.who.actor, stored, name=stored.name, size=30)
        return id

    def _talk(self, n: int) -> str:
        cast, said = self.cast, f"{CANARY} number {n}: where is order AB-12345{n}?"
        asked = self.who.writes(said, start=new_id(), files=(self.bytes,) if n == 0 else ())
        talk = asked.conversation.id
        self.desk.write_now(lay, talk, [f"{CANARY} suggested"])
        cast.oskar.answers(
            talk, f"Dear {CANARY}, your order AB-12345{n} left on Monday with the evening post."
        )
        note = cast.oskar.notes(talk, f"{CANARY} noted @[agent:{cast.leila.id}]")
        cast.leila.answers_note(note, f"{CANARY} answered @[agent:{cast.maja.id}]")
        self.desk.write_now(notes.edit, cast.oskar.actor, note_id=note.id, text=f"{CANARY} edited")
        team, own = (
            self.desk.write_now(labels.add, cast.leila.actor, name=f"L{n}{own}", colour="rose", own=own)[
                "label"
            ].id
            for own in (False, True)
        )
        for label in (team, own):
            self.desk.write_now(
                labelling.put,
                cast.leila.actor,
                conversation_id=talk,
                label_id=label,
                message_id=None,
                on=True,
            )
        self.desk.write_now(stars.put, cast.leila.actor, conversation_id=talk, on=True)
        cast.leila.reads(talk)
        cast.maja.notes(talk, f"{CANARY} calls @[agent:{cast.leila.id}]")
        if n == 1:
            cast.oskar.closes(talk)
        if n == 2:
            until = self.desk.read_now(lambda view: view.now) + DAY
            self.desk.write_now(snooze.snooze, cast.oskar.actor, conversation_id=talk, until=until)
        return talk

    def _profile(self) -> None:
        row = {"of": "customer", "name": "Number", "kind": "text", "choices": "[]", "place": 0}
        change = {"by": "agent", "agent_id": None, "field": "name", "was": None, "becomes": CANARY}

        def fill(tx: Any) -> None:
            field = new_id()
            tx.run(Prepared(own_field.insert()), id=field, retired_at=None, **row)
            tx.run(Prepared(own_value.insert()), of_id=self.id, field_id=field, value=CANARY)
            tx.run(Prepared(profile_change.insert()), id=new_id(), of_id=self.id, at=tx.now, **change)

        self.desk.write_now(fill)

    def _site(self) -> None:
        seen = {"kind": "page", "url": f"https://kvarn.example/{CANARY}", "title": CANARY, "referrer": ""}
        empty = {"name": None, "data": None, "visit": None}

        def fill(tx: Any) -> None:
            tx.run(Prepared(visit.insert()), id=new_id(), browser=BROWSER, at=tx.now, **seen, **empty)
            known = {"visit": new_id(), "since": 1, "seen_at": 1, "pages": 1, "kept": 1, "title": CANARY}
            where = {"city": None, "country": None, "device": None}
            tx.run(Prepared(browser.insert()), id=BROWSER, url=CANARY, **known, **where)
            tx.run(Prepared(invite.insert()), browser=BROWSER, agent_id=new_id(), text=CANARY, at=1, told=0)

        self.desk.write_now(fill)

    def _learnt(self) -> None:
        blanker = Blanker(Everyday(), Public())
        heard = self.desk.read_now(replies.hear, blanker, self.talks[1])
        assert heard is not None
        self.desk.write_now(replies.keep, [heard])
        answer = {"question": f"{CANARY} asks?", "text": f"{CANARY} said."}
        items = self.cast.oskar.timeline(self.talks[0])
        message = next(one for one in items if isinstance(one, Message) and one.by == "agent")
        self.desk.write_now(
            answers.approve,
            self.cast.maja.actor,
            message_id=message.id,
            **answer,
        )
        while self.desk.write_now(identifiers.note):
            pass

    def is_erased(self) -> dict[str, int]:
        return self.is_erased_after(self.desk.read_now(erasing.look_ahead, self.id))

    def is_erased_after(self, ahead: erasing.Ahead | None) -> dict[str, int]:
        called, maja = self.desk.read_now(merging.last, self.id).called, self.cast.maja.actor
        done = self.desk.write_now(erasing.erase_customer, maja, called, ahead, customer_id=self.id)
        report: dict[str, int] = done["report"]
        return report


def rows_of(desk: Desk, name: str) -> list[Any]:
    asked = select(metadata.tables[name])
    return desk.read_now(lambda view: view.all(asked))


def everything(desk: Desk) -> str:
    """Every row of every table, as text."""
    return "\n".join(str(row) for one in metadata.sorted_tables for row in rows_of(desk, one.name))


def others(desk: Desk) -> list[str]:
    """What must stay as it is."""
    names = ("conversation", "message", "note", "thread", "attachment", "customer", "identity", "visit")
    return sorted(str(row) for name in names for row in rows_of(desk, name))


@pytest.fixture
def life(cast: Cast, database: Database) -> Life:
    return Life(cast, database.folder)


def neighbours(cast: Cast) -> None:
    asked = cast.ines.asks("Mine stays")
    cast.oskar.notes(asked, f"And this @[agent:{cast.leila.id}]")
    cast.leila.reads(asked)
    cast.lead.asks("And mine")


def test_nothing_of_them_is_in_any_row(cast: Cast, database: Database) -> None:
    neighbours(cast)
    before = others(cast.desk)
    life = Life(cast, database.folder)
    assert everything(cast.desk).count(CANARY) > 60
    report = life.is_erased()
    assert report["conversations"] == 3
    assert report["messages"] == 6
    assert report["files"] == 1
    assert report["visits"] == 1
    left = everything(cast.desk)
    assert CANARY not in left
    for talk in life.talks:
        # Those who hold it on their screens are told its name, and nothing else.
        assert all("Erased" in line or "MentionChanged" in line for line in left.splitlines() if talk in line)
    assert others(cast.desk) == before
    assert_adds_up(cast.desk)


def test_counts_of_everybody_fall(cast: Cast, database: Database) -> None:
    neighbours(cast)
    before = {one.id: (one.counted(), one.bell().unseen) for one in cast.agents}
    life = Life(cast, database.folder)
    assert {one.id: (one.counted(), one.bell().unseen) for one in cast.agents} != before
    life.is_erased()
    assert {one.id: (one.counted(), one.bell().unseen) for one in cast.agents} == before
    told = facts(cast.desk, "CustomerErased")[0]
    assert told.audience == "team"
    assert facts(cast.desk, "OwnCountChanged")
    assert facts(cast.desk, "TokenReplaced")


def test_facts_keep_their_numbers_and_say_nothing(life: Life) -> None:
    before = facts(life.desk)
    life.is_erased()
    after = facts(life.desk)
    assert [one.seq for one in after] == list(range(1, len(after) + 1))
    gone = [one for one in after if one.kind == "Erased"]
    assert len(gone) > 30
    assert {(one.data, one.audience, one.conversation_id, one.customer_id) for one in gone} == {
        (b"{}", "nobody", None, None)
    }
    by_number = {one.seq: one for one in before}
    touched = {by_number[one.seq].customer_id for one in gone}
    assert touched == {life.id, None}
    assert facts(life.desk, "MentionChanged")


def test_raw_files_hold_nothing(sqlite: Database) -> None:
    """Every byte of the data folder, after many others have written around it."""
    cast = play(opened(sqlite))
    crowd = [cast.stranger() for _ in range(30)]
    for at in range(4):
        for one in crowd:
            one.writes(f"Somebody else writes {at} about grinders and kettles. " * 5, start=new_id())
    life = Life(cast, sqlite.folder)
    for at in range(60):
        life.who.writes(f"{CANARY} {at} {'and more words ' * 20}", life.talks[0])
        crowd[at % 30].writes(f"Words of others in between {at}. " * 9, start=new_id())
    assert CANARY in raw(sqlite.folder)
    life.is_erased()
    clean(cast.desk, sqlite.folder)
    assert CANARY not in raw(sqlite.folder)
    assert life.id in (sqlite.folder / tombstones.FILE).read_text()
    cast.desk.close()


def raw(folder: Path) -> str:
    return "".join(path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file())


def clean(desk: Desk, folder: Path) -> None:
    """What the job does."""
    found = desk.read_now(lambda view: view.all(select(job.c.data).where(job.c.kind == "clean_traces")))
    for (data,) in found:
        traces.cleaned(desk, folder, orjson.loads(data))
    desk.write_now(lambda tx: tx.run(Prepared(job.delete().where(job.c.kind == "clean_traces"))))
    desk.scrub(())


def test_what_is_on_its_way_in_the_same_moment_is_erased_too(life: Life) -> None:
    """The writer takes what waits as one group: its facts and kept answers are not written yet."""

    def together(tx: Any) -> None:
        tx.keep_answer(f"visitor:{life.who.digest}", new_id(), Answer("body", f"{CANARY} answer", 1))
        life_says(tx)
        called = merging.last(tx, life.id).called
        erasing.erase_customer(tx, life.cast.maja.actor, called, customer_id=life.id)

    def life_says(tx: Any) -> None:
        noting._add(tx, life.cast.oskar.actor, conversation_id=life.talks[0], text=f"{CANARY} at once")

    life.desk.write_now(together)
    assert CANARY not in everything(life.desk)
    assert_adds_up(life.desk)


def test_whoever_catches_up_over_it_fetches_everything_afresh(life: Life) -> None:
    """What erased facts moved in counts cannot be told any more."""
    before = life.desk.read_now(lambda view: view.head())
    cast, visitor = life.cast, life.cast.ines
    visitor.asks("Somebody else, meanwhile")
    life.who.writes(f"{CANARY} once more", life.talks[0])
    life.is_erased()
    after = life.desk.read_now(lambda view: view.head())
    for agent in cast.agents:
        assert life.desk.read_now(replay.missed, agent.actor, before) == (after, None)
        assert life.desk.read_now(replay.missed, agent.actor, after) == (after, [])
    _, heard = life.desk.read_now(replay.missed, visitor.actor, before)
    assert heard is not None
    assert CANARY not in str(heard)


def test_what_is_learnt_too_late_is_not_learnt(life: Life) -> None:
    heard = life.desk.read_now(replies.hear, Blanker(Everyday(), Public()), life.talks[1])
    assert heard is not None
    life.is_erased()
    life.desk.write_now(replies.keep, [heard])
    life.desk.write_now(feedback.reworded, new_id(), new_id())
    assert CANARY not in everything(life.desk)
    assert "AB-123451" not in everything(life.desk)


def test_only_an_admin_who_types_the_name_may(life: Life) -> None:
    with pytest.raises(Refused):
        life.desk.write_now(erasing.erase_customer, life.cast.oskar.actor, "", customer_id=life.id)
    with pytest.raises(Refused):
        life.desk.write_now(erasing.erase_customer, Actor("customer", life.id), "", customer_id=life.id)
    for name in ("", "Ines"):
        with pytest.raises(Invalid):
            life.desk.write_now(erasing.erase_customer, life.cast.maja.actor, name, customer_id=life.id)
    with pytest.raises(Missing):
        life.desk.write_now(erasing.erase_customer, life.cast.maja.actor, "", customer_id=new_id())
    report = life.is_erased()
    again = life.desk.write_now(erasing.erase_customer, life.cast.maja.actor, "", customer_id=life.id)
    assert again == {"report": report}


def test_whoever_was_merged_goes_along_and_who_was_parted_stays(cast: Cast, database: Database) -> None:
    parted, merged = cast.stranger(), cast.stranger()
    stays = parted.asks("I am somebody else after all")
    life = Life(cast, database.folder)
    goes = merged.asks(f"{CANARY} from the phone")
    from_merge = joins(cast, parted, life.id)
    joins(cast, merged, life.id)
    said_as_one = cast.oskar.answers(stays, "For whoever you are.")
    cast.desk.write_now(joining.undo, cast.maja.actor, merge_id=from_merge)
    life.is_erased()
    assert CANARY not in everything(cast.desk)
    assert goes.conversation.id not in cast.maja.sees("unassigned")
    assert [one.id for one in parted.conversations()] == [stays.conversation.id]
    assert said_as_one.message.text in str(cast.oskar.timeline(stays))
    assert_adds_up(cast.desk)


def test_a_backup_brings_nobody_back(sqlite: Database) -> None:
    cast = play(opened(sqlite))
    life = Life(cast, sqlite.folder)
    neighbours(cast)
    life.desk.scrub(())
    backup = (sqlite.folder / "frontdesk.db").read_bytes()
    life.is_erased()
    clean(cast.desk, sqlite.folder)
    cast.desk.close()
    for name in ("frontdesk.db-wal", "frontdesk.db-shm"):
        (sqlite.folder / name).unlink(missing_ok=True)
    (sqlite.folder / "frontdesk.db").write_bytes(backup)
    assert CANARY in raw(sqlite.folder)
    again = opened(sqlite)
    assert len(facts(again, "CustomerErased")) == 1
    assert tombstones.apply(again, sqlite.folder) == 0
    assert CANARY not in everything(again)
    assert again.read_now(lambda view: view.value(select(tombstone.c.customer_id))) == life.id
    assert "Mine stays" in everything(again)
    assert_adds_up(again)
    again.close()


def test_conversations_that_are_kept_no_longer(cast: Cast, database: Database) -> None:
    neighbours(cast)
    life = Life(cast, database.folder)
    now = cast.desk.read_now(lambda view: view.now)
    assert cast.desk.read_now(erasing.due, now - DAY) == []
    ids = cast.desk.read_now(erasing.due, now + DAY)
    assert ids == [life.talks[1]]
    cast.oskar.reopens(ids[0])
    assert cast.desk.write_now(erasing.erase_due, ids, now + DAY) == 0
    cast.oskar.closes(ids[0])
    assert cast.desk.write_now(erasing.erase_due, ids, now + DAY) == 1
    assert cast.desk.read_now(erasing.due, now + DAY) == []
    left = everything(cast.desk)
    assert "AB-123451" not in left
    assert "AB-123450" in left
    assert [one.id for one in life.who.conversations()] == [life.talks[2], life.talks[0]]
    assert_adds_up(cast.desk)
