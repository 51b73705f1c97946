"""What the command line asks of a desk, wherever it is done: in the command's own process, or, while the
desk is open, in the one that serves it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from frontdesk.base.desk import Desk
from frontdesk.base.errors import Invalid
from frontdesk.know.intake import Intake
from frontdesk.know.lesson import Lesson
from frontdesk.people import agents


@dataclass(frozen=True, slots=True)
class Errand:
    """`words` go through JSON. `file` is open, and is the asker's to close."""

    name: str
    words: dict[str, Any] = field(default_factory=dict)
    file: BinaryIO | None = None

    @property
    def opened(self) -> BinaryIO:
        if self.file is None:
            raise Invalid(f"{self.name} needs a file.")
        return self.file


@dataclass(frozen=True, slots=True)
class Teller:
    """`show` gets a line and whether it is the last of its kind, `complain` what is wrong with a file."""

    show: Callable[[str, bool], None]
    complain: Callable[[str], None]


# Whether all of it went well; what it is about is told meanwhile. Raises DeskError.
Do = Callable[[Errand, Teller], bool]
MakeLesson = Callable[[Callable[[str, bool], None]], Lesson]


def doing(desk: Desk, lesson: MakeLesson) -> Do:
    """Does errands on this desk, which is this process's."""

    def do(errand: Errand, teller: Teller) -> bool:
        found = _ERRANDS.get(errand.name)
        if found is None:
            raise Invalid("The desk that is running does not know this command. Restart it after an update.")
        return found(desk, lesson, errand, teller)

    return do


def _add_agent(desk: Desk, _: MakeLesson, errand: Errand, teller: Teller) -> bool:
    one = desk.write_now(agents.add, **errand.words)
    teller.show(f"{one.name} can sign in now, as {one.role}.", True)
    return True


def _learn_website(_: Desk, lesson: MakeLesson, errand: Errand, teller: Teller) -> bool:
    return lesson(teller.show).website(errand.words["url"])


def _learn_file(_: Desk, lesson: MakeLesson, errand: Errand, teller: Teller) -> bool:
    return lesson(teller.show).file(errand.words["name"], errand.opened)


def _import_conversations(desk: Desk, _: MakeLesson, errand: Errand, teller: Teller) -> bool:
    return Intake(desk, teller.show, teller.complain).conversations(errand.opened)


_ERRANDS: Mapping[str, Callable[[Desk, MakeLesson, Errand, Teller], bool]] = {
    "agent add": _add_agent,
    "learn website": _learn_website,
    "learn file": _learn_file,
    "import conversations": _import_conversations,
}
