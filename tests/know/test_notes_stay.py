"""What the team says among itself is learnt by nobody and read by no engine."""

import ast
from pathlib import Path

from sqlalchemy import select
from tests.cast import Cast
from tests.know.teaching import learn_all

import frontdesk
from frontdesk.base.db import Reading
from frontdesk.base.desk import Desk
from frontdesk.base.tables import metadata
from frontdesk.suggest import propose

SECRET = "zwischenuns"
ROOMS = ("know", "suggest")
NOT_THEIRS = {"note", "thread", "wording", "mention", "thread_reading", "notice"}


def test_the_learning_reads_no_note(desk: Desk, cast: Cast) -> None:
    asked = cast.ines.asks("How long does delivery to Norway take?")
    note = cast.maja.notes(asked, f"{SECRET}: how long does delivery to Norway take? Four days.")
    cast.oskar.answers_note(note, f"{SECRET}: delivery to Norway takes five days.")
    one = desk.read_now(propose.find_asked, asked.conversation.id)
    assert one is not None
    assert SECRET not in str(one)
    cast.maja.answers(asked, "Delivery to Norway takes three to five working days.")
    cast.oskar.notes(asked, f"{SECRET} {SECRET}")
    cast.maja.closes(asked)
    learn_all(desk)
    kept = desk.read_now(_of_rooms)
    assert "three to five working days" in kept
    assert SECRET not in kept


def test_a_note_takes_no_question_away(desk: Desk, cast: Cast) -> None:
    asked = cast.ines.asks("How long does delivery take?")
    before = desk.read_now(propose.find_asked, asked.conversation.id)
    for number in range(100):
        cast.maja.notes(asked, f"Note {number}")
    assert desk.read_now(propose.find_asked, asked.conversation.id) == before


def _of_rooms(view: Reading) -> str:
    tables = [
        metadata.tables[name]
        for name in ("passage", "exchange", "question", "suggestion", "identifier")
        if name in metadata.tables
    ]
    return "\n".join(str(view.all(select(table))) for table in tables)


def test_no_learning_room_can_name_their_tables() -> None:
    source = Path(frontdesk.__file__).parent
    named = {
        (path.name, alias.name)
        for room in ROOMS
        for path in (source / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith(("frontdesk.talk", "frontdesk.notify"))
        for alias in node.names
    }
    assert len(named) > 10, "the rooms do read conversations"
    assert {name for _, name in named} & (
        NOT_THEIRS | {"read_notes", "notes", "threads", "mentions"}
    ) == set()
