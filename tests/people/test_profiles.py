"""Profiles: edited in place by several at once, proven by the site, claimed by the visitor."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import AgentPlayer, Cast, CustomerPlayer
from tests.talk.counting import facts

from frontdesk.base.db import Reading
from frontdesk.base.errors import Invalid, Missing
from frontdesk.base.ids import digest, new_id, new_token
from frontdesk.channels.widget import visitors
from frontdesk.channels.widget.visitors import Came
from frontdesk.people import changes, customers, own_fields, profiles, read_profiles
from frontdesk.people.customers import Proof
from frontdesk.people.profile_model import Profile, ProfileChange
from frontdesk.people.profiles import Asked


def edits(cast: Cast, who: AgentPlayer, id: str, **asked: Any) -> dict[str, Any]:
    return cast.desk.write_now(profiles.change, who.actor, id, Asked(**asked))


def seen_by(cast: Cast, id: str) -> Profile:
    return cast.desk.read_now(read_profiles.get, cast.maja.actor, id)


def history(cast: Cast, id: str) -> list[ProfileChange]:
    found, _ = cast.desk.read_now(changes.page, cast.maja.actor, id, after=None, limit=100)
    return found


def field(cast: Cast, name: str, kind: str = "text", *choices: str) -> str:
    given = {"of": "customer", "name": name, "kind": kind, "choices": list(choices)}
    return cast.desk.write_now(own_fields.add, cast.maja.actor, **given)["own_field"].id


def proves(cast: Cast, subject: str, name: str | None = None, **claims: Any) -> Profile:
    own = claims.pop("fields", {})
    said = Proof(subject, name, claims, own)
    one = cast.desk.write_now(customers.prove, None, digest(new_token()), said)["customer"]
    return seen_by(cast, one.id)


def says(cast: Cast, who: CustomerPlayer, text: str) -> Profile:
    """Through the widget's own door."""
    said = {"conversation_id": None, "start": new_id(), "text": text, "files": []}
    cast.desk.write_now(visitors.write, who.digest, new_id(), Came(), **said)
    return seen_by(cast, who.id)


def test_everything_can_be_written_and_is_read_back(cast: Cast) -> None:
    id, grind = cast.lead.id, field(cast, "Grind", "choice", "fine", "coarse")
    answer = edits(
        cast, cast.oskar, id, name="  Ines\tOliveira ", email="Ines@Post.Example",
        phone="+46 (0)70-123 45 67", title="Buyer", company_name="Bönor & Blad",
        about="Likes tea.\n\nCalls on Mondays.", fields={grind: "FINE"},
    )  # fmt: skip
    one = seen_by(cast, id)
    assert answer == {"customer": one, "overwritten": []}
    assert (one.name, one.email, one.phone) == ("Ines Oliveira", "ines@post.example", "+46 (0)70-123 45 67")
    assert (one.title, one.about, one.fields) == ("Buyer", "Likes tea.\n\nCalls on Mondays.", {grind: "fine"})
    assert one.company is not None
    assert one.company.name == "Bönor & Blad"
    assert (one.called, one.named, one.proven, one.origins) == ("Ines Oliveira", True, False, {})


def test_who_changed_what_is_kept_and_told(cast: Cast) -> None:
    id = cast.lead.id
    edits(cast, cast.oskar, id, name="Ines", company_name="Bönor")
    edits(cast, cast.leila, id, name="Ines Oliveira")
    told = [(one.by, one.agent_id, one.field, one.was, one.becomes) for one in history(cast, id)]
    assert told[0] == ("agent", cast.leila.id, "name", "Ines", "Ines Oliveira")
    assert sorted(told[1:], key=lambda one: one[2]) == [
        ("agent", cast.oskar.id, "company", None, "Bönor"),
        ("agent", cast.oskar.id, "name", None, "Ines"),
    ]
    first, second = facts(cast.desk, "ProfileChanged")
    assert (first.customer_id, first.audience) == (id, "team")
    assert len(facts(cast.desk, "CustomerChanged")) == 2
    assert (b'"fields":["name"]' in second.data, cast.leila.id.encode() in second.data) == (True, True)


def test_what_is_the_same_is_no_change(cast: Cast) -> None:
    id = cast.lead.id
    edits(cast, cast.oskar, id, name="Ines", email="a@a.example")
    before = cast.desk.read_now(Reading.head)
    edits(cast, cast.leila, id, name=" Ines ", email="A@a.example", phone="")
    assert cast.desk.read_now(Reading.head) == before
    assert len(history(cast, id)) == 2


def test_without_a_name_they_are_called_as_before(cast: Cast) -> None:
    lead, stranger = cast.lead, cast.stranger()
    was = stranger.brief().called
    for one in (lead, stranger):
        edits(cast, cast.maja, one.id, name="Ines")
        assert one.brief().called == "Ines"
        edits(cast, cast.maja, one.id, name="")
    assert (lead.brief().called, lead.brief().named) == ("Stockholm lead", False)
    assert stranger.brief().called == was


def test_different_fields_of_two_agents_both_stay(cast: Cast) -> None:
    id = cast.lead.id
    seen = {"email": None, "phone": None}
    assert edits(cast, cast.oskar, id, email="a@a.example", seen=seen)["overwritten"] == []
    assert edits(cast, cast.leila, id, phone="0701234567", seen=seen)["overwritten"] == []
    one = seen_by(cast, id)
    assert (one.email, one.phone) == ("a@a.example", "0701234567")


def test_of_two_who_write_one_field_the_later_wins_and_both_are_told(cast: Cast) -> None:
    id = cast.lead.id
    edits(cast, cast.oskar, id, name="Ines", seen={"name": None})
    answer = edits(cast, cast.leila, id, name="Inês", seen={"name": None})
    assert (answer["overwritten"], seen_by(cast, id).name) == (["name"], "Inês")
    # The earlier one hears who did it; and what was there is kept.
    assert cast.leila.id.encode() in facts(cast.desk, "ProfileChanged")[-1].data
    assert history(cast, id)[0].was == "Ines"
    # Who writes the same, or has seen it, overwrites nothing.
    assert edits(cast, cast.oskar, id, name="Inês", seen={"name": "Ines"})["overwritten"] == []
    assert edits(cast, cast.oskar, id, name="I", seen={"name": "Inês"})["overwritten"] == []


FIELDS = ("name", "email", "phone", "title", "about", "own")
WORTH = {
    "email": st.sampled_from(["", "a@a.example", "b@a.example"]),
    "phone": st.sampled_from(["", "0701234567", "+46 8 12 34 56"]),
}
EDIT = st.dictionaries(st.sampled_from(FIELDS), st.integers(0, 2), min_size=1)


def value(name: str, number: int) -> str:
    usual = {"email": ["", "a@a.example", "b@a.example"], "phone": ["", "0701234567", "+46 8 12 34 56"]}
    return usual.get(name, ["", f"{name} one", f"{name} two"])[number]


def asked(own: str, edit: dict[str, int], seen: dict[str, str | None]) -> dict[str, Any]:
    usual = {name: value(name, number) for name, number in edit.items() if name != "own"}
    fields = {own: value("own", edit["own"])} if "own" in edit else {}
    return {**usual, "fields": fields, "seen": {name: seen[name] for name in [*usual, *fields]}}


def held(one: Profile, own: str) -> dict[str, str | None]:
    usual = {name: getattr(one, name) or None for name in FIELDS if name != "own"}
    return {**usual, own: one.fields.get(own)}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits_made=st.lists(st.tuples(st.booleans(), st.booleans(), EDIT), min_size=1, max_size=8))
def test_however_two_agents_edit_nothing_gets_lost_unsaid(
    cast: Cast, edits_made: list[tuple[bool, bool, dict[str, int]]]
) -> None:
    """Each looks when they like; fields merge, the later wins, and only what was not seen is told of."""
    known = cast.desk.read_now(own_fields.everything)
    own = known[0].id if known else field(cast, "Own")
    id = cast.stranger().id
    looked = {True: held(seen_by(cast, id), own), False: held(seen_by(cast, id), own)}
    wanted = dict(looked[True])
    for who, looks, edit in edits_made:
        if looks:
            looked[who] = held(seen_by(cast, id), own)
        given_ = asked(own, edit, looked[who])
        answer = edits(cast, cast.oskar if who else cast.leila, id, **given_)
        said = {name: text or None for name, text in given_.items() if name not in ("fields", "seen")}
        said |= {name: text or None for name, text in given_["fields"].items()}
        unseen = [name for name, text in said.items() if wanted[name] not in (looked[who][name], text)]
        assert sorted(answer["overwritten"]) == sorted(unseen)
        wanted |= said
        assert held(seen_by(cast, id), own) == wanted
    # Everything that ever stood there stands in the history, in its order.
    for name in wanted:
        told = [one for one in reversed(history(cast, id)) if one.field == name]
        assert [one.was for one in told[1:]] == [one.becomes for one in told[:-1]]
        assert (told[-1].becomes if told else None) == wanted[name]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "a@b"}, "email"),
        ({"phone": "call me"}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"name": "x" * 121}, "name"),
        ({"about": "x" * 10_001}, "about"),
        ({"company_id": "0" * 26}, "company_id"),
        ({"company_name": "x" * 121}, "company"),
        ({"fields": {"0" * 26: "x"}}, "0" * 26),
    ],
)
def test_what_does_not_fit_is_refused_whole(cast: Cast, wrong: dict[str, Any], named: str) -> None:
    id = cast.lead.id
    with pytest.raises(Invalid) as refused:
        edits(cast, cast.maja, id, **{"title": "Buyer", **wrong})
    assert refused.value.fields is not None
    assert named in refused.value.fields
    assert seen_by(cast, id).title is None


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "=HYPERLINK(1)", "a\u202eb\u0000c", "'; DROP TABLE customer; --"]
)
def test_hostile_words_are_words(cast: Cast, hostile: str) -> None:
    id = cast.lead.id
    edits(cast, cast.maja, id, name=hostile, title=hostile, about=hostile, company_name=hostile)
    one = seen_by(cast, id)
    assert one.name == one.title == hostile.replace("\u202e", "").replace("\u0000", "")
    assert one.company is not None
    assert one.company.name == one.name


def test_no_customer_reads_or_writes_profiles_not_even_their_own(cast: Cast) -> None:
    for who in (cast.ines, cast.lead):
        with pytest.raises(Missing):
            cast.desk.read_now(read_profiles.get, who.actor, cast.ines.id)
        with pytest.raises(Missing):
            cast.desk.write_now(profiles.change, who.actor, cast.ines.id, Asked(name="Me"))
        with pytest.raises(Missing):
            cast.desk.read_now(changes.page, who.actor, cast.ines.id, after=None, limit=5)


# What the site signs, and what a visitor claims.


def test_what_the_site_signs_is_proven(cast: Cast) -> None:
    size, since = field(cast, "Size", "number"), field(cast, "Since", "date")
    one = proves(
        cast, "7", "Ines Oliveira", email="Ines@post.example", phone="+46 70 1234567", company="Bönor",
        title="Buyer", fields={"size": "12,50", "Since": "2026-02-03", "Unheard of": "x"},
    )  # fmt: skip
    assert (one.name, one.email, one.title, one.proven) == (
        "Ines Oliveira",
        "ines@post.example",
        "Buyer",
        True,
    )
    assert one.fields == {size: "12.5", since: "2026-02-03"}
    told = ("name", "email", "phone", "company", "title", size, since)
    assert one.origins == dict.fromkeys(told, "proven")
    assert {change.by for change in history(cast, one.id)} == {"site"}


def test_the_sites_slip_keeps_nobody_out(cast: Cast) -> None:
    size = field(cast, "Size", "number")
    one = proves(cast, "7", "Ines", email="nonsense", phone="x", title="t" * 500, fields={size: "many"})
    assert (one.name, one.email, one.phone, one.title, one.fields) == ("Ines", None, None, None, {})


def test_an_agents_word_stays_when_the_site_says_the_same_again(cast: Cast) -> None:
    one = proves(cast, "7", "I. Oliveira", email="old@post.example", company="Bönor")
    edits(cast, cast.maja, one.id, name="Ines Oliveira", company_name="Bönor & Blad")
    again = proves(cast, "7", "I. Oliveira", email="old@post.example", company="Bönor")
    assert (again.name, again.company and again.company.name) == ("Ines Oliveira", "Bönor & Blad")
    assert again.origins == {"email": "proven"}
    # Something new is news.
    newer = proves(cast, "7", "Inês Oliveira", email="new@post.example")
    assert (newer.name, newer.email) == ("Inês Oliveira", "new@post.example")
    assert newer.origins == {"name": "proven", "email": "proven"}


def test_what_an_agent_wrote_becomes_proven_once_the_site_signs_it(cast: Cast) -> None:
    one = proves(cast, "7")
    edits(cast, cast.maja, one.id, email="ines@post.example")
    assert proves(cast, "7", email="Ines@Post.example").origins == {"email": "proven"}


def test_what_a_visitor_writes_of_themselves_is_claimed(cast: Cast) -> None:
    who = cast.stranger()
    one = says(cast, who, "Write to me at Ines@Post.example, or call +46 70 123 45 67 please")
    assert (one.email, one.phone) == ("ines@post.example", "+46 70 123 45 67")
    assert one.origins == {"email": "claimed", "phone": "claimed"}
    assert (one.proven, one.named) == (False, False)
    assert {change.by for change in history(cast, who.id)} == {"visitor"}
    # Only where nothing is known.
    again = says(cast, who, "or other@post.example 0709999999")
    assert (again.email, again.phone) == (one.email, one.phone)


def test_a_claim_merges_nobody_and_shows_nothing(cast: Cast) -> None:
    asked = cast.ines.asks("My order?")
    edits(cast, cast.maja, cast.ines.id, email="ines@post.example")
    other = cast.stranger()
    one = says(cast, other, "I am ines@post.example")
    assert one.id != cast.ines.id
    assert [talk.customer.id for talk in other.conversations()] == [other.id]
    assert asked.conversation.id not in {talk.id for talk in other.conversations()}
    with pytest.raises(Missing):
        other.timeline(asked)
    # It is suggested, to the team.
    alike = cast.desk.read_now(read_profiles.alike, seen_by(cast, other.id))
    assert [brief.id for brief in alike] == [cast.ines.id]


@pytest.mark.parametrize(
    "text",
    [
        "My order is 20410032, from 2026-11-23 14:00",
        "It cost 1 299,00 kr",
        "Mail to info@kvarn.example",
        "Mail to help@shop.kvarn.example",
        "a@b",
        "IBAN SE45 5000 0000 0583 9825 7466",
        "https://post.example/me@home",
        "@ines on socials",
    ],
)
def test_what_is_no_address_of_theirs_is_not_taken(cast: Cast, text: str) -> None:
    one = says(cast, cast.stranger(), text)
    assert (one.email, one.phone) == (None, None)


def test_same_number_or_name_at_one_company_is_suggested(cast: Cast) -> None:
    one, other, third = (cast.stranger().id for _ in range(3))
    edits(cast, cast.maja, one, phone="+46 70 123 45 67")
    edits(cast, cast.maja, other, phone="070-1234567", name="Ines Oliveira", company_name="Bönor")
    edits(cast, cast.maja, third, name="inês oliveira", company_name="BÖNOR")
    alike = {id: _alike(cast, id) for id in (one, other, third)}
    assert alike == {one: {other}, other: {one, third}, third: {other}}
    edits(cast, cast.maja, third, name="Ines")
    assert _alike(cast, third) == set()


def _alike(cast: Cast, id: str) -> set[str]:
    return {brief.id for brief in cast.desk.read_now(read_profiles.alike, seen_by(cast, id))}
