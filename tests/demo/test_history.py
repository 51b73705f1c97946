"""The shop's past is long, varied, possible, and true to the shop's own pages."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.demo.cast import agents, customers
from frontdesk.demo.content import pages
from frontdesk.demo.history import Line, Story, stories
from frontdesk.demo.script import scripts

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MOMENTS = [MONDAY + timedelta(days=day, hours=5 * day) for day in range(7)]


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def past(moment: datetime = MONDAY) -> list[Story]:
    return [story for story in stories(milliseconds(moment)) if story.closed]


def open_now() -> list[Story]:
    return [story for story in stories(milliseconds(MONDAY)) if not story.closed]


def written(story: Story, now: datetime) -> Iterator[tuple[datetime, Line]]:
    """Every line with its moment."""
    at = now - timedelta(milliseconds=story.started)
    for line in story.lines:
        at += timedelta(seconds=line.after_s)
        yield at, line


def words(story: Story) -> str:
    return "\n".join(line.text for line in story.lines)


def answers() -> list[str]:
    return [line.text for story in past() for line in story.lines if line.by == "agent"]


def shop_text() -> str:
    return "\n".join(
        " ".join([*page.head.values(), page.body, *(f"{choice.price} kr" for choice in choices)])
        for page in pages().values()
        for choices in [page.choices if page.kind == "product" else []]
    )


def test_there_is_much_of_it() -> None:
    assert len(scripts()) >= 60
    assert len(past()) > 220
    assert len(open_now()) >= 12
    assert len(customers()) >= 105


def test_no_two_conversations_are_alike() -> None:
    told = [words(story) for story in stories()]
    assert len(set(told)) == len(told)
    assert len(set(answers())) > len(answers()) * 0.7


def test_everybody_is_known() -> None:
    known = {customer.key for customer in customers()}
    team = {agent.key for agent in agents()}
    assert len(known) == len(customers())
    assert {story.customer for story in stories()} <= known
    assert {story.agent for story in stories()} <= team | {None}
    assert {story.agent for story in past()} == team


def test_customers_come_with_and_without_a_name() -> None:
    nameless = [customer for customer in customers() if not customer.name]
    assert len(nameless) > 30
    assert all(customer.city and customer.country for customer in customers())
    assert len({customer.country for customer in customers()}) >= 15


def test_only_the_owner_answers_and_the_customer_begins() -> None:
    for story in stories():
        assert story.lines[0].by == "customer"
        assert {line.agent for line in story.lines if line.by == "agent"} <= {story.agent}
        assert all(line.agent is None for line in story.lines if line.by == "customer")


def test_closed_ones_were_answered() -> None:
    for story in past():
        assert sum(line.by == "agent" for line in story.lines) >= 1
        assert len(story.lines) >= 3


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: now.strftime("%a"))
def test_time_runs_forward_and_ends_before_now(now: datetime) -> None:
    told = stories(milliseconds(now))
    assert [story.started for story in told] == sorted((story.started for story in told), reverse=True)
    for story in told:
        assert story.lines[0].after_s == 0
        assert all(line.after_s > 0 for line in story.lines[1:])
        *_, (last, _) = written(story, now)
        assert last < now


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: now.strftime("%a"))
def test_the_past_happened_in_working_hours(now: datetime) -> None:
    moments = [at for story in past(now) for at, _ in written(story, now)]
    assert {at.weekday() for at in moments} == {0, 1, 2, 3, 4}
    assert {at.hour for at in moments} <= set(range(7, 15))
    assert max(moments) - min(moments) > timedelta(days=135)


def test_only_the_hours_depend_on_now() -> None:
    def told(moment: datetime) -> list[tuple[str, str | None, str]]:
        return sorted((story.customer, story.agent or "", words(story)) for story in past(moment))

    assert told(MOMENTS[0]) == told(MOMENTS[5])


def test_no_blank_is_left() -> None:
    assert not [words(story) for story in stories() if re.search(r"[{}\[\]|]|  | ,| \.", words(story))]


def test_sums_in_answers_stand_on_the_site() -> None:
    sums = {found for text in answers() for found in re.findall(r"\d{1,3}(?: \d{3})* kr", text)}
    known = re.findall(r"\d+(?: \d{3})* kr", shop_text())
    spelled = {f"{int(re.sub(r'[ kr]', '', one)):,} kr".replace(",", " ") for one in known}
    assert sums - spelled - {"12 kr"} == set()


def test_spans_in_answers_stand_on_the_site() -> None:
    spans = {found for text in answers() for found in re.findall(r"\d+ to \d+", text)}
    assert {span for span in spans if span not in shop_text()} == set()


def test_pages_named_in_answers_exist() -> None:
    titles = {page.title for page in pages().values()}
    named = {
        found
        for text in answers()
        for found in re.findall(r"(?:guide|page) ([A-Z][\w ]+?)(?:\.|:| on| has| choose)", text)
    }
    assert named
    assert named - titles == set()


def test_open_ones_are_those_of_the_picture() -> None:
    last = {story.customer: (story.agent, story.lines[-1]) for story in open_now()}
    assert [key for key, (owner, _) in last.items() if owner is None] == [
        "tampere-lead",
        "bergen-lead",
        "lyon-lead",
        "göteborg-lead",
    ]
    assert last["göteborg-lead"][1].text == "Is the travel press safe in the dishwasher?"
    assert last["sofia-marchetti"] == ("maja", last["sofia-marchetti"][1])
    assert last["aoife-keane"][1].text.startswith("The refund left us this morning. Banks take")
    assert last["aoife-keane"][1].by == "agent"
