"""Browsers that see pages, without the loader and without waiting."""

from typing import Any

from frontdesk.base.clock import now_ms
from frontdesk.base.desk import Desk
from frontdesk.base.ids import new_id
from frontdesk.people.model import UNSEEN, Sight
from frontdesk.presence import visits
from frontdesk.presence.model import CustomerEvent, Seen, as_visit

PAGE = {"url": "https://kvarn.example/", "title": "Grinders", "referrer": ""}


def sees(
    desk: Desk,
    browser: str,
    kind: Any = "page",
    *,
    at: int | None = None,
    sight: Sight = UNSEEN,
    is_new: bool = True,
    **more: Any,
) -> CustomerEvent | None:
    """What the team is shown of it."""
    visit = as_visit(kind, **{**PAGE, **more})
    one = Seen(new_id(), now_ms() if at is None else at, browser, visit, sight, is_new)
    before = desk.read_now(visits.known, [browser])
    return desk.write_now(visits.record, [one], before).get(one.id)
