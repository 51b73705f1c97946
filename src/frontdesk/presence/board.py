"""Who is here, looking, typing, visiting right now. Never stored; gone when its holder is.

A sign is held by sockets, of this process or of another; it is on while anybody holds it.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from frontdesk.base.clock import SECOND, ticks_ms
from frontdesk.presence.model import Sign

TYPING_FOR = 5 * SECOND
# Another process repeats its signs; when it dies they are forgotten.
REMOTE_FOR = 40 * SECOND
REPEAT_EVERY = 15 * SECOND

Detail = dict[str, Any] | None
Changed = Callable[[Sign, bool, Detail], None]
Tell = Callable[[dict[str, Any]], None]


class Board:
    """`changed` is called when a sign goes on or off, or its detail is another. `tell`, when set, brings
    what this process's sockets hold to the other processes, whose boards `overhear` it.
    """

    def __init__(self, changed: Changed) -> None:
        self.tell: Tell | None = None
        self._changed = changed
        self._process = uuid4().hex
        self._holders: dict[Sign, dict[str, int | None]] = {}
        self._details: dict[Sign, Detail] = {}

    def hold(self, sign: Sign, holder: str, *, for_ms: int | None = None, detail: Detail = None) -> None:
        """On until released, or for `for_ms` milliseconds."""
        self._hold(sign, holder, for_ms, detail)
        self._say(sign, holder, on=True, for_ms=for_ms, detail=detail)

    def release(self, sign: Sign, holder: str) -> None:
        if self._release(sign, holder):
            self._say(sign, holder, on=False)

    def release_all(self, holder: str, *kinds: str) -> None:
        """Everything the holder holds; with `kinds`, only those."""
        for sign in [one for one, holders in self._holders.items() if holder in holders]:
            if not kinds or sign.kind in kinds:
                self.release(sign, holder)

    def detail(self, sign: Sign, detail: Detail) -> None:
        """Something else to say about a sign that is on, whichever process it is held in."""
        self._describe(sign, detail)
        self._say(sign, "", on=True, detail=detail)

    def expire(self) -> None:
        now = ticks_ms()
        for sign, holders in list(self._holders.items()):
            for holder in [name for name, until in holders.items() if until is not None and until < now]:
                self._release(sign, holder)

    def signs(self, *kinds: str) -> Iterator[tuple[Sign, Detail]]:
        for sign in list(self._holders):
            if not kinds or sign.kind in kinds:
                yield sign, self._details.get(sign)

    def is_on(self, sign: Sign) -> bool:
        return sign in self._holders

    def repeat(self) -> None:
        """Tell the other processes again what is held here."""
        for sign, holders in list(self._holders.items()):
            for holder, until in list(holders.items()):
                if "/" not in holder and until is None:
                    self._say(sign, holder, on=True, detail=self._details.get(sign))

    def overhear(self, told: dict[str, Any]) -> None:
        """What another process told."""
        if told["process"] == self._process:
            return
        sign, holder = Sign(**told["sign"]), f"{told['process']}/{told['holder']}"
        if not told["holder"]:
            self._describe(sign, told["detail"])
        elif told["on"]:
            self._hold(sign, holder, told["for_ms"] or REMOTE_FOR, told["detail"])
        else:
            self._release(sign, holder)

    def _hold(self, sign: Sign, holder: str, for_ms: int | None, detail: Detail) -> None:
        holders = self._holders.setdefault(sign, {})
        fresh = not holders or (detail is not None and self._details.get(sign) != detail)
        holders[holder] = None if for_ms is None else ticks_ms() + for_ms
        if detail is not None:
            self._details[sign] = detail
        if fresh:
            self._changed(sign, True, self._details.get(sign))

    def _describe(self, sign: Sign, detail: Detail) -> None:
        if sign in self._holders and self._details.get(sign) != detail:
            self._details[sign] = detail
            self._changed(sign, True, detail)

    def _release(self, sign: Sign, holder: str) -> bool:
        holders = self._holders.get(sign)
        if holders is None or holder not in holders:
            return False
        del holders[holder]
        if not holders:
            del self._holders[sign]
            self._changed(sign, False, self._details.pop(sign, None))
        return True

    def _say(
        self, sign: Sign, holder: str, *, on: bool, for_ms: int | None = None, detail: Detail = None
    ) -> None:
        if self.tell is not None:
            told = {"sign": asdict(sign), "holder": holder, "on": on, "for_ms": for_ms, "detail": detail}
            self.tell({"process": self._process, **told})
