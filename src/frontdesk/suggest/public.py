"""What the company says of itself, and what it and its team are called: that belongs to no customer."""

from frontdesk.base.db import Reading
from frontdesk.know.blanks import Blanker
from frontdesk.people import company
from frontdesk.people import read as people


def learn_public(view: Reading, blanker: Blanker) -> None:
    """Read what came since the last time."""
    blanker.public.refresh(view)
    for one in people.agents(view):
        blanker.public.add(one.name)
    house = company.find(view)
    if house is not None:
        blanker.public.add(house.name)
