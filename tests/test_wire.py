"""docs/wire.md, the desk and the browser's types say the same."""

import dataclasses
import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from frontdesk import wire
from frontdesk.channels.widget import routes as widget
from frontdesk.live import socket
from frontdesk.talk.access import heard_by_customer
from frontdesk.talk.model import Conversation

ROOT = Path(__file__).resolve().parent.parent
TOLD = (ROOT / "docs/wire.md").read_text()
CALL = re.compile(r"`(GET|POST) (/[^`\s?]*)[^`]*?(?:\s(\{[^`]*\}))?`", re.DOTALL)
FACT = re.compile(r"^\| (`[A-Z].*?`) \| (.*?) \|(.*)\|$", re.MULTILINE)
# Nobody's code speaks to these: pages name the assets, programs read the others.
NOT_TOLD = {"/healthz", "/widget/assets/{}"}

Call = tuple[str, str]


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    return wire.document()


def test_browser_types_are_generated_from_the_desk(spec: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "spec.json").write_bytes(wire.written(spec))
    maker = ROOT / "web/node_modules/openapi-typescript/bin/cli.js"
    if not maker.is_file():
        pytest.fail(f"{maker} is missing. Install it: .venv/bin/python build_hook.py", pytrace=False)
    words: list[str | Path] = [node(), maker, tmp_path / "spec.json", "-o", tmp_path / "schema.ts"]
    subprocess.run(
        [*words, "--root-types", "--root-types-no-schema-prefix"], check=True, stdout=subprocess.DEVNULL
    )
    same = (ROOT / "web/wire/schema.ts").read_text() == (tmp_path / "schema.ts").read_text()
    assert same, "web/wire/schema.ts is not what the desk says. Write it anew: python3 dev.py wire"


def node() -> str:
    """The one from the wheel; else any that the machine has."""
    places = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    found = shutil.which("node", path=places)
    assert found, "there is no node"
    return found


def test_every_route_is_told_and_every_told_route_is_there(spec: dict[str, Any]) -> None:
    there = {call for call in routes(spec) if call[1] not in NOT_TOLD}
    assert told_calls().keys() == there


def test_told_bodies_have_the_fields_that_are_taken(spec: dict[str, Any]) -> None:
    taken = {call: fields(spec, operation) for call, operation in operations(spec)}
    # The loader's visits are read as text, so the document does not know them.
    assert told_calls()["POST", "/widget/api/visits"] == set(widget.Visited.model_fields)
    told = {call: names for call, names in told_calls().items() if names is not None and call in taken}
    assert len(told) > 20
    assert told == {call: taken[call] for call in told}


def routes(spec: dict[str, Any]) -> set[Call]:
    plain = [
        (method, bare(route.path))
        for route, _ in widget.PLAIN
        for method in route.methods or ()
        if method != "HEAD"
    ]
    return {*plain, *(call for call, _ in operations(spec))}


def operations(spec: dict[str, Any]) -> Iterator[tuple[Call, dict[str, Any]]]:
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            yield (method.upper(), bare(path)), operation


def bare(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


def fields(spec: dict[str, Any], operation: dict[str, Any]) -> set[str]:
    content = operation.get("requestBody", {}).get("content", {})
    for body in content.values():
        schema = body["schema"]
        name = schema["$ref"].rsplit("/", 1)[1] if "$ref" in schema else None
        return set((spec["components"]["schemas"][name] if name else schema).get("properties", ()))
    return set()


def told_calls() -> dict[Call, set[str] | None]:
    """Each call with the fields of its body; None where no body is shown."""
    return {
        (method, bare(path)): names_in(body) if body else None for method, path, body in CALL.findall(TOLD)
    }


def names_in(braces: str) -> set[str]:
    """`{client_id, a?: string, b \\| c}` names three."""
    names = re.sub(r":[^,}]*", "", braces.strip("{}")).replace("\\", "")
    return {name.strip().rstrip("?") for name in re.split(r"[,|]", names) if name.strip()}


def test_every_kind_of_fact_is_told_with_its_data() -> None:
    there = {kind.kind: {field.name for field in dataclasses.fields(kind)} for kind in wire.kinds()}
    told = {kind: data for kind, data, _ in told_facts()}
    assert told.keys() == there.keys()
    heard = {kind.kind for kind in wire.kinds() if wire.is_heard(kind)}
    assert {kind for kind, data in told.items() if "to nobody" not in data} == heard
    assert {kind: told_names(told[kind]) for kind in heard} == {kind: there[kind] for kind in heard}


def test_visitors_hear_what_is_told() -> None:
    for kind, _, visitor in told_facts():
        heard = heard_by_customer(kind, everything(), {})
        assert (set(heard) if heard else set()) == told_names(visitor), kind


def told_facts() -> Iterator[tuple[str, str, str]]:
    for kinds, data, visitor in FACT.findall(TOLD.split("## Facts")[1]):
        for kind in re.findall(r"`(\w+)`", kinds):
            yield kind, data, visitor


def told_names(cell: str) -> set[str]:
    shown = re.search(r"`(\{.*?\})`", cell)
    return names_in(shown[1]) if shown else set()


def everything() -> dict[str, Any]:
    """The data of all facts at once."""
    conversation: dict[str, Any] = dict.fromkeys(Conversation.__dataclass_fields__)
    names = ("message", "happening", "was", "conversation_id", "customer_id", "agent_id", "position")
    return {**dict.fromkeys(names), "conversation": conversation}


def test_sockets_obey_what_is_told() -> None:
    section = TOLD.split("## Sockets")[1].split("## Facts")[0]
    assert set(re.findall(r'\{do: "(\w+)"', section)) == {"hello", *socket.POLICY}
    assert set(re.findall(r"`(/[\w/]+/live)`", section)) == {"/api/live", "/widget/live"}


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("{}", set()),
        ("{client_id}", {"client_id"}),
        ("{a, b?: string, c: id[], d \\| e}", {"a", "b", "c", "d", "e"}),
        ('{kind: "page" \\| "event", url}', {"kind", "url"}),
    ],
)
def test_reader_of_the_page(written: str, names: set[str]) -> None:
    assert names_in(written) == names
