"""What agents do in a day to find things again: labels, stars, snoozing, ready replies."""

import contextlib
from typing import Any

from tests.cast import AgentPlayer
from tests.live.among import Among

from frontdesk.base.clock import now_ms
from frontdesk.base.errors import Conflict, Invalid, Missing, Refused
from frontdesk.talk import labelling, labels, merging, ready, snooze, stars
from frontdesk.talk.label_model import Label, Labelling

COLOURS = ("teal", "rose", "gold")


class Keeping(Among):
    def _labels(self, who: AgentPlayer) -> list[Label]:
        return self.desk.read_now(labels.seen_by, who.actor)

    def defines_a_label(self) -> None:
        who, own = self.agent(), bool(self.choose(2))
        if len([one for one in self._labels(who) if not one.retired and one.own == own]) < 4:
            # The same names again and again: who is second is told so.
            name, colour = f"Label {self.choose(6)}", self.some([*COLOURS])
            with contextlib.suppress(Conflict):
                self.desk.write_now(labels.add, who.actor, name=name, colour=colour, own=own)

    def changes_a_label(self) -> None:
        who = self.some([self.agent(), self.cast.maja])
        known = self._labels(who)
        if not known:
            return
        one, what = self.some(known), self.choose(4)
        # The team's are an admin's to change, and retired ones nobody's.
        with contextlib.suppress(Refused, Invalid, Conflict):
            if what == 0:
                self.desk.write_now(labels.retire, who.actor, label_id=one.id)
            elif what == 1:
                into = self.some([other for other in known if other.own == one.own])
                self.desk.write_now(merging.merge, who.actor, label_id=one.id, into=into.id)
            else:
                name = f"Label {self.choose(6)}"
                self.desk.write_now(labels.change, who.actor, label_id=one.id, name=name, colour="sky")

    def labels_something(self) -> None:
        who = self.some([self.agent(), self.cast.maja])
        known = self._labels(who)
        if not known or not self.talks:
            return
        talk = self.some(self.talks)
        worn = self.desk.read_now(labelling.of_conversation, who.actor, talk)
        said: list[Any] = [None, *(one.id for one in who.timeline(talk) if hasattr(one, "files"))]
        fresh = Labelling(self.some(said), self.some(known).id)
        on = not worn or bool(self.choose(2))
        one = fresh if on else self.some(worn)
        with contextlib.suppress(Invalid):
            self.desk.write_now(
                labelling.put,
                who.actor,
                conversation_id=talk,
                label_id=one.label_id,
                message_id=one.message_id,
                on=on,
            )

    def stars_something(self) -> None:
        if self.talks:
            who = self.agent()
            starred = who.sees("starred")
            on = not starred or bool(self.choose(2))
            talk = self.some(self.talks if on else starred)
            self.desk.write_now(stars.put, who.actor, conversation_id=talk, on=on)

    def snoozes_something(self) -> None:
        """What comes soon wakes by itself."""
        who = self.some([self.agent(), self.cast.maja])
        mine = who.sees("snoozed") or who.sees()
        if mine:
            until = self.some([now_ms() + 15_000, now_ms() + 3_600_000, None, None])
            self.desk.write_now(snooze.snooze, who.actor, conversation_id=self.some(mine), until=until)

    def keeps_a_reply_ready(self) -> None:
        who = self.agent()
        known = self.desk.read_now(ready.seen_by, who.actor)
        name, text = f"Reply {self.choose(5)}", self.text("Hello {customer},")
        with contextlib.suppress(Conflict, Refused, Missing):
            if len(known) < 2:
                own = bool(self.choose(2))
                self.desk.write_now(ready.add, who.actor, name=name, text=text, own=own)
            elif self.choose(2):
                one = self.some(known)
                self.desk.write_now(ready.change, who.actor, ready_id=one.id, name=name, text=text)
            else:
                self.desk.write_now(ready.remove, who.actor, ready_id=self.some(known).id)


KEEPING = (
    "defines_a_label", "defines_a_label", "changes_a_label", "changes_a_label", "labels_something",
    "labels_something", "labels_something", "labels_something", "labels_something", "stars_something",
    "stars_something", "stars_something", "stars_something", "snoozes_something", "snoozes_something",
    "keeps_a_reply_ready", "keeps_a_reply_ready", "keeps_a_reply_ready", "changes_a_label", "changes_a_label",
)  # fmt: skip
