"""Every call × every role × own, foreign and missing things: nothing opens that should not."""

from collections.abc import Iterator

import httpx
from tests.api.calls import CALLS, Call
from tests.api.rows import differing
from tests.security.world import MISSING, ROLES, VISITORS, World

AGENTS = ("agent", "other agent")
TEAM = (*AGENTS, "admin")


def expected(call: Call, role: str, whose: str) -> int | None:
    """The status, 200 for every success; None where only sameness matters."""
    if call.policy == "anyone":
        return None
    if call.policy == "visitor":
        return _for_visitor(call, role, whose)
    if role not in TEAM:
        return 401
    if call.policy == "admin" and role != "admin":
        return 403
    if is_anothers(call, role, whose):
        return 403
    if call.object == "browser" and whose != MISSING and role != "agent":
        return 409  # a colleague has spoken to them today
    return 404 if _is_hidden_from_team(call, role, whose) else 200


def _for_visitor(call: Call, role: str, whose: str) -> int:
    if role not in ("unknown visitor", *VISITORS):
        return 401
    if call.is_upload:
        return 200
    if role == "unknown visitor":
        return 404 if call.place == "/widget/api/messages" else 401
    return 200 if whose in (role, f"{role}, unused") else 404


def _is_hidden_from_team(call: Call, role: str, whose: str) -> bool:
    if whose == MISSING:
        return True
    if call.object in ("session", "label", "ready"):
        return whose != role
    return call.object == "file" and whose.endswith("unused") and whose != f"{role}, unused"


def is_anothers(call: Call, role: str, whose: str) -> bool:
    """Seen by the whole team, and reworded by who wrote it alone, or snoozed by who answers there."""
    if call.place.endswith("/snooze"):
        return role in TEAM and whose != MISSING and (role, whose) != ("agent", "other visitor")
    rewords = call.object in ("note", "thread_answer") and call.place.endswith(("/edit", "/delete"))
    return rewords and role in TEAM and whose not in (role, MISSING)


def things(world: World, call: Call) -> Iterator[tuple[str, str]]:
    kind = "conversation" if "conversation_id" in (call.body or {}) else call.object
    return iter(world.objects[kind].items() if kind else [("", "")])


def told(answer: httpx.Response) -> tuple[object, ...]:
    headers = {name: value for name, value in answer.headers.items() if name != "date"}
    return answer.status_code, answer.content, headers


def test_nothing_opens_that_should_not(world: World) -> None:
    wrong = [
        f"{role}: {call.method} {call.place} ({whose}): {fault}"
        for call in CALLS
        if call.policy != "anyone"
        for role in ROLES
        for whose, id in things(world, call)
        if (fault := fault_of(world, call, role, whose, id))
    ]
    assert wrong == []


def fault_of(world: World, call: Call, role: str, whose: str, id: str) -> str | None:
    headers, before = world.headers(role), world.rows()
    answer = world.call(role, call, id, headers=headers)
    wanted = expected(call, role, whose)
    found = 200 if answer.is_success else answer.status_code
    if found != wanted:
        return f"{answer.status_code}, not {wanted}: {answer.text[:100]}"
    changed = differing(before, world.rows()) if found != 200 else []
    return f"refused, and yet {changed} changed" if changed else None


def test_what_is_foreign_looks_like_what_is_not_there(world: World) -> None:
    wrong = []
    for call in CALLS:
        for role in ROLES:
            answers = {whose: told(world.call(role, call, id)) for whose, id in things(world, call)}
            missing = answers.get(MISSING)
            wrong += [
                f"{role}: {call.method} {call.place}: {whose}: {found} is not {missing}"
                for whose, found in answers.items()
                if found[0] in (401, 403, 404) and found != missing and whose
                if not is_anothers(call, role, whose)
            ]
    assert wrong == []


def test_what_is_open_to_anyone_is_the_same_for_everyone(world: World) -> None:
    wrong = []
    for call in CALLS:
        if call.policy == "anyone":
            statuses = {role: world.call(role, call, MISSING).status_code for role in ROLES}
            if len(set(statuses.values())) > 1 or statuses["nobody"] >= 500:
                wrong.append(f"{call.method} {call.place}: {statuses}")
    assert wrong == []
