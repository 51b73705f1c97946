"""Reading everything once more with another language model, while the one before goes on being used."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from frontdesk.base.desk import Desk
from frontdesk.base.jobs import Handler
from frontdesk.base.threads import wait_for_others
from frontdesk.know import models, vectors
from frontdesk.know.encoder import Damaged, Encoder
from frontdesk.know.encoders import Encoders
from frontdesk.know.model import Passage
from frontdesk.know.vectors import Vectors
from frontdesk.suggest import shelf

LANE = frozenset({models.READ_ANEW})
_AT_ONCE = 16
_TELLS_EVERY = 1.0


class Anew:
    """The jobs of it. Broken off, they go on where they were."""

    def __init__(self, encoders: Encoders) -> None:
        self._encoders = encoders

    def handlers(self) -> dict[str, Handler]:
        return {models.READ_ANEW: self.read, models.FORGET_VECTORS: self.forget}

    async def read(self, desk: Desk, data: dict[str, Any]) -> None:
        name = data["name"]
        if (await desk.read(models.current)).next != name:
            return
        try:
            encoder = await asyncio.to_thread(self._encoders.open, name)
        except Damaged as error:
            await desk.write(models.refuse, name, error.message)
            return
        with ThreadPoolExecutor(1, "frontdesk-reading-anew", wait_for_others) as thread:
            while await _read_on(desk, name, encoder, thread):
                if await desk.write(models.switch, name, encoder.name):
                    return

    async def forget(self, desk: Desk, data: dict[str, Any]) -> None:
        """In portions, so that nobody waits behind a long transaction."""
        while await desk.write(models.forget_others, data["name"], data["encoder"]):
            pass


async def _read_on(desk: Desk, name: str, encoder: Encoder, thread: ThreadPoolExecutor) -> bool:
    """Until nothing is missing; False: another model was chosen meanwhile."""
    told = 0.0
    while missing := await desk.read(vectors.missing, encoder.name, _AT_ONCE):
        if time.monotonic() - told >= _TELLS_EVERY:
            told = time.monotonic()
            if not await desk.write(models.progress, name, *await desk.read(vectors.how_many, encoder.name)):
                return False
        made = await asyncio.get_running_loop().run_in_executor(thread, embedded, encoder, missing)
        await desk.write(vectors.keep, encoder.name, made, quietly=True)
    return True


def embedded(encoder: Encoder, passages: list[Passage]) -> list[tuple[str, Vectors]]:
    """The vectors of each passage's texts, by its id."""
    texts = [shelf.texts_of(one) for one in passages]
    together = encoder.embed([text for group in texts for text in group])
    made, start = [], 0
    for one, group in zip(passages, texts, strict=True):
        made.append((one.id, together[start : start + len(group)]))
        start += len(group)
    return made
