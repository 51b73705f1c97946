"""A process of its own for reading what others wrote: it can be killed when it takes too long or too much,
it never holds up who is talking to a customer, and what it reads never comes near the desk's secrets.
"""

import asyncio
import contextlib
import logging
import os
import struct
import sys
from typing import Any

import orjson

logger = logging.getLogger(__name__)

_LENGTHS = struct.Struct("!II")
_RENEWED_AFTER = 1_000
# Of the desk's surroundings it needs hardly anything, and gets nothing else.
_PASSED = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "LANG", "LC_ALL", "SYSTEMROOT", "TZ")


class GaveUp(Exception):
    """It could not be read: too slow, or the reader broke."""


class Apart:
    """Answers one question after the other. Started at the first one, and anew after each that broke it."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._asked = 0

    async def ask(
        self, task: str, data: dict[str, Any], body: bytes, *, seconds: float = 20
    ) -> tuple[dict[str, Any], bytes]:
        """Raises GaveUp."""
        async with self._turn:
            try:
                async with asyncio.timeout(seconds):
                    return await self._ask(orjson.dumps({"task": task, **data}), body)
            except (TimeoutError, OSError, EOFError) as error:
                await self._end()
                raise GaveUp(
                    "takes too long to read" if isinstance(error, TimeoutError) else "cannot be read"
                ) from error
            except GaveUp:
                raise
            except BaseException:
                # Broken off in the middle: the next answer would be the one to this question.
                await self._end()
                raise

    async def close(self) -> None:
        async with self._turn:
            await self._end()

    async def _ask(self, asked: bytes, body: bytes) -> tuple[dict[str, Any], bytes]:
        process = await self._running()
        assert process.stdin is not None, "it was asked for"
        assert process.stdout is not None, "it was asked for"
        self._asked += 1
        process.stdin.write(_LENGTHS.pack(len(asked), len(body)) + asked)
        process.stdin.write(body)
        await process.stdin.drain()
        first, second = _LENGTHS.unpack(await process.stdout.readexactly(_LENGTHS.size))
        answer = orjson.loads(await process.stdout.readexactly(first))
        more = await process.stdout.readexactly(second)
        if "broke" in answer:
            logger.warning("something could not be read: %s", answer["broke"])
            raise GaveUp("cannot be read")
        return answer, more

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is not None and (
            self._process.returncode is not None or self._asked >= _RENEWED_AFTER
        ):
            await self._end()
        if self._process is None:
            self._asked = 0
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "frontdesk.know.child",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env={name: os.environ[name] for name in _PASSED if name in os.environ},
            )
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        if process.stdin is not None:
            process.stdin.close()
            with contextlib.suppress(OSError):
                await process.stdin.wait_closed()
