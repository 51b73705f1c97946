"""The reducer's rules for what the team says among itself, for teams and for the bell."""

from collections.abc import Callable
from typing import Any

State = dict[str, Any]
Data = dict[str, Any]
NEWEST = 30


def sorted_items(items: list[Any]) -> list[Any]:
    """Notes stand under the item of their position, in the order in which they were written."""
    return sorted(
        items,
        key=lambda one: (
            one["position"],
            "mentions" in one,
            one["at"],
            one["id"] if "mentions" in one else "",
        ),
    )


def _note(state: State, data: Data) -> State:
    note = data["note"]
    items = state["timelines"].get(note["conversation_id"], [])
    rest = [one for one in items if one.get("id") != note["id"]]
    timeline = sorted_items([*rest, note])
    return {**state, "timelines": {**state["timelines"], note["conversation_id"]: timeline}}


def _answer(state: State, data: Data) -> State:
    state, answer = _note(state, data), data["answer"]
    rest = [one for one in state["threads"].get(answer["note_id"], []) if one["id"] != answer["id"]]
    answers = sorted([*rest, answer], key=lambda one: int(one["place"]))
    return {**state, "threads": {**state["threads"], answer["note_id"]: answers}}


def _thread_read(state: State, data: Data) -> State:
    return {**state, "thread_read": {**state["thread_read"], data["note_id"]: data["place"]}}


def _mentioned(state: State, data: Data) -> State:
    row = {name: value for name, value in data["row"].items() if name not in ("customer_unread", "start")}
    state = {**state, "counts": {**state["counts"], "mentions": data["open"]}}
    return {**state, "conversations": {**state["conversations"], row["id"]: row}}


def _mention_left(state: State, data: Data) -> State:
    rows = state["conversations"]
    counts = {**state["counts"], "mentions": data["open"]}
    if data["conversation_id"] not in rows:
        # It began and was erased while nobody listened.
        return {**state, "counts": counts}
    row = {**rows[data["conversation_id"]], "mention": data["mention"]}
    return {**state, "counts": counts, "conversations": {**rows, row["id"]: row}}


def _notice_given(state: State, data: Data) -> State:
    items = sorted(
        [data["notice"], *state["notices"]["items"]], key=lambda one: (one["at"], one["id"]), reverse=True
    )
    return {**state, "notices": {"unseen": data["unseen"], "items": items[:NEWEST]}}


def _notices_seen(state: State, data: Data) -> State:
    ids = data["ids"]
    items = [
        {**one, "seen": one["seen"] or ids is None or one["id"] in ids} for one in state["notices"]["items"]
    ]
    return {**state, "notices": {"unseen": data["unseen"], "items": items}}


def _team(state: State, data: Data) -> State:
    rest = [one for one in state["teams"] if one["id"] != data["team"]["id"]]
    return {**state, "teams": sorted([*rest, data["team"]], key=lambda one: str(one["id"]))}


KINDS: dict[str, Callable[[State, Data], State]] = {
    "NoteAdded": _note,
    "NoteChanged": _note,
    "ThreadAnswered": _answer,
    "ThreadAnswerChanged": _answer,
    "ThreadRead": _thread_read,
    "Mentioned": _mentioned,
    "MentionsLookedAt": _mention_left,
    "MentionChanged": _mention_left,
    "NoticeGiven": _notice_given,
    "NoticesSeen": _notices_seen,
    "TeamSaved": _team,
}


def apply(state: State, kind: str, data: Data) -> State:
    return KINDS[kind](state, data)
