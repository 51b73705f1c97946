"""The reducer's rule for what is erased: nothing of it is held."""

from typing import Any

State = dict[str, Any]


def apply(state: State, data: dict[str, Any]) -> State:
    gone = set(data["conversations"])
    noted = {item["id"] for id in gone for item in state["timelines"].get(id, ()) if "mentions" in item}
    notices = state["notices"]
    items = [one for one in notices["items"] if one["conversation_id"] not in gone]
    by_talk = ("conversations", "timelines", "labelled", "proposals")
    by_note = ("threads", "thread_read")
    return {
        **state,
        **{name: _without(state[name], gone) for name in by_talk},
        **{name: _without(state[name], noted) for name in by_note},
        "notices": {**notices, "items": items},
    }


def _without(held: dict[str, Any], gone: set[str]) -> dict[str, Any]:
    return {id: one for id, one in held.items() if id not in gone}
