"""Bodies, addresses and queries that nobody honest sends: refused, quickly, and nothing has changed."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.api.calls import CALLS, Call, writes
from tests.api.rows import differing
from tests.security.world import World, picture

from frontdesk import wire
from frontdesk.base.ids import new_id
from frontdesk.channels.widget.routes import Visited

EXTRA = {
    "owner_id": new_id(), "role": "admin", "account_id": 1, "id": new_id(), "is_note": True,
    "path": "/etc/passwd", "customer_id": new_id(), "agent_id": new_id(), "disabled": False,
    "proven": True, "seq": 1, "__proto__": {}, "constructor": {"prototype": {}}, "": "x", "$where": "1",
}  # fmt: skip
OF_TYPE: dict[str, Any] = {
    "null": None, "boolean": True, "integer": 1, "number": 1.5, "string": "x", "array": ["x"],
    "object": {"$gt": ""},
}  # fmt: skip
STRINGS = [
    "", " ", "\0", "a\0b", "\ud800", "x" * 5_000, "x" * 200_000, "%00", "../../etc/passwd", "\u202e",
    "NaN", "'; DROP TABLE message; --", '{"$gt": ""}', "\r\nSet-Cookie: a=b", "{{7*7}}", "${jndi:ldap://x}",
    "\uffff",
]  # fmt: skip
NUMBERS = [
    "-1",
    "2147483648",
    str(2**63),
    str(2**70),
    "1e308",
    "1e999",
    "NaN",
    "Infinity",
    "1.0",
    "-0",
    "1" * 5_000,
]
NO_BODIES = [
    b"", b"null", b"[]", b"1", b'"x"', b"{", b"}", b'{"client_id"',
    b"{'a': 1}", b"\x80",
    b"[" * 100_000, b'{"a":' * 50_000, b"client_id=x&text=y", b"<x/>", b"\xef\xbb\xbf{", b"{}{}",
    b" " * 1_000,
]  # fmt: skip
KINDS = [
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "",
    "*/*",
]
NO_IDS = [
    "0",
    "a" * 25,
    "a" * 27,
    "A" * 26,
    "é" * 26,
    "..%2f..%2fetc",
    "%00" * 26,
    "a" * 26 + "%0a",
    "'",
    "a" * 5_000,
]
NO_QUERIES = [
    "-1",
    "0",
    "201",
    "x",
    "",
    "1.5",
    "1e3",
    str(2**70),
    "null",
    "%00",
    "' OR 1=1",
    "1&limit=2",
    "९",
]


# PostgreSQL refuses text that SQLite takes.
on_both = pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)


@pytest.fixture(scope="module")
def schemas() -> dict[tuple[str, str], dict[str, dict[str, Any]]]:
    """The fields of each body, with what JSON Schema says of them."""
    spec = wire.document()
    found = {}
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if body:
                place = path.replace("_id}", "}")
                found[method.upper(), place] = fields(body["schema"], spec)
    found["POST", "/widget/api/visits"] = fields(Visited.model_json_schema(), {})
    return found


def fields(schema: dict[str, Any], spec: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = resolved(schema, spec)["properties"]
    return found


def resolved(schema: dict[str, Any], spec: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    named: dict[str, Any] = spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return named


def types(schema: dict[str, Any]) -> set[str]:
    """The JSON types that a field takes."""
    if "anyOf" in schema:
        return set().union(*(types(one) for one in schema["anyOf"]))
    found = {schema.get("type", "object")}
    return found | {"integer"} if "number" in found else found


def sent(world: World, call: Call, body: Any, kind: str = "application/json") -> httpx.Response:
    """`body` is an object, or text or bytes to be sent as they are."""
    role = {"agent": "admin", "admin": "admin", "visitor": "visitor", "anyone": "nobody"}[call.policy]
    raw = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    headers = {**world.headers(role), "content-type": kind}
    if call.place == "/widget/api/visits":
        headers["origin"] = "https://kvarn.example"
    world.client.cookies.clear()
    begun = time.monotonic()
    answer = world.client.request(call.method, addressed(world, call), headers=headers, content=raw)
    assert time.monotonic() - begun < 5, (call.place, raw[:100])
    return answer


def addressed(world: World, call: Call) -> str:
    ids = world.objects.get(call.object or "", {})
    id = ids.get("visitor") or ids.get("admin") or ids.get("agent") or ids.get("missing", "")
    return call.place.replace(f"{{{call.object}}}", id)


def valid(world: World, call: Call) -> dict[str, Any]:
    body = call.fresh()
    if "conversation_id" in body:
        body["conversation_id"] = world.objects["conversation"]["visitor"]
    return body


def json_calls() -> Iterator[Call]:
    return (call for call in writes() if not call.is_upload)


def test_fields_nobody_asked_for_are_refused(world: World) -> None:
    before, wrong = world.rows(), []
    for call in json_calls():
        for name, value in EXTRA.items():
            if name in (call.body or {}):
                continue
            answer = sent(world, call, {**valid(world, call), name: value})
            if answer.status_code != 422:
                wrong.append(f"{call.place} takes {name}: {answer.status_code}")
    assert wrong == []
    assert differing(before, world.rows()) == []


def test_wrong_types_are_refused(world: World, schemas: dict[Any, dict[str, dict[str, Any]]]) -> None:
    before, wrong = world.rows(), []
    for call in json_calls():
        for name, schema in schemas[call.key].items():
            for type in OF_TYPE.keys() - types(schema):
                answer = sent(world, call, {**valid(world, call), name: OF_TYPE[type]})
                if answer.status_code != 422:
                    wrong.append(
                        f"{call.place} takes {type} as {name}: {answer.status_code} {answer.text[:80]}"
                    )
    assert wrong == []
    assert differing(before, world.rows()) == []


def test_what_is_no_body_is_refused(world: World) -> None:
    before, wrong = world.rows(), []
    for call in json_calls():
        if call.place == "/api/sign-out":
            continue  # its body says nothing
        for body in NO_BODIES:
            answer = sent(world, call, body)
            if answer.status_code not in (400, 413, 422):
                wrong.append(f"{call.place} takes {body[:20]!r}: {answer.status_code}")
        for kind in KINDS:
            answer = sent(world, call, b"\x00not json", kind)
            if answer.status_code not in (400, 415, 422):
                wrong.append(f"{call.place} takes {kind}: {answer.status_code}")
    assert wrong == []
    assert differing(before, world.rows()) == []


@on_both
def test_strange_text_and_numbers_break_nothing(
    world: World, schemas: dict[Any, dict[str, dict[str, Any]]]
) -> None:
    wrong = []
    for call in json_calls():
        for name, schema in schemas[call.key].items():
            if call.place in ("/api/me/password", "/api/sign-out"):
                continue  # they would end what the others are sent with
            for raw in strange(schema):
                rest = {key: value for key, value in valid(world, call).items() if key != name}
                body = json.dumps(rest)[:-1] + (", " if rest else "") + f"{json.dumps(name)}: {raw}}}"
                answer = sent(world, call, body)
                if answer.status_code >= 500:
                    wrong.append(f"{call.place}: {name} = {raw[:40]}: {answer.status_code}")
    assert wrong == []


def strange(schema: dict[str, Any]) -> list[str]:
    taken = types(schema)
    texts = [json.dumps(text) for text in STRINGS] if "string" in taken else []
    numbers = NUMBERS if taken & {"integer", "number"} else []
    lists = ["[" + '"x",' * 2_000 + '"x"]', '["\\u0000"]', "[[]]"] if "array" in taken else []
    objects = (
        ['{"a": 1e400}', f'{{"a": {2**80}}}', '{"\\u0000": "\\ud800"}', '{"a": {"b": 1}}']
        if "object" in taken
        else []
    )
    return [*texts, *numbers, *lists, *objects]


@on_both
def test_strange_addresses_and_queries_break_nothing(world: World) -> None:
    wrong, before = [], world.rows()
    role = {"agent": "admin", "admin": "admin", "visitor": "visitor", "anyone": "nobody"}
    for call in CALLS:
        headers = world.headers(role[call.policy])
        places = [call.place.replace(f"{{{call.object}}}", id) for id in NO_IDS if call.object]
        if call.method == "GET" and call.object in (None, "conversation"):
            names = ("place", "closed", "order", "after", "before", "limit")
            own = addressed(world, call)
            places += [f"{own}?place=mine&{name}={value}" for name in names for value in NO_QUERIES]
        for place in places:
            answer = world.client.request(call.method, place, headers=headers, json=valid(world, call))
            if answer.status_code >= 500 or (
                call.object not in (None, "page") and call.method == "POST" and answer.is_success
            ):
                wrong.append(f"{call.method} {place[:80]}: {answer.status_code}")
    assert wrong == []
    assert differing(before, world.rows()) == []


def test_parts_nobody_asked_for_are_refused(world: World) -> None:
    before = world.rows()
    picture_file = ("a.png", picture(), "image/png")
    for call in (call for call in writes() if call.is_upload):
        headers = world.headers("visitor" if call.policy == "visitor" else "admin")
        for more in ({"owner_id": new_id()}, {"path": "/etc/passwd"}, {"__proto__": "{}"}, {"id": new_id()}):
            data = {**call.fresh(), **more}
            answer = world.client.post(call.place, headers=headers, data=data, files={"file": picture_file})
            assert answer.status_code == 422, (call.place, more, answer.text)
        for files in ({}, {"other": picture_file}, {"file": picture_file, "other": picture_file}):
            answer = world.client.post(call.place, headers=headers, data=call.fresh(), files=files)
            assert answer.status_code == 422, (call.place, files, answer.text)
    assert differing(before, world.rows()) == []
