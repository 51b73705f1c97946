"""Transactions: what verbs write through and reads read through."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import sqlalchemy
from sqlalchemy import Select, bindparam, select, update

from frontdesk.base.log import Event, Fact, as_fact, erased, numbered
from frontdesk.base.sql import Prepared, compiled, insert_if_new
from frontdesk.base.tables import command, fact, job, log_head

T = TypeVar("T")
Row = tuple[Any, ...]

_HEAD = Prepared(select(log_head.c.seq))
# On PostgreSQL the group holds this row since its beginning: the order of numbers is that of commits.
_TAKE = Prepared(update(log_head).values(seq=log_head.c.seq + bindparam("count")).returning(log_head.c.seq))
_WRITE_FACT = Prepared(fact.insert())
_WRITE_JOB = insert_if_new(job)
_FIND_ANSWER = Prepared(
    select(command.c.body, command.c.result, command.c.at).where(
        command.c.actor == bindparam("actor"), command.c.client_id == bindparam("client_id")
    )
)
_WRITE_ANSWER = Prepared(command.insert())


class Cursor(Protocol):
    rowcount: int

    def execute(self, sql: Any, params: Any = ...) -> Any: ...
    def executemany(self, sql: Any, params: Any) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def fetchone(self) -> Any: ...


class Engine(Protocol):
    """What differs between the databases."""

    dialect: str
    begin: tuple[str, ...]

    def claim(self) -> None:
        """Makes sure that nobody else writes who must not. Raises Conflict."""

    def release(self) -> None: ...

    def writer(self) -> Any:
        """A connection that commits only when told to."""

    def reader(self) -> Any:
        """A connection that can change nothing."""

    def begin_read(self) -> str: ...
    def announce(self, cursor: Cursor, seq: int) -> None:
        """Wake the other processes when this transaction commits."""

    def scrub(self, connection: Any, first: Sequence[str]) -> None:
        """Nothing that was deleted can be read in the database's files any more, as far as that can be done.
        `connection` is the writer's, between two transactions; SQLite runs the statements `first` before.
        """

    def must_retry(self, error: Exception) -> bool: ...
    def is_away(self, error: Exception) -> bool: ...
    def is_full(self, error: Exception) -> bool: ...
    def migrating(self) -> sqlalchemy.Engine:
        """A door for migrations, which alone use SQLAlchemy to run what they say."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work to be done after the commit, or at `run_at`. A second job with the same id is the same job."""

    id: str
    kind: str
    data: bytes
    run_at: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command with this body was answered."""

    body: str
    result: str
    at: int


class Reading:
    """A consistent view of the database."""

    __slots__ = ("cursor", "dialect", "now")

    def __init__(self, cursor: Cursor, dialect: str, now: int) -> None:
        self.cursor = cursor
        self.dialect = dialect
        self.now = now

    def execute(self, statement: Prepared | Select[Any], params: Mapping[str, Any]) -> Cursor:
        if isinstance(statement, Prepared):
            found = statement.of(self.dialect)
        else:
            found = compiled(statement, self.dialect)
        self.cursor.execute(found.text, found.bound(params))
        return self.cursor

    def all(self, statement: Prepared | Select[Any], **params: Any) -> list[Row]:
        return self.execute(statement, params).fetchall()

    def first(self, statement: Prepared | Select[Any], **params: Any) -> Row | None:
        cursor = self.execute(statement, params)
        row: Row | None = cursor.fetchone()
        cursor.fetchall()
        return row

    def value(self, statement: Prepared | Select[Any], **params: Any) -> Any:
        row = self.first(statement, **params)
        return None if row is None else row[0]

    def head(self) -> int:
        """The newest number of the log, as this view sees it."""
        return int(self.value(_HEAD))


class Tx(Reading):
    """A transaction. Verbs write, emit and enqueue through it; only the writer commits it."""

    __slots__ = ("_answers", "_facts", "_jobs", "_trusts")

    def __init__(self, cursor: Cursor, dialect: str, now: int, *, trusts: bool = False) -> None:
        """`trusts`: no command of the group was answered before; where one was, writing the answers fails."""
        super().__init__(cursor, dialect, now)
        self._trusts = trusts
        self._facts: list[Fact] = []
        self._jobs: list[Job] = []
        self._answers: dict[tuple[str, str], Answer] = {}

    def run(self, statement: Prepared, **params: Any) -> int:
        """Rows touched."""
        return self.execute(statement, params).rowcount

    def emit(self, event: Event) -> None:
        # Written down at once: what cannot be is the verb's own failure, not that of the whole group.
        self._facts.append(as_fact(event, 0, self.now))

    def unsay(self, is_gone: Callable[[Fact], bool]) -> None:
        """What was told in this group and is not written yet says nothing any more."""
        self._facts = [erased(one) if is_gone(one) else one for one in self._facts]

    def enqueue(self, job: Job) -> None:
        self._jobs.append(job)

    def keep_answer(self, actor: str, client_id: str, answer: Answer) -> None:
        """Written with those of the whole group, in one go; until then `find_answer` has it."""
        self._answers[actor, client_id] = answer

    def find_answer(self, actor: str, client_id: str) -> Answer | None:
        kept = self._answers.get((actor, client_id))
        if kept is not None or self._trusts:
            return kept
        row = self.first(_FIND_ANSWER, actor=actor, client_id=client_id)
        return None if row is None else Answer(*row)

    def write_answers(self) -> None:
        """Before somebody asks the table."""
        rows = [
            {"actor": actor, "client_id": id, "body": one.body, "result": one.result, "at": one.at}
            for (actor, id), one in self._answers.items()
        ]
        self._answers.clear()
        self.many(_WRITE_ANSWER, rows)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A savepoint: what the block did, its facts and jobs included, is undone when it raises."""
        kept = len(self._facts), len(self._jobs)
        # What was answered before is of no attempt that fails now.
        self.write_answers()
        self.cursor.execute("SAVEPOINT verb")
        try:
            yield
        except BaseException:
            self.cursor.execute("ROLLBACK TO SAVEPOINT verb")
            self.cursor.execute("RELEASE SAVEPOINT verb")
            del self._facts[kept[0] :], self._jobs[kept[1] :]
            self._answers.clear()
            raise
        self.cursor.execute("RELEASE SAVEPOINT verb")

    def number(self, react: Callable[[Fact], Iterable[Job]], follow: "Follow") -> list[Fact]:
        """Give what was emitted its numbers and write it, with the jobs and the rows that follow from it."""
        self.write_answers()
        facts: list[Fact] = []
        if self._facts:
            first = int(self.value(_TAKE, count=len(self._facts))) - len(self._facts) + 1
            facts = [numbered(one, first + n) for n, one in enumerate(self._facts)]
            self.many(_WRITE_FACT, [_fact_row(one) for one in facts])
            follow(self, facts)
        jobs = [*self._jobs, *(job for one in facts for job in react(one))]
        self.many(_WRITE_JOB, [_job_row(one, self.now) for one in jobs])
        return facts

    def many(self, statement: Prepared, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        found = statement.of(self.dialect)
        bound = [found.bound(row) for row in rows]
        if found.row is None:
            self.cursor.executemany(found.text, bound)
            return
        for text, values in found.together(bound):
            self.cursor.execute(text, values)


# Writes what is kept beside facts, in their transaction; may not raise, or the whole group falls.
Follow = Callable[[Tx, list[Fact]], None]


def _fact_row(one: Fact) -> dict[str, Any]:
    return {
        "seq": one.seq,
        "at": one.at,
        "kind": one.kind,
        "conversation_id": one.conversation_id,
        "customer_id": one.customer_id,
        "audience": one.audience,
        "data": one.data.decode(),
    }


def _job_row(one: Job, now: int) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "data": one.data.decode(),
        "run_at": one.run_at or now,
        "tries": 0,
        "claimed_until": 0,
        "parked_at": None,
        "fault": None,
    }
