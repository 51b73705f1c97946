"""Taking in a file of old conversations from the command line, and learning from it."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from frontdesk.base.desk import Desk
from frontdesk.know import imports, replies
from frontdesk.know.blanks import Blanker
from frontdesk.know.everyday import Everyday
from frontdesk.know.imports import BadLine, Counts, Imported
from frontdesk.know.public import Public

_TOGETHER = 200
# A transaction of long conversations shall not grow without end either.
_BYTES_TOGETHER = 2_000_000
_SHOWN = 20

Show = Callable[[str, bool], None]


@dataclass(slots=True)
class _Sum:
    fresh: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: int = 0

    def add(self, counts: Counts) -> None:
        self.fresh += counts.fresh
        self.changed += counts.changed
        self.unchanged += counts.unchanged

    def words(self) -> str:
        said = [f"{self.fresh:,} new", f"{self.changed:,} changed", f"{self.unchanged:,} as they were"]
        return ", ".join(said) + (f"; {self.bad:,} lines skipped" if self.bad else "")


class Intake:
    """`show` gets a line, and whether it is the last of its kind; `complain` what is wrong with the file."""

    def __init__(self, desk: Desk, show: Show, complain: Callable[[str], None]) -> None:
        self._desk = desk
        self._show = show
        self._complain = complain

    def conversations(self, file: BinaryIO) -> bool:
        """Broken off, it may be begun again: what is there is only compared. False: with bad lines."""
        total, counted = os.stat(file.fileno()).st_size, _Sum()
        for done, batch in self._batches(file, counted):
            counted.add(self._desk.write_now(imports.put, batch))
            self._show(f"{_bar(done, total)} {counted.words()}", False)
        self._show(f"Conversations: {counted.words()}.", True)
        if counted.bad > _SHOWN:
            self._complain(f"and {counted.bad - _SHOWN:,} more lines like these")
        self._learn()
        return not counted.bad

    def _batches(self, file: BinaryIO, counted: _Sum) -> Iterator[tuple[int, list[Imported]]]:
        batch: list[Imported] = []
        kept = done = 0
        for _, done, found in imports.lines(file):
            if isinstance(found, BadLine):
                self._skip(found, counted)
                continue
            batch.append(found)
            if len(batch) == _TOGETHER or done - kept > _BYTES_TOGETHER:
                yield done, batch
                batch, kept = [], done
        yield done, batch

    def _skip(self, bad: BadLine, counted: _Sum) -> None:
        counted.bad += 1
        if counted.bad <= _SHOWN:
            self._complain(f"line {bad.number}: {bad.reason}")

    def _learn(self) -> None:
        if not self._desk.read_now(replies.is_on):
            self._show("Past conversations are switched off, so nothing was learnt.", True)
            return
        blanker = Blanker(Everyday(), Public())
        total = max(1, self._desk.read_now(imports.count))
        heard = 0
        after: str | None = ""
        while after is not None:
            portion = self._desk.read_now(imports.portion, blanker, after)
            self._desk.write_now(replies.keep, portion.heard)
            heard, after = heard + len(portion.heard), portion.after
            self._show(f"{_bar(heard, total)} learning", False)
        self._show(f"Learnt from {heard:,} imported conversations.", True)


def _bar(done: int, total: int) -> str:
    part = min(1.0, done / max(1, total))
    filled = int(part * 24)
    return f"[{'#' * filled}{'.' * (24 - filled)}] {part:4.0%}"
