"""What goes over the wire, as one OpenAPI document: `python -m frontdesk.wire`.

The browser's types are generated from it (`python3 dev.py wire`), so that they cannot say anything else.
"""

import dataclasses
import inspect
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson
from pydantic import TypeAdapter

from frontdesk.app import create
from frontdesk.base.body import Body
from frontdesk.base.desk import Desk
from frontdesk.base.log import NOBODY, Event
from frontdesk.base.settings import Settings
from frontdesk.base.sqlite import Sqlite
from frontdesk.channels.widget import routes as widget
from frontdesk.channels.widget import shapes
from frontdesk.know import events as know
from frontdesk.notify import events as notify
from frontdesk.people import events as people
from frontdesk.presence import events as presence
from frontdesk.suggest import events as suggest
from frontdesk.talk import events as talk
from frontdesk.talk import list_events

Schema = dict[str, Any]
_REF = "#/components/schemas/{model}"


def main() -> None:
    sys.stdout.buffer.write(written(document()))


def written(spec: Schema) -> bytes:
    return orjson.dumps(spec, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


def document() -> Schema:
    """The routes, and beside them what only sockets and plain routes say."""
    spec = _routes()
    known = spec["components"]["schemas"]
    for name, schema in {**_shapes(), **_facts()}.items():
        # Two things of one name would be one type in the browser.
        assert known.setdefault(name, schema) == schema, f"{name} has two shapes"
    for name in known.keys() - _told():
        # What the desk says is always whole; only what it is told may leave something out.
        known[name]["required"] = list(known[name].get("properties", ()))
    spec["paths"]["/widget/api/messages"] = {"post": _say()}
    return {**spec, "paths": _untitled(spec["paths"]), "components": _untitled(spec["components"])}


def _routes() -> Schema:
    """Nothing is opened: a desk asks its database for the first time when it is asked itself."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder))
        desk = Desk(Sqlite(settings.data / "nothing.db"))
        try:
            return create(settings, desk).app.openapi()
        finally:
            desk.close()


def _told(body: type[Body] = Body) -> set[str]:
    return {body.__name__}.union(*(_told(one) for one in body.__subclasses__()))


def kinds() -> list[type[Event]]:
    """Every kind of fact there is."""
    modules = (know, notify, people, presence, suggest, talk, list_events)
    found = [one for module in modules for one in _classes(module) if issubclass(one, Event)]
    return sorted(found, key=lambda one: one.kind)


def is_heard(kind: type[Event]) -> bool:
    """Whether any socket gets it."""
    try:
        return kind.audience(object.__new__(kind)) != NOBODY
    except AttributeError:
        return True  # the audience depends on whom it is about


def _classes(module: ModuleType) -> Iterator[type]:
    for name, one in inspect.getmembers(module, inspect.isclass):
        if one.__module__ == module.__name__ and not name.startswith("_"):
            yield one


def _shapes() -> dict[str, Schema]:
    plain = [one for one in _classes(shapes) if dataclasses.is_dataclass(one)]
    defined = _defined([*plain, *kinds()], "serialization")
    return {**defined, **_defined([widget.Say], "validation")}


def _defined(types: list[type], mode: Any) -> dict[str, Schema]:
    adapters = [(one.__name__, mode, TypeAdapter[Any](one)) for one in types]
    _, together = TypeAdapter.json_schemas(adapters, ref_template=_REF)
    defined: dict[str, Schema] = together["$defs"]
    return defined


def _facts() -> dict[str, Schema]:
    heard = [one.kind for one in kinds() if is_heard(one)]
    return {
        **{f"{kind}Fact": _fact(kind) for kind in heard},
        "Fact": {
            "oneOf": [{"$ref": _ref(f"{kind}Fact")} for kind in heard],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {kind: _ref(f"{kind}Fact") for kind in heard},
            },
        },
    }


def _fact(kind: str) -> Schema:
    id_or_null = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    properties: Schema = {
        "is": {"type": "string", "const": "fact"},
        "seq": {"type": "integer"},
        "at": {"type": "integer"},
        "kind": {"type": "string", "const": kind},
        "conversation_id": id_or_null,
        "customer_id": id_or_null,
        "data": {"$ref": _ref(kind)},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def _say() -> Schema:
    """The hot route stands beside FastAPI, which therefore does not know of it."""
    return {
        "operationId": "say",
        "tags": ["widget"],
        "requestBody": {"required": True, **_json("Say")},
        "responses": {"201": {"description": "Said", **_json("Said")}},
    }


def _json(name: str) -> Schema:
    return {"content": {"application/json": {"schema": {"$ref": _ref(name)}}}}


def _untitled(node: Any) -> Any:
    """Titles say each name a second time; a property that is called so is a dict."""
    if isinstance(node, list):
        return [_untitled(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {key: _untitled(one) for key, one in node.items() if key != "title" or isinstance(one, dict)}


def _ref(name: str) -> str:
    return _REF.format(model=name)


if __name__ == "__main__":
    main()
