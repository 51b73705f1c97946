"""Up to three that differ from each other and are worth showing."""

from collections.abc import Callable, Mapping, Sequence

from frontdesk.know.model import Passage
from frontdesk.suggest.ranked import Ranked

# Above this share of common words two texts say the same; of two like ones the better placed stands.
SAME = 0.8
# A second passage of one page must come near the first, or it takes the place of another page's.
CLEARLY = 0.9
# Behind the first, one may be this much less sure than the bar and still be an alternative.
BEHIND = 0.5

# How much of a score it is worth to have never been shown.
EAGER = 0.1

Stems = Callable[[str], list[str]]


def curious(ranked: Sequence[Ranked], shown: Mapping[str, int], place: int) -> list[Ranked]:
    """From `place` on, those that were seldom shown come a little earlier.

    A passage whose own words are poor is learnt only once somebody was offered it. The last place is where
    trying costs least: what ranks third is seldom right.
    """
    eager = {one.passage_id: EAGER / (1 + shown.get(one.passage_id, 0)) ** 0.5 for one in ranked}
    later = sorted(ranked[place:], key=lambda one: -one.score - eager[one.passage_id])
    return [*ranked[:place], *later]


def chosen(
    ranked: Sequence[Ranked], passages: Mapping[str, Passage], stems: Stems, threshold: float, limit: int
) -> list[Ranked]:
    """Nothing when the first is below the threshold: being wrong costs more than being silent."""
    if not ranked or ranked[0].confidence < threshold:
        return []
    taken: list[Ranked] = []
    for one in ranked:
        if len(taken) == limit:
            break
        if one.confidence < BEHIND * min(threshold, taken[0].confidence if taken else 1.0):
            continue
        if not any(_crowds(one, other, passages, stems) for other in taken):
            taken.append(one)
    return taken


def _crowds(one: Ranked, other: Ranked, passages: Mapping[str, Passage], stems: Stems) -> bool:
    mine, its = passages[one.passage_id], passages[other.passage_id]
    if likeness(stems(mine.text or mine.title), stems(its.text or its.title)) >= SAME:
        return True
    return bool(mine.url) and mine.url == its.url and one.score < CLEARLY * other.score


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of common words among all of both; 1.0 for two empty texts."""
    mine, its = set(one), set(other)
    return len(mine & its) / len(mine | its) if mine or its else 1.0
