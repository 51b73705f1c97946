"""A desk that is open takes errands from the command line, over a socket in its data folder.

On SQLite one process writes: what a second one wants written it hands over to the first. A request is one
line of JSON, {"errand", "words"}, and perhaps an open file. Answers are lines too: any number of
{"show", "is_last"} and {"complain"}, then {"end"}, or {"error", "message", "fields"}.
"""

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from frontdesk.base.errors import Away, DeskError
from frontdesk.errands import Do, Errand, Teller

logger = logging.getLogger(__name__)

SOCKET = "frontdesk.sock"
_AT_ONCE = 4
_LONGEST = 64 * 1024
# Whoever asks and then neither speaks nor listens is left. A command that is held by Ctrl-Z may come back.
_PATIENCE = 60.0
_LONGEST_PATH = 100


class _Left(Exception):
    """Who asked is gone, or the desk is closing."""


class Counter:
    """Where errands are taken. Only who may use the folder's files may use it."""

    def __init__(self, folder: Path, do: Do) -> None:
        self._folder, self._do = folder, do
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="frontdesk-errand")
        self._asking: set[socket.socket] = set()
        self._listener: socket.socket | None = None

    def open(self) -> None:
        """From now on. This process must hold the folder's lock: what lies there is from one that is gone."""
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        (self._folder / SOCKET).unlink(missing_ok=True)
        with _address(self._folder) as address:
            listener.bind(address)
        # Nobody gets in before `listen`.
        (self._folder / SOCKET).chmod(0o600)
        listener.listen(16)
        listener.setblocking(False)
        self._listener = listener
        asyncio.get_running_loop().add_reader(listener.fileno(), self._accept, listener)

    async def close(self) -> None:
        """Breaks off what is being done: who asked for it hears that the desk is gone."""
        if self._listener is not None:
            asyncio.get_running_loop().remove_reader(self._listener.fileno())
            self._listener.close()
            (self._folder / SOCKET).unlink(missing_ok=True)
        for one in list(self._asking):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        await asyncio.to_thread(self._pool.shutdown, wait=True, cancel_futures=True)

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(BlockingIOError, ConnectionError):
            asking, _ = listener.accept()
            asking.settimeout(_PATIENCE)
            self._asking.add(asking)
            self._pool.submit(self._serve, asking)

    def _serve(self, asking: socket.socket) -> None:
        try:
            with asking, contextlib.ExitStack() as files:
                _say(asking, **self._answer(asking, files))
        except _Left:
            logger.info("nobody listens any more; the errand was broken off")
        finally:
            self._asking.discard(asking)

    def _answer(self, asking: socket.socket, files: contextlib.ExitStack) -> dict[str, Any]:
        try:
            return {"end": self._do(_asked(asking, files), _telling(asking))}
        except _Left:
            raise
        except DeskError as error:
            return {"error": error.kind, "message": error.message, "fields": error.fields}
        except Exception:  # whatever it is, the desk goes on
            logger.exception("an errand failed")
            return {
                "error": "error",
                "message": "This did not work. The desk's log says why.",
                "fields": None,
            }


def hand_over(folder: Path, errand: Errand, teller: Teller) -> bool:
    """Has it done by the process that serves the desk. Raises its DeskError, and Away when it stops."""
    line = orjson.dumps({"errand": errand.name, "words": errand.words}) + b"\n"
    given = [] if errand.file is None else [errand.file.fileno()]
    try:
        with _connected(folder) as asking:
            socket.send_fds(asking, [line], given)
            with asking.makefile("rb") as answers:
                return _heard(answers, teller)
    except (ConnectionError, FileNotFoundError) as error:
        raise _gone() from error


def is_open(folder: Path) -> bool:
    try:
        _connected(folder).close()
    except (ConnectionError, FileNotFoundError):
        return False
    return True


def _connected(folder: Path) -> socket.socket:
    asking = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with _address(folder) as address:
            asking.connect(address)
    except BaseException:
        asking.close()
        raise
    return asking


def _heard(answers: BinaryIO, teller: Teller) -> bool:
    for line in answers:
        said = orjson.loads(line)
        if "end" in said:
            return bool(said["end"])
        if "error" in said:
            raise DeskError(said["message"], fields=said["fields"])
        if "complain" in said:
            teller.complain(said["complain"])
        else:
            teller.show(said["show"], said["is_last"])
    raise _gone()


def _gone() -> Away:
    return Away("The desk was stopped before this was done. Give the command again.")


def _asked(asking: socket.socket, files: contextlib.ExitStack) -> Errand:
    try:
        read, numbers, _, _ = socket.recv_fds(asking, _LONGEST, 1)
        given = [files.enter_context(os.fdopen(number, "rb")) for number in numbers]
        while not read.endswith(b"\n") and len(read) < _LONGEST:
            more = asking.recv(_LONGEST)
            if not more:
                raise _Left
            read += more
    except OSError as error:
        raise _Left from error
    said = orjson.loads(read)
    return Errand(said["errand"], said["words"], given[0] if given else None)


def _telling(asking: socket.socket) -> Teller:
    return Teller(
        lambda line, is_last: _say(asking, show=line, is_last=is_last),
        lambda line: _say(asking, complain=line),
    )


def _say(asking: socket.socket, **words: Any) -> None:
    try:
        asking.sendall(orjson.dumps(words) + b"\n")
    except OSError as error:
        raise _Left from error


@contextlib.contextmanager
def _address(folder: Path) -> Iterator[str]:
    """A socket's path is at most some hundred bytes long; behind a number of ours every folder is near."""
    path = str(folder / SOCKET)
    if len(os.fsencode(path)) <= _LONGEST_PATH:
        yield path
        return
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{number}/{SOCKET}"
    finally:
        os.close(number)
