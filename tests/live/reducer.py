"""What a client does with facts: the rules of `web/desk/state/apply.ts` in Python, and a visitor's."""

from collections.abc import Callable
from typing import Any

from tests.live import erased, kept, noted, profiled

State = dict[str, Any]
Frame = dict[str, Any]

MARKS = {"CustomerSaw": "customer_saw", "AgentSaw": "team_saw", "ConversationRead": "read_position"}
# On the row for the customer's own view; no agent is told when it changes.
NOT_THE_TEAMS = ("customer_unread", "start")


def apply(state: State, fact: Frame) -> State:
    """The agent's state after a fact; a fact it has already changes nothing."""
    if fact["seq"] <= state["seq"]:
        return state
    return {**_changed(state, fact["kind"], fact["data"]), "seq": fact["seq"]}


def _changed(state: State, kind: str, data: dict[str, Any]) -> State:
    if kind in MARKS:
        return _marked(state, data["conversation_id"], MARKS[kind], data["position"])
    if kind in noted.KINDS:
        return noted.apply(state, kind, data)
    if kind in profiled.KINDS:
        return profiled.apply(state, kind, data)
    if kind in kept.KINDS:
        return kept.apply(state, kind, data)
    if kind in ("Labelled", "Unlabelled"):
        return kept.worn(_moved(state, data), data["conversation"]["id"], data, on=kind == "Labelled")
    if "conversation" in data:
        return _moved(state, data)
    if kind in ("CustomerAppeared", "CustomerChanged"):
        return _renamed(state, data["customer"])
    if kind == "CustomersMerged":
        state = profiled.without(state, data["gone_id"])
        state = profiled.without(state, data["gone_id"])
        return _whose(state, lambda row: row["customer"]["id"] == data["gone_id"], data["kept"])
    if kind == "MergeUndone":
        return _whose(state, lambda row: row["id"] in data["conversations"], data["customer"])
    if kind in ("CustomerErased", "ConversationsErased"):
        known = profiled.without(state, data["customer_id"]) if "customer_id" in data else state
        return erased.apply(_uncounted(known, data), data)
    if kind in ("AgentAdded", "AgentChanged"):
        return _with_agent(state, data["agent"])
    if kind == "PreferencesChanged":
        return _with_agent({**state, "me": data["me"]}, {name: data["me"][name] for name in FACE})
    if kind == "CompanyChanged":
        return {**state, "company": data["company"]}
    if kind == "AnswersSuggested":
        return _suggested(state, data["proposal"]["conversation_id"], data["proposal"])
    if kind == "SuggestionRejected":
        return _rejected(state, data["conversation_id"], data["suggestion_id"])
    if kind in NOT_HELD:
        return state
    raise AssertionError(f"nobody said what {kind} does")


# Their screens fetch anew; nothing of theirs is held at the desk.
NOT_HELD = (
    "CustomerBlocked",
    "BarMoved", "EvaluationDone", "ModelChanged", "SourceAdded", "SourceChanged", "SourceRemoved",
    "AnswerApproved", "AnswerChanged", "AnswerRetired", "AnswerRestored",
)  # fmt: skip


def _suggested(state: State, id: str, proposal: dict[str, Any] | None) -> State:
    """What lies under a conversation; nothing is left of what lies there no more."""
    rest = {one: found for one, found in state["proposals"].items() if one != id}
    here = {id: proposal} if proposal is not None and proposal["suggestions"] else {}
    return {**state, "proposals": {**rest, **here}}


def _rejected(state: State, id: str, suggestion_id: str) -> State:
    found = state["proposals"].get(id)
    if found is None:
        return state
    left = [one for one in found["suggestions"] if one["id"] != suggestion_id]
    return _suggested(state, id, {**found, "suggestions": left})


FACE = ("id", "name", "role", "picture", "colour", "disabled")


def _moved(state: State, data: dict[str, Any]) -> State:
    after, was = documented(data["conversation"]), data["was"]
    now, me = {**after, "snoozed": after["snoozed_until"] is not None}, state["me"]["id"]
    counts = _counted(_counted(state["counts"], me, was, -1), me, now, 1)
    if was is not None and was["closed"] != after["closed"]:
        counts = kept.turned(counts, after)
    labelled = {after["id"]: [], **state["labelled"]}
    state = _with_row({**state, "counts": counts, "labelled": labelled}, after)
    item = data.get("message") or data.get("happening")
    if item is not None:
        state = _suggested(state, after["id"], None)
    items = state["timelines"].get(after["id"], [])
    if item is None or any(one["position"] == item["position"] for one in items if "mentions" not in one):
        return {**state, "timelines": {**state["timelines"], after["id"]: items}}
    items = noted.sorted_items([*items, item])
    return {**state, "timelines": {**state["timelines"], after["id"]: items}}


def documented(conversation: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in conversation.items() if name not in NOT_THE_TEAMS}


def _with_row(state: State, after: dict[str, Any]) -> State:
    before = state["conversations"].get(after["id"])
    row = {**after, "read_position": 0, "mention": None, "starred": False, "own_labels": []}
    if before is not None:
        row |= {name: before[name] for name in ("read_position", "mention", "starred", "own_labels")}
        for mark in ("customer_saw", "team_saw"):
            row[mark] = max(row[mark], before[mark])
    return {**state, "conversations": {**state["conversations"], after["id"]: row}}


def _counted(counts: dict[str, Any], me: str, one: dict[str, Any] | None, by: int) -> dict[str, Any]:
    if one is None or one["closed"] or one["owner_id"] not in (None, me):
        return counts
    if one["owner_id"] == me:
        place = "snoozed" if one["snoozed"] else "mine"
        return {**counts, place: counts[place] + by}
    queues = counts["teams"]
    if one["team_id"] is not None:
        queues = {**queues, one["team_id"]: queues.get(one["team_id"], 0) + by}
    waiting = {team: many for team, many in queues.items() if many}
    return {**counts, "unassigned": counts["unassigned"] + by, "teams": waiting}


def _uncounted(state: State, data: dict[str, Any]) -> State:
    """Where the open ones were counted."""
    counts = state["counts"]
    for one in data.get("open", ()):
        counts = _counted(counts, state["me"]["id"], {**one, "closed": False}, -1)
        counts = kept.turned(counts, {**one, "closed": True})
    return {**state, "counts": counts}


def _marked(state: State, id: str, mark: str, position: int) -> State:
    row = state["conversations"].get(id)
    if row is None or row[mark] >= position:
        return state
    return {**state, "conversations": {**state["conversations"], id: {**row, mark: position}}}


def _renamed(state: State, customer: dict[str, Any]) -> State:
    return _whose(state, lambda row: row["customer"]["id"] == customer["id"], customer)


def _whose(state: State, which: Callable[[dict[str, Any]], bool], customer: dict[str, Any]) -> State:
    rows = {
        id: {**row, "customer": customer} if which(row) else row for id, row in state["conversations"].items()
    }
    return {**state, "conversations": rows}


def _with_agent(state: State, agent: dict[str, Any]) -> State:
    agents = sorted(
        [*(one for one in state["agents"] if one["id"] != agent["id"]), agent], key=lambda one: str(one["id"])
    )
    me = {**state["me"], **agent} if agent["id"] == state["me"]["id"] else state["me"]
    return {**state, "agents": agents, "me": me}


def apply_visitors(state: State, fact: Frame) -> State:
    """The visitor's state after a fact. Who answers is compared by id: faces come with the next hello."""
    if fact["seq"] <= state["seq"]:
        return state
    kind, data = fact["kind"], fact["data"]
    if kind in MARKS:
        rows = _seen(state["conversations"], state["timelines"], kind, data)
        return {**state, "conversations": rows, "seq": fact["seq"]}
    after = visitors(data["conversation"])
    item = data.get("message") or data.get("happening")
    items = state["timelines"].get(after["id"], [])
    return {
        "seq": fact["seq"],
        "conversations": {**state["conversations"], after["id"]: after},
        "timelines": {**state["timelines"], after["id"]: [*items, *([item] if item else [])]},
    }


def visitors(conversation: dict[str, Any]) -> dict[str, Any]:
    """A visitor's conversation; how many lines the team has among themselves does not concern it."""
    agent = conversation["agent"]
    rest = {name: value for name, value in conversation.items() if name != "last_position"}
    return {**rest, "agent": agent and agent["id"]}


def _seen(rows: dict[str, Any], timelines: dict[str, Any], kind: str, data: dict[str, Any]) -> dict[str, Any]:
    id, position = data["conversation_id"], data["position"]
    row = {**rows[id], MARKS[kind]: max(rows[id][MARKS[kind]], position)}
    if kind == "CustomerSaw":
        row["unread"] = sum(
            one.get("by") == "agent" and one["position"] > row["customer_saw"] for one in timelines[id]
        )
    return {**rows, id: row}
