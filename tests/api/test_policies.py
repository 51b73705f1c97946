"""A route or a socket command that does not say who may use it does not exist."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import Route, WebSocketRoute
from tests.api.calls import CALLS, endpoints

from frontdesk.api import door
from frontdesk.api.shield import Shield
from frontdesk.app import create
from frontdesk.base.desk import Desk
from frontdesk.base.settings import Settings
from frontdesk.base.sqlite import Sqlite
from frontdesk.channels.widget import routes as widget
from frontdesk.live import socket

POLICIES = (*door.POLICIES, widget.anyone, widget.visitor)
# FastAPI adds the description of the routes by itself; it holds nothing of anybody.
BY_FASTAPI = "/api/openapi.json"
SOCKETS = {"/api/live", "/widget/live"}


@pytest.fixture
def shield(tmp_path: Path) -> Iterator[Shield]:
    desk = Desk(Sqlite(tmp_path / "never-opened.db"))
    yield create(Settings(tmp_path), desk)
    desk.close()


@pytest.fixture
def app(shield: Shield) -> Any:
    return shield.app


def declared(app: Any) -> dict[tuple[str, str], list[str]]:
    """Each route with the policies it names."""
    plain = {id(route): policy for route, policy in widget.PLAIN}
    found: dict[tuple[str, str], list[str]] = {}
    for route in endpoints(app.routes):
        if isinstance(route, WebSocketRoute) or route.path == BY_FASTAPI:
            continue
        names = [plain[id(route)]] if id(route) in plain else policies(route)
        for method in route.methods - {"HEAD"}:
            found[method, as_called(route.path)] = names
    return found


def policies(route: Any) -> list[str]:
    dependant = getattr(route, "dependant", None)
    if dependant is None:
        return []
    return [one.call.__name__ for one in dependant.dependencies if one.call in POLICIES]


def as_called(path: str) -> str:
    """As calls.py writes it."""
    path = path.replace("{path:path}", "{page}").replace("{name}", "{asset}")
    return re.sub(r"\{(\w+)_id\}", r"{\1}", path).replace("pictures/{file}", "pictures/{picture}")


def test_every_route_names_exactly_the_policy_it_is_known_for(app: Any) -> None:
    assert declared(app) == {call.key: [call.policy] for call in CALLS}


def test_sockets_are_the_two_that_are_known(app: Any) -> None:
    found = {route.path for route in endpoints(app.routes) if isinstance(route, WebSocketRoute)}
    assert found == SOCKETS


def test_what_has_a_shorter_way_is_registered_too(shield: Shield) -> None:
    """Else nothing here would know of it."""
    assert {("POST", path) for path in shield._posts} <= declared(shield.app).keys()
    assert shield._sockets.keys() == SOCKETS


def test_what_a_socket_may_say_is_known() -> None:
    assert socket.POLICY == {
        "ping": ("agent", "customer", "nobody"),
        "looking": ("agent",),
        "typing": ("agent", "customer"),
    }


def test_a_route_without_a_policy_is_found(app: FastAPI) -> None:
    router = APIRouter()
    router.add_api_route("/api/open", lambda: None)
    router.add_api_route("/api/twice", lambda: None, dependencies=[Depends(door.anyone), Depends(door.agent)])
    app.include_router(router)
    app.router.routes.append(Route("/api/plain", lambda _: None))
    found = declared(app)
    assert found["GET", "/api/open"] == found["GET", "/api/plain"] == []
    assert sorted(found["GET", "/api/twice"]) == ["agent", "anyone"]
