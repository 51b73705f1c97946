"""Who may change people and the desk itself. Pure."""

from frontdesk.base.access import ALLOWED, HIDDEN, Decision, Denied
from frontdesk.people.model import Actor


def may_manage(actor: Actor) -> Decision:
    """Agents, invitations, the company's settings and customers in files are the admins'."""
    if actor.kind == "system" or (actor.kind == "agent" and actor.role == "admin"):
        return ALLOWED
    return Denied("Only an admin can do this.")


def may_block(actor: Actor) -> Decision:
    """Whoever is written to may end it."""
    return ALLOWED if actor.kind == "agent" else HIDDEN


def may_disable(actor: Actor, agent_id: str) -> Decision:
    """Nobody locks themselves out."""
    if actor.id == agent_id:
        return Denied("You cannot disable yourself.")
    return may_manage(actor)


def may_know(actor: Actor) -> Decision:
    """What is known of customers is the team's, to read and to change; of no customer, not even their own."""
    return ALLOWED if actor.kind in ("agent", "system") else HIDDEN
