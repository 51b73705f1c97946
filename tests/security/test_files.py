"""Hostile files and names: nothing is shown but pictures written anew, nothing lies anywhere else."""

import io
import re
import subprocess
import sys
from pathlib import Path

import httpx
from PIL import Image
from tests.cast import PASSWORD
from tests.security.hostile_files import DOWNLOADS, NAMES, PICTURES, REFUSED
from tests.security.world import World
from tests.serving import command

NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'; sandbox"
TEAM = "/api/files"
WIDGET = "/widget/api/files"


def sent(
    world: World, role: str, content: bytes, name: str = "photo.png", kind: str = "image/png"
) -> httpx.Response:
    place = WIDGET if "visitor" in role else TEAM
    files = {"file": (name, content, kind)}
    return world.client.post(place, headers=world.headers(role), data=command(), files=files)


def fetched(world: World, role: str, id: str) -> httpx.Response:
    place = WIDGET if "visitor" in role else TEAM
    return world.client.get(f"{place}/{id}", headers=world.headers(role))


def assert_harmless(answer: httpx.Response) -> None:
    headers = answer.headers
    assert answer.is_success
    assert headers["content-security-policy"] == NOTHING_RUNS
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "x-evil" not in headers
    assert "set-cookie" not in headers
    # One word and one name, in plain characters; a browser has nothing to guess.
    assert re.fullmatch(
        r"(inline|attachment); (filename=\"[^\"\\]+\"|filename\*=utf-8''[A-Za-z0-9%._~!$&+^`|-]+)",
        headers["content-disposition"],
    ), headers["content-disposition"]


def is_inline(answer: httpx.Response) -> bool:
    return answer.headers["content-disposition"].startswith("inline")


def test_there_are_enough_of_them() -> None:
    assert len(NAMES) >= 60
    assert len(DOWNLOADS) + len(PICTURES) + len(REFUSED) >= 60


def test_a_name_is_shown_and_used_for_nothing(world: World) -> None:
    before = set(world.stored())
    for n, name in enumerate(NAMES):
        role = ("agent", "visitor")[n % 2]
        answer = sent(world, role, b"text", name, "text/html")
        if answer.status_code == 422:
            continue  # a part without a name is no file
        assert answer.is_success, (name, answer.text)
        kept = answer.json()["file"]
        assert_harmless(fetched(world, role, kept["id"]))
        assert kept["name"]
        assert len(kept["name"]) <= 150
        assert not re.search(
            r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff/\\]", kept["name"]
        ), name
    added = set(world.stored()) - before
    assert len(added) >= len(NAMES) - 3
    assert [path for path in added if not re.fullmatch(r"[0-9a-z]{2}/[0-9a-z]{26}", where(world, path))] == []
    assert [path for path in added if path.stat().st_mode & 0o111] == []


def where(world: World, path: Path) -> str:
    return path.relative_to(world.server.context.settings.data / "files").as_posix()


def test_nothing_but_pictures_is_shown(world: World) -> None:
    for n, (kind, content) in enumerate(DOWNLOADS.items()):
        role = ("agent", "visitor")[n % 2]
        for name, claimed in (("photo.png", "image/png"), ("a.html", "text/html")):
            kept = sent(world, role, content, name, claimed).json()["file"]
            answer = fetched(world, role, kept["id"])
            assert_harmless(answer)
            assert not is_inline(answer), kind
            assert (kept["width"], kept["height"]) == (None, None), kind
            assert not answer.headers["content-type"].startswith(
                ("image/", "text/html", "application/xhtml")
            ), kind
            assert answer.content == content


def test_pictures_are_written_anew(world: World) -> None:
    for kind, content in PICTURES.items():
        kept = sent(world, "agent", content, "a.html", "text/html").json()["file"]
        answer = fetched(world, "agent", kept["id"])
        assert_harmless(answer)
        assert is_inline(answer), kind
        assert answer.headers["content-type"] == kept["type"]
        assert kept["type"] in ("image/png", "image/jpeg", "image/gif", "image/webp")
        assert (kept["width"], kept["height"]) == (9, 7), kind
        assert kept["size"] == len(answer.content)
        for hidden in (b"canary", b"<?php", b"PK\3\4"):
            assert hidden not in answer.content, (kind, hidden)
        with Image.open(io.BytesIO(answer.content)) as picture:
            picture.load()


def test_what_is_broken_or_runs_is_refused(world: World) -> None:
    before = world.stored()
    for kind, content in REFUSED.items():
        for role in ("agent", "visitor"):
            answer = sent(world, role, content, "holiday.jpg", "image/jpeg")
            assert answer.status_code == 422, (kind, answer.text)
            assert answer.json()["error"]["kind"] == "invalid"
    assert world.stored() == before


def test_where_a_picture_was_taken_is_gone(world: World) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Canary Camera"
    exif.get_ifd(0x8825)[2] = (59.0, 19.0, 45.0)
    for format in ("JPEG", "PNG", "WEBP"):
        made = io.BytesIO()
        Image.new("RGB", (20, 10), "red").save(made, format, exif=exif)
        with Image.open(io.BytesIO(made.getvalue())) as before:
            assert before.getexif().get_ifd(0x8825)
        kept = sent(world, "visitor", made.getvalue()).json()["file"]
        content = fetched(world, "visitor", kept["id"]).content
        with Image.open(io.BytesIO(content)) as after:
            assert dict(after.getexif()) == {}
        assert b"Canary" not in content


def test_an_upload_is_used_once_by_whoever_sent_it(world: World) -> None:
    id = sent(world, "visitor", b"text", "a.txt").json()["file"]["id"]
    own, foreign = (world.objects["conversation"][who] for who in ("visitor", "other visitor"))

    def say(role: str, files: list[str]) -> int:
        into = own if role == "visitor" else foreign
        body = command(conversation_id=into, text="See here", files=files)
        return world.client.post("/widget/api/messages", headers=world.headers(role), json=body).status_code

    def answer(role: str, files: list[str]) -> int:
        body = command(text="See here", files=files, as_new=True)
        place = f"/api/conversations/{own}/messages"
        return world.client.post(place, headers=world.headers(role), json=body).status_code

    assert say("other visitor", [id]) == answer("agent", [id]) == say("visitor", [id, id]) == 404
    assert fetched(world, "agent", id).status_code == fetched(world, "other visitor", id).status_code == 404
    assert say("visitor", [id]) == 201
    assert say("visitor", [id]) == 404
    assert fetched(world, "agent", id).is_success
    assert fetched(world, "other visitor", id).status_code == 404


def test_files_lie_where_no_address_leads(world: World) -> None:
    id = world.objects["file"]["visitor"]
    paths = [
        f"/files/{id[-2:]}/{id}", f"/assets/../../files/{id[-2:]}/{id}", f"/api/pictures/{id}",
        f"/assets/{id}", f"/widget/assets/{id}", f"/api/files/{id}/", f"/api/files/..%2f{id}",
        "/frontdesk.db", "/assets/frontdesk.db", "/api/files/frontdesk.db", "/%2e%2e/frontdesk.db",
    ]  # fmt: skip
    content = fetched(world, "visitor", id).content
    for path in paths:
        answer = world.client.get(path)
        assert answer.content != content
        assert b"SQLite" not in answer.content
        assert PASSWORD.encode() not in answer.content


BOMBS = """
import io, resource, sys, tempfile
from pathlib import Path
from PIL import Image
from frontdesk.base.errors import Invalid
from frontdesk.base.files import Files

def bomb(format, side):
    made = io.BytesIO()
    Image.new("1" if format == "PNG" else "P", (side, side)).save(made, format)
    return made.getvalue()

one = bomb("GIF", 5_000)
palette = 13 + 3 * 2 ** ((one[10] & 7) + 1)
film = one[:palette] + one[palette:-1] * 300 + b";"
bombs = [bomb("PNG", 16_000), bomb("PNG", 7_000), film]
assert max(map(len, bombs)) < 20_000_000
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for one in bombs:
    try:
        Files(Path(tempfile.mkdtemp())).keep(io.BytesIO(one), "a", 20 * 1024 * 1024)
    except Invalid:
        pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_bombs_of_pixels_take_little_memory() -> None:
    """Few bytes that would be gigabytes of picture."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BOMBS], stdout=subprocess.PIPE, text=True, check=True
    )
    assert int(done.stdout) <= 200
