"""The demo's people work together: teams with queues, notes with a thread, somebody called."""

from frontdesk.base.desk import Desk
from frontdesk.demo import marking, together
from frontdesk.demo.cast import agents, customers
from frontdesk.demo.history import stories
from frontdesk.demo.seed import seed
from frontdesk.notify import notices
from frontdesk.people import read_profiles, teams
from frontdesk.people.model import Actor
from frontdesk.presence import visits
from frontdesk.search.model import Narrowed
from frontdesk.search.query import Names, parsed
from frontdesk.search.read import search
from frontdesk.talk import labels, lists, ready


def test_the_desk_looks_alive(desk: Desk) -> None:
    maja = Actor("agent", seed(desk, "http://127.0.0.1:9/"), "admin")
    assert {one.name for one in desk.read_now(teams.everyone)} == {"Support", "Orders", "Wholesale"}
    counts = desk.read_now(lists.counts, maja)
    assert sorted(counts.teams.values()) == [2, 2]
    assert counts.unassigned == 4
    assert counts.mentions == 3
    bell = desk.read_now(notices.bell, maja)
    assert {one.kind for one in bell.items} == {"mentioned", "answered"}
    assert bell.unseen == len(bell.items) >= 4
    assert (counts.starred, counts.snoozed) == (2, 1)
    seen = {one.id: one.name for one in desk.read_now(labels.seen_by, maja)}
    worn = {seen[id]: many for id, many in counts.labels.items()}
    assert worn == {name: len(by) for name, _, by in (*marking.LABELS, *marking.OWN_LABELS["maja"])}
    assert len(desk.read_now(ready.seen_by, maja)) == len(marking.READY) + 1
    assert [one.start for one in desk.read_now(teams.ways)] == ["http://127.0.0.1:9/wholesale"]


def test_notes_stand_where_they_should() -> None:
    known = {one.key for one in customers()}
    open_since = {one.customer: one.started for one in stories() if not one.closed}
    people = {one.key for one in agents()}
    for one in together.NOTES:
        assert one.customer in open_since
        assert {one.note.agent, *(said.agent for said in one.answers)} <= people
        ages = [one.note.ago, *(said.ago for said in one.answers)]
        assert ages == sorted(ages, reverse=True)
        assert ages[0] * 60_000 < open_since[one.customer]
    assert together.QUEUES.keys() <= known


def test_customers_are_known(desk: Desk) -> None:
    maja = Actor("agent", seed(desk, "http://127.0.0.1:9/"), "admin")
    found = desk.read_now(search, maja, parsed("oliveira", Names(), Narrowed()), 5)
    ines = desk.read_now(read_profiles.find, found.groups.customers[0].id)
    assert ines is not None
    assert (ines.email, ines.origins["email"], ines.origins["phone"]) == (
        "ines@oliveira.example",
        "proven",
        "claimed",
    )
    assert (ines.country, ines.zone) == ("PT", "Europe/Lisbon")
    assert ines.company is not None
    assert ines.company.name == "Oliveira Estúdio"
    page = desk.read_now(visits.current_page, ines.id)
    assert page == {"title": "Delivery · Kvarn & Kanna", "url": "http://127.0.0.1:9/delivery"}
