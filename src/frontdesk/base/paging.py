"""Lists page by key, never by offset: a cursor is the moment and the id of the last row of a page."""

import re

from frontdesk.base.errors import Invalid

_CURSOR = re.compile(r"(\d{1,15})\.([0-9a-z]{26})")


def cursor(at: int, id: str) -> str:
    return f"{at}.{id}"


def after_cursor(after: str) -> tuple[int, str]:
    """Raises Invalid for what no list gave."""
    match = _CURSOR.fullmatch(after)
    if match is None:
        raise Invalid("The list cannot go on from there.", fields={"after": "Not a cursor of this list"})
    return int(match[1]), match[2]
