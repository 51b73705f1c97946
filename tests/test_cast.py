"""The cast and the server that other tests stand on."""

from tests.cast import Cast
from tests.conftest import Clock
from tests.serving import InThread, command

from frontdesk.base.desk import Desk


def test_the_story_is_told(cast: Cast) -> None:
    asked = cast.ines.writes("Which burrs fit the K1?")
    answered = cast.maja.answers(asked, "The steel ones do.")
    assert asked.conversation.customer.called == "Ines Oliveira"
    assert answered.conversation.owner_id == cast.maja.id
    assert cast.maja.counts() == {"mine": 1, "unassigned": 0}
    assert cast.lead.asks("Hello").conversation.customer.called == "Stockholm lead"
    assert cast.oskar.sees("unassigned") == [cast.lead.conversations()[0].id]


def test_time_is_told_by_hand(desk: Desk, cast: Cast, clock: Clock) -> None:
    first = cast.ines.writes("Hello")
    clock.passes(minutes=5)
    assert cast.ines.writes("Anybody?").message.at == first.message.at + 300_000


def test_people_use_the_server(server: InThread, cast: Cast) -> None:
    visitor, maja = server.visitor(), server.agent(cast.maja)
    live = server.live(maja)
    live.until(**{"is": "welcome"})
    body = command(start="s" * 12, text="Do you ship to Norway?")
    sent = visitor.post("/widget/api/messages", json=body).json()
    assert live.until(kind="CustomerWrote")["data"]["message"]["id"] == sent["message"]["id"]
    url = f"/api/conversations/{sent['conversation']['id']}/messages"
    assert maja.post(url, json=command(text="We do.")).status_code == 201
    seen = server.live(visitor)
    assert seen.until(kind="AgentReplied")["data"]["message"]["text"] == "We do."


def test_signing_in_takes_the_password(server: InThread, cast: Cast) -> None:
    browser = server.client()
    credentials = {"email": cast.leila.email, "password": "kvarn och kanna"}
    assert browser.post("/api/sign-in", json=credentials).json()["me"]["id"] == cast.leila.id
    assert browser.get("/api/state").json()["me"]["name"] == "Leila Haddad"
