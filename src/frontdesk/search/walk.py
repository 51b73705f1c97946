"""Hits of one kind, newest first: the index proposes, an era at a time, and `match` says the last word.

Whatever is asked, the work is bounded: a word that stands everywhere is left to `match` where another word
is rarer, and who has walked for too long stops and says that there may be more.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from sqlalchemy import bindparam, select

from frontdesk.base.db import Reading, Row
from frontdesk.base.sql import Prepared
from frontdesk.search import both, match
from frontdesk.search.index import marks_of
from frontdesk.search.match import Match
from frontdesk.search.model import FOREVER, MOST, Asked, Clause, Narrowed
from frontdesk.search.spaces import COMPANY, CUSTOMER, FILE, MESSAGE
from frontdesk.search.tables import search_era

# Of an era's some thirty thousand messages; a word in more of them is common.
_COMMON = 1500
_FIRST_LOOK, _NEXT_LOOKS = MOST + 10, 1000
_MOST_ERAS = 8
# So much is always looked at; then time counts.
_ALWAYS_BATCHES, _ALWAYS_ROWS = 2, 3000
_PATIENCE_S = 0.05

_ERAS = Prepared(
    select(search_era.c.space)
    .where(search_era.c.space.between(bindparam("low"), bindparam("high")))
    .where(search_era.c.until >= bindparam("since"), search_era.c.since < bindparam("before"))
)


@dataclass(slots=True)
class Walk:
    """Iterate once. `is_cut` says afterwards that it stopped before the end."""

    view: Reading
    kind: str
    statement: Prepared
    text_of: Callable[[Row], str]
    asked: Asked
    given: dict[str, Any]
    is_cut: bool = False

    def __iter__(self) -> Iterator[tuple[Row, Match]]:
        began = perf_counter()
        marks = _marks(self.kind, self.asked.narrowed)
        if not self.asked.wanted and not marks:
            return
        eras = self._eras()
        clauses = self._rare(eras[0], list(self.asked.wanted), bool(marks)) if eras else []
        for turn, some in enumerate(_batches(eras)):
            if turn >= _ALWAYS_BATCHES and perf_counter() - began > _PATIENCE_S:
                self.is_cut = True
                return
            words = both.asked(self.view.dialect, some, clauses, marks)
            for row in self._rows(words, both.phrases(clauses), began):
                found = match.find(
                    self.text_of(row),
                    self.asked.wanted,
                    self.asked.unwanted,
                    inside=self.kind in (CUSTOMER, COMPANY, FILE),
                )
                if found is not None:
                    yield row, found

    def _eras(self) -> list[str]:
        since, before = self.given["since"], self.given["until"]
        low, high = self.kind, chr(ord(self.kind) + 1)
        found = self.view.all(_ERAS, low=low, high=high, since=since, before=before)
        return sorted((row[0] for row in found), reverse=True)

    def _rare(self, era: str, clauses: list[Clause], has_marks: bool) -> list[Clause]:
        """The clauses to ask the index for. Its newest era tells how common a word is."""
        if len(clauses) == 1 and not has_marks:
            return clauses
        rare = [one for one in clauses if not self._is_common(era, one)]
        return rare if rare or has_marks else clauses

    def _is_common(self, era: str, clause: Clause) -> bool:
        if len(clause.words) == 1 and len(clause.words[0].start) < 2:
            return True
        words = both.asked(self.view.dialect, [era], [clause], [])
        return int(self.view.value(both.HOW_MANY, words=words, most=_COMMON)) >= _COMMON

    def _rows(self, words: str, phrases: list[str], began: float) -> Iterator[Row]:
        below, most, looked = FOREVER, _FIRST_LOOK, 0
        while True:
            asked = {"words": words, "phrases": phrases, "below": below, "most": most}
            rows = self.view.all(self.statement, **asked, **self.given)
            yield from rows
            if len(rows) < most:
                return
            looked += len(rows)
            if looked >= _ALWAYS_ROWS and perf_counter() - began > _PATIENCE_S:
                self.is_cut = True
                return
            below, most = rows[-1][0], _NEXT_LOOKS


def _marks(kind: str, narrowed: Narrowed) -> list[str]:
    author = None if kind in (CUSTOMER, COMPANY) else narrowed.agent
    return marks_of(author, has_file=narrowed.file and kind == MESSAGE)


def _batches(eras: list[str]) -> Iterator[list[str]]:
    """One, two, four …: what is common is found in the first, what is rare is asked for in few."""
    at, size = 0, 1
    while at < len(eras):
        yield eras[at : at + size]
        at, size = at + size, min(size * 2, _MOST_ERAS)
