"""Teams and ways: made by admins, and the longest way wins."""

from typing import Any

import pytest
from tests.cast import Cast
from tests.presence.seeing import sees
from tests.talk.counting import facts

from frontdesk.base.errors import Invalid, Missing, Refused
from frontdesk.base.ids import digest, new_id, new_token
from frontdesk.channels.widget import visitors
from frontdesk.people import agents, teams

GOOD: dict[str, Any] = {"name": "Orders", "colour": "teal", "members": []}


def lay(cast: Cast, **starts: str) -> None:
    laid = [{"channel": "widget", "start": start, "team_id": id} for id, start in starts.items()]
    cast.desk.write_now(teams.lay_ways, cast.maja.actor, ways=laid)


def test_an_admin_makes_changes_and_retires_a_team(cast: Cast) -> None:
    team = cast.team("Orders", cast.oskar, cast.leila, cast.oskar)
    assert team.members == tuple(sorted([cast.oskar.id, cast.leila.id]))
    said = {"name": " Gifts\u202e ", "colour": "rose", "members": [cast.maja.id]}
    after = cast.desk.write_now(teams.change, cast.maja.actor, team_id=team.id, **said)["team"]
    assert (after.name, after.colour, after.members) == ("Gifts", "rose", (cast.maja.id,))
    cast.desk.write_now(agents.disable, cast.maja.actor, cast.leila.id)
    assert cast.desk.read_now(teams.at_work, team.id) == [cast.maja.id]
    for _ in range(2):
        gone = cast.desk.write_now(teams.retire, cast.maja.actor, team_id=team.id)["team"]
    assert gone.retired
    assert cast.desk.read_now(teams.everyone) == [gone]
    assert cast.desk.read_now(teams.at_work, team.id) == []
    with pytest.raises(Invalid):
        cast.desk.write_now(teams.change, cast.maja.actor, team_id=team.id, **GOOD)
    assert len(facts(cast.desk, "TeamSaved")) == 3


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"name": "x" * 41}, {"colour": "#fff"}, {"members": ["0" * 26]}]
)
def test_a_team_is_well_formed(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        cast.desk.write_now(teams.add, cast.maja.actor, **{**GOOD, **wrong})


def test_only_admins(cast: Cast) -> None:
    team = cast.team("Orders")
    with pytest.raises(Refused):
        cast.desk.write_now(teams.add, cast.oskar.actor, **GOOD)
    with pytest.raises(Refused):
        cast.desk.write_now(teams.change, cast.oskar.actor, team_id=team.id, **GOOD)
    with pytest.raises(Refused):
        cast.desk.write_now(teams.retire, cast.oskar.actor, team_id=team.id)
    with pytest.raises(Refused):
        cast.desk.write_now(teams.lay_ways, cast.oskar.actor, ways=[])
    with pytest.raises(Missing):
        cast.desk.write_now(teams.retire, cast.maja.actor, team_id=new_id())


def test_the_longest_way_wins(cast: Cast) -> None:
    all_of_it, shop, sale = cast.team("All"), cast.team("Shop"), cast.team("Sale")
    starts = {
        all_of_it.id: "https://Kvarn.example",
        shop.id: "https://kvarn.example/shop",
        sale.id: "https://kvarn.example/shop/sale",
    }
    lay(cast, **starts)
    for address, team in (
        ("https://kvarn.example/about", all_of_it),
        ("https://kvarn.example", all_of_it),
        ("https://kvarn.example/shop/k2", shop),
        ("https://kvarn.example/shop/sale/k2?utm_source=x", sale),
        ("https://kvarn.example.evil.example/shop", None),
        ("http://kvarn.example/shop", None),
        ("javascript:alert(1)", None),
        ("https://[", None),
    ):
        found = cast.desk.read_now(teams.way_for, "widget", address)
        assert found == (team.id if team else None), address


def test_ways_lead_somewhere(cast: Cast) -> None:
    team = cast.team("Orders")
    for start in ("", "kvarn.example", "javascript:alert(1)", "https://", "https://["):
        with pytest.raises(Invalid):
            lay(cast, **{team.id: start})
    with pytest.raises(Invalid):
        lay(cast, **{new_id(): "https://kvarn.example"})
    one = {"channel": "widget", "start": "https://kvarn.example", "team_id": team.id}
    with pytest.raises(Invalid, match="one team"):
        cast.desk.write_now(teams.lay_ways, cast.maja.actor, ways=[one, one])
    lay(cast, **{team.id: "https://kvarn.example/a"})
    lay(cast, **{team.id: "https://kvarn.example/b"})
    assert [way.start for way in cast.desk.read_now(teams.ways)] == ["https://kvarn.example/b"]
    cast.desk.write_now(teams.retire, cast.maja.actor, team_id=team.id)
    assert cast.desk.read_now(teams.ways) == []


def test_who_begins_on_a_page_waits_in_its_teams_queue(cast: Cast) -> None:
    team = cast.team("Orders")
    lay(cast, **{team.id: "https://kvarn.example/shop"})
    for page, queue in (
        ("https://kvarn.example/shop/k2", {team.id: 1}),
        ("https://kvarn.example/", {team.id: 1}),
    ):
        token, browser = new_token(), new_token()[:20]
        sees(cast.desk, browser, url=page)
        for text in ("First", "Second"):
            cast.desk.write_now(
                visitors.write, digest(token), new_id(), visitors.Came(browser),
                conversation_id=None, start=f"start-{browser}", text=text, files=[],
            )  # fmt: skip
        assert cast.maja.counted().teams == queue
    assert cast.maja.counted().unassigned == 2
