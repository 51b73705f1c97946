"""What the desk said of its suggestions, and what follows from it for the confidence of the next ones."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdesk.suggest import confidence
from frontdesk.suggest.confidence import FEATURES, START, Confidence, Numbers

MOST = 600  # The newest are kept: a desk changes.
ENOUGH = 30  # Below this many, a desk has no threshold of its own.
# A right one is passed over about so often, and a wrong one neither taken nor rejected about so often.
_RIGHT_IGNORED, _WRONG_IGNORED = 0.12, 0.73


class Verdicts:
    """Rows of features of first suggestions and whether they were right, 0..1, newest last.

    `before`: the weights that the nightly replay left; verdicts move on from there. `replayed`: the rows of
    replayed questions, the desk's day one.
    """

    def __init__(self) -> None:
        self.rows: Numbers = np.zeros((0, len(FEATURES)))
        self.right: Numbers = np.zeros(0)
        self.before: Numbers = START
        self.replayed: Numbers = np.zeros((0, len(FEATURES)))
        self.now = Confidence(START)

    def add(self, rows: Numbers, right: Numbers) -> None:
        self.rows = np.concatenate([self.rows, rows])[-MOST:]
        self.right = np.concatenate([self.right, right])[-MOST:]
        self._fit()

    def ignored(self, row: Numbers) -> float:
        """How likely a first suggestion was right that nobody took and nobody rejected."""
        sure = float(self.now.of(row[None])[0])
        right, wrong = _RIGHT_IGNORED * sure, _WRONG_IGNORED * (1 - sure)
        return right / (right + wrong)

    def replay(self, rows: Numbers, right: Numbers) -> None:
        """The night's: what the history's questions would have been shown first.

        It says how sure to be in general. What to be sure by, it says less well than the first weights: in a
        replay each question has an answer, and those that have none are only made up.
        """
        self.before, self.replayed = confidence.scaled(rows, right, START), rows
        self._fit()

    def threshold(self, target: float) -> float:
        """The lowest confidence above which what is shown is right as often as the target, on average."""
        rows = self.rows if len(self.rows) >= ENOUGH else self.replayed
        if len(rows) < ENOUGH:
            # As if confidences above the bar were spread evenly: their mean is then the target.
            return max(0.5, 2 * target - 1)
        return confidence.cut(self.now.of(rows), target)

    def _fit(self) -> None:
        self.now = confidence.fitted(self.rows, self.right, self.before)

    def save(self, values: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        values["verdicts"] = list(FEATURES)
        arrays |= {"verdict_rows": self.rows, "verdict_right": self.right}
        arrays |= {"verdict_before": self.before, "verdict_replayed": self.replayed}

    def load(self, values: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
        """Nothing, where they were of other features."""
        if values.get("verdicts") == list(FEATURES):
            self.rows, self.right = arrays["verdict_rows"], arrays["verdict_right"]
            self.before, self.replayed = arrays["verdict_before"], arrays["verdict_replayed"]
            self._fit()
