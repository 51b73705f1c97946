"""Every kind of fact to every kind of listener: a socket brings nothing that HTTP would refuse."""

from typing import Any

import orjson
import pytest
from sqlalchemy import select
from tests.cast import Cast
from tests.presence.seeing import sees
from tests.security.world import VISITORS, World
from tests.serving import Live
from tests.suggest.knowing import lay

from frontdesk import wire
from frontdesk.base.clock import now_ms
from frontdesk.base.db import Reading
from frontdesk.base.ids import new_token
from frontdesk.base.log import ERASED
from frontdesk.base.tables import fact
from frontdesk.know import answers, models, sources
from frontdesk.people import (
    agents,
    blocks,
    company,
    customers,
    importing,
    own_fields,
    profiles,
    retention,
    sessions,
    teams,
)  # fmt: skip
from frontdesk.people.customers import Proof
from frontdesk.presence import invites
from frontdesk.privacy import erasing
from frontdesk.suggest import feedback, forget, report
from frontdesk.suggest.model import Report
from frontdesk.talk import joining, labelling, labels, merging, notes, ready, snooze, stars, threads

CANARY = "zwischenuns"
# Of what is one agent's own: nobody else may get it, not even a colleague.
OWN_CANARY = "nurfürmich"

# What customers hear of their own conversations, field by field.
_CONVERSATION = {
    "id", "agent", "closed", "started_at", "last_at", "last", "last_position", "customer_saw", "team_saw",
    "unread", "start",
}  # fmt: skip
_WRITTEN, _HAPPENED, _SEEN = {"message", "conversation"}, {"happening", "conversation"}, {"position"}
FOR_CUSTOMERS = {
    "ConversationStarted": {"conversation"},
    "ConversationTaken": {"conversation"},
    "ConversationReleased": {"conversation"},
    "ConversationHandedOver": {"conversation"},
    "CustomerWrote": _WRITTEN,
    "AgentReplied": _WRITTEN,
    "ConversationClosed": _HAPPENED,
    "ConversationReopened": _HAPPENED,
    "CustomerSaw": {"conversation_id", *_SEEN},
    "AgentSaw": {"conversation_id", *_SEEN},
}


# Leila's alone, in what happens here.
OWN = ("Starred", "Unstarred", "OwnLabelled", "OwnUnlabelled", "OwnCountChanged")


def everything_happens(world: World) -> None:
    """Every kind of fact at least once; two customers with words of their own."""
    cast, desk = world.cast, world.server.desk
    for who, words in (("visitor", "secret of the lead"), ("other visitor", "secret of Ines")):
        asked = world.customer(who).asks(words)
        cast.oskar.answers(asked, f"answer to the {words}")
        cast.oskar.reads(asked)
        world.customer(who).sees(asked)
        cast.leila.answers(asked, f"more about the {words}", as_new=True)
        cast.oskar.closes(asked)
        cast.oskar.reopens(asked)
        world.upload(who)
    desk.write_now(agents.change_profile, cast.leila.actor, name="Leila H", preferences={"sound": False})
    desk.write_now(company.change, cast.maja.actor, greeting="Good day")
    _comes_and_goes(cast)
    _learns(cast)
    _suggests(cast)
    talks_among_itself(world)
    _keeps(world)
    _comes_by(world)
    _is_one_person(cast)
    _knows(world)
    stranger = cast.stranger()
    stranger.asks("secret of a stranger")
    desk.write_now(customers.prove, stranger.digest, new_token(), Proof("stranger", "S. Tranger"))


def _comes_by(world: World) -> None:
    """Somebody is blocked for a while; somebody is spoken to first, and answers."""
    desk, maja = world.server.desk, world.cast.maja.actor
    blocked = {"customer_id": world.customer("other visitor").id}
    desk.write_now(blocks.block, maja, **blocked, until=None, network=False)
    desk.write_now(blocks.unblock, maja, **blocked)
    desk.write_now(retention.change, maja, events_days=30)
    sees(desk, "d" * 24)
    desk.write_now(invites.invite, maja, browser_id="d" * 24, text=f"{CANARY} hello")
    desk.write_now(invites.told, "d" * 24)


def _is_erased(cast: Cast) -> None:
    """Somebody whom nobody here listens to; and a conversation that nobody else has."""
    maja, gone = cast.maja, cast.stranger()
    talk = gone.asks(f"{CANARY} to be erased").conversation
    maja.closes(talk)
    cast.desk.write_now(erasing.erase_conversations, [talk.id])
    gone.asks(f"{CANARY} to be erased, too")
    called = gone.brief().called
    cast.desk.write_now(erasing.erase_customer, maja.actor, called, customer_id=gone.id)


def _is_one_person(cast: Cast) -> None:
    """And two again. Neither is at a socket here: it would begin anew."""
    pair = {"customer_id": cast.stranger().id, "into": cast.stranger().id}
    merge = cast.desk.write_now(joining.join, cast.maja.actor, **pair)["merge"]
    cast.desk.write_now(joining.undo, cast.maja.actor, merge_id=merge.id)


def _learns(cast: Cast) -> None:
    desk, maja = cast.desk, cast.maja.actor
    one = desk.write_now(sources.add_website, maja, url="https://shop.example")["source"].id
    desk.write_now(sources.turn, maja, source_id=one, is_on=False)
    desk.write_now(sources.remove, maja, source_id=one)
    made = desk.write_now(answers.approve, maja, question="How?", text="Just so.")["answer"].id
    desk.write_now(answers.change, maja, answer_id=made, question="How?", text="Like that.")
    desk.write_now(answers.retire, maja, answer_id=made)
    desk.write_now(answers.restore, maja, answer_id=made)
    desk.write_now(models.broke, "It is damaged.")


def _suggests(cast: Cast) -> None:
    desk, maja = cast.desk, cast.maja.actor
    asked = cast.ines.asks("secret of Ines, asked").conversation
    rejected, ignored = desk.write_now(lay, asked.id, ["Yes.", "No."])
    desk.write_now(feedback.reject, maja, suggestion_id=rejected)
    desk.write_now(feedback.seen, maja, conversation_id=asked.id, ids=[ignored])
    desk.write_now(feedback.closed, maja, asked.id)
    desk.write_now(report.move_bar, maja, bar=0.5)
    desk.write_now(report.keep, Report(0, "test", 0, 0, None, None))
    desk.write_now(forget.forget_customer, cast.ines.id)


def talks_among_itself(world: World) -> None:
    """Notes, threads, mentions, teams, notices, hand-overs; each holds the word that no customer may get."""
    cast, desk = world.cast, world.server.desk
    maja, oskar, leila = cast.agents
    team = cast.team(f"{CANARY} team", oskar, leila)
    said: dict[str, Any] = {"name": f"{CANARY} queue", "colour": "rose", "members": [oskar.id, leila.id]}
    desk.write_now(teams.change, maja.actor, team_id=team.id, **said)
    way = {"channel": "widget", "start": f"https://{CANARY}.example/", "team_id": team.id}
    desk.write_now(teams.lay_ways, maja.actor, ways=[way])
    for who in VISITORS:
        asked = world.customer(who).asks("And this one?").conversation
        note = maja.notes(asked, f"{CANARY} noted @[agent:{oskar.id}] @[team:{team.id}]")
        answer = leila.answers_note(note, f"{CANARY} answered @[agent:{maja.id}]")
        desk.write_now(notes.edit, maja.actor, note_id=note.id, text=f"{CANARY} edited @[agent:{oskar.id}]")
        desk.write_now(threads.edit, leila.actor, answer_id=answer.id, text=f"{CANARY} answered again")
        desk.write_now(threads.read_to, maja.actor, note_id=note.id, place=1)
        oskar.looks(asked)
        oskar.answers(asked, "A plain answer.")
        oskar.hands(asked, agent_id=leila.id)
        leila.hands(asked, team_id=team.id)
        world.customer(who).writes("Thank you.", asked)
        desk.write_now(notes.delete, maja.actor, note_id=maja.notes(asked, f"{CANARY} deleted").id)
    desk.write_now(teams.retire, maja.actor, team_id=team.id)


def _keeps(world: World) -> None:
    """Leila labels, stars, snoozes; what is her own says so."""
    cast, desk = world.cast, world.server.desk
    leila, maja = cast.leila.actor, cast.maja.actor
    talk = world.customer("visitor").asks("secret of the lead, labelled").conversation.id
    cast.leila.answers(talk, "answer to the secret of the lead")
    for own in (True, False):
        name = f"{CANARY} {OWN_CANARY}" if own else f"{CANARY} label"
        one, other = (
            desk.write_now(labels.add, leila, name=f"{name} {n}", colour="rose", own=own)["label"].id
            for n in (1, 2)
        )
        for on in (True, False, True):
            wears = {"conversation_id": talk, "label_id": one, "message_id": None, "on": on}
            desk.write_now(labelling.put, leila, **wears)
        desk.write_now(merging.merge, leila if own else maja, label_id=one, into=other)
        said = desk.write_now(ready.add, leila, name=f"{name}, said", text=f"{name}, so", own=own)
        desk.write_now(ready.remove, leila, ready_id=said["ready"].id)
    for on in (True, False, True):
        desk.write_now(stars.put, leila, conversation_id=talk, on=on)
    for until in (now_ms() + 3_600_000, None):
        desk.write_now(snooze.snooze, leila, conversation_id=talk, until=until)
    cast.leila.closes(talk)


def _knows(world: World) -> None:
    """What the team writes down of customers: no customer hears of it."""
    cast, desk = world.cast, world.server.desk
    maja = cast.maja.actor
    sheet = world.send("admin", "POST", "/api/customers/import/preview", upload=True).json()["upload_id"]
    desk.write_now(importing.begin, maja, upload_id=sheet, mapping={"Name": "name"})
    field = {"of": "customer", "name": f"{CANARY} field", "kind": "text", "choices": []}
    known = desk.write_now(own_fields.add, maja, **field)["own_field"].id
    for who in VISITORS:
        asked = profiles.Asked(
            about=f"{CANARY} about", company_name=f"{CANARY} AB", fields={known: f"{CANARY} value"}
        )
        desk.write_now(profiles.change, maja, world.customer(who).id, asked)


def _comes_and_goes(cast: Cast) -> None:
    """Somebody who is hired, answers, and is gone: what was theirs is nobody's again."""
    gone = cast.hires("Short Time")
    gone.signs_in()
    gone.answers(cast.lead.asks("secret of the lead, again"), "Soon.")
    cast.desk.write_now(sessions.end_all, gone.id)
    cast.desk.write_now(agents.disable, cast.maja.actor, gone.id)


@pytest.fixture
def heard(world: World) -> dict[str, list[dict[str, Any]]]:
    """The facts that each listener got, live and after having been away."""
    roles = ("agent", "other agent", "admin", "visitor", "other visitor", "unknown visitor")
    start = world.server.desk.read_now(Reading.head)
    live = {role: world.live(role, seq=start) for role in roles}
    everything_happens(world)
    world.rows()
    late = {f"{role}, late": world.live(role, seq=start) for role in roles}
    missed = {role: facts(one) for role, one in late.items()}
    # After this whoever comes late fetches everything afresh.
    _is_erased(world.cast)
    world.rows()
    return {role: facts(one) for role, one in live.items()} | missed


def facts(live: Live) -> list[dict[str, Any]]:
    live.say(do="ping")
    found = []
    while (frame := live.next())["is"] != "pong":
        assert frame["is"] in ("welcome", "fact", "whisper"), frame
        found.append(frame)
    return [frame for frame in found if frame["is"] == "fact"]


def test_every_listener_hears_exactly_what_is_theirs(
    world: World, heard: dict[str, list[dict[str, Any]]]
) -> None:
    F = fact.c
    written = world.server.desk.read_now(
        lambda view: view.all(select(F.seq, F.kind, F.customer_id, F.audience, F.data).order_by(F.seq))
    )
    assert {kind for _, kind, *_ in written} == {kind.kind for kind in wire.kinds()} | {ERASED}
    # What was erased since was heard by those who were there.
    gone = {seq for seq, kind, *_ in written if kind == ERASED}
    for role, all_frames in heard.items():
        who = role.removesuffix(", late")
        frames = [frame for frame in all_frames if frame["seq"] not in gone]
        until = min(gone) if "late" in role else written[-1][0]
        since = min(frame["seq"] for frame in frames) if frames else 0
        wanted = [seq for seq, *about in written if since <= seq <= until and is_for(world, who, *about)]
        assert [frame["seq"] for frame in frames] == (wanted if who != "unknown visitor" else []), role


def is_for(world: World, who: str, kind: str, customer_id: str | None, audience: str, data: str) -> bool:
    if who == "unknown visitor":
        return False
    if "visitor" in who:
        own = customer_id == world.customer(who).id
        return own and kind in FOR_CUSTOMERS and not is_between_queues(kind, orjson.loads(data))
    return audience in ("team", f"agent:{world.agent(who).id}")


def is_between_queues(kind: str, data: dict[str, Any]) -> bool:
    """Nobody answers it before and after: nothing that a customer could see."""
    return (
        kind == "ConversationHandedOver"
        and data["was"]["owner_id"] is data["conversation"]["owner_id"] is None
    )


def test_no_customer_hears_a_byte_of_what_the_team_says_among_itself(
    heard: dict[str, list[dict[str, Any]]],
) -> None:
    for role, frames in heard.items():
        told = orjson.dumps(frames).decode()
        if "visitor" not in role:
            assert told.count(CANARY) > 10, role
            continue
        assert CANARY not in told
        for word in ("note", "mention", "thread", "team_id", "label", "snooze", "notice"):
            assert f'"{word}' not in told, (role, word)


def test_customers_hear_named_fields_and_nobody_elses_words(
    world: World, heard: dict[str, list[dict[str, Any]]]
) -> None:
    secrets = {"visitor": "secret of the lead", "other visitor": "secret of Ines"}
    for role, frames in heard.items():
        who = role.removesuffix(", late")
        if who not in secrets:
            continue
        text = str(frames)
        assert secrets[who] in text
        assert [words for words in (*secrets.values(), "secret of a stranger") if words in text] == [
            secrets[who]
        ]
        for frame in frames:
            assert set(frame["data"]) == FOR_CUSTOMERS[frame["kind"]]
            assert set(frame["data"].get("conversation", _CONVERSATION)) == _CONVERSATION
            assert frame["data"].get("happening", {"what": "closed"})["what"] in ("closed", "reopened")


def test_personal_facts_are_heard_by_their_agent_alone(heard: dict[str, list[dict[str, Any]]]) -> None:
    hearers = {
        kind: {
            role.removesuffix(", late")
            for role, frames in heard.items()
            for one in frames
            if one["kind"] == kind
        }
        for kind in (
            *OWN,
            "ConversationRead",
            "PreferencesChanged",
            "SessionEnded",
            "TokenReplaced",
            "FileUploaded",
            "WaysChanged",
            "Mentioned",
            "MentionsLookedAt",
            "MentionChanged",
            "NoticeGiven",
            "NoticesSeen",
            "ThreadRead",
        )
    }
    team = {"agent", "other agent", "admin"}
    assert hearers.pop("Mentioned") == team
    assert hearers.pop("MentionsLookedAt") == hearers.pop("NoticesSeen") == {"agent"}
    assert hearers.pop("MentionChanged") == team
    assert hearers.pop("NoticeGiven") == team
    assert hearers.pop("ThreadRead") == team - {"agent"}
    assert hearers.pop("ConversationRead") == {"agent"}
    assert hearers.pop("PreferencesChanged") == {"other agent"}
    for kind in OWN:
        assert hearers.pop(kind) == {"other agent"}, kind
    assert set().union(*hearers.values()) == set()


def test_what_is_ones_own_is_heard_by_nobody_else(heard: dict[str, list[dict[str, Any]]]) -> None:
    hearing = {role.removesuffix(", late") for role, frames in heard.items() if OWN_CANARY in str(frames)}
    assert hearing == {"other agent"}
