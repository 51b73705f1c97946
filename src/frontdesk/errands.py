"""What the command line asks of a desk, wherever it is done: in the command's own process, or, while the
desk is open, in the one that serves it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from frontdesk.base.desk import Desk
from frontdesk.base.errors import Invalid
from frontdesk.know.intake import Intake
from frontdesk.know.lesson import Lesson
from frontdesk.people import agents
from frontdesk.privacy import erasing, traces


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


@dataclass(frozen=True, slots=True)
class Place:
    """What errands are done on."""

    desk: Desk
    lesson: MakeLesson
    folder: Path


def doing(desk: Desk, lesson: MakeLesson, folder: Path) -> Do:
    """Does errands on this desk, which is this process's. `folder`: its data folder."""

    def do(errand: Errand, teller: Teller) -> bool:
        found = _ERRANDS.get(errand.name)
        if found is None:
            raise Invalid("The desk that is running does not know this command. Restart it after an update.")
        return found(Place(desk, lesson, folder), errand, teller)

    return do


def _add_agent(here: Place, errand: Errand, teller: Teller) -> bool:
    one = here.desk.write_now(agents.add, **errand.words)
    teller.show(f"{one.name} can sign in now, as {one.role}.", True)
    return True


def _learn_website(here: Place, errand: Errand, teller: Teller) -> bool:
    return here.lesson(teller.show).website(errand.words["url"])


def _learn_file(here: Place, errand: Errand, teller: Teller) -> bool:
    return here.lesson(teller.show).file(errand.words["name"], errand.opened)


def _import_conversations(here: Place, errand: Errand, teller: Teller) -> bool:
    return Intake(here.desk, teller.show, teller.complain).conversations(errand.opened)


def _erase(here: Place, errand: Errand, teller: Teller) -> bool:
    one = errand.words["customer_id"]
    report = here.desk.write_now(erasing.erase_by_id, one, here.desk.read_now(erasing.look_ahead, one))
    teller.show("; ".join(f"{name}: {count:,}" for name, count in report.items()), True)
    # The desk's own job does the same; where no desk is open, nobody else would.
    traces.cleaned(here.desk, here.folder, {})
    teller.show("Nothing of them can be read in the data folder any more.", True)
    return True


_ERRANDS: Mapping[str, Callable[[Place, Errand, Teller], bool]] = {
    "erase": _erase,
    "agent add": _add_agent,
    "learn website": _learn_website,
    "learn file": _learn_file,
    "import conversations": _import_conversations,
}
