"""The reducer's rules for what is known of customers."""

from typing import Any

State = dict[str, Any]
Data = dict[str, Any]

KINDS = ("ProfileChanged", "CustomerCompanySaved", "OwnFieldsSaved")
# What can be written of a customer; the rest is seen by the desk itself, and no fact tells it.
WRITTEN = ("name", "email", "phone", "title", "company", "about", "fields", "origins")


def apply(state: State, kind: str, data: Data) -> State:
    if kind == "OwnFieldsSaved":
        return {**state, "own_fields": data["fields"]}
    if kind == "CustomerCompanySaved":
        return _company_saved(state, data["company"])
    rest = without(state, data["profile"]["id"])
    return {**rest, "profiles": {**rest["profiles"], **written(data["profile"])}}


def without(state: State, id: str) -> State:
    return {**state, "profiles": {one: known for one, known in state["profiles"].items() if one != id}}


def written(profile: Data) -> Data:
    """By id; nothing where nothing is written."""
    kept = {name: profile[name] for name in WRITTEN}
    return {profile["id"]: kept} if any(kept.values()) else {}


def company(one: Data) -> Data:
    """How many customers it has is counted when somebody looks."""
    return {name: value for name, value in one.items() if name != "customers"}


def _company_saved(state: State, one: Data) -> State:
    named = {"id": one["id"], "name": one["name"]}
    profiles = {
        id: {**known, "company": named} if (known["company"] or {}).get("id") == one["id"] else known
        for id, known in state["profiles"].items()
    }
    return {**state, "profiles": profiles, "companies": {**state["companies"], one["id"]: company(one)}}
