"""How far an engine has followed the log: what it learnt, and what still waits for its passage."""

from typing import Any

from frontdesk.suggest import learning
from frontdesk.suggest.engine import Engine
from frontdesk.suggest.learning import Given

_SAVE_AFTER = 50
"""Feedback between two savings of what was learnt; the rest is learnt again at the next start."""


class Progress:
    """`upto`: the number in the log of the newest feedback that was learnt. Nothing is learnt twice.

    For the engine's thread alone, so that a state and its number always belong together.
    """

    def __init__(self, upto: int) -> None:
        self.upto = upto
        self._unsaved = 0
        # Feedback for passages that are not ready yet, by passage.
        self._early: dict[str, list[tuple[int, dict[str, Any]]]] = {}

    def learn(self, engine: Engine, seq: int, given: Given | None) -> bool:
        """Whether it is time to save. None: the question was erased meanwhile."""
        if given is not None:
            learning.apply(engine, given)
            self._unsaved += 1
        self.upto = max(self.upto, seq)
        return self._unsaved >= _SAVE_AFTER

    def wait(self, passage_id: str, seq: int, data: dict[str, Any]) -> None:
        """Just learnt; until it has its vectors, whatever else ranks first would be called wrong."""
        self._early.setdefault(passage_id, []).append((seq, data))
        self.upto = max(self.upto, seq)

    def waited(self, passage_ids: set[str]) -> list[tuple[int, dict[str, Any]]]:
        """What waited for these."""
        return [one for id in passage_ids & self._early.keys() for one in self._early.pop(id)]

    def told(self) -> None:
        """The night's work reads what was taken from the database, for passages that are not ready too."""
        self._early.clear()

    def state(self, engine: Engine) -> tuple[bytes, int]:
        """What was learnt, and from which number on the log is to be read again: what waits is learnt after
        the next start, with whatever followed it.
        """
        self._unsaved = 0
        waits = [seq - 1 for ones in self._early.values() for seq, _ in ones]
        return engine.state(), min([self.upto, *waits])
