"""What the team does among itself in a day: notes, threads, teams, handing over."""

import contextlib
from collections.abc import Callable
from itertools import count
from typing import Any

from tests.cast import AgentPlayer, Cast

from frontdesk.base.errors import Invalid, Refused
from frontdesk.base.ids import new_id
from frontdesk.notify import notices
from frontdesk.people import teams
from frontdesk.talk import notes, threads
from frontdesk.talk.note_model import Note, ThreadAnswer

Choose = Callable[[int], int]  # a number below the one given


class Among:
    def __init__(self, cast: Cast, choose: Choose) -> None:
        self.cast, self.desk, self.choose = cast, cast.desk, choose
        self.team = list(cast.agents)
        self.disabled: set[str] = set()
        self.talks: list[str] = []
        self.noted: list[tuple[AgentPlayer, Note]] = []
        self.answered: list[tuple[AgentPlayer, ThreadAnswer]] = []
        self.numbers = count(1)

    def some(self, things: list[Any]) -> Any:
        return things[self.choose(len(things))]

    def agent(self) -> AgentPlayer:
        found: AgentPlayer = self.some([one for one in self.team if one.id not in self.disabled])
        return found

    def text(self, who: str) -> str:
        return f"{who} {next(self.numbers)} å✓"

    def calls(self) -> str:
        """Somebody's name, a team's, a stranger's, or nobody's."""
        called = [*(f"@[agent:{one.id}]" for one in self.team[:3]), "", f"@[agent:{new_id()}]"]
        known = self.desk.read_now(teams.everyone)
        return str(self.some([*called, *(f"@[team:{one.id}]" for one in known)]))

    def notes(self) -> None:
        if self.talks:
            who, talk = self.agent(), self.some(self.talks)
            self.noted.append((who, who.notes(talk, f"{self.text('noted')} {self.calls()}")))

    def answers_a_note(self) -> None:
        if self.noted:
            who, (_, note) = self.agent(), self.some(self.noted)
            self.answered.append((who, who.answers_note(note, f"{self.text('thought')} {self.calls()}")))

    def rewords(self) -> None:
        if self.noted and self.choose(2):
            who, note = self.some(self.noted)
            if self.choose(3) == 0:
                self.desk.write_now(notes.delete, who.actor, note_id=note.id)
                self.noted = [one for one in self.noted if one[1] is not note]
            else:
                words = f"{self.text('noted again')} {self.calls()}"
                self.desk.write_now(notes.edit, who.actor, note_id=note.id, text=words)
        elif self.answered:
            who, answer = self.some(self.answered)
            if self.choose(3) == 0:
                self.desk.write_now(threads.delete, who.actor, answer_id=answer.id)
                self.answered = [one for one in self.answered if one[1] is not answer]
            else:
                words = f"{self.text('thought again')} {self.calls()}"
                self.desk.write_now(threads.edit, who.actor, answer_id=answer.id, text=words)

    def reads_a_thread(self) -> None:
        if self.noted:
            who, (_, note) = self.agent(), self.some(self.noted)
            self.desk.write_now(threads.read_to, who.actor, note_id=note.id, place=self.choose(4))

    def looks(self) -> None:
        if self.talks:
            called = [note.conversation_id for _, note in self.noted]
            self.agent().looks(self.some(called or self.talks))

    def sees_notices(self) -> None:
        who = self.agent()
        items = who.bell().items
        if self.choose(3) == 0:
            self.desk.write_now(notices.see_all, who.actor)
        elif items:
            self.desk.write_now(notices.see, who.actor, ids=[self.some(items).id])

    def hands_over(self) -> None:
        if self.talks:
            to: dict[str, str] = self.some([{}, {"agent_id": self.some(self.team).id}, *self._queues()])
            # Not a colleague's, and to nobody who is gone.
            with contextlib.suppress(Refused, Invalid):
                self.agent().hands(self.some(self.talks), **to)

    def _queues(self) -> list[dict[str, str]]:
        return [{"team_id": one.id} for one in self.desk.read_now(teams.everyone)]

    def changes_teams(self) -> None:
        maja = self.cast.maja.actor
        known = [one for one in self.desk.read_now(teams.everyone) if not one.retired]
        said = {"name": self.text("Team"), "colour": "rose", "members": [self.some(self.team).id]}
        if len(known) < 2:
            self.desk.write_now(teams.add, maja, **said)
        elif self.choose(3):
            self.desk.write_now(teams.change, maja, team_id=self.some(known).id, **said)
        else:
            self.desk.write_now(teams.retire, maja, team_id=known[0].id)


AMONG = (
    "notes", "notes", "notes", "answers_a_note", "answers_a_note", "rewords", "rewords", "reads_a_thread",
    "looks", "sees_notices", "sees_notices", "hands_over", "hands_over", "changes_teams",
)  # fmt: skip
