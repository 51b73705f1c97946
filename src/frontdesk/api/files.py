"""Files of messages, and faces."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Form, Path, Response, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse

from frontdesk.api.answers import FileAnswer, MeAnswer, done
from frontdesk.api.door import Anyone, AsAgent, Here
from frontdesk.base.body import ClientId, Command
from frontdesk.base.errors import Missing
from frontdesk.people import agents, read
from frontdesk.talk import attachments

router = APIRouter(prefix="/api", tags=["files"])

FileId = Annotated[str, Path(pattern=r"^[0-9a-z]{26}$")]
_LARGEST_FACE = 5 * 1024 * 1024
_FACE_SIDE = 192


@router.post("/files", status_code=201, response_model=FileAnswer)
async def upload(
    file: UploadFile, client_id: Annotated[ClientId, Form()], here: Here, me: AsAgent
) -> Response:
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
async def download(file_id: FileId, here: Here, me: AsAgent) -> Response:
    found = await here.desk.read(attachments.get, me.actor, file_id)
    inline = "inline" if found.width is not None else "attachment"
    return FileResponse(
        here.files.open(found.id),
        media_type=found.type,
        filename=found.name,
        content_disposition_type=inline,
        headers={"Cache-Control": "private, max-age=86400, immutable"},
    )


@router.get("/pictures/{file_id}", response_class=FileResponse)
async def picture(file_id: FileId, here: Here, _: Anyone) -> Response:
    """Agents' faces are shown to visitors, and so to everybody; other files are not pictures here."""
    if f"/api/pictures/{file_id}" not in {one.picture for one in here.hub.agents.values()}:
        raise Missing("There is no such picture.")
    headers = {
        "Cache-Control": "public, max-age=86400, immutable",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return FileResponse(here.files.open(file_id), media_type="image/jpeg", headers=headers)


@router.post("/me/picture", response_model=MeAnswer)
async def change_picture(
    file: UploadFile, client_id: Annotated[ClientId, Form()], here: Here, me: AsAgent
) -> Response:
    stored = await run_in_threadpool(here.files.keep_square, file.file, _LARGEST_FACE, _FACE_SIDE)
    before = await here.desk.read(read.get_me, me.actor.id)
    result = await here.desk.command(
        me.actor.key, client_id, agents.change_picture, me.actor, picture=f"/api/pictures/{stored.id}"
    )
    _forget(here, before.picture)
    return done(result)


@router.post("/me/picture/remove", response_model=MeAnswer)
async def remove_picture(body: Command, here: Here, me: AsAgent) -> Response:
    before = await here.desk.read(read.get_me, me.actor.id)
    result = await here.desk.command(
        me.actor.key, body.client_id, agents.change_picture, me.actor, picture=None
    )
    _forget(here, before.picture)
    return done(result)


def _forget(here: Here, picture: str | None) -> None:
    if picture is not None:
        here.files.forget(picture.rsplit("/", 1)[1])
