"""An agent's face: shown to everybody, replaced, taken away, and never doubled or lost by a repeat."""

import io
from pathlib import Path

import httpx
import pytest
from PIL import Image
from tests.cast import Cast
from tests.serving import InThread, command

from frontdesk.base.ids import new_id


def face(colour: str, form: str = "PNG", size: tuple[int, int] = (40, 20)) -> tuple[str, bytes]:
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, form)
    return "me.png", made.getvalue()


def show(client: httpx.Client, picture: tuple[str, bytes], client_id: str = "") -> httpx.Response:
    data = {"client_id": client_id or new_id()}
    return client.post("/api/me/picture", data=data, files={"file": picture})


@pytest.fixture
def maja(server: InThread, cast: Cast) -> httpx.Client:
    return server.agent(cast.maja)


def files(server: InThread) -> list[Path]:
    folder = server.context.settings.data / "files"
    return [path for path in folder.rglob("*") if path.is_file()]


def test_everybody_sees_it_cut_to_a_square(server: InThread, maja: httpx.Client) -> None:
    shown = show(maja, face("#9c4426")).json()["me"]["picture"]
    answer = server.client().get(shown)
    assert answer.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(answer.content)).size == (192, 192)


def test_the_one_before_is_gone(server: InThread, maja: httpx.Client) -> None:
    first = show(maja, face("#9c4426")).json()["me"]["picture"]
    second = show(maja, face("#12695c")).json()["me"]["picture"]
    assert maja.get(first).status_code == 404
    assert maja.get(second).is_success
    assert len(files(server)) == 1


def test_a_repeat_gets_the_first_answer_and_leaves_one_file(server: InThread, maja: httpx.Client) -> None:
    id, picture = new_id(), face("#9c4426")
    first, again = show(maja, picture, id), show(maja, picture, id)
    assert first.content == again.content
    assert maja.get(first.json()["me"]["picture"]).is_success
    assert len(files(server)) == 1


def test_a_late_repeat_of_taking_it_away_leaves_the_new_one(server: InThread, maja: httpx.Client) -> None:
    taking = command()
    show(maja, face("#9c4426"))
    maja.post("/api/me/picture/remove", json=taking)
    assert files(server) == []
    shown = show(maja, face("#12695c")).json()["me"]["picture"]
    maja.post("/api/me/picture/remove", json=taking)
    assert maja.get(shown).is_success


def test_another_picture_under_the_same_id_is_a_conflict(server: InThread, maja: httpx.Client) -> None:
    id = new_id()
    show(maja, face("#9c4426"), id)
    noisy = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(noisy, "PNG")
    assert show(maja, ("me.png", noisy.getvalue()), id).status_code == 409
    assert len(files(server)) == 1


def test_what_is_no_picture_is_refused(server: InThread, maja: httpx.Client) -> None:
    for content in (b"GIF89a", b"%PDF-1.4 x", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>"):
        assert show(maja, ("me.png", content)).status_code == 422
    assert files(server) == []
