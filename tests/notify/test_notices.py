"""The bell: given once, to its agent alone, seen one by one or all together."""

from tests.cast import AgentPlayer, Cast
from tests.conftest import Clock
from tests.serving import InThread
from tests.talk.counting import facts

from frontdesk.notify import notices
from frontdesk.notify.model import Telling


def kinds(who: AgentPlayer) -> list[str]:
    return [one.kind for one in who.bell().items]


def test_what_the_team_does_rings(cast: Cast, clock: Clock) -> None:
    asked = cast.ines.asks("Where?")
    cast.maja.answers(asked, "A moment.")
    clock.passes(seconds=1)
    note = cast.oskar.notes(asked, f"Ask @[agent:{cast.leila.id}]")
    clock.passes(seconds=1)
    cast.leila.answers_note(note, f"@[agent:{cast.maja.id}] knows")
    clock.passes(seconds=1)
    cast.maja.hands(asked, agent_id=cast.leila.id)
    assert kinds(cast.maja) == ["mentioned", "noted"]
    assert kinds(cast.oskar) == ["answered"]
    assert kinds(cast.leila) == ["handed", "mentioned"]
    told = cast.leila.bell().items[1]
    assert (told.note_id, told.by_id, told.excerpt) == (note.id, cast.oskar.id, note.text)


def test_a_thing_is_told_once(cast: Cast) -> None:
    asked = cast.ines.asks("Where?").conversation.id
    for _ in range(3):
        cast.desk.write_now(notices.tell, {cast.maja.id: "noted"}, Telling(asked, "the same"))
    assert len(cast.maja.bell().items) == len(facts(cast.desk, "NoticeGiven")) == 1


def test_what_was_seen_is_seen_by_its_agent_alone(cast: Cast) -> None:
    asked = cast.ines.asks("Where?")
    cast.oskar.notes(asked, f"@[agent:{cast.maja.id}] @[agent:{cast.leila.id}]")
    own = cast.maja.bell().items[0]
    cast.desk.write_now(notices.see, cast.leila.actor, ids=[own.id])
    assert (cast.maja.bell().unseen, cast.leila.bell().unseen) == (1, 1)
    cast.desk.write_now(notices.see, cast.maja.actor, ids=[own.id, own.id])
    assert (cast.maja.bell().unseen, cast.maja.bell().items[0].seen) == (0, True)
    cast.desk.write_now(notices.see_all, cast.maja.actor)
    assert len(facts(cast.desk, "NoticesSeen")) == 1
    cast.leila.looks(asked)
    assert cast.leila.bell().unseen == 0


def test_the_list_goes_on(cast: Cast, clock: Clock) -> None:
    asked = cast.ines.asks("Where?").conversation.id
    for number in range(70):
        clock.passes(seconds=number % 3)
        cast.desk.write_now(notices.tell, {cast.maja.id: "noted"}, Telling(asked, f"thing {number}"))
    assert (cast.maja.bell().unseen, len(cast.maja.bell().items)) == (70, 30)
    found, cursor = cast.desk.read_now(notices.page, cast.maja.actor, None)
    while cursor is not None:
        more, cursor = cast.desk.read_now(notices.page, cast.maja.actor, cursor)
        found += more
    assert len({one.id for one in found}) == len(found) == 70
    assert found == sorted(found, key=lambda one: (one.at, one.id), reverse=True)
    assert cast.desk.read_now(notices.page, cast.leila.actor, None) == ([], None)


def test_an_owner_is_told_over_http_that_a_colleague_goes_on(cast: Cast, server: InThread) -> None:
    asked = cast.ines.asks("Where?").conversation.id
    cast.maja.answers(asked, "A moment.")
    browser = server.agent(cast.oskar)
    said = {"client_id": "c" * 20, "text": "I know it.", "files": [], "as_new": True}
    answer = browser.post(f"/api/conversations/{asked}/messages", json=said)
    assert answer.json()["conversation"]["id"] != asked
    browser.post(f"/api/conversations/{asked}/messages", json=said)
    assert [(one.kind, one.by_id) for one in cast.maja.bell().items] == [("continued", cast.oskar.id)]
    assert cast.oskar.bell().items == []


def test_what_was_seen_goes_after_half_a_year(cast: Cast, clock: Clock) -> None:
    asked = cast.ines.asks("Where?")
    cast.oskar.notes(asked, f"@[agent:{cast.maja.id}] one")
    cast.maja.looks(asked)
    cast.oskar.notes(asked, f"@[agent:{cast.leila.id}] two")
    clock.passes(seconds=179 * 86_400)
    cast.desk.write_now(notices.sweep)
    assert kinds(cast.maja) == ["mentioned"]
    clock.passes(seconds=2 * 86_400)
    cast.desk.write_now(notices.sweep)
    assert kinds(cast.maja) == []
    assert kinds(cast.leila) == ["mentioned"]
