"""What follows from a fact: one table, fact -> jobs. The jobs are written with the fact."""

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from frontdesk.base.clock import DAY, HOUR, now_ms
from frontdesk.base.db import Job, Reading, Tx
from frontdesk.base.desk import Desk
from frontdesk.base.files import Files
from frontdesk.base.jobs import Handler, a_job
from frontdesk.base.log import Fact
from frontdesk.know import imports, replies, rounds
from frontdesk.know.blanks import Blanker
from frontdesk.know.model import CONVERSATIONS
from frontdesk.notify import notices, rules
from frontdesk.notify.model import Telling
from frontdesk.people import blocks, intake, retention, sessions
from frontdesk.people.intake import Intake
from frontdesk.presence import invites, visits
from frontdesk.privacy import erasing, traces
from frontdesk.privacy import jobs as cleaning
from frontdesk.search import index, past
from frontdesk.suggest import feedback, report
from frontdesk.suggest.proposer import Proposer
from frontdesk.suggest.public import learn_public
from frontdesk.talk import attachments, conversations, handing, snooze

# Between two portions of a long job, so that messages go before it.
_BREATH = 0.05

REACTIONS: dict[str, Callable[[Fact, dict[str, Any]], Job | None]] = {
    # Whoever was waiting for an agent who is gone must not wait for ever.
    "AgentChanged": lambda fact, data: (
        a_job("release_conversations", {"agent_id": data["agent"]["id"]})
        if data["agent"]["disabled"]
        else None
    ),
    # What waited in the queue of a team that is gone is not hidden there.
    "TeamSaved": lambda fact, data: (
        a_job("empty_queue", {"team_id": data["team"]["id"]}) if data["team"]["retired"] else None
    ),
    "ConversationSnoozed": lambda fact, data: a_job(
        "wake",
        {"conversation_id": fact.conversation_id, "until": data["conversation"]["snoozed_until"]},
        data["conversation"]["snoozed_until"],
    ),
    # Its customers are found by its name.
    "CustomerCompanySaved": lambda fact, data: (
        a_job("index_company", {"company_id": data["company"]["id"]})
        if data["renamed"] and data["company"]["customers"]
        else None
    ),
    "ConversationClosed": lambda fact, data: _learn_from(fact.conversation_id),
    "FeedbackGiven": lambda fact, data: (
        _learn_from(data["conversation_id"], question_id=data["question_id"], message_id=data["edited_in"])
        if data["edited_in"]
        else None
    ),
    "SourceChanged": lambda fact, data: (
        Job("learn_past", "learn_past", b"{}", fact.at) if _tells_of_the_past(data["source"]) else None
    ),
    # Kept less wholly from now on: also what is kept already.
    "RetentionChanged": lambda fact, data: a_job("keep_less", {}),
    "FileUploaded": lambda fact, data: a_job(
        "forget_unused_file", {"file_id": data["file_id"]}, fact.at + attachments.UNUSED_AFTER
    ),
}


# What there may be work after: by the table above, or enqueued by the verb itself.
WITH_JOBS = REACTIONS.keys() | {
    "SourceAdded", "SourceChanged", "SourceRemoved", "CustomerErased", "ConversationsErased", "ImportBegan",
}  # fmt: skip


def _tells_of_the_past(source: dict[str, Any]) -> bool:
    """Past conversations were switched on, or the company's own words were read: those belong to nobody, and
    leave no blank any more.
    """
    was_read = source["kind"] in ("website", "document") and source["state"] == "read"
    return source["is_on"] and (source["id"] == CONVERSATIONS or was_read)


def _learn_from(conversation_id: str | None, **edited: str) -> Job | None:
    what = {"conversation_id": conversation_id, **edited}
    return a_job("learn_conversation", what) if conversation_id else None


def react(fact: Fact) -> Iterable[Job]:
    reaction = REACTIONS.get(fact.kind)
    job = None if reaction is None else reaction(fact, orjson.loads(fact.data))
    return () if job is None else (job,)


# What may take minutes, beside everything else.
SLOW = (
    frozenset({report.JOB, report.NIGHTLY}),
    frozenset({"learn_conversation", "learn_past"}),
    frozenset({past.JOB}),
    frozenset({cleaning.CLEAN}),
    intake.LANE,
)


def handlers(files: Files, proposer: Proposer, blanker: Blanker, folder: Path) -> dict[str, Handler]:
    """What each kind of job does."""

    async def forget_unused_file(desk: Desk, data: dict[str, Any]) -> None:
        if await desk.write(attachments.forget_unused, data["file_id"]):
            files.forget(data["file_id"])

    async def learn_conversation(desk: Desk, data: dict[str, Any]) -> None:
        await desk.write(replies.keep, await desk.read(_heard, blanker, data["conversation_id"]))
        if "message_id" in data:
            await desk.write(feedback.reworded, data["question_id"], data["message_id"])

    async def learn_past(desk: Desk, _: dict[str, Any]) -> None:
        """In portions; broken off, it begins again and finds most of it done."""
        for portion_of in (replies.portion, imports.portion):
            after: str | None = ""
            while after is not None:
                portion = await desk.read(_refreshed, blanker, portion_of, after)
                await desk.write(replies.keep, portion.heard)
                after = portion.after

    async def evaluate(desk: Desk, _: dict[str, Any]) -> None:
        made = await proposer.replay()
        await desk.write(report.keep, made)

    async def learn_by_night(desk: Desk, _: dict[str, Any]) -> None:
        # Also what was never closed, and what was there before anybody learnt.
        await learn_past(desk, {})
        await proposer.fit()
        await evaluate(desk, {})
        await desk.write(_next_night)

    return {
        "learn_conversation": learn_conversation,
        "learn_past": learn_past,
        past.JOB: index_past,
        report.JOB: evaluate,
        report.NIGHTLY: learn_by_night,
        "forget_unused_file": forget_unused_file,
        "index_company": index_company,
        "release_conversations": release_conversations,
        "empty_queue": empty_queue,
        "keep_less": keep_less,
        cleaning.CLEAN: partial(clean_traces, folder),
        cleaning.FORGET_FILES: partial(forget_files, folder),
        "wake": wake,
        "sweep": sweep,
        **Intake(files).handlers(),
    }


def _refreshed(
    view: Reading, blanker: Blanker, portion: Callable[..., replies.Portion], after: str
) -> replies.Portion:
    learn_public(view, blanker)
    return portion(view, blanker, after)


def _heard(view: Reading, blanker: Blanker, conversation_id: str) -> list[replies.Heard]:
    learn_public(view, blanker)
    one = replies.hear(view, blanker, conversation_id)
    return [] if one is None else [one]


async def release_conversations(desk: Desk, data: dict[str, Any]) -> None:
    """In portions, so that nobody waits behind a long transaction."""
    while await desk.write(conversations.release_all, data["agent_id"]):
        pass


async def index_past(desk: Desk, _: dict[str, Any]) -> None:
    """What there was before search. A portion is a transaction, so nobody waits for long."""
    while await desk.write(past.portion):
        pass


async def index_company(desk: Desk, data: dict[str, Any]) -> None:
    """In portions; broken off, it begins again."""
    after: str | None = ""
    while after is not None:
        after = await desk.write(index.anew, data["company_id"], after)


async def empty_queue(desk: Desk, data: dict[str, Any]) -> None:
    """In portions, too."""
    while await desk.write(handing.empty_queue, data["team_id"]):
        pass


async def keep_less(desk: Desk, _: dict[str, Any]) -> None:
    after = await desk.write(retention.keep_less, "")
    while after:
        after = await desk.write(retention.keep_less, after)


async def clean_traces(folder: Path, desk: Desk, data: dict[str, Any]) -> None:
    await asyncio.to_thread(traces.cleaned, desk, folder, data)


async def forget_files(folder: Path, _: Desk, data: dict[str, Any]) -> None:
    await asyncio.to_thread(traces.forget_files, folder, data)


async def wake(desk: Desk, data: dict[str, Any]) -> None:
    await desk.write(_wake, data["conversation_id"], data["until"])


def _wake(tx: Tx, conversation_id: str, until: int) -> None:
    """Back on top of its owner's inbox, who is told."""
    one = snooze.wake(tx, conversation_id, until)
    if one is not None and one.owner_id is not None:
        words = "" if one.last is None else one.last.text
        what = Telling(one.id, f"{one.id}-{until}", excerpt=words)
        notices.tell(tx, rules.of_waking(one.owner_id), what)


async def sweep(desk: Desk, _: dict[str, Any]) -> None:
    """Every hour: what has expired is forgotten, in portions where it may be much."""
    await desk.write(_swept)
    rules = await desk.read(retention.get)
    portions: list[Callable[[Tx], object]] = [
        partial(visits.sweep, days=rules.events_days),
        retention.sweep_addresses,
    ]
    for portion in portions:
        is_more = True
        while is_more:
            is_more = bool(await desk.write(portion))
            await asyncio.sleep(_BREATH)
    if rules.closed_days is not None:
        await _forget_closed(desk, now_ms() - rules.closed_days * DAY)


async def _forget_closed(desk: Desk, before: int) -> None:
    """What is closed for longer than the company keeps it, in portions; looked for beside the writer."""
    ids = await desk.read(erasing.due, before)
    while ids:
        await desk.write(erasing.erase_due, ids, before)
        await asyncio.sleep(_BREATH)
        ids = await desk.read(erasing.due, before)


def _next_night(tx: Tx) -> None:
    tx.enqueue(report.next_night(now_ms()))


def _swept(tx: Tx) -> None:
    sessions.sweep(tx)
    notices.sweep(tx)
    blocks.sweep(tx)
    invites.sweep(tx)
    rounds.refresh(tx)
    tx.enqueue(Job(intake.FORGET, intake.FORGET, b"{}", tx.now))
    tx.enqueue(next_sweep())
    # Should a night be missed, the next hour sees to it that there is another.
    _next_night(tx)


def next_sweep() -> Job:
    """One for each hour, whoever asks and however often."""
    hour = now_ms() // HOUR + 1
    return Job(f"sweep-{hour}", "sweep", b"{}", hour * HOUR)
