"""What takes minutes, on threads that wait for everything else."""

from collections.abc import Callable

from frontdesk.base.clock import now_ms
from frontdesk.base.threads import wait_for_others
from frontdesk.suggest import history
from frontdesk.suggest.engine import Engine
from frontdesk.suggest.learning import Answered
from frontdesk.suggest.model import Report


def fitted(engine: Engine, asked: list[Answered]) -> None:
    wait_for_others()
    engine.fit([(engine.embed(one.turns, one.origin), one.passage_id) for one in asked])


def replayed(known: history.Known, make: Callable[[], Engine], bar: float) -> Report:
    wait_for_others()
    return history.report(known, make, bar, now_ms(), lambda done, all: None)
