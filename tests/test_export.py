"""What is given to a customer: all that is theirs, nothing of anybody else's, and nothing that runs."""

import io
import re
import zipfile
from typing import Any

import orjson
import pytest
from sqlalchemy import select
from tests.cast import Cast
from tests.databases import Database
from tests.talk.test_joining import joins, knows
from tests.test_erasing import CANARY, Life

from frontdesk.base.desk import Desk
from frontdesk.base.files import Files
from frontdesk.base.ids import new_id
from frontdesk.base.tables import metadata
from frontdesk.privacy import export
from frontdesk.talk import labelling, labels

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}\u202e"


@pytest.fixture
def life(cast: Cast, database: Database) -> Life:
    return Life(cast, database.folder)


def given(life: Life) -> zipfile.ZipFile:
    data = life.desk.read_now(export.gathered, life.id)
    made = b"".join(export.pieces(export.zipped(data, Files(life.folder / "files"))))
    return zipfile.ZipFile(io.BytesIO(made))


def count(desk: Desk, table: str) -> int:
    return len(desk.read_now(lambda view: view.all(select(metadata.tables[table]))))


def test_it_is_complete(life: Life) -> None:
    """Every row of a desk that has nobody else in it."""
    data: dict[str, Any] = orjson.loads(given(life).read("data.json"))
    talks = data["conversations"]
    counted = {
        "conversation": len(talks),
        "message": sum(len(one["messages"]) for one in talks),
        "happening": sum(len(one["happenings"]) for one in talks),
        "note": sum(len(one["notes"]) for one in talks),
        "thread": sum(len(note["answers"]) for one in talks for note in one["notes"]),
        "attachment": sum(len(said["files"]) for one in talks for said in one["messages"]),
        "visit": len(data["visits"]),
        "identity": len(data["known_as"]),
        "profile_change": len(data["changes"]),
        "customer": len(data["profiles"]),
    }
    assert counted == {table: count(life.desk, table) for table in counted}
    assert data["profiles"][0]["own_fields"] == {"Number": CANARY}
    assert talks[0]["labels"] == ["L0False"]
    assert set(data["agents"].values()) == {"Maja Lind", "Oskar Berg", "Leila Haddad"}


def test_their_files_are_in_it_and_run_nowhere(life: Life) -> None:
    archive = given(life)
    assert sorted(archive.namelist()) == ["data.json", "files/0001.txt", "readable.html"]
    assert archive.read("files/0001.txt").decode() == f"{CANARY} in a file"
    assert archive.testzip() is None


def test_nothing_of_anybody_else_is_in_it(life: Life) -> None:
    cast = life.cast
    own = cast.desk.write_now(labels.add, cast.leila.actor, name="Private canary", colour="rose", own=True)
    wears = {"conversation_id": life.talks[0], "label_id": own["label"].id, "message_id": None, "on": True}
    cast.desk.write_now(labelling.put, cast.leila.actor, **wears)
    asked = cast.ines.asks("Foreign canary")
    cast.oskar.notes(asked, "Foreign canary noted")
    told = "".join(given(life).read(name).decode() for name in ("data.json", "readable.html"))
    for word in ("Foreign canary", "Private canary", "L0True", cast.ines.id, "kvarn@", "@kvarn.example"):
        assert word not in told
    deleted = given(life).read("readable.html").decode()
    assert f"{CANARY} edited" in deleted


def test_what_visitors_wrote_is_text(life: Life) -> None:
    knows(life.cast, life.id, name=HOSTILE, about=HOSTILE, city=HOSTILE)
    talk = life.who.writes(HOSTILE, start=new_id())
    life.cast.oskar.notes(talk, HOSTILE)
    html = given(life).read("readable.html").decode()
    body = html[html.index("<body>") :]
    assert "default-src 'none'" in html
    assert set(re.findall(r"<([a-z0-9]+)", body)) <= {
        "body", "h1", "h2", "h3", "p", "small", "dl", "dt", "dd", "article", "a",
    }  # fmt: skip
    assert not re.search(r"<[^>]*\son\w+=", body)
    assert set(re.findall(r'href="([^"]*)"', body)) == {"files/0001.txt"}
    assert "&lt;script&gt;" in body


def test_whoever_was_merged_is_in_it(cast: Cast, database: Database) -> None:
    other = cast.stranger()
    said = other.asks("From my phone")
    life = Life(cast, database.folder)
    joins(cast, other, life.id)
    data = orjson.loads(given(life).read("data.json"))
    assert said.conversation.id in [one["id"] for one in data["conversations"]]
    assert len(data["profiles"]) == 2
