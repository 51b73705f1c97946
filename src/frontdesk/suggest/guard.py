"""What may leave by one click, and what an agent is asked about before it leaves."""

from collections.abc import Iterable, Mapping

from frontdesk.know.identifiers import Found, candidates
from frontdesk.know.model import Kind, blanks_in

# Nobody who is shared by so many is one customer's.
_SHARED = 3


def sendable_by_one_click(text: str, cleared: bool, kind: Kind) -> bool:
    """Never with a blank in it; a past answer only after an agent has sent or approved it once."""
    return not blanks_in(text) and (cleared or kind != "reply")


def foreign_identifiers(text: str, own: Iterable[str], others: Mapping[str, frozenset[str]]) -> list[str]:
    """What of a text belongs to another customer, as it stands there.

    `own`: values of this customer; `others`: value -> whose it is (`know.identifiers` makes values; on a
    desk `identifiers.foreign` does the same out of its table).
    """
    mine = frozenset(own)
    found = [one for one in candidates(text) if one.value not in mine and _is_someones(one, others)]
    return list(dict.fromkeys(text[one.start : one.end] for one in found))


def _is_someones(one: Found, others: Mapping[str, frozenset[str]]) -> bool:
    return 0 < len(others.get(one.value, frozenset())) < _SHARED
