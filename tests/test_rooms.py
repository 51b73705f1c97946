"""Imports run one way. This file holds the table; nothing is excepted from it."""

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "frontdesk"

TALK_READS = {"talk.read", "talk.model", "talk.events", "talk.tables"}
CHANNELS_SHARED = {"channels.port", "channels.receive", "channels.deliver"}
MAY_IMPORT = {
    "base": set(),
    "people": {"base"},
    "talk": {"base", "people"},
    "presence": {"base", "people"},
    "search": {"base", "people", "talk.access", "talk.history", "talk.customer_list"} | TALK_READS,
    "know": {"base", "people.model"} | TALK_READS,
    "suggest": {"base", "people", "know"} | TALK_READS,
    "privacy": {"base", "people", "talk", "presence", "search", "know", "suggest", "notify"},
    "notify": {"base", "people", "talk", "presence"},
    "channels": {"base", "people", "talk", "presence"} | CHANNELS_SHARED,
    "live": {"base", "people", "presence", "talk.access", "talk.model"},
    "api": {"base", "people", "talk", "presence", "search", "know", "suggest", "notify", "live", "privacy"}
    | CHANNELS_SHARED,
}
# These import every room; only the ones named here import them.
ON_TOP = {
    "app": {"cli", "demo", "wire", "__main__"},
    "reactions": {"app"},
    "errands": {"app", "cli", "handover"},
    "handover": {"app", "cli"},
    "demo": {"cli", "__main__"},
    "wire": set(),
    "cli": {"__main__"},
    "__main__": set(),
}

# Loads by name, for everybody; whoever names a module to it imports it, as far as the table goes.
FIRST_USE = "base/first_use.py"

WEB = {"fastapi", "starlette", "uvicorn"}
DATABASE = {"sqlalchemy", "psycopg", "psycopg_pool", "sqlite3", "alembic"}
DRIVERS = DATABASE - {"sqlalchemy"}
WEB_STANDS_IN = re.compile(r"(base|api|live|demo)/|channels/\w+/(routes|door)\.py|app\.py")
PURE = re.compile(r"(.*/)?(model|access|events)\.py")


class Import(NamedTuple):
    line: int
    name: str
    inside: bool


def python_faults(source: Path) -> list[str]:
    """What breaks the table in a folder that holds the package."""
    package = source / PACKAGE
    modules = {_module(path, source): path for path in sorted(package.rglob("*.py"))}
    return [
        f"{path.relative_to(source)}{fault}"
        for module, path in modules.items()
        for fault in _faults(module, path, package, modules)
    ]


def _faults(module: str, path: Path, package: Path, modules: dict[str, Path]) -> Iterator[str]:
    tree = ast.parse(path.read_text())
    where = path.relative_to(package).as_posix()
    for one in _imports(tree, module, path.name == "__init__.py", modules):
        if one.inside:
            yield f":{one.line} imports {one.name} inside a function or class"
        if one.name.split(".")[0] == PACKAGE:
            if not may_import(module, one.name):
                yield f":{one.line} may not import {one.name}"
        elif reason := _library_fault(where, one.name.split(".")[0]):
            yield f":{one.line} {reason}"
    if where != FIRST_USE:
        yield from _escapes(tree)


def may_import(module: str, wanted: str) -> bool:
    own, other = module.split(".")[1:], wanted.split(".")[1:]
    if not other:
        return True
    if other[0] in ON_TOP:
        return own[:1] == other[:1] or (bool(own) and own[0] in ON_TOP[other[0]])
    if not own:
        return False
    if own[0] in ON_TOP:
        return True
    if own[0] == other[0]:
        return own[0] != "channels" or _same_channel(own, other)
    allowed = MAY_IMPORT.get(own[0], set())
    return other[0] in allowed or ".".join(other[:2]) in allowed


def _same_channel(own: list[str], other: list[str]) -> bool:
    return len(other) == 1 or ".".join(other[:2]) in CHANNELS_SHARED or own[1:2] == other[1:2]


def _library_fault(where: str, library: str) -> str | None:
    if PURE.fullmatch(where) and library in WEB | DATABASE:
        return f"imports {library}: models, access and events are pure"
    if library in WEB and not WEB_STANDS_IN.match(where):
        return f"imports {library}: HTTP is spoken only at the edges"
    if library in DRIVERS and not where.startswith("base/"):
        return f"imports {library}: what differs between databases is in base/"
    return None


def _imports(tree: ast.Module, module: str, is_package: bool, modules: dict[str, Path]) -> Iterator[Import]:
    for node, inside in _walk(tree, False):
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, alias.name, inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, module, is_package)
            for alias in node.names:
                full = f"{base}.{alias.name}"
                is_ours = full in modules or (base == PACKAGE and alias.name in {*MAY_IMPORT, *ON_TOP})
                yield Import(node.lineno, full if is_ours else base, inside)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "OnFirstUse":
            yield Import(node.lineno, _named(node), inside)


def _named(call: ast.Call) -> str:
    """What an `OnFirstUse` will load; only a name that stands there can be read here."""
    name = call.args[0] if call.args else None
    is_text = isinstance(name, ast.Constant) and isinstance(name.value, str)
    return str(name.value) if isinstance(name, ast.Constant) and is_text else f"{PACKAGE}.?"


def _walk(node: ast.AST, inside: bool) -> Iterator[tuple[ast.AST, bool]]:
    for child in ast.iter_child_nodes(node):
        yield child, inside
        closed = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef)
        yield from _walk(child, inside or closed)


def _absolute(node: ast.ImportFrom, module: str, is_package: bool) -> str:
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    parents = parts[: len(parts) - node.level + is_package]
    return ".".join([*parents, node.module] if node.module else parents)


def _escapes(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if name in {"TYPE_CHECKING", "import_module", "__import__"}:
            yield f":{getattr(node, 'lineno', 0)} uses {name}, which goes around the table"


def _module(path: Path, source: Path) -> str:
    parts = path.relative_to(source).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def circles(source: Path) -> list[str]:
    modules = {_module(path, source): path for path in (source / PACKAGE).rglob("*.py")}
    graph = {
        name: {
            one.name
            for one in _imports(ast.parse(path.read_text()), name, path.name == "__init__.py", modules)
            if one.name in modules and one.name not in (name, PACKAGE)
        }
        for name, path in modules.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        return list(circle.args[1])
    return []


# The tests of the checker itself stand on small made-up trees.


def test_rooms_import_one_way() -> None:
    assert python_faults(ROOT / "src") == []


def test_no_circle_of_imports() -> None:
    assert circles(ROOT / "src") == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("base/db.py", "from frontdesk.talk import model"),
        ("people/agents.py", "import frontdesk.talk.read"),
        ("talk/messages.py", "from frontdesk.live import hub"),
        ("talk/messages.py", "from ..channels.widget import routes"),
        ("talk/messages.py", "from frontdesk import api"),
        ("talk/messages.py", "from frontdesk.app import build"),
        ("talk/messages.py", "from frontdesk.reactions import TABLE"),
        ("talk/messages.py", "def send():\n    from frontdesk.base import db"),
        ("talk/messages.py", "def send():\n    import json"),
        ("talk/messages.py", "class Sender:\n    import json"),
        ("talk/messages.py", "from typing import Any\nimport typing\nif typing.TYPE_CHECKING:\n    pass"),
        ("talk/messages.py", "if TYPE_CHECKING:\n    from frontdesk.live import hub"),
        ("talk/messages.py", "import importlib\nhub = importlib.import_module('frontdesk.live.hub')"),
        ("talk/messages.py", "hub = OnFirstUse('frontdesk.live.hub')"),
        ("talk/messages.py", "driver = OnFirstUse('psycopg')"),
        ("talk/messages.py", "hub = OnFirstUse('frontdesk.live.' + 'hub')"),
        ("talk/messages.py", "def send():\n    OnFirstUse('json')"),
        ("talk/messages.py", "import sqlite3"),
        ("talk/messages.py", "from fastapi import HTTPException"),
        ("talk/model.py", "from sqlalchemy import Table"),
        ("talk/events.py", "import psycopg"),
        ("talk/access.py", "from starlette.requests import Request"),
        ("search/index.py", "from frontdesk.talk import messages"),
        ("suggest/rank.py", "from frontdesk.talk.access import may_read"),
        ("live/hub.py", "from frontdesk.talk import read"),
        ("live/hub.py", "import frontdesk.talk"),
        ("live/hub.py", "from frontdesk.channels import port"),
        ("api/routes.py", "from frontdesk.channels.widget import routes"),
        ("api/routes.py", "from frontdesk.cli import main"),
        ("channels/widget/routes.py", "from frontdesk.channels.messenger import parse"),
        ("channels/widget/routes.py", "from frontdesk.live import hub"),
        ("channels/widget/inbound.py", "from fastapi import APIRouter"),
        ("channels/receive.py", "from frontdesk.channels.widget import inbound"),
        ("app.py", "from frontdesk.demo import shop"),
        ("reactions.py", "from frontdesk import app"),
        ("cli.py", "from starlette.routing import Route"),
        ("helpers/things.py", "from frontdesk.base import db"),
    ],
)
def test_checker_finds(tmp_path: Path, path: str, text: str) -> None:
    assert python_faults(tree(tmp_path, path, text)) != []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "talk/messages.py",
            "from frontdesk import __version__\nfrom frontdesk.base import db\nfrom . import read",
        ),
        ("talk/messages.py", "import sqlalchemy\nfrom frontdesk.people.model import Actor"),
        ("base/postgres.py", "import psycopg"),
        ("base/schema.py", "upgrade = OnFirstUse('frontdesk.base.db')"),
        ("app.py", "postgres = OnFirstUse('frontdesk.talk.model')"),
        ("search/index.py", "from frontdesk.talk import model, read"),
        (
            "live/hub.py",
            "from frontdesk.talk.access import may_read\nfrom starlette.websockets import WebSocket",
        ),
        ("api/routes.py", "from fastapi import APIRouter\nfrom frontdesk.channels import port"),
        (
            "channels/widget/routes.py",
            "from fastapi import APIRouter\nfrom frontdesk.channels.widget import inbound",
        ),
        ("channels/widget/inbound.py", "from frontdesk.channels.port import Inbound\nfrom . import model"),
        ("app.py", "from frontdesk import reactions\nfrom frontdesk.channels.widget import routes"),
        ("demo/shop.py", "from frontdesk.app import build\nfrom frontdesk.talk import messages"),
        ("cli.py", "from frontdesk import app, demo"),
        ("__main__.py", "from frontdesk.cli import main"),
    ],
)
def test_checker_lets_pass(tmp_path: Path, path: str, text: str) -> None:
    assert python_faults(tree(tmp_path, path, text)) == []


def test_checker_finds_circles(tmp_path: Path) -> None:
    source = tree(tmp_path, "talk/read.py", "from frontdesk.talk import tables")
    tree(tmp_path, "talk/tables.py", "from frontdesk.talk.read import rows")
    assert {"frontdesk.talk.read", "frontdesk.talk.tables"} == set(circles(source))


def tree(folder: Path, path: str, text: str) -> Path:
    for file in (path, "talk/model.py", "talk/read.py", "channels/port.py", "channels/widget/inbound.py"):
        (folder / PACKAGE / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / PACKAGE / file).touch()
    (folder / PACKAGE / path).write_text(text)
    return folder
