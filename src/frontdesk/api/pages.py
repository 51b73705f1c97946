"""The desk's own page and its assets."""

import re
from typing import Annotated

from fastapi import Path, Response
from starlette.responses import FileResponse

from frontdesk.api.door import Anyone, Here
from frontdesk.base.errors import Missing
from frontdesk.base.routes import Routes

router = Routes(include_in_schema=False)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
# Monitors ask with HEAD.
_READ = ["GET", "HEAD"]
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@router.api_route("/assets/{name}", methods=_READ)
async def asset(name: Annotated[str, Path(max_length=200)], here: Here, _: Anyone) -> Response:
    path = here.built / "desk" / "assets" / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise Missing("There is no such file.")
    return FileResponse(path, headers=_FOR_EVER)


@router.api_route("/{path:path}", methods=_READ)
async def page(path: str, here: Here, _: Anyone) -> Response:
    """Every address that is not something else is a place inside the desk."""
    if path.startswith(("api/", "widget/")):
        raise Missing("There is no such page.")
    own = here.built / "desk" / path
    if _NAME.fullmatch(path) and path != "index.html" and own.is_file():
        return FileResponse(own)
    index = here.built / "desk" / "index.html"
    if not index.is_file():
        raise Missing("The desk is not built. Install Frontdesk again.")
    return FileResponse(index, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"})
