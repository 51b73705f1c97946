"""From one language model to another without a gap: the next engine is filled and taught beside the first."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

import orjson

from frontdesk.base.db import Reading
from frontdesk.base.desk import Desk
from frontdesk.base.log import Fact
from frontdesk.base.memory import give_back
from frontdesk.base.threads import wait_for_others
from frontdesk.know import vectors
from frontdesk.know.model import Passage
from frontdesk.know.vectors import Vectors
from frontdesk.suggest import learning
from frontdesk.suggest.engine import Engine
from frontdesk.suggest.learning import Answered, Given

logger = logging.getLogger(__name__)

_PORTION = 2_000


@dataclass(slots=True)
class Made:
    """`upto`: the number in the log of the newest feedback that it learnt from."""

    engine: Engine
    passages: dict[str, Passage] = field(default_factory=dict)
    upto: int = 0


class Successor:
    """Is made on a thread of its own. `facts`: what the log brought meanwhile; `ready` is called after."""

    def __init__(self, desk: Desk, make: Callable[[], Engine], name: str, ready: Callable[[], None]) -> None:
        self.name = name
        self.facts: list[Fact] = []
        self._thread = ThreadPoolExecutor(1, "frontdesk-next-engine", wait_for_others)
        loop = asyncio.get_running_loop()
        self._making = loop.run_in_executor(self._thread, _made, desk, make)
        self._making.add_done_callback(lambda _: ready())

    def is_done(self) -> bool:
        return self._making.done()

    def made(self) -> Made | None:
        """None: it could not be made, and the one before goes on."""
        self._thread.shutdown(wait=False)
        try:
            return self._making.result()
        except Exception:
            logger.exception("the engine of %s could not be made", self.name)
            return None

    async def stop(self) -> None:
        self._thread.shutdown(wait=True)
        await asyncio.gather(self._making, return_exceptions=True)


def _made(desk: Desk, make: Callable[[], Engine]) -> Made:
    made = Made(make())

    def put(engine: Engine, items: list[tuple[Passage, Vectors]]) -> None:
        made.passages |= {one.id: one for one, _ in items}
        engine.put(items)

    fill(desk, made.engine, put)
    made.upto = teach(desk, made.engine)
    return made


def fill(desk: Desk, engine: Engine, put: Callable[[Engine, list[tuple[Passage, Vectors]]], None]) -> None:
    """With everything that has its vectors, in portions."""

    def everything(view: Reading) -> None:
        known = vectors.all_ready(view, engine.encoder.name, engine.encoder.size)
        while portion := list(islice(known, _PORTION)):
            put(engine, portion)

    desk.read_now(everything)
    give_back()


def teach(desk: Desk, engine: Engine) -> int:
    """Everything that was ever judged, from the beginning; the number in the log up to which it was."""
    upto, given, history = desk.read_now(_taught)
    for one in given:
        learning.apply(engine, one)
    engine.fit([(engine.embed(one.turns, one.origin), one.passage_id) for one in history])
    return upto


def _taught(view: Reading) -> tuple[int, list[Given], list[Answered]]:
    told = (learning.given(view, orjson.loads(one.data)) for one in learning.since(view, 0))
    return view.head(), [one for one in told if one is not None], learning.history(view)
