"""The night's work: learn from the desk's history, and keep what its own replay shows to be better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.suggest import experts, fuse
from frontdesk.suggest.experts import Experts
from frontdesk.suggest.fuse import Case, Weights
from frontdesk.suggest.refusals import Refusals
from frontdesk.suggest.replay import Pairs, Replayed, replayed
from frontdesk.suggest.shelf import Shelf
from frontdesk.suggest.signals import WEIGHTS, fused

Values = NDArray[np.float32]

# What replay can judge. Subjects and refusals are rare in it, and keep their weights.
LEARNT = ("words", "meaning", "context", "near", "nearby", *experts.SIGNALS)
WITH_EXPERTS: Weights = {**WEIGHTS, "expert": 0.3, "letters": 0.15}
_CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class Fitted:
    """`first_right` and `plain`: how often replay put the right one first, with and without what was learnt."""

    experts: Experts | None
    weights: Weights
    first_right: float
    plain: float
    cases: Sequence[Replayed]


def fitted(pairs: Pairs, shelf: Shelf, own: Mapping[str, Values], refusals: Refusals) -> Fitted | None:
    """None while there is too little history to tell."""
    if len(pairs) < experts.LEAST or len({answer for _, answer in pairs}) < 2:
        return None
    seen = list(replayed(pairs, shelf, own, refusals))
    cases = [_case(one) for one in seen]
    plain = fuse.first_right(cases, LEARNT, WEIGHTS)
    by_hand = fuse.first_right(cases, LEARNT, WITH_EXPERTS)
    learnt = fuse.kept_apart(cases, LEARNT, WITH_EXPERTS)
    if plain > max(by_hand, learnt):
        return Fitted(None, WEIGHTS, plain, plain, seen)
    weights = dict(WITH_EXPERTS)
    if learnt >= by_hand:
        weights |= fuse.learnt(cases, LEARNT, WITH_EXPERTS)
    return Fitted(experts.trained(pairs, own), weights, max(by_hand, learnt), plain, seen)


def _case(one: Replayed) -> Case:
    """Against the candidates that either way of ranking puts first."""
    rough = fused(one.signals, WITH_EXPERTS)
    best = np.argsort(-rough, kind="stable")[:_CANDIDATES]
    best = np.concatenate([[one.right], best[best != one.right]]).astype(np.int64)
    rows = np.stack([one.signals[name][best] for name in LEARNT], axis=1)
    fixed = {name: values[best] for name, values in one.signals.items() if name not in LEARNT}
    return Case(rows, fused(fixed, WEIGHTS), 0)
