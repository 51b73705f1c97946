"""The shortest way to a route that everybody calls all the time.

What a framework does around a call costs more than this call's own HTTP. Such a route is registered like
any other, so that it is described, tested and guarded with the rest; the shield only goes there directly.
"""

from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp

from frontdesk.api.errors import desk_error, fault, http_error
from frontdesk.base.errors import DeskError


class Direct:
    """Pure ASGI around another; errors are answered as everywhere."""

    def __init__(self, call: ASGIApp, app: FastAPI) -> None:
        self._call = call
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        scope["app"] = self._app
        try:
            await self._call(scope, receive, send)
        except ClientDisconnect:
            return
        except Exception as error:
            await (await _answered(Request(scope), error))(scope, receive, send)
            if not isinstance(error, DeskError | HTTPException):
                raise


async def _answered(request: Request, error: Exception) -> Response:
    if isinstance(error, DeskError):
        return await desk_error(request, error)
    if isinstance(error, HTTPException):
        return await http_error(request, error)
    return await fault(request, error)
