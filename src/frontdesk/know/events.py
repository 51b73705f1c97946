"""What can happen in know, in the past tense."""

from dataclasses import dataclass

from frontdesk.base.log import NOBODY, Event


@dataclass(frozen=True, slots=True)
class PassagesChanged(Event):
    """New or other passages, and those that are gone, by id. For the engines of all processes."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def audience(self) -> str:
        return NOBODY


@dataclass(frozen=True, slots=True)
class PassagesReady(Event):
    """Their vectors are there."""

    ids: tuple[str, ...]

    def audience(self) -> str:
        return NOBODY
