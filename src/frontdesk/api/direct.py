"""The shortest way to a route that everybody calls all the time.

What a framework does around a call costs more than this call's own HTTP. Such a route is registered like
any other, so that it is described, tested and guarded with the rest; the shield only goes there directly.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from starlette.requests import ClientDisconnect

from frontdesk.api.errors import desk_error, fault, http_error
from frontdesk.base.errors import DeskError

Call = Callable[[Request], Awaitable[Response]]


class Direct:
    """Pure ASGI around one function; errors are answered as everywhere."""

    def __init__(self, call: Call, app: FastAPI) -> None:
        self._call = call
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        scope["app"] = self._app
        request = Request(scope, receive)
        try:
            response = await self._call(request)
        except DeskError as error:
            response = await desk_error(request, error)
        except HTTPException as error:
            response = await http_error(request, error)
        except ClientDisconnect:
            return
        except Exception as error:
            await (await fault(request, error))(scope, receive, send)
            raise
        await response(scope, receive, send)
