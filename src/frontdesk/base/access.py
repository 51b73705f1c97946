"""The two answers of the access door."""

from dataclasses import dataclass

from frontdesk.base.errors import Missing, Refused


@dataclass(frozen=True, slots=True)
class Allowed:
    pass


@dataclass(frozen=True, slots=True)
class Denied:
    """`hidden`: the actor may not even know that the thing exists."""

    reason: str
    hidden: bool = False


Decision = Allowed | Denied
ALLOWED = Allowed()
HIDDEN = Denied("There is no such thing.", hidden=True)


def require(decision: Decision, what: str = "thing") -> None:
    """Raises Missing or Refused when denied. What is hidden is denied in the words in which something
    that is not there is denied: `what` is its name.
    """
    if isinstance(decision, Denied):
        raise Missing(f"There is no such {what}.") if decision.hidden else Refused(decision.reason)
