"""The door: who may see and change what the desk knows. Pure."""

from frontdesk.base.access import ALLOWED, HIDDEN, Decision, Denied
from frontdesk.people.model import Actor


def may_look(actor: Actor) -> Decision:
    """Suggestions, and where they come from, are the team's to see; a customer never hears of one."""
    return ALLOWED if actor.kind in ("agent", "system") else HIDDEN


def may_manage_sources(actor: Actor) -> Decision:
    """What the desk learns from is the admins' to decide."""
    if actor.kind == "system" or (actor.kind == "agent" and actor.role == "admin"):
        return ALLOWED
    return Denied("Only an admin can do this.")


def may_write_answers(actor: Actor) -> Decision:
    return ALLOWED if actor.kind == "agent" else HIDDEN
