"""The sockets of agents and visitors: facts go down, whispers go up. Writing is done over HTTP.

Plain ASGI: thousands of idle visitors should cost no more than they must.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from frontdesk.base.clock import SECOND, now_ms, ticks_ms
from frontdesk.base.desk import Desk
from frontdesk.base.errors import DeskError, Missing, Refused, Unknown
from frontdesk.base.ids import is_id, new_id
from frontdesk.base.log import ERASED
from frontdesk.live.connection import Connection
from frontdesk.live.hub import Hub, customer_frame, frame_of
from frontdesk.live.replay import missed
from frontdesk.people.model import Actor
from frontdesk.presence.board import TYPING_FOR
from frontdesk.presence.model import Sign

logger = logging.getLogger(__name__)

_LARGEST_FRAME = 64 * 1024
_PER_SECOND = 20
_HELLO_WITHIN = 10
# Of those who come in; when thousands are at the door, whoever else reads must not stand behind them all.
_AT_ONCE = 8

# What a client may say after hello, and who: a command that is not here does not exist.
POLICY: dict[str, tuple[Literal["agent", "customer", "nobody"], ...]] = {
    "ping": ("agent", "customer", "nobody"),
    "looking": ("agent",),
    "typing": ("agent", "customer"),
}


@dataclass(frozen=True, slots=True)
class Entered:
    """Who said hello; `page` is what a visitor is looking at, `address` where they come from."""

    actor: Actor
    digest: str
    page: dict[str, str] | None = None
    address: str = ""


Authenticate = Callable[[dict[str, Any], dict[str, Any]], Awaitable[Entered]]
CustomerOf = Callable[[Actor, str], Awaitable[str]]
IsBlocked = Callable[[str, str], Awaitable[bool]]


async def nobody_is_blocked(_: str, __: str) -> bool:
    return False


class Socket:
    """An ASGI endpoint. `authenticate(scope, hello)` raises Unknown; `customer_of(actor, conversation)`
    raises Missing unless the actor may read it. `is_blocked(customer, address)`: the team
    sees nothing of them.
    """

    def __init__(
        self,
        desk: Desk,
        hub: Hub,
        authenticate: Authenticate,
        customer_of: CustomerOf,
        is_blocked: IsBlocked = nobody_is_blocked,
    ) -> None:
        self._desk = desk
        self._hub = hub
        self._authenticate = authenticate
        self._customer_of = customer_of
        self._is_blocked = is_blocked
        self._door = asyncio.Semaphore(_AT_ONCE)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        try:
            async with asyncio.timeout(_HELLO_WITHIN):
                first = await receive()
            if first["type"] == "websocket.disconnect":
                return
            hello = _parsed(first)
            if hello is None:
                raise Refused("The first frame is hello.")
            async with self._door:
                entered = await self._entered(scope, hello)
            # An open chat is mostly memory, and nobody reads these again.
            scope["headers"] = []
        except (TimeoutError, DeskError) as error:
            await _refuse(send, "signed_out" if isinstance(error, Unknown) else "refused")
            return
        await self._serve(entered, hello, receive, send)

    async def _entered(self, scope: Any, hello: dict[str, Any]) -> Entered:
        """Asked again when anything ended meanwhile: whoever is not in the hub yet is not told."""
        while True:
            ends = self._hub.ends
            entered = await self._authenticate(scope, hello)
            if ends == self._hub.ends:
                return entered

    async def _serve(self, entered: Entered, hello: dict[str, Any], receive: Any, send: Any) -> None:
        task = asyncio.current_task()
        assert task is not None, "ASGI servers run every socket in a task"
        one = Connection(new_id(), entered.actor, entered.digest, send, task, entered.address)
        self._hub.join(one)
        try:
            await self._catch_up(one, hello.get("seq"))
            await self._appear(one, entered)
            await self._listen(one, receive)
        except asyncio.CancelledError:
            logger.debug("a socket was closed from here")
        finally:
            self._hub.leave(one)

    async def _catch_up(self, one: Connection, seq: object) -> None:
        after = seq if isinstance(seq, int) and seq >= 0 else 0
        async with self._door:
            head, facts = await self._desk.read(missed, one.actor, after)
        if any(held.kind == ERASED for held in one.held or ()):
            facts = None
        one.say({"is": "welcome", "seq": head, "now": now_ms()})
        if facts is None:
            one.say({"is": "resync", "seq": head})
        for fact in [
            *(facts or ()),
            *(held for held in one.held or () if held.seq > head and held.kind != ERASED),
        ]:
            frame = frame_of(fact) if one.actor.kind == "agent" else customer_frame(fact, self._hub.agents)
            if frame is not None:
                one.push(frame)
        one.held = None

    async def _appear(self, one: Connection, entered: Entered) -> None:
        for whisper in self._hub.whispers_for(one):
            one.say(whisper)
        if one.actor.kind == "agent":
            self._hub.board.hold(Sign("here", one.actor.id), one.id)
        elif one.actor.kind == "customer" and not await self._is_unseen(one):
            self._hub.board.hold(Sign("visiting", one.actor.id), one.id, detail={"page": entered.page})

    async def _listen(self, one: Connection, receive: Any) -> None:
        window, said = ticks_ms(), 0
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            if one.closing:
                continue  # the goodbye is on its way, and ends this task when it has left
            if ticks_ms() - window > SECOND:
                window, said = ticks_ms(), 0
            said += 1
            frame = _parsed(message)
            if said > _PER_SECOND or frame is None:
                one.kick("refused")
                continue
            await self._obey(one, frame)

    async def _obey(self, one: Connection, frame: dict[str, Any]) -> None:
        do = frame.get("do")
        if not isinstance(do, str) or one.actor.kind not in POLICY.get(do, ()):
            one.kick("refused")
            return
        if do == "ping":
            one.say({"is": "pong"})
            return
        try:
            await (self._looking if do == "looking" else self._typing)(one, frame)
        except DeskError:
            # Whispers are forgotten, not refused: the conversation may have gone this very moment.
            logger.debug("a whisper about nothing")

    async def _looking(self, one: Connection, frame: dict[str, Any]) -> None:
        self._hub.board.release_all(one.id, "looking", "typing")
        conversation_id, customer_id = frame.get("conversation_id"), frame.get("customer_id")
        if conversation_id is not None:
            customer_id = await self._checked(one, conversation_id)
            self._hub.board.hold(Sign("looking", one.actor.id, conversation_id), one.id)
        looked_at = customer_id if is_id(customer_id) else None
        self._hub.look(one, looked_at, site=frame.get("site") is True)

    async def _typing(self, one: Connection, frame: dict[str, Any]) -> None:
        customer_id = await self._checked(one, frame.get("conversation_id"))
        sign = Sign("typing", one.actor.id, frame["conversation_id"], one.actor.kind == "customer")
        if frame.get("on") and not await self._is_unseen(one):
            self._hub.board.hold(sign, one.id, for_ms=TYPING_FOR, detail={"customer_id": customer_id})
        else:
            self._hub.board.release(sign, one.id)

    async def _is_unseen(self, one: Connection) -> bool:
        return one.actor.kind == "customer" and await self._is_blocked(one.actor.id, one.address)

    async def _checked(self, one: Connection, conversation_id: object) -> str:
        """The conversation's customer, when the actor may read it; asked once for each socket."""
        if not is_id(conversation_id):
            raise Missing("There is no such conversation.")
        known = one.checked.get(str(conversation_id))
        if known is None:
            known = await self._customer_of(one.actor, str(conversation_id))
            if len(one.checked) > 200:
                one.checked.clear()
            one.checked[str(conversation_id)] = known
        return known


def _parsed(message: dict[str, Any]) -> dict[str, Any] | None:
    text = message.get("text")
    if not isinstance(text, str) or len(text) > _LARGEST_FRAME:
        return None
    try:
        frame = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return frame if isinstance(frame, dict) else None


async def _refuse(send: Any, why: str) -> None:
    await send({"type": "websocket.send", "text": orjson.dumps({"is": "bye", "why": why}).decode()})
    await send({"type": "websocket.close", "code": 4001})
