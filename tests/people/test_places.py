"""Cities by addresses: looked up here, fetched with care, missed by nobody."""

import base64
import gzip
import hashlib
import io
import os
import tarfile
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast
from tests.people import mmdb

from frontdesk import cli
from frontdesk.base.clock import DAY
from frontdesk.people import fetching, refreshing
from frontdesk.people.fetching import NotFetched
from frontdesk.people.model import Place
from frontdesk.people.places import IPV4, IPV6, Places, nearest_zone, network_of, shortened
from frontdesk.people.refreshing import Refreshing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "places"
    place.mkdir()
    (place / IPV4).write_bytes(mmdb.written(4, mmdb.V4))
    (place / IPV6).write_bytes(mmdb.written(6, mmdb.V6))
    return place


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("81.230.1.1", Place("Stockholm", "SE", "Europe/Stockholm")),
        ("::ffff:81.230.1.1", Place("Stockholm", "SE", "Europe/Stockholm")),
        ("8.8.8.8", Place("Denver", "US", "America/Denver")),
        ("2001:db8:1::7", Place("Stockholm", "SE", "Europe/Stockholm")),
        ("2a00:1450::1", Place(None, "PL", "Europe/Warsaw")),
        ("2a00:1450::1%eth0", Place(None, "PL", "Europe/Warsaw")),
        ("203.0.113.9", None),
        ("10.0.0.1", None),
        ("testclient", None),
        ("", None),
        ("81.230.1.1, 8.8.8.8", None),
    ],
)
def test_where_an_address_is(folder: Path, address: str, place: Place | None) -> None:
    assert Places(folder).of(address) == place


def test_without_a_database_nobody_is_anywhere(tmp_path: Path) -> None:
    places = Places(tmp_path / "places")
    assert (places.of("81.230.1.1"), places.built_at, places.are_here) == (None, None, False)


def test_a_broken_database_is_none(folder: Path) -> None:
    whole = (folder / IPV4).read_bytes()
    places = Places(folder)
    for broken in (b"", b"no database", whole[:40], whole[:-60], os.urandom(len(whole))):
        (folder / IPV4).write_bytes(broken)
        os.utime(folder / IPV4, ns=(1, len(broken)))
        places.look_again()
        assert places.of("81.230.1.1") is None
    assert places.of("2001:db8::1") is not None


def test_a_new_one_is_found_while_the_old_is_in_use(folder: Path) -> None:
    places = Places(folder)
    moved = {"81.230.0.0/16": mmdb.city("Malmö", "SE", 55.6, 13.0, "Europe/Malmoe")}
    fresh = folder / "fresh"
    fresh.write_bytes(mmdb.written(4, moved))
    os.replace(fresh, folder / IPV4)
    assert places.of("81.230.1.1") == Place("Stockholm", "SE", "Europe/Stockholm")
    places.look_again()
    assert places.of("81.230.1.1") == Place("Malmö", "SE", "Europe/Malmoe")
    assert places.built_at == 1_780_000_000_000


@pytest.mark.parametrize(
    "record",
    [
        {"city": "X", "country_code": "XXX", "latitude": 1.0, "longitude": 1.0},
        {"city": "X", "country_code": "<b"},
        {"city": "X"},
        {},
    ],
)
def test_what_is_no_place(folder: Path, record: dict[str, Any]) -> None:
    (folder / IPV4).write_bytes(mmdb.written(4, {"81.230.0.0/16": record}))
    assert Places(folder).of("81.230.1.1") is None


def test_a_name_in_the_database_is_not_believed(folder: Path) -> None:
    strange = mmdb.city("Stock\u202eholm\n" + "x" * 200, "SE", float("nan"), 400.0)
    (folder / IPV4).write_bytes(mmdb.written(4, {"81.230.0.0/16": strange}))
    found = Places(folder).of("81.230.1.1")
    assert found is not None
    assert (found.city or "").startswith("Stockholm xxx")
    assert len(found.city or "") <= 80
    assert found.zone == "Europe/Stockholm"


def test_the_nearest_zone_of_a_country() -> None:
    assert nearest_zone("US", 40.7, -74.0) == "America/New_York"
    assert nearest_zone("US", 21.3, -157.9) == "Pacific/Honolulu"
    # Over the line where the day begins.
    assert nearest_zone("RU", 66.2, -169.8) == "Asia/Anadyr"
    assert nearest_zone("AU", -31.9, 115.9) == "Australia/Perth"


@given(st.ip_addresses())
def test_shortened_is_the_network(address: Any) -> None:
    short = shortened(str(address))
    assert short is not None
    assert shortened(short) == short
    assert network_of(short) == network_of(str(address))


def test_shortened() -> None:
    assert shortened("81.230.1.77") == "81.230.1.0"
    assert shortened("::ffff:81.230.1.77") == "81.230.1.0"
    assert shortened("2001:db8:1:2::3") == "2001:db8:1::"
    assert (shortened("testclient"), network_of("")) == (None, None)


class Registry:
    """Somebody's package registry; what it answers can be spoilt."""

    def __init__(self) -> None:
        self.version = "2.3.1"
        self.files = {
            f"package/{IPV4}": mmdb.written(4, mmdb.V4),
            f"package/{IPV6}": mmdb.written(6, mmdb.V6),
            "package/README.md": b"Cities",
        }
        self.spoil: Callable[[dict[str, Any]], Any] = lambda told: told
        self.status = 200
        self.asked: list[str] = []
        self.url = ""

    def package(self) -> bytes:
        made = io.BytesIO()
        # Without the time, which may be another one when the package itself is asked for.
        packing = gzip.GzipFile(fileobj=made, mode="wb", mtime=0)
        with packing, tarfile.open(fileobj=packing, mode="w") as archive:
            for name, body in self.files.items():
                info = tarfile.TarInfo(name)
                info.size = len(body)
                archive.addfile(info, io.BytesIO(body))
        return made.getvalue()

    def answer(self, path: str) -> tuple[int, bytes]:
        self.asked.append(path)
        packed = self.package()
        if path.endswith(".tgz"):
            return 200, packed
        integrity = "sha512-" + base64.b64encode(hashlib.sha512(packed).digest()).decode()
        told = {"version": self.version, "dist": {"tarball": f"{self.url}/a.tgz", "integrity": integrity}}
        return self.status, orjson.dumps(self.spoil(told))


@pytest.fixture
def registry() -> Iterator[Registry]:
    one = Registry()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = one.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    one.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield one
    server.shutdown()
    server.server_close()
    thread.join()


def test_it_is_fetched_once(tmp_path: Path, registry: Registry) -> None:
    place = tmp_path / "places"
    one = fetching.update(place, registry.url + "/")
    assert (one.version, one.fault) == ("2.3.1", None)
    assert Places(place).of("81.230.1.1") == Place("Stockholm", "SE", "Europe/Stockholm")
    assert sorted(path.name for path in place.iterdir()) == ["about.json", IPV4, IPV6]
    assert registry.asked == ["/@ip-location-db%2fdbip-city-mmdb/latest", "/a.tgz"]
    fetching.update(place, registry.url)
    assert registry.asked.count("/a.tgz") == 1
    registry.version = "2.3.2"
    assert fetching.update(place, registry.url).version == "2.3.2"
    (place / IPV6).unlink()
    fetching.update(place, registry.url)
    assert (place / IPV6).is_file()


def _dist(name: str, value: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda told: {**told, "dist": {**told["dist"], name: value}}


@pytest.mark.parametrize(
    "spoil",
    [
        _dist("integrity", "sha512-" + base64.b64encode(bytes(64)).decode()),
        _dist("integrity", "sha1-" + base64.b64encode(bytes(20)).decode()),
        _dist("integrity", "sha512-%%%"),
        _dist("integrity", ""),
        _dist("tarball", "http://127.0.0.1:1/a.tgz"),
        _dist("tarball", "file:///etc/passwd"),
        lambda told: {},
        lambda told: [],
        lambda told: {"dist": None, "version": 1},
    ],
)
def test_what_the_registry_did_not_announce_is_not_kept(
    folder: Path, registry: Registry, spoil: Callable[[dict[str, Any]], Any]
) -> None:
    before = (folder / IPV4).read_bytes()
    registry.files[f"package/{IPV4}"] = mmdb.written(4, {})
    registry.spoil = spoil
    with pytest.raises(NotFetched, match="could not be fetched"):
        fetching.update(folder, registry.url)
    assert (folder / IPV4).read_bytes() == before
    assert fetching.about(folder).fault is not None
    assert not list(folder.glob(".new-*"))


@pytest.mark.parametrize(
    "files",
    [
        {f"package/{IPV4}": b"no database", f"package/{IPV6}": mmdb.written(6, mmdb.V6)},
        {f"package/{IPV4}": mmdb.written(4, mmdb.V4)},
        {f"../../{IPV4}": mmdb.written(4, {}), f"/{IPV6}": mmdb.written(6, {})},
    ],
)
def test_a_package_with_something_else_in_it_is_not_kept(
    folder: Path, registry: Registry, files: dict[str, bytes]
) -> None:
    before = (folder / IPV4).read_bytes()
    registry.files = files
    with pytest.raises(NotFetched):
        fetching.update(folder, registry.url)
    assert (folder / IPV4).read_bytes() == before
    assert not (folder.parent / IPV4).exists()


def test_a_package_that_is_too_large_is_left(
    folder: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_LARGEST_PACKAGE", "_LARGEST_FILE", "_LARGEST_WORD"):
        with monkeypatch.context() as smaller:
            smaller.setattr(fetching, name, 100)
            with pytest.raises(NotFetched, match="too large"):
                fetching.update(folder, registry.url)


def test_a_registry_that_is_away(folder: Path, registry: Registry) -> None:
    registry.status = 500
    with pytest.raises(NotFetched, match="answered 500"):
        fetching.update(folder, registry.url)
    with pytest.raises(NotFetched, match="does not answer"):
        fetching.update(folder, "http://127.0.0.1:1")


async def test_the_desk_fetches_it_by_itself_and_tries_again(
    cast: Cast, tmp_path: Path, registry: Registry
) -> None:
    arrived: list[bool] = []
    place = tmp_path / "fetched"
    one = Refreshing(place, registry.url, lambda: arrived.append(True))
    desk = cast.desk
    await desk.write(one.begin)
    await desk.write(one.begin)
    assert len(desk.read_now(_jobs)) == 1
    registry.status = 503
    await one.handlers()[refreshing.JOB](desk, {"tries": 0})
    await one.handlers()[refreshing.JOB](desk, {"tries": 1})
    waits = [round((at - desk.read_now(lambda view: view.now)) / 3_600_000) for at, _ in desk.read_now(_jobs)]
    assert (sorted(waits), arrived) == ([0, 1, 6], [])
    registry.status = 200
    await one.handlers()[refreshing.JOB](desk, {"tries": 2})
    assert arrived == [True]
    latest = max(at for at, _ in desk.read_now(_jobs))
    assert latest - desk.read_now(lambda view: view.now) > 29 * DAY


async def test_a_desk_without_a_registry_asks_nobody(cast: Cast, tmp_path: Path) -> None:
    one = Refreshing(tmp_path, None, lambda: None)
    await cast.desk.write(one.begin)
    assert cast.desk.read_now(_jobs) == []


def _jobs(view: Any) -> list[Any]:
    query = refreshing.select(refreshing.job.c.run_at, refreshing.job.c.id)
    found: list[Any] = view.all(query.where(refreshing.job.c.kind == refreshing.JOB))
    return found


def test_from_the_command_line(
    tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRONTDESK_PLACES_REGISTRY", registry.url)
    cli.main(["places", "status", "--data", str(tmp_path)])
    assert "frontdesk places update" in capsys.readouterr().out
    cli.main(["places", "update", "--data", str(tmp_path)])
    assert "DB-IP" in capsys.readouterr().out
    registry.status = 404
    with pytest.raises(SystemExit, match="could not be fetched"):
        cli.main(["places", "update", "--data", str(tmp_path)])
    cli.main(["places", "status", "--data", str(tmp_path)])
    assert "The last attempt" in capsys.readouterr().out
