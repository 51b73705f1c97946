"""Beside the chat: an engine that follows the log, and the answers that it lays under conversations.

One in each process. It hears of questions from the commits of its own process, so that each is read once
however many processes there are; what it missed it finds in the database when it starts, and each minute.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import orjson

from frontdesk.base.clock import DAY, now_ms
from frontdesk.base.desk import Desk
from frontdesk.base.log import Fact
from frontdesk.know import models, passages, vectors
from frontdesk.know.encoder import Damaged
from frontdesk.know.model import SHIPPED, Passage
from frontdesk.know.vectors import Vectors
from frontdesk.suggest import draft, finding, history, learning, night, propose, report, succession
from frontdesk.suggest.anew import embedded
from frontdesk.suggest.draft import Model
from frontdesk.suggest.engine import Engine, Ranked
from frontdesk.suggest.learning import FEEDBACK
from frontdesk.suggest.model import MOST, Report, Tried
from frontdesk.suggest.progress import Progress
from frontdesk.suggest.propose import Asked
from frontdesk.suggest.state import encoder_of
from frontdesk.suggest.succession import Successor

logger = logging.getLogger(__name__)

T = TypeVar("T")
_FORGOTTEN = 60.0
_OLD = 30 * DAY
_PORTION = 500
_AT_ONCE = 4


class Proposer:
    """Lives on the event loop; the engine's work is done on a thread of its own."""

    def __init__(
        self, desk: Desk, make: Callable[[str, bytes | None], Engine], model: Model | None = None
    ) -> None:
        """`make`: an engine of the language model of this name; raises Damaged."""
        # None until there is something to suggest: a desk without sources pays nothing.
        self.engine: Engine | None = None
        self.bar: float | None = None
        self._desk = desk
        self._make = make
        self._model = model
        self._drafts: set[asyncio.Task[None] | None] = set()
        self._passages: dict[str, Passage] = {}
        self._used = SHIPPED
        # Another language model is used: what follows is followed by its engine too, once that is made.
        self._successor: Successor | None = None
        # Whether a source is on, as it was last told; until then it is as it was loaded.
        self._is_on: dict[str, bool] = {}
        # Conversations to be read: those somebody has just written in, and those worth a second look.
        self._wanted: dict[str, None] = {}
        self._again: dict[str, None] = {}
        self._facts: list[Fact] = []
        self._wake = asyncio.Event()
        self._embedding = asyncio.Event()
        # Nobody waits for a suggestion.
        self._idle = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="frontdesk-engine")
        self._tasks: list[asyncio.Task[None]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._progress = Progress(0)
        # What was asked before, and nobody has looked at yet, is worth a second look.
        self._learnt_at = 0

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._desk.listeners.append(self._committed)
        self._tasks = [asyncio.create_task(one()) for one in (self._run, self._embed, self._look_again)]

    async def stop(self) -> None:
        if self._committed in self._desk.listeners:
            self._desk.listeners.remove(self._committed)
        if self._successor is not None:
            await self._successor.stop()
        tasks = [*self._tasks, *filter(None, self._drafts)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._thread.shutdown(wait=True)
        # Whoever keeps the app keeps neither the model nor all vectors.
        self.engine = None
        self._passages = {}

    def want(self, conversation_id: str) -> None:
        """Read what this conversation asks, unless it was read already."""
        if self.engine is not None:
            self._wanted.setdefault(conversation_id)
            self._wake.set()

    def known(self) -> int:
        """Passages that can be suggested at this moment."""
        return len(self._passages)

    def hear(self, facts: list[Fact]) -> None:
        """The log's listener: what was learnt and judged, by whichever process."""
        told = [one for one in facts if one.kind in _FOLLOWED or one.kind == FEEDBACK]
        if told:
            self._facts += told
            self._wake.set()

    def _committed(self, facts: list[Fact], _: int) -> None:
        asked = [one.conversation_id for one in facts if one.kind in _ASKING and one.conversation_id]
        if asked and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._want_all, asked)

    def _want_all(self, asked: list[str]) -> None:
        for one in asked:
            self.want(one)

    async def _off(self, call: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call, *args)

    async def _run(self) -> None:
        while True:
            try:
                if self.engine is None and not await self._loaded():
                    await self._told(_FORGOTTEN)
                    continue
                await self._succeed()
                await self._follow()
                if self._wanted:
                    self._idle.clear()
                    await self._propose(next(iter(self._wanted)))
                    continue
                self._idle.set()
                if self._again:
                    await self._propose(next(iter(self._again)))
                    continue
            except Exception:  # the database may be away, or a page may be strange; the next one is not
                logger.exception("a suggestion failed")
                await asyncio.sleep(1)
            await self._told()

    async def _told(self, seconds: float | None = None) -> None:
        """Waits until there is something to do, or for so long."""
        # Not `wait_for`, which in Python 3.11 loses a cancellation that comes with the wake-up.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        self._wake.clear()

    async def _loaded(self) -> bool:
        """Waits for something to suggest, then makes the engine. False: it could not be made."""
        while not await self._desk.read(passages.any_there):
            await self._told()
        try:
            self._used = (await self._desk.read(models.current)).used
            state, upto = await self._desk.read(learning.state)
            self.bar = await self._desk.read(report.bar)
            engine = await self._off(self._make, self._used, state)
            await self._off(succession.fill, self._desk, engine, self._put)
            await self._catch_up(engine, state, upto)
        except Damaged as error:
            logger.error("the suggestions could not start: %s %s", error.message, error.data)
            await self._desk.write(models.broke, error.message)
            return False
        except Exception:
            logger.exception("the suggestions could not start")
            return False
        await self._desk.write(models.works)
        self.engine = engine
        self._embedding.set()
        return True

    async def _catch_up(self, engine: Engine, state: bytes | None, upto: int) -> None:
        """What was judged after the state was saved; everything, where another model made the state."""
        if encoder_of(state) in (None, engine.encoder.name):
            self._progress = Progress(upto)
            for fact in await self._desk.read(learning.since, upto):
                await self._feedback(engine, fact)
        else:
            self._progress = Progress(await self._off(succession.teach, self._desk, engine))

    def _put(self, engine: Engine, items: list[tuple[Passage, Vectors]]) -> None:
        self._passages |= {one.id: one for one, _ in items}
        engine.put(items)

    def _drop(self, engine: Engine, ids: Iterable[str]) -> None:
        gone = [one for one in ids if self._passages.pop(one, None) is not None]
        engine.drop(gone)

    async def _follow(self) -> None:
        while self._facts and self.engine is not None:
            fact = self._facts.pop(0)
            if self._successor is not None:
                self._successor.facts.append(fact)
            if fact.kind == FEEDBACK:
                await self._feedback(self.engine, fact)
            else:
                await _FOLLOWED[fact.kind](self, self.engine, orjson.loads(fact.data))

    async def _passages_changed(self, engine: Engine, data: dict[str, Any]) -> None:
        await self._off(self._drop, engine, [*data["removed"]])
        await self._off(self._progress.waited, {*data["removed"]})
        texts = await self._desk.read(passages.texts, data["changed"])
        # With another text it must not be shown any more; with other questions it stays until it is ready.
        stale = [
            one for one, text in texts.items() if one in self._passages and self._passages[one].text != text
        ]
        await self._off(self._drop, engine, stale)
        await self._take_in(engine, data["changed"])
        self._embedding.set()

    async def _passages_ready(self, engine: Engine, data: dict[str, Any]) -> None:
        here = await self._take_in(engine, data["ids"])
        await self._off(self._drop, engine, [one for one in data["ids"] if one not in here])
        for seq, early in await self._off(self._progress.waited, here):
            await self._learn(engine, seq, early)

    async def _take_in(self, engine: Engine, ids: list[str]) -> set[str]:
        """Those that are ready."""
        encoder = engine.encoder
        found = await self._desk.read(vectors.ready, encoder.name, encoder.size, ids)
        await self._off(self._put, engine, found)
        return {one.id for one, _ in found}

    async def _source_changed(self, engine: Engine, data: dict[str, Any]) -> None:
        """Only switching it matters here; what it says comes with its passages."""
        one = data["source"]
        if self._is_on.get(one["id"]) != one["is_on"]:
            self._is_on[one["id"]] = one["is_on"]
            await self._off(self._reload, engine, one["id"])
            self._learnt_at = now_ms()

    async def _source_removed(self, engine: Engine, data: dict[str, Any]) -> None:
        await self._off(self._reload, engine, data["source_id"])

    def _reload(self, engine: Engine, source_id: str) -> None:
        encoder = engine.encoder
        there = self._desk.read_now(
            lambda view: list(vectors.all_ready(view, encoder.name, encoder.size, source_id))
        )
        here = {one.id for one, _ in there}
        gone = [id for id, one in self._passages.items() if one.source_id == source_id and id not in here]
        self._drop(engine, gone)
        self._put(engine, there)

    async def _feedback(self, engine: Engine, fact: Fact) -> None:
        if fact.seq <= self._progress.upto:
            return
        data = orjson.loads(fact.data)
        if data["taken"] is not None and data["taken"] not in self._passages:
            await self._off(self._progress.wait, data["taken"], fact.seq, data)
        else:
            await self._learn(engine, fact.seq, data)

    async def _learn(self, engine: Engine, seq: int, data: dict[str, Any]) -> None:
        given = await self._desk.read(learning.given, data)
        if await self._off(self._progress.learn, engine, seq, given):
            await self._save(engine)

    async def _save(self, engine: Engine) -> None:
        await self._desk.write(learning.save, *await self._off(self._progress.state, engine))

    async def _customer_forgotten(self, engine: Engine, data: dict[str, Any]) -> None:
        await self._off(engine.forget, data["customer_id"])
        await self._save(engine)

    async def _model_changed(self, engine: Engine, data: dict[str, Any]) -> None:
        name = data["model"]["used"]
        if name != self._used and self._successor is None:
            self._successor = Successor(self._desk, lambda: self._make(name, None), name, self._wake.set)

    async def _succeed(self) -> None:
        """The engine of another language model takes over, as soon as it knows what this one knows."""
        if self._successor is None or not self._successor.is_done():
            return
        one, self._successor = self._successor, None
        self._used, made = one.name, one.made()
        if made is not None:
            self.engine, self._passages = made.engine, made.passages
            self._progress = Progress(made.upto)
            self._facts = [*one.facts, *self._facts]
            await self._save(self.engine)
            self._embedding.set()

    async def _bar_moved(self, engine: Engine, data: dict[str, Any]) -> None:
        self.bar = data["bar"]

    async def replay(self) -> Report | None:
        """The company's own history, on a thread of its own that waits for everything else."""
        if self.engine is None:
            return None
        encoder = self.engine.encoder
        known = await self._desk.read(history.known, encoder)
        bar = self.threshold(self.engine)
        return await asyncio.to_thread(night.replayed, known, lambda: self._make(self._used, None), bar)

    async def fit(self) -> None:
        """The night's work: everything that was ever taken, once more and together."""
        if self.engine is not None:
            await self._off(self._progress.told)
            history = await self._desk.read(learning.history)
            await asyncio.to_thread(night.fitted, self.engine, history)
            await self._save(self.engine)

    async def _propose(self, conversation_id: str) -> None:
        self._wanted.pop(conversation_id, None)
        self._again.pop(conversation_id, None)
        asked = await self._desk.read(propose.unread, conversation_id, self._learnt_at)
        if asked is None or self.engine is None or not self._passages:
            return
        known = await self._desk.read(propose.unanswered, self.engine.version)
        bar = self.threshold(self.engine)
        # A draft takes the last place; what is shown already does not move for it.
        most = MOST - 1 if self._model else MOST
        found, best = await self._off(finding.find, self.engine, self._passages, asked, bar, most, known)
        laid = await self._desk.write(propose.keep, asked, found)
        if laid is not None and self._model is not None and best:
            self._drafts.add(asyncio.create_task(self._draft(self._model, asked, best)))

    async def _draft(self, model: Model, asked: Asked, best: list[tuple[Ranked, Passage]]) -> None:
        try:
            text = await draft.draft(model, asked.turns, [passage for _, passage in best])
            if text is not None:
                await self._desk.write(propose.add, asked, finding.drafted(text, best))
        except Exception:
            logger.exception("a draft failed")
        finally:
            self._drafts.discard(asyncio.current_task())

    def threshold(self, engine: Engine) -> float:
        return report.bar_for(engine, self.bar)

    async def ask(self, words: str) -> tuple[list[Tried], float]:
        """A question without a conversation: everything that was found, and the bar."""
        return await self._off(self.try_out, words)

    def try_out(self, words: str) -> tuple[list[Tried], float]:
        """On the engine's thread."""
        if self.engine is None:
            return [], 1.0
        bar = self.threshold(self.engine)
        return finding.tried(self.engine, self._passages, words, bar), bar

    async def _embed(self) -> None:
        """Vectors for what has none; while a question waits, it waits."""
        while True:
            await self._embedding.wait()
            self._embedding.clear()
            try:
                while self.engine is not None and await self._embed_some(self.engine):
                    await self._idle.wait()
                self._learnt_at = now_ms()
                await self._look()
            except Exception:
                logger.exception("passages could not be read in")
                await asyncio.sleep(5)
                self._embedding.set()

    async def _embed_some(self, engine: Engine) -> bool:
        missing = await self._desk.read(vectors.missing, engine.encoder.name, _AT_ONCE)
        if not missing:
            return False
        made = await self._off(embedded, engine.encoder, missing)
        await self._desk.write(vectors.keep, engine.encoder.name, made)
        return True

    async def _look_again(self) -> None:
        """A process that ended, or a database that was away, leaves questions behind."""
        while True:
            await asyncio.sleep(_FORGOTTEN)
            try:
                await self._look()
            except Exception:
                logger.exception("open questions could not be read")

    async def _look(self) -> None:
        if self.engine is not None:
            for one in await self._desk.read(propose.waiting, now_ms() - _OLD, self._learnt_at):
                self._again.setdefault(one)
            self._wake.set()


# After these somebody may wait for an answer; whoever has the conversation now finds it suggested, too.
_ASKING = ("CustomerWrote", "ConversationHandedOver")
_FOLLOWED: dict[str, Callable[[Proposer, Engine, dict[str, Any]], Any]] = {
    "PassagesChanged": Proposer._passages_changed,
    "PassagesReady": Proposer._passages_ready,
    "SourceChanged": Proposer._source_changed,
    "SourceRemoved": Proposer._source_removed,
    "BarMoved": Proposer._bar_moved,
    "ModelChanged": Proposer._model_changed,
    "CustomerForgotten": Proposer._customer_forgotten,
}
