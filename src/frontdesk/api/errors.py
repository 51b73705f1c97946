"""Errors in HTTP's words."""

from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from frontdesk.base.errors import DeskError

STATUS = {
    "invalid": 422,
    "unknown": 401,
    "refused": 403,
    "missing": 404,
    "conflict": 409,
    "too_large": 413,
    "too_many": 429,
    "away": 503,
    "full": 507,
}
_KINDS = {status: kind for kind, status in STATUS.items()} | {405: "missing", 400: "invalid"}


def answer(
    status: int, kind: str, message: str, fields: dict[str, str] | None = None, data: Any = None
) -> Response:
    error = {"kind": kind, "message": message}
    if fields:
        error["fields"] = fields  # type: ignore[assignment]
    if data:
        error["data"] = data
    headers = {"Retry-After": str(data["retry_after"])} if data and "retry_after" in data else None
    return Response(orjson.dumps({"error": error}), status, headers, "application/json")


async def desk_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, DeskError)
    return answer(STATUS[error.kind], error.kind, error.message, error.fields, error.data)


async def wrong_body(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fields = {
        ".".join(str(part) for part in one["loc"][1:]) or "body": one["msg"] for one in error.errors()[:20]
    }
    return answer(422, "invalid", "The request is not in the right form.", _speakable(fields))


def _speakable(fields: dict[str, str]) -> dict[str, str]:
    """Names of fields are the client's own, and may hold what JSON cannot."""
    return {name.encode("utf-8", "replace").decode()[:80]: text[:200] for name, text in fields.items()}


async def http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind = _KINDS.get(error.status_code, "invalid")
    return answer(
        error.status_code, kind, "There is no such page." if kind == "missing" else str(error.detail)
    )


async def fault(_: Request, __: Exception) -> Response:
    """Whatever it was, it stands in the server's own log."""
    return answer(500, "fault", "Something broke here. It was written down; try again in a moment.")


HANDLERS: dict[int | type[Exception], Any] = {
    DeskError: desk_error,
    RequestValidationError: wrong_body,
    HTTPException: http_error,
    Exception: fault,
}
