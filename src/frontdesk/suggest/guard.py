"""What may leave by one click."""

from frontdesk.know.model import Kind, blanks_in


def sendable_by_one_click(text: str, cleared: bool, kind: Kind) -> bool:
    """Never with a blank in it; a past answer only after an agent has sent or approved it once."""
    return not blanks_in(text) and (cleared or kind != "reply")
