"""What a ranking returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ranked:
    """`score` orders the passages of one question and means nothing between questions; `confidence`, in 0..1,
    is the probability that this passage is right. `why`: what spoke for it, by the signals of signals.py."""

    passage_id: str
    score: float
    confidence: float
    why: Mapping[str, float] = field(default_factory=dict)
