"""Merges in any order, undone in any order, and at once: one customer, no circle, nothing lost."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import select
from tests import databases
from tests.cast import play
from tests.databases import Cluster, Database
from tests.serving import opened
from tests.talk.counting import assert_adds_up
from tests.talk.test_joining import joins, parts

from frontdesk.base.desk import Desk
from frontdesk.base.errors import Invalid
from frontdesk.base.ids import new_id
from frontdesk.people import merging
from frontdesk.people.tables import visitor_token
from frontdesk.talk import joining
from frontdesk.talk.tables import conversation, message


async def test_two_at_once(database: Database, open_desk: Callable[[], Desk]) -> None:
    desks = [open_desk() for _ in range(1 if database.url is None else 2)]
    cast = play(desks[0])
    for _ in range(10):
        pair = [cast.stranger().id for _ in range(2)]
        ways = (pair, pair[::-1], pair)
        done = await asyncio.gather(
            *(
                desks[at % len(desks)].write(joining.join, cast.maja.actor, customer_id=one, into=other)
                for at, (one, other) in enumerate(ways)
            ),
            return_exceptions=True,
        )
        assert sum(isinstance(one, dict) for one in done) == 1
        assert sum(isinstance(one, Invalid) for one in done) == 2
        assert len({cast.desk.read_now(merging.last, one).id for one in pair}) == 1
    assert_adds_up(cast.desk)


class Merges(RuleBasedStateMachine):
    """Who is whom is kept by hand beside it."""

    def __init__(self, database: Database, drop: Callable[[], object]) -> None:
        super().__init__()
        self.drop = drop
        self.desk = opened(database)
        self.cast = play(self.desk)
        self.people = [self.cast.stranger() for _ in range(5)]
        self.ids = [one.id for one in self.people]
        self.said = {one.asks(f"From {at}").message.id: at for at, one in enumerate(self.people)}
        self.into: dict[int, int] = {}
        self.merges: list[tuple[str, int]] = []

    def now(self, at: int) -> int:
        while at in self.into:
            at = self.into[at]
        return at

    @rule(one=st.integers(0, 4), other=st.integers(0, 4))
    def two_become_one(self, one: int, other: int) -> None:
        gone, kept = self.now(one), self.now(other)
        if gone == kept:
            with pytest.raises(Invalid):
                joins(self.cast, self.ids[one], self.ids[other])
            return
        self.merges.append((joins(self.cast, self.ids[one], self.ids[other]), gone))
        self.into[gone] = kept

    @rule(which=st.integers(0, 30))
    def one_is_undone(self, which: int) -> None:
        if self.merges:
            merge, gone = self.merges.pop(which % len(self.merges))
            parts(self.cast, merge)
            del self.into[gone]

    @rule(who=st.integers(0, 4))
    def somebody_writes(self, who: int) -> None:
        said = self.people[who].writes("More", start=new_id())
        self.said[said.message.id] = who

    def teardown(self) -> None:
        try:
            self.is_right()
        finally:
            self.desk.close()
            self.drop()

    @rule()
    def is_right(self) -> None:
        for at, id in enumerate(self.ids):
            now = self.ids[self.now(at)]
            assert self.desk.read_now(merging.last, id).id == now
        assert set(self.desk.read_now(_messages)) == set(self.said)
        whose = dict(self.desk.read_now(_owned))
        ends = {self.ids[self.now(at)] for at in range(5)}
        assert set(whose.values()) <= ends
        assert {self.desk.read_now(merging.last, one).id for one in self.ids} == ends
        tokens = dict(self.desk.read_now(_tokens))
        for at, one in enumerate(self.people):
            assert tokens[one.digest] in ends
            if self.into.get(at) is None and at not in self.into.values():
                assert tokens[one.digest] == self.ids[at]
        assert_adds_up(self.desk)


def _messages(view: object) -> list[str]:
    return [id for (id,) in view.all(select(message.c.id))]  # type: ignore[attr-defined]


def _owned(view: object) -> list[tuple[str, str]]:
    return view.all(select(conversation.c.id, conversation.c.customer_id))  # type: ignore[attr-defined, no-any-return]


def _tokens(view: object) -> list[tuple[str, str]]:
    return view.all(select(visitor_token.c.digest, visitor_token.c.customer_id))  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_in_any_order(
    kind: str, request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def machine() -> Merges:
        folder = tmp_path_factory.mktemp("merges")
        if kind == "sqlite":
            (folder / "frontdesk.db").write_bytes(databases.migrated_file(shared).read_bytes())
            return Merges(Database(folder), lambda: None)
        cluster: Cluster = request.getfixturevalue("cluster")
        making = cluster.database(folder)
        return Merges(making.__enter__(), lambda: making.__exit__(None, None, None))

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15 if kind == "sqlite" else 5,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
