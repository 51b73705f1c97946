"""Every answer there is carries its headers: of calls, of files, and of everything that goes wrong."""

import re
from collections.abc import Iterator

import httpx
import pytest
from tests import serving
from tests.api.calls import CALLS
from tests.cast import PASSWORD, Cast
from tests.databases import Database
from tests.security.world import ROLES, World
from tests.serving import InThread, command

from frontdesk.base.desk import Desk
from frontdesk.base.rates import Rate
from frontdesk.talk import lists

DESK = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
FRAME = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
    "frame-ancestors https://kvarn.example https://www.kvarn.example"
)
NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'; sandbox"
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}
# The only answers that anybody may keep: they are the same for everybody.
KEPT = re.compile(r"/assets/|/widget/assets/|/widget\.js$|/api/pictures/")
PAGES = re.compile(r"/(?!api/|widget/|widget\.js|assets/[^/]+$|healthz)")


def faults(answer: httpx.Response) -> list[str]:
    """What is wrong with an answer's headers."""
    headers, path = answer.headers, answer.request.url.path
    found = [f"{name} is {headers.get(name)}" for name, value in ALWAYS.items() if headers.get(name) != value]
    policy, kept = headers.get("content-security-policy", ""), headers.get("cache-control", "")
    if (
        "frame-ancestors" not in policy
        or "unsafe" in policy
        or "*" in policy
        or "default-src 'none'" not in policy
    ):
        found.append(f"its policy is {policy}")
    if policy not in (DESK, FRAME, NOTHING_RUNS):
        found.append(f"its policy was not designed: {policy}")
    if policy == DESK and (headers["content-type"] != "text/html; charset=utf-8" or not PAGES.match(path)):
        found.append("it has the desk's policy, and is no page of the desk")
    if kept != "no-store" and not (KEPT.search(path) or (policy == DESK and kept == "no-cache")):
        found.append(f"it may be kept: {kept}")
    if "server" in headers or "x-powered-by" in headers:
        found.append("it says what it is made with")
    return [f"{answer.request.method} {path}: {answer.status_code}: {fault}" for fault in found]


def test_every_call_of_everybody(world: World) -> None:
    wrong = []
    for call in CALLS:
        for role in ROLES:
            for id in (world.objects.get(call.object or "") or {"": ""}).values():
                wrong += faults(world.call(role, call, id))
    assert wrong == []


def test_everything_that_goes_wrong(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    maja = world.headers("admin")
    to, own = "/api/conversations", world.objects["conversation"]["other visitor"]
    send, file = f"{to}/{own}/messages", f"/api/files/{world.objects['file']['visitor']}"

    def boom(*_: object) -> None:
        raise RuntimeError("a secret that stands only in the log")

    def post(path: str, **sent: object) -> httpx.Response:
        return world.client.post(path, headers=maja, **sent)  # type: ignore[arg-type]

    def get(path: str, **more: str) -> httpx.Response:
        return world.client.get(path, headers={**maja, **more})

    answers = {
        200: get("/api/state"),
        201: post("/api/invitations", json=command(email="x@kvarn.example", role="agent")),
        206: get(file, range="bytes=0-1"),
        400: get(file, range="bytes=x"),
        401: world.client.get("/api/state"),
        403: world.client.post(send, json=command(), headers={"origin": "https://evil.example"}),
        404: get("/api/nothing"),
        405: world.client.request("PUT", "/api/state"),
        409: post(send, json=command(text="x", files=[])),
        413: post(send, content=b"x" * 300_000),
        416: get(file, range="bytes=999999-"),
        422: post(send, json=command()),
    }
    world.server.context.writes = Rate(1, 60)
    post(send, json=command())
    answers[429] = post(send, json=command(text="x", files=[]))
    monkeypatch.setattr(lists, "counts", boom)
    answers[500] = get("/api/state")
    assert {status: answer.status_code for status, answer in answers.items()} == {one: one for one in answers}
    assert [fault for answer in answers.values() for fault in faults(answer)] == []
    assert "secret" not in answers[500].text
    assert int(answers[429].headers["retry-after"]) > 0


def test_every_built_file_and_page(world: World) -> None:
    built = world.server.context.built
    paths = [
        "/",
        "/conversations/x",
        "/sign-in",
        "/api",
        "/widget.js",
        "/widget/frame",
        "/widget",
        "/api/openapi.json",
    ]
    paths += [f"/assets/{path.name}" for path in (built / "desk/assets").iterdir()]
    paths += [f"/widget/assets/{path.name}" for path in (built / "frame/assets").iterdir()]
    paths += [f"/{path.name}" for path in (built / "desk").iterdir() if path.is_file()]
    paths += ["/assets/..%2findex.html", "/assets/", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/.env"]
    answers = [world.client.get(path) for path in paths]
    assert [fault for answer in answers for fault in faults(answer)] == []
    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
    policies = {path: world.client.get(path).headers["content-security-policy"] for path in paths[:6]}
    assert policies["/"] == policies["/conversations/x"] == DESK
    assert policies["/widget/frame"] == FRAME
    assert policies["/widget.js"] == NOTHING_RUNS


def test_the_cookie_is_for_this_host_and_for_no_script(world: World) -> None:
    cookie = world.client.post("/api/sign-in", json=credentials(world.cast)).headers["set-cookie"]
    name, attributes = taken_apart(cookie)
    assert name == "frontdesk"
    assert attributes == {"httponly", "samesite=lax", "path=/", "max-age=2592000"}
    signing_out = world.client.post("/api/sign-out", json={}).headers["set-cookie"]
    assert taken_apart(signing_out)[1] >= {"httponly", "samesite=lax", "path=/", "max-age=0"}


@pytest.fixture
def behind(database: Database, desk: Desk, cast: Cast) -> Iterator[InThread]:
    settings = database.settings(port=serving.free_port(), base_url="https://desk.example")
    with serving.in_thread(desk, settings) as one:
        yield one


def test_behind_tls_the_cookie_is_secure_and_bound_to_the_host(behind: InThread, cast: Cast) -> None:
    client = behind.client(origin="https://desk.example")
    answer = client.post("/api/sign-in", json=credentials(cast))
    name, attributes = taken_apart(answer.headers["set-cookie"])
    assert name == "__Host-frontdesk"
    assert attributes == {"httponly", "samesite=lax", "path=/", "max-age=2592000", "secure"}
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    # The plain name is worth nothing there, whoever has set it.
    token = answer.cookies["__Host-frontdesk"]
    assert behind.client().get("/api/state", headers={"cookie": f"frontdesk={token}"}).status_code == 401
    assert behind.client().get("/api/state", headers={"cookie": f"__Host-frontdesk={token}"}).is_success


def credentials(cast: Cast) -> dict[str, str]:
    return {"email": cast.maja.email, "password": PASSWORD}


def taken_apart(cookie: str) -> tuple[str, set[str]]:
    first, *rest = cookie.split("; ")
    return first.split("=")[0], {one.lower() for one in rest if not one.lower().startswith("expires=")}
