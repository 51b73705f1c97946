"""Who is told of what. Pure; nobody is told of what they did themselves, nor of one thing in two ways."""

from collections.abc import Collection

from frontdesk.notify.model import Kind

Told = dict[str, Kind]


def of_note(by: str, owner_id: str | None, called: Collection[str]) -> Told:
    """Whom it calls; and the conversation's owner, when a colleague wrote it."""
    told: Told = {} if owner_id is None else {owner_id: "noted"}
    return _without(by, told | dict.fromkeys(called, "mentioned"))


def of_answer(by: str, author_id: str, answered: Collection[str], called: Collection[str]) -> Told:
    """Whom it calls; and the note's author and everyone who answered there."""
    told: Told = dict.fromkeys((author_id, *answered), "answered")
    return _without(by, told | dict.fromkeys(called, "mentioned"))


def of_handing(by: str, new_owner: str | None, members: Collection[str]) -> Told:
    """Who has it now; else everyone in whose team's queue it waits."""
    return _without(by, dict.fromkeys((new_owner,) if new_owner else members, "handed"))


def of_continuing(by: str, owner_id: str | None) -> Told:
    """A colleague answered the customer in a conversation of their own."""
    return _without(by, {} if owner_id is None else {owner_id: "continued"})


def of_waking(owner_id: str) -> Told:
    return {owner_id: "woke"}


def _without(by: str, told: Told) -> Told:
    return {agent_id: kind for agent_id, kind in told.items() if agent_id != by}
