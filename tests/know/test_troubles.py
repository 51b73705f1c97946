"""What can go wrong beneath the reading: the model's file, the disk. Plain words, and nothing is lost."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.base.test_writer import FULL, Failing
from tests.cast import Cast
from tests.databases import Database
from tests.know.reading import added, pages, read
from tests.know.web import Web
from tests.serving import eventually, opened
from tests.suggest.knowing import learn_website
from tests.suggest.test_proposals import suggested, suggesting

from frontdesk.base.desk import Desk
from frontdesk.know import encoder, learn, models, rounds, sources
from frontdesk.know.learn import Learning
from frontdesk.reactions import react
from frontdesk.suggest import proposer as proposing


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposing, "_FORGOTTEN", 0.05)
    monkeypatch.setattr(learn, "_ROOM_LOOKED_FOR_EVERY", 0.05)


@pytest.mark.parametrize(("content", "why"), [(b"half a model", "is damaged"), (None, "is missing")])
async def test_an_unreadable_model_is_told_and_messages_go_on(
    desk: Desk,
    database: Database,
    cast: Cast,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    impatient: None,
    content: bytes | None,
    why: str,
) -> None:
    there = encoder._model_file()
    broken = tmp_path / "model.onnx"
    if content is not None:
        broken.write_bytes(content)
    monkeypatch.setattr(encoder, "_model_file", lambda: broken)
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await eventually(lambda: desk.read_now(models.current).is_off)
        told = desk.read_now(models.current)
        assert told.fault is not None
        assert why in told.fault
        assert "Install Frontdesk again." in told.fault
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        cast.maja.answers(asked, "Three days.")
        cast.ines.writes("And elsewhere in Europe, how long does delivery take?", asked)
        assert proposer.engine is None
        shutil.copyfile(there, broken)
        assert (await suggested(cast.maja, asked))[0].origins[0].title == "Delivery"
    now = desk.read_now(models.current)
    assert (now.is_off, now.fault) == (False, None)


async def test_a_full_disk_holds_a_reading_up(
    database: Database, learning: Learning, web: Web, impatient: None
) -> None:
    """Refused by the database while there is no room; the reading goes on by itself."""
    desk = Desk(engine := Failing(database.engine(), FULL[database.kind]), react)
    try:
        id = added(desk, web)
        for n in range(12):
            web.at[f"/{n}"].delay = 0.05
        running = asyncio.create_task(read(desk, learning, id))
        for _ in range(3):
            await eventually(lambda: not engine.armed and bool(pages(desk, web)))
            engine.armed = True
            await asyncio.sleep(0.1)
        source = await running
        assert (source.state, source.fault, source.counts.read) == ("read", None, 13)
    finally:
        desk.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small disk can only be made by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


async def test_a_disk_without_room_is_noticed_and_so_is_room(
    sqlite: Database, small_disk: Path, learning: Learning, web: Web, impatient: None
) -> None:
    shutil.copyfile(sqlite.folder / "frontdesk.db", small_disk / "frontdesk.db")
    desk = opened(Database(small_disk))
    ballast = small_disk / "ballast"
    try:
        id = added(desk, web)
        for n in range(12):
            web.at[f"/{n}"].delay = 0.1
        running = asyncio.create_task(read(desk, learning, id))
        await eventually(lambda: bool(pages(desk, web)))
        fill(ballast)
        await eventually(lambda: desk.writer.is_full, seconds=20)
        assert await desk.is_full()
        assert not running.done()
        assert desk.read_now(sources.get, id).state == "reading"
        ballast.unlink()
        source = await running
        assert (source.state, source.fault, source.counts.read) == ("read", None, 13)
        assert not await desk.is_full()
    finally:
        desk.close()


def fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        for size in (64 * 1024, 4096, 256):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue


async def test_what_breaks_is_told_and_not_read_for_ever(
    desk: Desk, learning: Learning, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = added(desk, web)
    await read(desk, learning, id)

    async def breaks(*_: Any) -> None:
        raise ValueError("nobody thought of this")

    monkeypatch.setattr(learning, "_website", breaks)
    desk.write_now(sources.begin_round, id)
    round = desk.read_now(sources.round_of, id)
    desk.write_now(rounds.begin, id, round)
    source = await read(desk, learning, id)
    assert (source.state, source.passages) == ("failed", 13)
    assert source.fault == "could not be read: something broke here, and was written down"
