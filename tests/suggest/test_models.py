"""Another language model is chosen: everything is read anew beside the chat, without a gap or a loss."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select
from tests.cast import Cast
from tests.databases import Database
from tests.know import second_model
from tests.serving import eventually
from tests.suggest.knowing import a_passage, learn_website
from tests.suggest.test_proposals import met, ready, sends, suggested, suggesting, under, was_read

from frontdesk.base.desk import Desk
from frontdesk.base.errors import Refused
from frontdesk.know import models, passages
from frontdesk.know.encoders import Encoders
from frontdesk.know.model import SHIPPED
from frontdesk.know.tables import vector
from frontdesk.suggest import anew, feedback, report, succession
from frontdesk.suggest import proposer as proposing
from frontdesk.suggest.proposer import Proposer
from frontdesk.suggest.tables import question


def learn(desk: Desk, cast: Cast) -> None:
    """A desk that shows what it finds, however sure: what is found is what is asked here."""
    learn_website(desk)
    desk.write_now(report.move_bar, cast.maja.actor, bar=0.01)


def choose(desk: Desk, cast: Cast, name: str) -> None:
    desk.write_now(models.choose, cast.maja.actor, name=name)


def engines(desk: Desk) -> list[str]:
    return [row[0] for row in desk.read_now(lambda view: view.all(select(question.c.engine).order_by("at")))]


def encoders_of_vectors(desk: Desk) -> set[str]:
    return {row[0] for row in desk.read_now(lambda view: view.all(select(vector.c.encoder)))}


def size(proposer: Proposer) -> int:
    return 0 if proposer.engine is None else proposer.engine.encoder.size


@contextmanager
def held(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> Iterator[threading.Event]:
    """A call waits until the event is set; whatever happens, it goes on at the end."""
    go_on, real = threading.Event(), getattr(module, name)

    def waits(*args: Any) -> Any:
        assert go_on.wait(30)
        return real(*args)

    monkeypatch.setattr(module, name, waits)
    try:
        yield go_on
    finally:
        go_on.set()


async def test_another_model_takes_over_without_a_gap(
    desk: Desk, database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    second_model.put(database.folder)
    learn(desk, cast)
    with held(monkeypatch, anew, "embedded") as reading, held(monkeypatch, succession, "teach") as teaching:
        async with suggesting(desk, database) as proposer:
            await ready(proposer, 5)
            asked = cast.ines.writes("How long does delivery within Sweden take?")
            first = (await suggested(cast.maja, asked))[0]
            desk.write_now(feedback.reject, cast.maja.actor, suggestion_id=first.id)
            sends(cast.maja, asked, "One to three days.")

            choose(desk, cast, "shorter")
            await eventually(lambda: desk.read_now(models.current).count == 5, seconds=20)
            now = desk.read_now(models.current)
            assert (now.used, now.next, now.done, now.fault) == (SHIPPED, "shorter", 0, None)
            other = cast.lead.writes("Is the travel press safe in the dishwasher?")
            assert await met(cast.maja, other, "Dishwasher") == under(cast.maja, other)[0]

            reading.set()
            await eventually(lambda: desk.read_now(models.current).used == "shorter", seconds=20)
            # The next engine is being taught; this one goes on, and what comes now reaches both.
            text = "The blue kettle holds two litres and whistles when the water boils."
            added = desk.write_now(passages.add, [a_passage("Kettle", text, "website")])
            await ready(proposer, 6)
            third = cast.ines.writes("How many litres does the blue kettle hold?", start="k" * 20)
            assert (await met(cast.maja, third, "Kettle")).passage_id == added[0]
            assert under(cast.maja, third)[0].passage_id == added[0]
            assert size(proposer) == 384

            teaching.set()
            await eventually(lambda: size(proposer) == second_model.SIZE, seconds=20)
            await ready(proposer, 6)
            fourth = cast.lead.writes("Which burrs are in the K2 grinder?", start="b" * 20)
            assert (await suggested(cast.maja, fourth))[0].origins[0].title == "Burrs"
            again = cast.lead.writes("How long does the delivery within Sweden take?", start="d" * 20)
            await eventually(lambda: was_read(desk, again), seconds=20)
            assert first.passage_id not in [one.passage_id for one in under(cast.maja, again)], (
                "it was rejected"
            )
    assert [one.split()[1] for one in engines(desk)] == [*[SHIPPED] * 3, "shorter", "shorter"]
    _forget_the_old(desk)


def _forget_the_old(desk: Desk) -> None:
    name = next(one for one in encoders_of_vectors(desk) if one != SHIPPED)
    assert desk.write_now(models.forget_others, "other", "other") is False, "only what is not used any more"
    assert desk.write_now(models.forget_others, "shorter", name) is True
    assert desk.write_now(models.forget_others, "shorter", name) is False
    assert encoders_of_vectors(desk) == {name}


async def test_after_a_start_it_is_the_one_chosen_and_knows_what_was_learnt(
    desk: Desk, database: Database, cast: Cast
) -> None:
    second_model.put(database.folder)
    learn(desk, cast)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        first = (await suggested(cast.maja, asked))[0]
        desk.write_now(feedback.reject, cast.maja.actor, suggestion_id=first.id)
        sends(cast.maja, asked, "One to three days.")
        choose(desk, cast, "shorter")
        await eventually(lambda: size(proposer) == second_model.SIZE, seconds=30)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        assert size(proposer) == second_model.SIZE
        again = cast.lead.writes("How long does the delivery within Sweden take?")
        await eventually(lambda: was_read(desk, again), seconds=20)
        assert first.passage_id not in [one.passage_id for one in under(cast.maja, again)]


async def test_a_model_that_breaks_before_it_is_used_changes_nothing(
    desk: Desk, database: Database, cast: Cast
) -> None:
    folder = second_model.put(database.folder)
    learn(desk, cast)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        (folder / "model.onnx").write_bytes(b"broken")
        choose(desk, cast, "shorter")
        await eventually(lambda: desk.read_now(models.current).fault is not None, seconds=20)
        now = desk.read_now(models.current)
        assert (now.used, now.next, now.is_off) == (SHIPPED, None, False)
        assert str(now.fault).startswith("The language model shorter cannot be read.")
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        assert (await suggested(cast.maja, asked))[0].origins[0].title == "Delivery"


async def test_a_model_that_vanished_is_told_and_another_one_helps(
    desk: Desk, database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposing, "_FORGOTTEN", 0.05)
    folder = second_model.put(database.folder)
    learn(desk, cast)
    name = Encoders(database.folder / "models").open("shorter").name
    choose(desk, cast, "shorter")
    async with suggesting(desk, database) as proposer:
        await eventually(lambda: size(proposer) == second_model.SIZE, seconds=30)
        assert proposer.engine is not None
        assert proposer.engine.encoder.name == name
    shutil.rmtree(folder)
    async with suggesting(desk, database):
        await eventually(lambda: desk.read_now(models.current).is_off, seconds=20)
        assert "There is no language model shorter" in str(desk.read_now(models.current).fault)
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        choose(desk, cast, SHIPPED)
        assert (await suggested(cast.maja, asked))[0].origins[0].title == "Delivery"
    now = desk.read_now(models.current)
    assert (now.used, now.next, now.fault, now.is_off) == (SHIPPED, None, None, False)


def test_only_admins_choose_and_may_change_their_mind(desk: Desk, cast: Cast) -> None:
    with pytest.raises(Refused):
        desk.write_now(models.choose, cast.oskar.actor, name="shorter")
    choose(desk, cast, "shorter")
    choose(desk, cast, "other")
    assert desk.write_now(models.progress, "shorter", 1, 2) is False
    assert desk.write_now(models.switch, "shorter", "shorter 1") is True
    assert desk.read_now(models.current).next == "other"
    choose(desk, cast, SHIPPED)
    assert desk.read_now(models.current) == models._FRESH
