"""The pages of a source: what became of each in the newest round, and what it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import bindparam, delete, func, null, select, update

from frontdesk.base.db import Reading, Tx
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared, insert_if_new
from frontdesk.know import passages, rounds
from frontdesk.know.cut import Piece
from frontdesk.know.model import Kind, PageState, Passage
from frontdesk.know.tables import page

P = page.c
_KNOWN = Prepared(
    select(P.id, P.url, P.state, P.title, P.etag, P.modified, P.digest, P.marks, P.round)
    .where(P.source_id == bindparam("source"))
    .order_by(P.found_at, P.id)
)
_FOUND = insert_if_new(page)
_ID = Prepared(select(P.id).where(P.source_id == bindparam("source"), P.url == bindparam("address")))
_SETTLE = Prepared(
    update(page)
    .where(P.id == bindparam("one"))
    .values(state=bindparam("to"), reason=bindparam("why"), round=bindparam("nth"))
)
_SEEN = Prepared(
    update(page)
    .where(P.id == bindparam("one"))
    .values(etag=bindparam("mark"), modified=bindparam("since"), read_at=bindparam("now_at"))
)
_SAYS = Prepared(
    update(page)
    .where(P.id == bindparam("one"))
    .values(
        title=bindparam("called"),
        digest=bindparam("hash"),
        at=bindparam("version"),
        blocks=bindparam("packed"),
        marks=bindparam("each"),
        changed_at=bindparam("now_at"),
    )
)
_FORGET_TEXT = Prepared(
    update(page)
    .where(P.id == bindparam("one"))
    .values(etag=null(), modified=null(), digest=null(), blocks=null(), marks=null())
)
_TEXT = Prepared(
    select(P.id, P.url, P.title, P.at, P.changed_at, P.blocks).where(
        P.source_id == bindparam("source"), P.url == bindparam("address")
    )
)
_FORGET = Prepared(delete(page).where(P.id == bindparam("one")))
_COUNT = Prepared(select(func.count()).select_from(page).where(P.source_id == bindparam("source")))


@dataclass(slots=True)
class Known:
    """What is known of a page from the rounds before."""

    id: str
    url: str
    state: PageState
    title: str
    etag: str | None
    modified: str | None
    digest: str | None
    marks: list[str]
    round: int

    @property
    def has_text(self) -> bool:
        return self.digest is not None


@dataclass(frozen=True, slots=True)
class Text:
    """What a page says, as it was extracted. `at`: of its version, if it says so."""

    title: str
    at: int | None
    digest: str
    blocks: bytes
    marks: Sequence[str]
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a page in a round. Without `text` it says what it said before, or nothing any more:
    `is_gone`.
    """

    url: str
    state: PageState
    reason: str | None = None
    etag: str | None = None
    modified: str | None = None
    text: Text | None = None
    is_gone: bool = False


def known(view: Reading, source_id: str) -> list[Known]:
    return [
        Known(id, url, state, title, etag, modified, digest, orjson.loads(marks or "[]"), round)
        for id, url, state, title, etag, modified, digest, marks, round in view.all(_KNOWN, source=source_id)
    ]


def found(tx: Tx, source_id: str, urls: Iterable[str]) -> None:
    """Addresses that were met and will be read."""
    for url in urls:
        _insert(tx, source_id, url)


def _insert(tx: Tx, source_id: str, url: str) -> None:
    tx.run(
        _FOUND,
        id=new_id(),
        source_id=source_id,
        url=url,
        title="",
        state="waiting",
        reason=None,
        etag=None,
        modified=None,
        digest=None,
        found_at=tx.now,
        read_at=None,
        changed_at=None,
        at=None,
        blocks=None,
        marks=None,
        round=0,
    )


def settle(tx: Tx, source_id: str, round: int, settled: Sequence[Settled], fresh: Sequence[str]) -> bool:
    """Writes down what became of pages, and which further ones were met. False, and nothing is written:
    the reading was stopped.
    """
    if not rounds.goes_on(tx, source_id, round):
        return False
    found(tx, source_id, fresh)
    for one in settled:
        _settle(tx, source_id, round, one)
    return True


def _settle(tx: Tx, source_id: str, round: int, one: Settled) -> None:
    _insert(tx, source_id, one.url)
    id = tx.value(_ID, source=source_id, address=one.url)
    tx.run(_SETTLE, one=id, to=one.state, why=one.reason, nth=round)
    if one.is_gone:
        tx.run(_FORGET_TEXT, one=id)
        passages.replace(tx, source_id, id, [])
    if one.state in ("read", "unchanged"):
        tx.run(_SEEN, one=id, mark=one.etag, since=one.modified, now_at=tx.now)
    if one.text is not None:
        text = one.text
        tx.run(
            _SAYS,
            one=id,
            called=text.title,
            hash=text.digest,
            version=text.at,
            packed=text.blocks,
            each=orjson.dumps(text.marks).decode(),
            now_at=tx.now,
        )
        at = text.at if text.at is not None and text.at <= tx.now else tx.now
        learn(tx, source_id, id, "page", text.title, one.url, at, text.pieces)


def learn(
    tx: Tx,
    source_id: str,
    page_id: str,
    kind: Kind,
    title: str,
    url: str | None,
    at: int,
    pieces: Iterable[Piece],
) -> None:
    """The passages of a page, in place of those that it had."""
    fresh = [
        Passage("", source_id, kind, title, heading, questions, text, url, at)
        for heading, questions, text in pieces
    ]
    passages.replace(tx, source_id, page_id, fresh)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is needed to cut a page anew."""

    id: str
    url: str
    title: str
    at: int
    blocks: bytes


def kept(view: Reading, source_id: str, url: str) -> Kept | None:
    row = view.first(_TEXT, source=source_id, address=url)
    if row is None or row[5] is None:
        return None
    at = row[3] if row[3] is not None and row[3] <= view.now else row[4] or view.now
    return Kept(row[0], row[1], row[2], at, bytes(row[5]))


def cut_anew(tx: Tx, source_id: str, round: int, one: Kept, pieces: Sequence[Piece]) -> bool:
    if not rounds.goes_on(tx, source_id, round):
        return False
    learn(tx, source_id, one.id, "page", one.title, one.url, one.at, pieces)
    return True


def forget(tx: Tx, source_id: str, urls: Iterable[str]) -> None:
    """Pages that are gone and that nothing leads to any more."""
    for url in urls:
        id = tx.value(_ID, source=source_id, address=url)
        if id is not None:
            passages.replace(tx, source_id, id, [])
            tx.run(_FORGET, one=id)


def learn_document(tx: Tx, source_id: str, round: int, name: str, pieces: Sequence[Piece]) -> bool:
    """A document is one page, called by its name."""
    if not rounds.goes_on(tx, source_id, round):
        return False
    _insert(tx, source_id, name)
    id = tx.value(_ID, source=source_id, address=name)
    tx.run(_SETTLE, one=id, to="read", why=None, nth=round)
    tx.run(_SEEN, one=id, mark=None, since=None, now_at=tx.now)
    learn(tx, source_id, id, "document", name, None, tx.now, pieces)
    return True
