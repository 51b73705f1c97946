"""The machine's clock is set back and forward while the desk is open: nothing hangs on the hour."""

from typing import Any

import httpx
from tests.cast import Cast
from tests.conftest import Clock
from tests.serving import InThread, Live
from tests.talk.counting import assert_adds_up, facts

from frontdesk.base.ids import new_id

JUMPS = (-1, -1, 3, -2, 1)


def test_order_ids_and_log_stay_right(server: InThread, cast: Cast, clock: Clock) -> None:
    visitor, start = server.visitor(), new_id()
    live = server.live(server.agent(cast.maja), seq=head(server))
    live.until(**{"is": "welcome"})
    before = head(server)
    sent = [says(visitor, start, f"first {n}") for n in range(3)]
    for hours in JUMPS:
        clock.jumps(hours=hours)
        sent += [says(visitor, start, f"{hours} {n}") for n in range(3)]
        cast.maja.answers(sent[0]["conversation_id"], f"answer {hours}")
    texts = [one.text for one in cast.maja.timeline(sent[0]["conversation_id"]) if hasattr(one, "text")]
    assert texts == [
        *(f"first {n}" for n in range(3)),
        *(text for h in JUMPS for text in (*(f"{h} {n}" for n in range(3)), f"answer {h}")),
    ]
    log = facts(server.desk)
    assert [fact.seq for fact in log] == list(range(1, len(log) + 1))
    assert len({one["id"] for one in sent}) == len(sent)
    heard(live, before, log[-1].seq)
    # Whoever was away since the middle of it misses nothing.
    heard(server.live(server.agent(cast.oskar), seq=before + 5), before + 5, log[-1].seq)
    assert_adds_up(server.desk)


def test_a_repeat_finds_its_first_answer(server: InThread, cast: Cast, clock: Clock) -> None:
    visitor, start, client_id = server.visitor(), new_id(), new_id()
    first = says(visitor, start, "Hello?", client_id)
    for hours in JUMPS:
        clock.jumps(hours=hours)
        assert says(visitor, start, "Hello?", client_id) == first
    assert len(cast.maja.timeline(first["conversation_id"])) == 1


def test_a_socket_may_say_as_much_as_before(server: InThread, cast: Cast, clock: Clock) -> None:
    live = server.live(server.agent(cast.maja))
    for number in range(100):
        live.say(do="ping")
        live.until(**{"is": "pong"})
        clock.passes(seconds=1.1)
        if number == 0:
            clock.jumps(hours=-1)


def test_who_was_believed_is_asked_again(server: InThread, cast: Cast, clock: Clock) -> None:
    """As when another process has ended the session."""
    maja = server.agent(cast.maja)
    assert maja.get("/api/conversations?place=mine").status_code == 200
    clock.jumps(hours=-1)
    server.desk.write_now(lambda tx: tx.cursor.execute("DELETE FROM session"))
    clock.passes(seconds=3)
    assert maja.get("/api/conversations?place=mine").status_code == 401


def says(visitor: httpx.Client, start: str, text: str, client_id: str = "") -> dict[str, Any]:
    body = {"client_id": client_id or new_id(), "start": start, "text": text}
    answer = visitor.post("/widget/api/messages", json=body)
    assert answer.status_code == 201, answer.text
    said: dict[str, Any] = answer.json()["message"]
    return said


def head(server: InThread) -> int:
    return facts(server.desk)[-1].seq


def heard(live: Live, after: int, last: int) -> None:
    """Facts come in order; agents hear all that happens here."""
    seqs: list[int] = []
    while not seqs or seqs[-1] < last:
        frame = live.next()
        if frame["is"] == "fact":
            seqs.append(frame["seq"])
    assert seqs == list(range(after + 1, last + 1))
