"""Everything that is kept of one customer, to be given to them: as data, as a page to read, and files."""

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import orjson
from sqlalchemy import Column, Select, Table, Text, bindparam, select

from frontdesk.base.db import Reading
from frontdesk.base.files import Files
from frontdesk.base.sql import Prepared
from frontdesk.people import merging
from frontdesk.people import tables as people
from frontdesk.presence.tables import visit
from frontdesk.privacy.readable import page
from frontdesk.talk import tables as talk

_CHUNK = 256 * 1024
# By what a file was found to be, not by how its sender called it: what they sent must not run.
_ENDINGS = {
    "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp",
    "application/pdf": "pdf", "application/zip": "zip", "text/plain": "txt",
    "audio/mpeg": "mp3", "audio/ogg": "ogg",
}  # fmt: skip
_ONE = bindparam("one", type_=Text)
_IDS_NOT = frozenset({"of_id", "conversation_id", "client_id", "listed", "sorts", "dial"})

Data = dict[str, Any]


class _Rows:
    """The rows of a table that belong to one thing, as dicts."""

    def __init__(self, table: Table, whose: Column[Any], *order: Column[Any]) -> None:
        self._names = [str(column.name) for column in table.columns]
        query: Select[Any] = select(*table.columns).where(whose == _ONE)
        self._query = Prepared(query.order_by(*order))

    def __call__(self, view: Reading, one: str) -> list[Data]:
        return [dict(zip(self._names, row, strict=True)) for row in view.all(self._query, one=one)]


C, M, H, N, T = talk.conversation.c, talk.message.c, talk.happening.c, talk.note.c, talk.thread.c
_CUSTOMER = _Rows(people.customer, people.customer.c.id)
_COMPANY = _Rows(people.customer_company, people.customer_company.c.id)
_CHANGES = _Rows(people.profile_change, people.profile_change.c.of_id, people.profile_change.c.id)
_IDENTITIES = _Rows(people.identity, people.identity.c.customer_id)
_BLOCKS = _Rows(people.block, people.block.c.customer_id)
_TALKS = _Rows(talk.conversation, C.customer_id, C.started_at, C.id)
_MESSAGES = _Rows(talk.message, M.conversation_id, M.position)
_HAPPENINGS = _Rows(talk.happening, H.conversation_id, H.position)
_NOTES = _Rows(talk.note, N.conversation_id, N.at, N.id)
_THREAD = _Rows(talk.thread, T.note_id, T.place)
_FILES = _Rows(talk.attachment, talk.attachment.c.message_id, talk.attachment.c.place)
_UNSENT = _Rows(talk.attachment, talk.attachment.c.uploader, talk.attachment.c.id)
_VISITS = _Rows(visit, visit.c.browser, visit.c.at, visit.c.id)
_OWN = Prepared(
    select(people.own_field.c.name, people.own_value.c.value)
    .join(people.own_field, people.own_field.c.id == people.own_value.c.field_id)
    .where(people.own_value.c.of_id == _ONE)
    .order_by(people.own_field.c.place, people.own_field.c.id)
)
_LABELS = Prepared(
    select(talk.label.c.name)
    .join(talk.labelling, talk.labelling.c.label_id == talk.label.c.id)
    .where(talk.labelling.c.conversation_id == _ONE)
    .distinct()
    .order_by(talk.label.c.name)
)
_AGENTS = Prepared(select(people.agent.c.id, people.agent.c.name))


def gathered(view: Reading, customer_id: str) -> Data:
    """What the database holds: the person, what they saw, every conversation with its notes and the team's
    labels. What agents keep for themselves (own labels, stars, how far they have read) is not the customer's.
    Raises Missing.
    """
    one = merging.last(view, customer_id)
    ids = merging.everyone(view, one.id)
    agents: dict[str, str] = dict(view.all(_AGENTS))
    browsers = [known for id in ids for known in _IDENTITIES(view, id)]
    talks = [_conversation(view, talked) for id in ids for talked in _TALKS(view, id)]
    return {
        "id": one.id,
        "called": one.called,
        "exported_at": view.now,
        "profiles": [_profile(view, id) for id in ids],
        "changes": [change for id in ids for change in _CHANGES(view, id)],
        "known_as": [{"channel": known["channel"], "id": known["external_id"]} for known in browsers],
        "blocks": [block for id in ids for block in _BLOCKS(view, id)],
        "visits": [
            seen
            for known in browsers
            if known["channel"] == "browser"
            for seen in _VISITS(view, known["external_id"])
        ],
        "conversations": talks,
        "unsent_files": [
            file for id in ids for file in _UNSENT(view, f"customer:{id}") if file["message_id"] is None
        ],
        # Those who spoke with them or of them.
        "agents": {id: agents[id] for id in sorted(set(_speaking(talks))) if id in agents},
    }


def _speaking(talks: list[Data]) -> Iterator[str]:
    for one in talks:
        said = [*one["messages"], *one["happenings"], *one["notes"]]
        said += [answer for note in one["notes"] for answer in note["answers"]]
        yield from (item["agent_id"] for item in said if item["agent_id"])


def _profile(view: Reading, id: str) -> Data:
    (row,) = _CUSTOMER(view, id)
    company = _COMPANY(view, row["company_id"]) if row["company_id"] else []
    own: dict[str, str] = dict(view.all(_OWN, one=id))
    kept = {name: value for name, value in row.items() if name not in _IDS_NOT}
    return {**kept, "company": company[0]["name"] if company else None, "own_fields": own}


def _conversation(view: Reading, talked: Data) -> Data:
    id = talked["id"]
    return {
        **{name: value for name, value in talked.items() if name not in ("listed", "labels")},
        "labels": [name for (name,) in view.all(_LABELS, one=id)],
        "messages": [{**said, "files": _FILES(view, said["id"])} for said in _MESSAGES(view, id)],
        "happenings": _HAPPENINGS(view, id),
        "notes": [
            {**note, "answers": [said for said in _THREAD(view, note["id"]) if said["deleted_at"] is None]}
            for note in _NOTES(view, id)
            if note["deleted_at"] is None
        ],
    }


def zipped(data: Data, stored: Files) -> IO[bytes]:
    """A zip of data.json, readable.html and files/, in a file that is gone when it is closed."""
    made = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    named = {file["id"]: _named(n, file) for n, file in enumerate(_all_files(data), 1)}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", orjson.dumps(data, option=orjson.OPT_INDENT_2))
        archive.writestr("readable.html", page(data, named))
        for id, name in named.items():
            _add(archive, stored.path(id), name)
    made.seek(0)
    return made


def _all_files(data: Data) -> Iterator[Data]:
    for talked in data["conversations"]:
        for said in talked["messages"]:
            yield from said["files"]
    yield from data["unsent_files"]


def _named(n: int, file: Data) -> str:
    return f"files/{n:04}.{_ENDINGS.get(file['type'], 'bin')}"


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    if path.is_file():
        archive.write(path, name)


def pieces(made: IO[bytes]) -> Iterator[bytes]:
    """To be sent; closes it."""
    with made:
        while piece := made.read(_CHUNK):
            yield piece
