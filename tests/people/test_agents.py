"""Agents are added, changed, and gone: with everything of theirs, but never the last admin."""

import pytest
from tests.cast import PASSWORD, AgentPlayer, Cast
from tests.talk.counting import facts

from frontdesk.base.desk import Desk
from frontdesk.base.errors import Conflict, Invalid, Missing, Refused
from frontdesk.people import agents, passwords, read, sessions
from frontdesk.people.model import COLOURS, SYSTEM, Actor


def stored_sessions(desk: Desk, who: AgentPlayer) -> int:
    return len(desk.read_now(read.sessions, who.id, ""))


def test_agents_get_colours_in_turn(cast: Cast) -> None:
    assert [cast.desk.read_now(read.get_agent, one.id).colour for one in cast.agents] == list(COLOURS[:3])


def test_an_address_has_one_agent(cast: Cast) -> None:
    with pytest.raises(Conflict) as refused:
        cast.desk.write_now(
            agents.add, email=" Oskar@KVARN.example ", name="Twin", role="agent", password=None
        )
    assert refused.value.fields == {"email": "Already an agent"}


@pytest.mark.parametrize(
    "email", ["", "maja", "maja@", "@kvarn.example", "maja@kvarn", "a b@c.de", "<a@b.de>"]
)
def test_what_is_no_address(cast: Cast, email: str) -> None:
    with pytest.raises(Invalid):
        cast.desk.write_now(agents.add, email=email, name="Someone", role="agent", password=None)


@pytest.mark.parametrize("name", ["", " \u200b", "x" * 81])
def test_a_name_must_be_one(cast: Cast, name: str) -> None:
    with pytest.raises(Invalid):
        cast.desk.write_now(agents.add, email="new@kvarn.example", name=name, role="agent", password=None)


def test_who_is_disabled_has_nothing_left(cast: Cast) -> None:
    desk = cast.desk
    for _ in range(3):
        cast.oskar.signs_in()
    answer = desk.write_now(agents.disable, cast.maja.actor, cast.oskar.id)
    assert answer["agent"].disabled
    assert stored_sessions(desk, cast.oskar) == 0
    assert desk.read_now(read.find_secret, cast.oskar.email) == (None, None)
    assert [one.audience for one in facts(desk, "SessionEnded")] == ["nobody"]
    assert facts(desk, "AgentChanged")[-1].audience == "team"


def test_who_comes_back_signs_in_anew(cast: Cast) -> None:
    token = cast.oskar.signs_in()
    cast.desk.write_now(agents.disable, cast.maja.actor, cast.oskar.id)
    cast.desk.write_now(agents.enable, cast.maja.actor, cast.oskar.id)
    assert cast.desk.read_now(read.find_session, token) is None
    agent_id, stored = cast.desk.read_now(read.find_secret, cast.oskar.email)
    assert agent_id == cast.oskar.id
    assert passwords.matches(stored, PASSWORD)


def test_only_admins_decide_about_agents(cast: Cast) -> None:
    for verb in (agents.disable, agents.enable):
        with pytest.raises(Refused):
            cast.desk.write_now(verb, cast.oskar.actor, cast.leila.id)
    with pytest.raises(Refused):
        cast.desk.write_now(agents.give_role, cast.oskar.actor, cast.oskar.id, role="admin")
    assert facts(cast.desk, "AgentChanged") == []


def test_nobody_locks_themselves_out(cast: Cast) -> None:
    with pytest.raises(Refused):
        cast.desk.write_now(agents.disable, cast.maja.actor, cast.maja.id)


def test_the_last_admin_stays_one(cast: Cast) -> None:
    desk, maja = cast.desk, cast.maja
    with pytest.raises(Conflict, match="at least one admin"):
        desk.write_now(agents.give_role, maja.actor, maja.id, role="agent")
    desk.write_now(agents.give_role, maja.actor, cast.oskar.id, role="admin")
    desk.write_now(agents.give_role, maja.actor, maja.id, role="agent")
    with pytest.raises(Conflict, match="at least one admin"):
        desk.write_now(agents.disable, SYSTEM, cast.oskar.id)


def test_two_admins_cannot_disable_each_other(cast: Cast) -> None:
    """Both were asked at the same moment; whoever is second must not leave the desk to nobody."""
    oskar = Actor("agent", cast.oskar.id, "admin")
    cast.desk.write_now(agents.give_role, cast.maja.actor, cast.oskar.id, role="admin")
    cast.desk.write_now(agents.disable, cast.maja.actor, cast.oskar.id)
    with pytest.raises(Conflict, match="at least one admin"):
        cast.desk.write_now(agents.disable, oskar, cast.maja.id)


def test_a_disabled_admin_does_not_count_and_may_be_demoted(cast: Cast) -> None:
    desk, maja = cast.desk, cast.maja.actor
    desk.write_now(agents.give_role, maja, cast.oskar.id, role="admin")
    desk.write_now(agents.disable, maja, cast.oskar.id)
    with pytest.raises(Conflict):
        desk.write_now(agents.give_role, maja, cast.maja.id, role="agent")
    assert desk.write_now(agents.give_role, maja, cast.oskar.id, role="agent")["agent"].role == "agent"
    desk.write_now(agents.disable, maja, cast.leila.id)


@pytest.mark.parametrize("verb", [agents.disable, agents.enable])
def test_nobody_is_not_an_agent(cast: Cast, verb: object) -> None:
    with pytest.raises(Missing):
        cast.desk.write_now(verb, cast.maja.actor, "0" * 26)  # type: ignore[arg-type]


def test_a_profile_keeps_what_was_not_named(cast: Cast) -> None:
    change = cast.desk.write_now
    change(agents.change_profile, cast.oskar.actor, preferences={"sound": False})
    change(agents.change_profile, cast.oskar.actor, preferences={"order": {"mine": "oldest"}})
    me = change(agents.change_profile, cast.oskar.actor, preferences={"theme": "dark"})["me"]
    assert (me.name, me.preferences.sound, me.preferences.theme) == ("Oskar Berg", False, "dark")
    assert (me.preferences.order.mine, me.preferences.order.unassigned) == ("oldest", "oldest")


def test_the_team_hears_of_a_name_but_not_of_preferences(cast: Cast) -> None:
    cast.desk.write_now(agents.change_profile, cast.oskar.actor, preferences={"sound": False})
    assert [one.audience for one in facts(cast.desk, "PreferencesChanged")] == [f"agent:{cast.oskar.id}"]
    assert facts(cast.desk, "AgentChanged") == []
    cast.desk.write_now(agents.change_profile, cast.oskar.actor, name="  Oskar\u202e B. ")
    (told,) = facts(cast.desk, "AgentChanged")
    assert b'"Oskar B."' in told.data
    assert b"example" not in told.data


def test_a_new_password_ends_every_other_session(cast: Cast) -> None:
    here, _, _ = (cast.oskar.signs_in() for _ in range(3))
    maja = cast.maja.signs_in()
    digest = sessions.digest(here)
    hashed = passwords.hashed("another long password")
    cast.desk.write_now(agents.change_password, cast.oskar.actor, digest, hashed)
    (left,) = cast.desk.read_now(read.sessions, cast.oskar.id, digest)
    assert left.current
    assert len(facts(cast.desk, "SessionEnded")) == 2
    assert passwords.matches(cast.desk.read_now(read.own_secret, cast.oskar.id), "another long password")
    assert cast.desk.read_now(read.find_session, sessions.digest(maja)) is not None


def test_nobodys_password_takes_as_long_as_anybodys() -> None:
    """Else the time of an answer would tell who is an agent."""
    assert not passwords._hasher.check_needs_rehash(passwords._NOBODYS)
    assert not passwords.matches(None, "nobody has this password")


@pytest.mark.parametrize("password", ["", "ninechars", "x" * 201])
def test_passwords_have_a_length(password: str) -> None:
    with pytest.raises(Invalid):
        passwords.hashed(password)


@pytest.mark.parametrize("password", ["x" * 10, "å" * 200, "lösen\ud800ord!", "a\0b" * 5])
def test_any_text_is_a_password(password: str) -> None:
    hashed = passwords.hashed(password)
    assert passwords.matches(hashed, password)
    assert not passwords.matches(hashed, password + "x")
    assert "argon2id" in hashed
    assert "m=19456,t=2,p=1" in hashed


@pytest.mark.parametrize("stored", [None, "", "plain", "$argon2id$broken"])
def test_nothing_matches_no_password(stored: str | None) -> None:
    assert not passwords.matches(stored, "")
    assert not passwords.matches(stored, "nobody has this password")
