"""Who may use and judge suggestions. Pure."""

from frontdesk.base.access import ALLOWED, HIDDEN, Decision, Denied
from frontdesk.people.model import Actor


def may_be_helped(actor: Actor) -> Decision:
    """Suggestions are the team's; a customer never hears of one."""
    return ALLOWED if actor.kind in ("agent", "system") else HIDDEN


def may_tune(actor: Actor) -> Decision:
    """Where the bar lies is the admins' choice."""
    if actor.kind == "system" or (actor.kind == "agent" and actor.role == "admin"):
        return ALLOWED
    return Denied("Only an admin can do this.")
