"""Customers out of a CSV file and into one: nobody twice, no formula, whatever stands there."""

import asyncio
import csv
import io
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.cast import Cast
from tests.people.test_profiles import edits, field, history, seen_by
from tests.serving import InThread, command

from frontdesk.api import customer_sheets
from frontdesk.base.db import Job
from frontdesk.base.desk import Desk
from frontdesk.base.errors import Invalid
from frontdesk.base.files import Files
from frontdesk.people import importing, intake, sheets
from frontdesk.talk import labelling, labels


def looks(agent: httpx.Client, content: bytes, name: str = "customers.csv") -> httpx.Response:
    files = {"file": (name, content, "text/csv")}
    return agent.post("/api/customers/import/preview", data=command(), files=files)


def takes_in(agent: httpx.Client, content: bytes, mapping: dict[str, str] | None = None) -> dict[str, Any]:
    """Looks, takes in what was guessed or is given, and waits."""
    seen = looks(agent, content)
    assert seen.status_code == 201, seen.text
    told = seen.json()
    said = command(upload_id=told["upload_id"], mapping=mapping or told["mapping"])
    begun = agent.post("/api/customers/import", json=said)
    assert begun.status_code == 201, begun.text
    ends = time.monotonic() + 30
    while True:
        state: dict[str, Any] = agent.get(f"/api/customers/import/{told['upload_id']}").json()
        if state["finished"]:
            return state
        assert time.monotonic() < ends, state
        time.sleep(0.02)


def listed(agent: httpx.Client, **asked: Any) -> list[dict[str, Any]]:
    answer = agent.get("/api/customers", params={"limit": 200, **asked})
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows


def given_out(agent: httpx.Client, **asked: Any) -> list[dict[str, str]]:
    answer = agent.get("/api/customers.csv", params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def counts(state: dict[str, Any]) -> tuple[int, int, int]:
    return state["made"], state["changed"], state["unchanged"]


def test_a_file_is_looked_at_taken_in_and_comes_again(server: InThread, cast: Cast) -> None:
    since = field(cast, "Customer since", "date")
    agent = server.agent(cast.maja)
    sheet = (
        "Full name;E-mail;Phone;Företag;Customer since;Shoe size\r\n"
        "Ines Oliveira;Ines@Post.example;+46 70 123 45 67;Bönor & Blad;2026-02-03;38\r\n"
        'Tomás "Tom" Ek;tom@post.example;;BÖNOR & BLAD;;\r\n'
    ).encode("utf-8-sig")
    told = looks(agent, sheet).json()
    assert told["columns"] == ["Full name", "E-mail", "Phone", "Företag", "Customer since", "Shoe size"]
    assert told["mapping"] == {
        "Full name": "name",
        "E-mail": "email",
        "Phone": "phone",
        "Företag": "company",
        "Customer since": since,
    }
    assert (told["count"], told["rows"][0][0]) == (2, "Ines Oliveira")
    assert listed(agent, named=True) == []
    assert counts(takes_in(agent, sheet)) == (2, 0, 0)
    ines, tom = sorted(listed(agent, named=True), key=lambda one: one["name"])
    assert (ines["email"], ines["phone"]) == ("ines@post.example", "+46 70 123 45 67")
    assert (ines["company"], ines["fields"]) == (tom["company"], {since: "2026-02-03"})
    assert (tom["name"], ines["seen_at"], ines["channels"]) == ('Tomás "Tom" Ek', 0, [])
    assert {change.by for change in history(cast, ines["id"])} == {"import"}
    # The same file again: nobody twice, nothing written.
    assert counts(takes_in(agent, sheet)) == (0, 0, 2)
    assert counts(takes_in(agent, sheet.replace(b"2026-02-03", b"2026-02-04"))) == (0, 1, 1)
    assert len(listed(agent, named=True)) == 2


def test_each_row_that_is_wrong_is_told_and_the_others_are_taken_in(server: InThread, cast: Cast) -> None:
    size = field(cast, "Size", "number")
    agent = server.agent(cast.maja)
    rows = [
        "Name,E-mail,Size",
        "Ines,ines@post.example,12",
        "Tom,no address,1",
        "Kim,kim@post.example,many",
        ",,7",
    ]
    state = takes_in(agent, "\n".join(rows).encode())
    assert (state["done"], state["count"], counts(state)) == (4, 4, (1, 0, 0))
    assert [fault["row"] for fault in state["faults"]] == [3, 4, 5]
    assert state["faults"][0]["words"].startswith("E-mail: This is not an e-mail address.")
    assert state["faults"][1]["words"].startswith("Size: This is not a number.")
    # Of a row that is refused nothing stays.
    assert [one["name"] for one in listed(agent, named=True)] == ["Ines"]
    assert listed(agent, field=size, value="12")[0]["name"] == "Ines"


def test_the_same_id_is_the_same_customer(server: InThread, cast: Cast) -> None:
    agent = server.agent(cast.maja)
    assert counts(takes_in(agent, b"Id,Name\n7,Ines\n8,Tom\n")) == (2, 0, 0)
    assert counts(takes_in(agent, b"Id,Name\n7,Ines Oliveira\n8,Tom\n")) == (0, 1, 1)
    # Who has a site's own id is not found by it: numbers of two programs are not one's.
    cast.ines.asks("Hello")
    assert counts(takes_in(agent, b"Id,Name\nines,Somebody Else\n")) == (1, 0, 0)
    assert seen_by(cast, cast.ines.id).name == "Ines Oliveira"


def test_without_id_and_address_the_same_row_is_nobody_new(server: InThread, cast: Cast) -> None:
    agent = server.agent(cast.maja)
    sheet = b"Name,Phone,Company\nIna Ek,070-123 45 67,Ek\nIna Ek,,\nIna Ek,,Other\n"
    assert counts(takes_in(agent, sheet)) == (3, 0, 0)
    assert counts(takes_in(agent, sheet)) == (0, 0, 3)


def test_what_was_given_out_comes_in_again_unchanged(server: InThread, cast: Cast) -> None:
    size, note = field(cast, "Size", "number"), field(cast, "Note")
    edits(
        cast, cast.maja, cast.ines.id, phone="+46 70 123 45 67", email="=1+1@post.example",
        about="=cmd|'/c calc'!A1\nand more", company_name="@SUM(1)", fields={size: "-12", note: "-"},
    )  # fmt: skip
    edits(cast, cast.maja, cast.lead.id, title='quo"ted; and, more')
    agent = server.agent(cast.maja)
    sheet = agent.get("/api/customers.csv").content
    state = takes_in(agent, sheet)
    assert (state["faults"], counts(state)) == ([], (0, 0, 2))


FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", " =1", '=HYPERLINK("https://evil.example")', "＝1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(server: InThread, cast: Cast, formula: str) -> None:
    own = field(cast, "Own")
    words = {"name": formula, "title": formula, "about": formula, "company_name": formula}
    edits(cast, cast.maja, cast.lead.id, **words, fields={own: formula})
    for row in given_out(server.agent(cast.maja)):
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "＝"))


def test_a_file_holds_whom_the_list_shows(
    server: InThread, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customer_sheets, "_PORTION", 3)
    agent = server.agent(cast.maja)
    made = "\n".join(["Name,City", *(f"Kim {number:02},x" for number in range(11))])
    takes_in(agent, made.encode())
    assert [row["Name"] for row in given_out(agent, order="name", q="kim")] == [
        f"Kim {number:02}" for number in range(11)
    ]
    asked = cast.ines.asks("Hello").conversation.id
    own, team = (
        cast.desk.write_now(labels.add, cast.maja.actor, name="Best", colour="rose", own=own)["label"].id
        for own in (True, False)
    )
    for label in (own, team):
        worn = {"conversation_id": asked, "label_id": label, "message_id": None, "on": True}
        cast.desk.write_now(labelling.put, cast.maja.actor, **worn)
    assert [row["Id"] for row in given_out(agent, label=team)] == [cast.ines.id]
    assert [one["id"] for one in listed(agent, label=own)] == [cast.ines.id]
    assert agent.get("/api/customers.csv", params={"label": own}).status_code == 422
    assert agent.get("/api/customers.csv", params={"label": "0" * 26}).status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"PK\x03\x04" + b"\0" * 100,
        b"\n\n",
        (",".join(f"c{number}" for number in range(101))).encode(),
    ],
)
def test_what_is_no_sheet_is_refused_and_not_kept(server: InThread, cast: Cast, content: bytes) -> None:
    answer = looks(server.agent(cast.maja), content)
    assert answer.status_code == 422
    assert "file" in answer.json()["error"]["fields"]
    folder = server.context.settings.data / "files"
    assert [path for path in folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_sheets_are_read_as_programs_write_them(
    server: InThread, cast: Cast, encoding: str, sign: str
) -> None:
    rows = [["Namn", "E-post"], ["Åsa Öberg", "asa@post.example"]]
    content = "\r\n".join(sign.join(row) for row in rows).encode(encoding)
    assert counts(takes_in(server.agent(cast.maja), content)) == (1, 0, 0)
    assert listed(server.agent(cast.maja), named=True)[0]["name"] == "Åsa Öberg"


def test_hostile_sheets_are_words(server: InThread, cast: Cast) -> None:
    agent = server.agent(cast.maja)
    rows = [
        b"Name,Name,,E-mail",
        b'"<script>alert(1)</script>",x,y,a@a.example',
        b"'; DROP TABLE customer; --,x,y,b@a.example",
        b"x" * 200_000 + b",x,y,c@a.example",
        b"too few",
        b"Kim,x,y,d@a.example,too,many",
        b'"never closed,x,y,e@a.example',
    ]
    told = looks(agent, b"\n".join(rows)).json()
    assert told["columns"] == ["Name", "Name (2)", "Column 3", "E-mail"]
    state = takes_in(agent, b"\n".join(rows))
    names = {one["name"] for one in listed(agent, named=True)}
    assert {"<script>alert(1)</script>", "; DROP TABLE customer; --", "too few", "Kim"} & names >= {
        "Kim",
        "too few",
    }
    assert state["done"] == state["count"]
    assert [fault["row"] for fault in state["faults"]]


def test_a_mapping_must_fit(server: InThread, cast: Cast) -> None:
    agent = server.agent(cast.maja)
    upload = looks(agent, b"Name,Mail,Third\nA,b@b.example,c\n").json()["upload_id"]
    for wrong in (
        {"Nobody": "name"},
        {"Name": "proven"},
        {"Name": "name", "Third": "name"},
        {"Third": "title"},
        {},
    ):
        answer = agent.post("/api/customers/import", json=command(upload_id=upload, mapping=wrong))
        assert answer.status_code == 422, wrong
    said = {"upload_id": upload, "mapping": {"Name": "name"}}
    assert agent.post("/api/customers/import", json=command(**said)).status_code == 201
    assert agent.post("/api/customers/import", json=command(**said)).status_code == 409
    gone = command(upload_id="0" * 26, mapping={"Name": "name"})
    assert agent.post("/api/customers/import", json=gone).status_code == 404


class Breaking:
    """A desk whose process dies again and again, just before and just after it has written."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.read = desk.read
        self.count = 0

    async def write(self, *given: Any) -> Any:
        self.count += 1
        if self.count % 4 == 2:
            raise RuntimeError("before")
        answer = await self.desk.write(*given)
        if self.count % 4 == 0:
            raise RuntimeError("after")
        return answer


def test_an_import_that_breaks_off_goes_on_where_it_was(
    server: InThread, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing twice and nothing left out, wherever it broke."""
    monkeypatch.setattr(intake, "_ROWS", 3)
    desk, stored = cast.desk, Files(server.context.settings.data / "files")
    sheet = "\n".join(["Name", *(f"Kim {number:02}" for number in range(10))]).encode()
    file = stored.keep(io.BytesIO(sheet), "a.csv", 10_000)
    desk.write_now(importing.upload, cast.maja.actor, "i" * 26, file.id, ["Name"], 10)
    said = {"upload_id": "i" * 26, "mapping": {"Name": "name"}}
    monkeypatch.setattr(importing, "a_job", lambda *_: importing_job())
    desk.write_now(importing.begin, cast.maja.actor, **said)
    job = intake.Intake(stored).handlers()[importing.JOB]
    breaking = Breaking(desk)

    async def until_done() -> int:
        for turn in range(20):
            try:
                await job(breaking, {"import_id": "i" * 26})  # type: ignore[arg-type]
                return turn
            except RuntimeError:
                continue
        raise AssertionError("it never ends")

    assert asyncio.run(until_done()) >= 2
    state = desk.read_now(importing.get, cast.maja.actor, "i" * 26)
    assert (state.made, state.done, state.finished) == (10, 10, True)
    assert len(listed(server.agent(cast.maja), named=True)) == 10
    # Done is done, and of the file nothing is left.
    asyncio.run(until_done())
    assert not stored.path(file.id).exists()


def importing_job() -> Any:
    """One that nobody runs."""
    return Job("never", "forget_uploads", b"{}", 2**50)


def test_what_nobody_takes_in_is_forgotten_after_a_day(server: InThread, cast: Cast) -> None:
    agent = server.agent(cast.maja)
    looks(agent, b"Name\nKim\n")
    assert cast.desk.write_now(importing.forgotten) == []
    later = cast.desk.read_now(lambda view: view.now) + 25 * 3_600_000
    assert len(cast.desk.write_now(importing.forgotten, at=later)) == 1
    assert cast.desk.write_now(importing.forgotten, at=later) == []


def test_a_sheet_of_one_long_line_is_read_in_bounded_time(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"Name\n" + b'"' * 3_000_001 + b"\nKim\n")
    began = time.monotonic()
    names, _, count = sheets.counted(path, 5)
    assert names == ["Name"]
    assert count >= 1
    assert time.monotonic() - began < 5
    path.write_bytes(b"\n")
    with pytest.raises(Invalid):
        sheets.counted(path, 5)
