"""The widget's HTTP. A visitor is whoever holds a token; only hashes of tokens are known here."""

import re
from pathlib import Path
from typing import Annotated, Any

import orjson
from fastapi import Query, Request, Response
from pydantic import Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse
from starlette.routing import Route

from frontdesk.base.asgi import Endpoint, send_json, whole_body
from frontdesk.base.body import Body, ClientId, Command, Id, Token, Upload
from frontdesk.base.clock import now_ms
from frontdesk.base.errors import Invalid, Missing, TooLarge
from frontdesk.base.ids import digest, is_token
from frontdesk.base.routes import Routes
from frontdesk.base.settings import Settings
from frontdesk.channels.widget import visitors
from frontdesk.channels.widget.door import (
    Anyone,
    Browser,
    Here,
    Language,
    Visitor,
    Widget,
    anyone,
    holder,
    let_in,
    network_of,
    sight_of,
    token_digest,
    visitor,
    widget_of,
)
from frontdesk.channels.widget.seen import Visited, visited
from frontdesk.channels.widget.shapes import Greeting, Timeline, Uploaded, Vouched
from frontdesk.people import company
from frontdesk.people.model import Company
from frontdesk.presence import invites
from frontdesk.talk.attachments import LARGEST
from frontdesk.talk.model import LONGEST_MESSAGE

__all__ = ["HOT", "PLAIN", "Say", "Visited", "Widget", "anyone", "router", "say", "visited", "visitor"]

_LARGEST_BODY = 64 * 1024


class Hello(Body):
    browser: Browser | None = None
    language: Language | None = None


class Say(Command):
    conversation_id: Id | None = None
    start: ClientId | None = None
    text: Annotated[str, Field(max_length=LONGEST_MESSAGE * 2)] = ""
    files: Annotated[list[Id], Field(max_length=20, default_factory=list)]
    browser: Browser | None = None
    language: Language | None = None


class Seen(Command):
    position: Annotated[int, Field(ge=0, le=2**31 - 1)]


class Identify(Command):
    identity: Annotated[str, Field(max_length=8_000)]
    next: Token


router = Routes(prefix="/widget/api", tags=["widget"])


@router.post("/hello", response_model=Greeting)
async def hello(body: Hello, here: Here, request: Request, _: Anyone) -> Response:
    here.by_address.spend(network_of(request.scope))
    answer, invited = await here.desk.read(visitors.greeting, token_digest(request.scope), body.browser)
    if invited and body.browser is not None:
        await here.desk.write(invites.told, body.browser)
    online = {sign.who for sign, _ in here.board.signs("here")}
    return _json({**answer, "here": [one.id for one in answer["agents"] if one.id in online]})


async def say(scope: Any, receive: Any, send: Any) -> None:
    """The hot route: a message of a visitor. A framework's request and answer cost more than the rest."""
    here = widget_of(scope)
    token = holder(scope)
    body = _say_of(await whole_body(receive))
    here.everybody.spend("")
    here.messages.spend(token)
    if body.start is not None and body.conversation_id is None:
        here.newcomers.spend(network_of(scope))
    held = await here.rules.now()
    let_in(held, scope, now_ms())
    came = visitors.Came(
        body.browser,
        sight_of(here, held, scope, body.language),
        here.gathering.page_of(body.browser),
        held.blocks,
    )
    result = await here.desk.command(
        visitors.key(token),
        body.client_id,
        visitors.write,
        token,
        body.client_id,
        came,
        conversation_id=body.conversation_id,
        start=body.start,
        text=body.text,
        files=body.files,
    )
    await send_json(send, 201, result)


def _say_of(raw: bytes) -> Say:
    if len(raw) > _LARGEST_BODY:
        raise TooLarge("The message is too large.")
    try:
        body = Say.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "body"
        raise Invalid("The message is not in the right form.", fields={name: first["msg"]}) from error
    if (body.conversation_id is None) == (body.start is None):
        raise Invalid("Name either a conversation or a start.", fields={"start": "One of the two"})
    return body


@router.get("/conversations/{conversation_id}/timeline", response_model=Timeline)
async def timeline(
    conversation_id: Id,
    here: Here,
    token: Visitor,
    before: Annotated[int | None, Query(ge=0, le=2**31 - 1)] = None,
    after: Annotated[int | None, Query(ge=0, le=2**31 - 1)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 60,
) -> Response:
    here.glances.spend(token)
    return _json(await here.desk.read(visitors.timeline, token, conversation_id, before, after, limit))


@router.post("/conversations/{conversation_id}/seen")
async def seen(conversation_id: Id, body: Seen, here: Here, token: Visitor) -> Response:
    here.glances.spend(token)
    result = await here.desk.command(
        visitors.key(token),
        body.client_id,
        visitors.see,
        token,
        conversation_id=conversation_id,
        position=body.position,
    )
    return Response(result, media_type="application/json")


@router.post("/files", status_code=201, response_model=Uploaded)
async def upload(body: Upload, here: Here, token: Visitor, request: Request) -> Response:
    file, client_id = body.file, body.client_id
    here.uploads.spend(token)
    here.uploads.spend(network_of(request.scope))
    here.daily_uploads.spend(network_of(request.scope))
    held = await here.rules.now()
    let_in(held, request.scope, now_ms())
    stored = await run_in_threadpool(here.files.keep, file.file, file.filename or "", LARGEST)
    try:
        result = await here.desk.command(
            visitors.key(token),
            client_id,
            visitors.add_file,
            token,
            held.blocks,
            stored,
            name=stored.name,
            size=stored.size,
        )
    except Exception:
        here.files.forget(stored.id)
        raise
    if orjson.loads(result)["file"]["id"] != stored.id:
        here.files.forget(stored.id)
    return Response(result, 201, media_type="application/json")


@router.get("/files/{file_id}", response_class=FileResponse)
async def download(file_id: Id, here: Here, token: Visitor) -> Response:
    here.glances.spend(token)
    found = await here.desk.read(visitors.file, token, file_id)
    return FileResponse(here.files.open(found.id), media_type=found.type, filename=found.name)


@router.post("/identify", response_model=Vouched)
async def identify(body: Identify, here: Here, request: Request, _: Anyone) -> Response:
    here.by_address.spend(network_of(request.scope))
    if not is_token(body.next):
        raise Invalid("The new token is not one.", fields={"next": "43 characters, base64url"})
    old, new = token_digest(request.scope), digest(body.next)
    result = await here.desk.command(
        visitors.key(new), body.client_id, visitors.identify, old, new, body.identity
    )
    return Response(result, media_type="application/json")


async def loader(request: Request) -> Response:
    """The script of the company's pages, with the company's colour written into it."""
    here = widget_of(request.scope)
    house = await here.desk.read(company.find)
    script = _built(here.built / "loader" / "loader.js")
    config = {
        "origin": _own_origin(here.settings, request),
        "colour": house.colour if house else company.COLOUR,
        "on_colour": company.on(house.colour if house else company.COLOUR),
        "name": house.name if house else "",
    }
    written = script.replace("__FRONTDESK__", _as_script(config))
    # Asked for anew at every visit, so that a new colour shows at once; unchanged, it costs no bytes.
    mark = f'"{digest(written)}"'
    headers = {"Cache-Control": "no-cache", "ETag": mark, "Cross-Origin-Resource-Policy": "cross-origin"}
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=headers)
    return Response(written, media_type="text/javascript; charset=utf-8", headers=headers)


def _as_script(value: Any) -> str:
    """JSON that no name of a company can break out of."""
    text = orjson.dumps(value).decode()
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _own_origin(settings: Settings, request: Request) -> str:
    return settings.base_url or f"{request.url.scheme}://{request.headers.get('host', '')}"


async def frame(request: Request) -> Response:
    """The chat's page. Only the company's own sites may show it."""
    here = widget_of(request.scope)
    house = await here.desk.read(company.find)
    page = _built(here.built / "frame" / "index.html")
    headers = {"Content-Security-Policy": frame_policy(house), "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)


def frame_policy(house: Company | None) -> str:
    sites = " ".join(house.allowed_sites) if house and house.allowed_sites else "'none'"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
        f"frame-ancestors {sites}"
    )


async def asset(request: Request) -> Response:
    here = widget_of(request.scope)
    name = request.path_params["name"]
    path = here.built / "frame" / "assets" / name
    if not re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}", name) or not path.is_file():
        raise Missing("There is no such file.")
    return FileResponse(path, headers={"Cache-Control": "public, max-age=31536000, immutable"})


def _built(path: Path) -> str:
    if not path.is_file():
        raise Missing("The widget is not built. Install Frontdesk again.")
    return path.read_text()


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")


# Plain routes, with the policy that their functions keep.
PLAIN = [
    (Route("/widget/api/messages", Endpoint(say), methods=["POST"]), "visitor"),
    (Route("/widget/api/visits", Endpoint(visited), methods=["POST"]), "anyone"),
    (Route("/widget.js", loader, methods=["GET"]), "anyone"),
    (Route("/widget/frame", frame, methods=["GET"]), "anyone"),
    (Route("/widget/assets/{name}", asset, methods=["GET"]), "anyone"),
]

# Asked so often that they are reached without a framework.
HOT = {"/widget/api/messages": say, "/widget/api/visits": visited}
