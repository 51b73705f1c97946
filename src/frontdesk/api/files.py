"""Files of messages, and faces."""

import orjson
from fastapi import Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse

from frontdesk.api.answers import FileAnswer, MeAnswer, done
from frontdesk.api.door import Anyone, AsAgent, Context, Here, SignedIn
from frontdesk.base.body import Command, Id, Upload
from frontdesk.base.errors import Missing
from frontdesk.base.routes import Routes
from frontdesk.people import agents, read
from frontdesk.talk import attachments

router = Routes(prefix="/api", tags=["files"])

_LARGEST_FACE = 5 * 1024 * 1024
_FACE_SIDE = 192


@router.post("/files", status_code=201, response_model=FileAnswer)
async def upload(body: Upload, here: Here, me: AsAgent) -> Response:
    file, client_id = body.file, body.client_id
    stored = await run_in_threadpool(here.files.keep, file.file, file.filename or "", attachments.LARGEST)
    try:
        result = await here.desk.command(
            me.actor.key, client_id, attachments.add, me.actor, stored, name=stored.name, size=stored.size
        )
    except Exception:
        here.files.forget(stored.id)
        raise
    if orjson.loads(result)["file"]["id"] != stored.id:
        # The same upload came twice; the first one is kept.
        here.files.forget(stored.id)
    return done(result, 201)


@router.get("/files/{file_id}", response_class=FileResponse)
async def download(file_id: Id, here: Here, me: AsAgent) -> Response:
    found = await here.desk.read(attachments.get, me.actor, file_id)
    inline = "inline" if found.width is not None else "attachment"
    return FileResponse(
        here.files.open(found.id),
        media_type=found.type,
        filename=found.name,
        content_disposition_type=inline,
    )


@router.get("/pictures/{file_id}", response_class=FileResponse)
async def picture(file_id: Id, here: Here, _: Anyone) -> Response:
    """Agents' faces are shown to visitors, and so to everybody; other files are not pictures here."""
    if f"/api/pictures/{file_id}" not in {one.picture for one in here.hub.agents.values()}:
        raise Missing("There is no such picture.")
    headers = {
        "Cache-Control": "public, max-age=86400, immutable",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return FileResponse(here.files.open(file_id), media_type="image/jpeg", headers=headers)


@router.post("/me/picture", response_model=MeAnswer)
async def change_picture(body: Upload, here: Here, me: AsAgent) -> Response:
    stored = await run_in_threadpool(here.files.keep_square, body.file.file, _LARGEST_FACE, _FACE_SIDE)
    try:
        return await _show(here, me, body.client_id, f"/api/pictures/{stored.id}", stored.size)
    except Exception:
        here.files.forget(stored.id)
        raise


@router.post("/me/picture/remove", response_model=MeAnswer)
async def remove_picture(body: Command, here: Here, me: AsAgent) -> Response:
    return await _show(here, me, body.client_id, None, 0)


async def _show(here: Context, me: SignedIn, client_id: str, picture: str | None, size: int) -> Response:
    """A command that comes again changes nothing, and only files that nobody wears any more may go."""
    before = await here.desk.read(read.get_me, me.actor.id)
    result = await here.desk.command(
        me.actor.key, client_id, agents.change_picture, me.actor, picture, size=size
    )
    after = await here.desk.read(read.get_me, me.actor.id)
    for old in {before.picture, picture} - {after.picture, None}:
        here.files.forget(str(old).rsplit("/", 1)[1])
    return done(result)
