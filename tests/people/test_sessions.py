"""Being signed in, and links that let somebody in: once, in time, and only who was meant."""

import pytest
from tests.cast import Cast
from tests.conftest import Clock
from tests.talk.counting import facts

from frontdesk.base.db import Tx
from frontdesk.base.errors import Conflict, Missing, Refused
from frontdesk.base.ids import digest, new_id, new_token
from frontdesk.people import agents, read, sessions
from frontdesk.people.model import Role

WRONG_TOKENS = [
    "",
    " ",
    "0",
    "a" * 43,
    "a" * 42 + " ",
    "å" * 43,
    "a" * 1_000_000,
    None,
    [],
    {},
    0,
    "a\0" * 21 + "a",
]
wrong_tokens = pytest.mark.parametrize("wrong", WRONG_TOKENS, ids=lambda one: repr(one)[:12])


def invited(cast: Cast, email: str = "new@kvarn.example", role: Role = "agent") -> str:
    token = new_token()
    cast.desk.write_now(sessions.invite, cast.maja.actor, new_id(), token, email=email, role=role)
    return token


def link_for(cast: Cast) -> str:
    token = new_token()
    cast.desk.write_now(sessions.sign_in_link, cast.oskar.id, token)
    return token


def test_a_session_is_found_by_its_token_alone(cast: Cast) -> None:
    token = cast.oskar.signs_in()
    found = cast.desk.read_now(read.find_session, digest(token))
    assert found is not None
    assert found[0] == cast.oskar.actor
    for wrong in (token, digest(token).upper(), digest(token + " "), "", digest("")):
        assert cast.desk.read_now(read.find_session, wrong) is None


def test_the_list_tells_which_is_this_one(cast: Cast, clock: Clock) -> None:
    first = cast.oskar.signs_in()
    clock.passes(minutes=5)
    cast.oskar.signs_in()
    cast.maja.signs_in()
    listed = cast.desk.read_now(read.sessions, cast.oskar.id, digest(first))
    assert [one.current for one in listed] == [False, True]
    assert listed[0].seen_at - listed[1].seen_at == 300_000


def test_what_a_browser_says_of_itself_is_data(cast: Cast) -> None:
    device = "Mozilla\r\nSet-Cookie: x\u202e<script>" + "x" * 400
    cast.desk.write_now(sessions.begin, cast.oskar.id, new_token(), address="1.2.3.4\n", device=device)
    (one,) = cast.desk.read_now(read.sessions, cast.oskar.id, "")
    assert one.device.startswith("Mozilla Set-Cookie: x<script>")
    assert len(one.device) <= 200
    assert one.address == "1.2.3.4"


def test_one_ends_ones_own_sessions_only(cast: Cast) -> None:
    token = cast.oskar.signs_in()
    (one,) = cast.desk.read_now(read.sessions, cast.oskar.id, "")
    with pytest.raises(Missing):
        cast.desk.write_now(sessions.end_own, cast.maja.actor, session_id=one.id)
    cast.desk.write_now(sessions.end_own, cast.oskar.actor, session_id=one.id)
    assert cast.desk.read_now(read.find_session, digest(token)) is None
    (told,) = facts(cast.desk, "SessionEnded")
    assert told.audience == "nobody"


def test_sessions_left_alone_are_forgotten(cast: Cast, clock: Clock) -> None:
    old, used = cast.oskar.signs_in(), cast.oskar.signs_in()
    clock.passes(days=20)
    cast.desk.write_now(sessions.seen, digest(used))
    clock.passes(days=11)
    cast.desk.write_now(sessions.sweep)
    assert cast.desk.read_now(read.find_session, digest(old)) is None
    assert cast.desk.read_now(read.find_session, digest(used)) is not None


def test_an_invitation_works_once(cast: Cast) -> None:
    token = invited(cast, role="admin")
    assert cast.desk.read_now(sessions.look, token) == ("new@kvarn.example", "admin")
    assert cast.desk.write_now(sessions.use_invitation, token) == ("new@kvarn.example", "admin")
    with pytest.raises(Missing):
        cast.desk.write_now(sessions.use_invitation, token)
    with pytest.raises(Missing):
        cast.desk.read_now(sessions.look, token)


def test_an_invitation_that_could_not_be_accepted_stays(cast: Cast) -> None:
    token = invited(cast, email=cast.oskar.email)

    def accept(tx: Tx) -> None:
        email, role = sessions.use_invitation(tx, token)
        agents.add(tx, email=email, name="Twin", role=role, password=None)

    with pytest.raises(Conflict):
        cast.desk.write_now(accept)
    assert cast.desk.read_now(sessions.look, token)[0] == cast.oskar.email


def test_an_invitation_expires(cast: Cast, clock: Clock) -> None:
    token = invited(cast)
    clock.passes(hours=71.9)
    assert cast.desk.read_now(sessions.look, token)
    assert len(cast.desk.read_now(read.invitations)) == 1
    clock.passes(hours=0.2)
    with pytest.raises(Missing):
        cast.desk.write_now(sessions.use_invitation, token)
    assert cast.desk.read_now(read.invitations) == []
    cast.desk.write_now(sessions.sweep)
    clock.passes(hours=-1)
    with pytest.raises(Missing):
        cast.desk.read_now(sessions.look, token)


def test_an_invitation_can_be_withdrawn_by_admins(cast: Cast) -> None:
    token = invited(cast)
    (one,) = cast.desk.read_now(read.invitations)
    assert (one.email, one.invited_by) == ("new@kvarn.example", cast.maja.id)
    with pytest.raises(Refused):
        cast.desk.write_now(sessions.withdraw, cast.oskar.actor, invitation_id=one.id)
    cast.desk.write_now(sessions.withdraw, cast.maja.actor, invitation_id=one.id)
    with pytest.raises(Missing):
        cast.desk.write_now(sessions.use_invitation, token)
    with pytest.raises(Missing):
        cast.desk.write_now(sessions.withdraw, cast.maja.actor, invitation_id=one.id)


def test_only_admins_invite(cast: Cast) -> None:
    with pytest.raises(Refused):
        cast.desk.write_now(
            sessions.invite, cast.oskar.actor, new_id(), new_token(), email="a@b.example", role="admin"
        )
    assert cast.desk.read_now(read.invitations) == []


def test_a_sign_in_link_works_once_within_the_hour(cast: Cast, clock: Clock) -> None:
    used, late = link_for(cast), link_for(cast)
    assert cast.desk.write_now(sessions.use_link, used) == cast.oskar.id
    with pytest.raises(Missing):
        cast.desk.write_now(sessions.use_link, used)
    clock.passes(minutes=61)
    with pytest.raises(Missing):
        cast.desk.write_now(sessions.use_link, late)


def test_a_link_lets_nobody_in_who_is_gone(cast: Cast) -> None:
    token = link_for(cast)
    cast.desk.write_now(agents.disable, cast.maja.actor, cast.oskar.id)
    with pytest.raises(Missing):
        cast.desk.write_now(sessions.use_link, token)


def test_one_kind_of_link_is_not_the_other(cast: Cast) -> None:
    invitation, link = invited(cast), link_for(cast)
    for verb, wrong in ((sessions.use_link, invitation), (sessions.use_invitation, link)):
        with pytest.raises(Missing):
            cast.desk.write_now(verb, wrong)
    with pytest.raises(Missing):
        cast.desk.read_now(sessions.look, link)
    assert cast.desk.write_now(sessions.use_link, link) == cast.oskar.id


@wrong_tokens
def test_no_other_token_ever_fits(cast: Cast, wrong: str) -> None:
    """FreeScout let in whoever sent one space; links used up and links never made are all the same."""
    cast.desk.write_now(sessions.use_link, link_for(cast))
    invited(cast)
    link_for(cast)
    for verb in (sessions.use_link, sessions.use_invitation):
        with pytest.raises(Missing):
            cast.desk.write_now(verb, wrong)
    with pytest.raises(Missing):
        cast.desk.read_now(sessions.look, wrong)


def test_tokens_are_kept_nowhere(cast: Cast) -> None:
    tokens = [invited(cast), link_for(cast), cast.oskar.signs_in()]
    for table in ("entrance", "session", "fact", "command", "job"):
        rows = str(cast.desk.read_now(lambda view, name=table: _rows(view, name)))
        assert not any(token in rows for token in tokens), table


def _rows(view: object, table: str) -> list[object]:
    cursor = view.cursor  # type: ignore[attr-defined]
    cursor.execute(f"SELECT * FROM {table}")
    return list(cursor.fetchall())


def test_an_address_that_cannot_be_one_is_nobodys(cast: Cast) -> None:
    for email in ("", "\0", "@\0", "å" * 300):
        assert cast.desk.read_now(read.find_secret, email) == (None, None)
