"""The reducer's rules for labels, stars and ready replies."""

from collections.abc import Callable
from typing import Any

State = dict[str, Any]
Data = dict[str, Any]
NOT_THE_TEAMS = ("customer_unread", "start")


def by_id(ones: list[Any]) -> list[Any]:
    return sorted(ones, key=lambda one: str(one["id"]))


def sorted_worn(worn: list[Data]) -> list[Data]:
    return sorted(worn, key=lambda one: (one["message_id"] or "", one["label_id"]))


def counted(many: dict[str, int], id: str, count: int) -> dict[str, int]:
    """Only where there is something is held."""
    return {**{one: found for one, found in many.items() if one != id}, **({id: count} if count else {})}


def turned(counts: Data, after: Data) -> Data:
    """It was closed or opened again: so it counts under its labels no more, or again."""
    labels, by = counts["labels"], -1 if after["closed"] else 1
    for id in after["labels"]:
        labels = counted(labels, id, labels.get(id, 0) + by)
    return {**counts, "labels": labels}


def _open(state: State, id: str, count: int) -> State:
    counts = state["counts"]
    return {**state, "counts": {**counts, "labels": counted(counts["labels"], id, count)}}


def worn(state: State, id: str, data: Data, on: bool) -> State:
    """A label was put on a conversation or a message of it, or taken off."""
    one = {name: data[name] for name in ("message_id", "label_id")}
    rest = [other for other in state["labelled"].get(id, []) if other != one]
    here = sorted_worn([*rest, one] if on else rest)
    others = {other: found for other, found in state["labelled"].items() if other != id}
    state = _open(state, data["label_id"], data["open"])
    return {**state, "labelled": {**others, id: here}}


def _row(state: State, data: Data) -> State:
    row = {name: value for name, value in data["row"].items() if name not in NOT_THE_TEAMS}
    return {**state, "conversations": {**state["conversations"], row["id"]: row}}


def _own_labelled(state: State, data: Data) -> State:
    return worn(_row(state, data), data["row"]["id"], data, on=True)


def _own_unlabelled(state: State, data: Data) -> State:
    return worn(_row(state, data), data["row"]["id"], data, on=False)


def _stars(state: State, data: Data) -> State:
    state = _row(state, data) if "row" in data else state
    return {**state, "counts": {**state["counts"], "starred": data["open"]}}


def _own_count(state: State, data: Data) -> State:
    return _stars(state, data) if data["label_id"] is None else _open(state, data["label_id"], data["open"])


def _label(state: State, data: Data) -> State:
    rest = [one for one in state["labels"] if one["id"] != data["label"]["id"]]
    return {**state, "labels": by_id([*rest, data["label"]])}


def _merged(state: State, data: Data) -> State:
    old, into = data["from_id"], data["label"]["id"]

    def renamed(ids: list[str]) -> list[str]:
        if into in ids:
            return [id for id in ids if id != old]
        return [into if id == old else id for id in ids]

    rows = {
        id: {**row, "labels": renamed(row["labels"]), "own_labels": sorted(renamed(row["own_labels"]))}
        for id, row in state["conversations"].items()
    }
    labelled = {
        id: sorted_worn(
            [
                {"message_id": message, "label_id": label}
                for message, label in {
                    (one["message_id"], into if one["label_id"] == old else one["label_id"]) for one in here
                }
            ]
        )
        for id, here in state["labelled"].items()
    }
    state = {**state, "conversations": rows, "labelled": labelled}
    state = {**state, "labels": [one for one in state["labels"] if one["id"] != old]}
    return _label(_open(_open(state, old, 0), into, data["open"]), data)


def _ready(state: State, data: Data) -> State:
    rest = [one for one in state["ready"] if one["id"] != data["ready"]["id"]]
    return {**state, "ready": by_id([*rest, data["ready"]])}


def _ready_gone(state: State, data: Data) -> State:
    return {**state, "ready": [one for one in state["ready"] if one["id"] != data["id"]]}


KINDS: dict[str, Callable[[State, Data], State]] = {
    "OwnLabelled": _own_labelled,
    "OwnUnlabelled": _own_unlabelled,
    "Starred": _stars,
    "Unstarred": _stars,
    "OwnCountChanged": _own_count,
    "LabelSaved": _label,
    "LabelsMerged": _merged,
    "ReadyReplySaved": _ready,
    "ReadyReplyRemoved": _ready_gone,
}


def apply(state: State, kind: str, data: Data) -> State:
    return KINDS[kind](state, data)
