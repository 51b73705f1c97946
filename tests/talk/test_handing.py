"""Handing over: by whom, to whom, what the lists count then, and what the customer sees."""

import orjson
import pytest
from tests.cast import Cast
from tests.talk.counting import assert_adds_up, facts

from frontdesk.base.errors import Invalid, Missing, Refused
from frontdesk.base.ids import new_id
from frontdesk.people import agents, teams
from frontdesk.reactions import empty_queue
from frontdesk.talk import handing
from frontdesk.talk.access import heard_by_customer
from frontdesk.talk.model import Happening


def lines(cast: Cast, talk: str) -> list[tuple[str, str | None, str | None]]:
    items = cast.maja.timeline(talk)
    return [(one.what, one.agent_id, one.other_id) for one in items if isinstance(one, Happening)]


def test_an_owner_hands_to_a_colleague_to_a_team_and_back(cast: Cast) -> None:
    team = cast.team("Orders", cast.leila)
    asked = cast.ines.asks("Where?").conversation.id
    cast.oskar.answers(asked, "A moment.")
    assert cast.oskar.hands(asked, agent_id=cast.leila.id).owner_id == cast.leila.id
    waiting = cast.leila.hands(asked, team_id=team.id)
    assert (waiting.owner_id, waiting.team_id) == (None, team.id)
    assert cast.maja.counted().teams == {team.id: 1}
    cast.oskar.answers(asked, "Me again.")
    assert cast.maja.counted().teams == {}
    back = cast.oskar.hands(asked)
    assert (back.owner_id, back.team_id) == (None, team.id)
    assert lines(cast, asked) == [
        ("taken", cast.oskar.id, None),
        ("handed_over", cast.oskar.id, cast.leila.id),
        ("handed_to_team", cast.leila.id, team.id),
        ("taken", cast.oskar.id, None),
        ("put_back", cast.oskar.id, None),
    ]
    assert cast.maja.counts() == {"mine": 0, "unassigned": 1}
    assert_adds_up(cast.desk)


def test_what_nobody_has_anybody_gives(cast: Cast) -> None:
    asked = cast.ines.asks("Where?").conversation.id
    assert cast.oskar.hands(asked, agent_id=cast.leila.id).owner_id == cast.leila.id
    other = cast.ines.asks("When?").conversation.id
    assert cast.oskar.hands(other, agent_id=cast.oskar.id).owner_id == cast.oskar.id
    assert lines(cast, other) == [("taken", cast.oskar.id, None)]


def test_a_colleagues_stays_theirs_unless_an_admin_steps_in(cast: Cast) -> None:
    asked = cast.ines.asks("Where?").conversation.id
    cast.oskar.answers(asked, "A moment.")
    with pytest.raises(Refused, match="A colleague answers here"):
        cast.leila.hands(asked, agent_id=cast.leila.id)
    assert cast.maja.hands(asked, agent_id=cast.maja.id).owner_id == cast.maja.id
    assert lines(cast, asked)[-1] == ("taken_over", cast.maja.id, cast.oskar.id)
    with pytest.raises(Missing):
        cast.desk.write_now(handing.hand_over, cast.ines.actor, asked, handing.To())


def test_it_goes_to_somebody_who_is_there(cast: Cast) -> None:
    gone, team = cast.hires("Gone Away"), cast.team("Orders")
    cast.desk.write_now(agents.disable, cast.maja.actor, gone.id)
    cast.desk.write_now(teams.retire, cast.maja.actor, team_id=team.id)
    asked = cast.ines.asks("Where?")
    for to in ({"agent_id": gone.id}, {"team_id": team.id}, {"agent_id": new_id()}, {"team_id": new_id()}):
        with pytest.raises(Invalid):
            cast.oskar.hands(asked, **to)


def test_handing_to_where_it_is_changes_nothing(cast: Cast) -> None:
    team = cast.team("Orders")
    asked = cast.ines.asks("Where?")
    cast.oskar.hands(asked)
    cast.oskar.hands(asked, team_id=team.id)
    cast.leila.hands(asked, team_id=team.id)
    cast.leila.hands(asked)
    cast.leila.hands(asked, agent_id=cast.leila.id)
    cast.leila.hands(asked, agent_id=cast.leila.id)
    assert len(facts(cast.desk, "ConversationHandedOver")) == 2


def test_a_customer_sees_a_new_face_and_no_queue(cast: Cast) -> None:
    team = cast.team("Orders", cast.leila)
    asked = cast.ines.asks("Where?")
    cast.oskar.hands(asked, team_id=team.id)
    cast.oskar.hands(asked, agent_id=cast.leila.id)
    queued, given = (orjson.loads(fact.data) for fact in facts(cast.desk, "ConversationHandedOver"))
    assert heard_by_customer("ConversationHandedOver", queued, {}) is None
    heard = heard_by_customer("ConversationHandedOver", given, {})
    assert heard is not None
    assert heard.keys() == {"conversation"}
    assert team.id not in str(heard)


async def test_the_queue_of_a_retired_team_is_emptied(cast: Cast) -> None:
    team, other = cast.team("Orders", cast.leila), cast.team("Gifts")
    asked = [cast.stranger().asks(f"Question {n}").conversation.id for n in range(130)]
    for one in asked:
        cast.oskar.hands(one, team_id=team.id)
    cast.oskar.hands(asked[0], team_id=other.id)
    cast.leila.answers(asked[1], "Mine.")
    cast.leila.closes(asked[2])
    cast.desk.write_now(teams.retire, cast.maja.actor, team_id=team.id)
    await empty_queue(cast.desk, {"team_id": team.id})
    await empty_queue(cast.desk, {"team_id": other.id})
    assert cast.maja.counted().teams == {other.id: 1}
    assert cast.maja.row(asked[1]).owner_id == cast.leila.id
    assert cast.maja.row(asked[2]).team_id == team.id
    assert cast.leila.reopens(asked[2]).team_id is None
    assert lines(cast, asked[3])[-1] == ("team_retired", None, team.id)
    assert_adds_up(cast.desk)
