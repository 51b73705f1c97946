"""Who may use and judge suggestions. Pure."""

from frontdesk.base.access import ALLOWED, HIDDEN, Decision
from frontdesk.people.model import Actor


def may_be_helped(actor: Actor) -> Decision:
    """Suggestions are the team's; a customer never hears of one."""
    return ALLOWED if actor.kind in ("agent", "system") else HIDDEN
