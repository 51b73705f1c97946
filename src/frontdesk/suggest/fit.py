"""The night's work: learn from the desk's history, and keep what its own replay shows to be better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.suggest import confidence, experts, fuse
from frontdesk.suggest.confidence import Numbers
from frontdesk.suggest.experts import Experts
from frontdesk.suggest.fuse import Case, Weights
from frontdesk.suggest.refusals import Refusals
from frontdesk.suggest.replay import Lock, Pairs, Replayed, replayed
from frontdesk.suggest.shelf import Shelf
from frontdesk.suggest.signals import WEIGHTS, WITH_EXPERTS, fused, weights_for

Values = NDArray[np.float32]

# What replay can judge. Subjects and refusals are rare in it, and keep their weights.
LEARNT = ("words", "meaning", "context", "near", "nearby", *experts.SIGNALS)
_UNANSWERABLE = 0.3  # Share of replayed questions whose answer is hidden, to learn what that looks like.


@dataclass(frozen=True, slots=True)
class Fitted:
    """`first_right` and `plain`: how often replay put the right one first, with what was learnt and without.

    `rows` and `right`: features of what replay ranked first, and whether it was right. `hits`: of each
    question, whether the passages alone, with old questions, and all that was learnt put the right one first.
    """

    experts: Experts | None
    weights: Weights
    first_right: float
    plain: float
    rows: Numbers
    right: Numbers
    hits: Sequence[tuple[bool, bool, bool]]


def fitted(
    pairs: Pairs, shelf: Shelf, own: Mapping[str, Values], refusals: Refusals, lock: Lock
) -> Fitted | None:
    """None while there is too little history to tell. Holds the lock for a question at a time."""
    if len(pairs) < experts.LEAST or len({answer for _, answer in pairs}) < 2:
        return None
    seen = list(replayed(pairs, shelf, own, refusals, lock))
    weights, better, plain = _weighed([_case(one) for one in seen])
    heads = None if weights is WEIGHTS else experts.trained(pairs, own)
    judged = [_judged(one, weights, shelf.subjects.weight, hidden) for one, hidden in _hidden(seen)]
    rows = np.concatenate([one for one, _ in judged])
    right = np.array([float(one) for _, one in judged])
    return Fitted(heads, weights, better, plain, rows, right, [_hits(one, weights) for one in seen])


def _hits(one: Replayed, weights: Weights) -> tuple[bool, bool, bool]:
    alone, memory, learnt = (
        bool(fused(found, weights_for(found, given)).argmax() == 0)
        for found, given in ((one.alone, WEIGHTS), (one.memory, WEIGHTS), (one.signals, weights))
    )
    return alone, memory, learnt


def _weighed(cases: Sequence[Case]) -> tuple[Weights, float, float]:
    """The weights that replay found best, how often they put the right one first, how often plain ones."""
    plain = fuse.first_right(cases, LEARNT, WEIGHTS)
    by_hand = fuse.first_right(cases, LEARNT, WITH_EXPERTS)
    learnt = fuse.kept_apart(cases, LEARNT, WITH_EXPERTS)
    if plain > max(by_hand, learnt):
        return WEIGHTS, plain, plain
    if by_hand > learnt:
        return WITH_EXPERTS, by_hand, plain
    return {**WITH_EXPERTS, **fuse.learnt(cases, LEARNT, WITH_EXPERTS)}, learnt, plain


def _case(one: Replayed) -> Case:
    rows = np.stack([one.signals[name] for name in LEARNT], axis=1)
    fixed = {name: values for name, values in one.signals.items() if name not in LEARNT}
    return Case(rows, fused(fixed, WEIGHTS), 0)


def _hidden(seen: Sequence[Replayed]) -> Sequence[tuple[Replayed, bool]]:
    drawn = np.random.default_rng(1).random(len(seen)) < _UNANSWERABLE
    return [
        (one, bool(hidden) and len(one.signals["words"]) > 1) for one, hidden in zip(seen, drawn, strict=True)
    ]


def _judged(one: Replayed, weights: Weights, subjects: float, hidden: bool) -> tuple[Numbers, bool]:
    """Features of what comes first, and whether it is right; it cannot be where the right one is `hidden`."""
    found = {name: values[1:] if hidden else values for name, values in one.signals.items()}
    scores = fused(found, weights_for(found, weights))
    best = np.argsort(-scores, kind="stable")[:2].tolist()
    rows = confidence.features(one.text, best, scores, found, subjects, 1)
    return rows, best[0] == 0 and not hidden
