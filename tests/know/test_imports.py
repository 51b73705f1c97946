"""Conversations from before the desk."""

import io
import json
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast
from tests.databases import Database
from tests.know.teaching import learn_all, learnt, texts

from frontdesk import cli
from frontdesk.base.desk import Desk
from frontdesk.know import imports
from frontdesk.know.imports import BadLine, Counts, Imported
from frontdesk.know.intake import Intake
from frontdesk.know.tables import exchange, identifier, imported

ANSWER = "The delivery to Norway takes three to five working days, and you can follow it."


def raw(id: str = "1", answer: str = ANSWER, **more: Any) -> dict[str, Any]:
    turns = [
        {"by": "customer", "text": "How long does it take to Norway?"},
        {"by": "agent", "text": answer, "agent": "Oskar Berg"},
    ]
    return {"id": id, "at": "2024-03-05T09:12:00+01:00", "turns": turns, **more}


def written(path: Path, *rows: Any) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
    return path


def take_in(desk: Desk, path: Path) -> tuple[bool, list[str], list[str]]:
    said: list[str] = []
    wrong: list[str] = []
    intake = Intake(desk, lambda line, last: said.append(line) if last else None, wrong.append)
    with path.open("rb") as file:
        return intake.conversations(file), said, wrong


def test_they_are_learnt_from_and_shown_nowhere(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    is_well, said, wrong = take_in(desk, written(tmp_path / "old.jsonl", raw()))
    assert (is_well, wrong) == (True, [])
    assert said == [
        "Conversations: 1 new, 0 changed, 0 as they were.",
        "Learnt from 1 imported conversations.",
    ]
    (one,) = learnt(desk)
    assert one.text == ANSWER
    assert one.at == 1_709_626_320_000
    assert (one.conversation_id, one.message_id, one.agent_id) == (None, None, None)
    assert cast.maja.sees("unassigned") == cast.maja.sees("unassigned", closed=True) == []


def test_again_makes_no_doubles(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path / "old.jsonl", raw("1"), raw("2", ANSWER.replace("Norway", "Finland")))
    take_in(desk, path)
    before = learnt(desk)
    _, said, _ = take_in(desk, path)
    assert said[0] == "Conversations: 0 new, 0 changed, 2 as they were."
    assert learnt(desk) == before


def test_other_content_takes_the_place(desk: Desk, tmp_path: Path) -> None:
    take_in(desk, written(tmp_path / "old.jsonl", raw("1")))
    _, said, _ = take_in(
        desk, written(tmp_path / "new.jsonl", raw("1", "Norway is not served at the moment, sadly."))
    )
    assert said[0] == "Conversations: 0 new, 1 changed, 0 as they were."
    assert texts(desk) == ["Norway is not served at the moment, sadly."]


def test_wrong_lines_are_named_and_skipped(desk: Desk, tmp_path: Path) -> None:
    rows = [
        raw("1"),
        "{not json",
        "[1, 2]",
        {"at": 1, "turns": [{"by": "agent", "text": "x"}]},
        {"id": "4", "at": "yesterday", "turns": [{"by": "agent", "text": "x"}]},
        {"id": "5", "at": 1, "turns": []},
        {"id": "6", "at": 1, "turns": [{"by": "robot", "text": "x"}]},
        {"id": "7", "at": 1, "turns": [{"by": "agent"}]},
        "",
        raw("9", at=1_700_000_000_000),
    ]
    is_well, said, wrong = take_in(desk, written(tmp_path / "old.jsonl", *rows))
    assert not is_well
    assert said[0] == "Conversations: 2 new, 0 changed, 0 as they were; 7 lines skipped."
    assert wrong == [
        "line 2: is not JSON",
        "line 3: is not an object",
        'line 4: has no "id"',
        'line 5: "at" is no time: ISO 8601 or milliseconds since 1970',
        'line 6: has no "turns"',
        'line 7: turn 1 has no "by" that is "customer" or "agent"',
        'line 8: turn 1 has no "text"',
    ]


def test_many_wrong_lines_are_counted(desk: Desk, tmp_path: Path) -> None:
    _, _, wrong = take_in(desk, written(tmp_path / "old.jsonl", *(["nonsense"] * 30)))
    assert wrong[-2:] == ["line 20: is not JSON", "and 10 more lines like these"]


def test_a_line_without_end_is_skipped() -> None:
    file = io.BytesIO(b'{"id": "' + b"x" * (imports.LONGEST_LINE + 9) + b'"}\n' + json.dumps(raw()).encode())
    (_, _, wrong), (_, done, fine) = imports.lines(file)
    assert isinstance(wrong, BadLine)
    assert isinstance(fine, Imported)
    assert done == len(file.getvalue())


def test_a_line_for_the_editors_mark_and_the_windows_end() -> None:
    file = io.BytesIO(b"\xef\xbb\xbf" + json.dumps(raw()).encode() + b"\r\n\r\n")
    assert [type(found) for _, _, found in imports.lines(file)] == [Imported]


def test_the_customers_name_is_taken_out(desk: Desk, tmp_path: Path) -> None:
    told = raw(
        "1",
        "Of course Tavorin, the label for Thrapsby is in the box with the goods.",
        customer="Tavorin Thrapsby",
    )
    take_in(desk, written(tmp_path / "old.jsonl", told))
    assert texts(desk) == ["Of course, the label for ⟦name⟧ is in the box with the goods."]


def test_broken_off_it_goes_on(desk: Desk, tmp_path: Path) -> None:
    rows = [raw(str(number), ANSWER.replace("three", str(number))) for number in range(450)]
    path = written(tmp_path / "old.jsonl", *rows)
    parts = imports.lines(io.BytesIO(path.read_bytes()))
    first = [
        found for _, (_, _, found) in zip(range(230), parts, strict=False) if isinstance(found, Imported)
    ]
    assert desk.write_now(imports.put, first) == Counts(230, 0, 0)
    _, said, _ = take_in(desk, path)
    assert said[0] == "Conversations: 220 new, 0 changed, 230 as they were."
    assert desk.read_now(imports.count) == 450


def test_erasing_a_customer_erases_their_imported_past(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    mine, other = raw("1"), raw("2", ANSWER.replace("Norway", "Finland"))
    mine["turns"].append({"by": "customer", "text": "Write to tavorin@mail.example then"})
    take_in(desk, written(tmp_path / "old.jsonl", mine, other))
    ines = cast.ines
    desk.write_now(imports.identifiers.note_written, ines.id, "I am tavorin@mail.example")
    desk.write_now(imports.forget_customer, ines.id)
    assert texts(desk) == [other["turns"][1]["text"]]
    assert [row[0] for row in desk.read_now(lambda view: view.all(imported.select()))] == ["2"]
    assert desk.read_now(lambda view: view.all(identifier.select())) == []
    assert len(desk.read_now(lambda view: view.all(exchange.select()))) == 1


def test_from_the_command_line(sqlite: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "old.jsonl", raw("1"), "nonsense")
    with pytest.raises(SystemExit) as ended:
        cli.main(["import", "conversations", str(path), "--data", str(sqlite.folder)])
    assert ended.value.code == 1
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "Conversations: 1 new, 0 changed, 0 as they were; 1 lines skipped.",
        "Learnt from 1 imported conversations.",
    ]
    assert told.err == "line 2: is not JSON\n"
    with pytest.raises(SystemExit, match="There is no file"):
        cli.main(["import", "conversations", str(tmp_path / "none"), "--data", str(sqlite.folder)])


class Endless(io.RawIOBase):
    """A gigabyte of lines that nobody has to store."""

    def __init__(self, size: int) -> None:
        line = json.dumps(raw("x", ANSWER * 50)).encode() + b"\n"
        self._lines: Iterator[bytes] = (line for _ in range(size // len(line)))

    def readline(self, _: int | None = -1) -> bytes:
        return next(self._lines, b"")


def test_a_large_file_needs_no_memory() -> None:
    tracemalloc.start()
    before = time.monotonic()
    count = sum(1 for _ in imports.lines(Endless(50_000_000)))  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count > 10_000
    assert peak < 5_000_000
    assert time.monotonic() - before < 60


def test_both_pasts_are_learnt_together(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    asked = cast.ines.asks("How long does it take to Norway by boat?")
    cast.oskar.answers(asked, ANSWER)
    cast.oskar.closes(asked)
    take_in(desk, written(tmp_path / "old.jsonl", raw()))
    learn_all(desk)
    (one,) = learnt(desk)
    assert one.votes == 2
