"""A desk with something of everybody's in it, and everybody who may come to its door."""

import io
import sqlite3
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from PIL import Image
from sqlalchemy import select
from tests.api.calls import QUERIES, UPLOADS, Call
from tests.api.rows import Rows, rows
from tests.cast import AgentPlayer, Cast, CustomerPlayer
from tests.presence.seeing import sees
from tests.serving import InThread, Live, command
from tests.suggest.knowing import lay

from frontdesk.base.clock import HOUR, now_ms
from frontdesk.base.db import Reading
from frontdesk.base.ids import digest, new_id, new_token
from frontdesk.base.rates import Rate
from frontdesk.base.tables import job
from frontdesk.know import answers, identifiers, sources
from frontdesk.know import read as known
from frontdesk.know.tables import passage, vector
from frontdesk.people import agents, companies, own_fields, sessions
from frontdesk.suggest import feedback, propose
from frontdesk.talk import joining, labels, ready

ROLES = (
    "nobody", "unknown visitor", "visitor", "other visitor", "agent", "other agent", "admin",
    "disabled agent", "ended session",
)  # fmt: skip
MISSING = "missing"


def _is_busy(view: Reading) -> bool:
    """Whether something still follows from what was done: jobs, passages' vectors, whose number is whose."""
    due = (job.c.parked_at.is_(None), job.c.run_at <= now_ms())
    bare = select(passage.c.id).outerjoin(vector).where(vector.c.passage_id.is_(None))
    mark = view.value(identifiers._GET, key=identifiers._MARK)
    return (
        view.first(select(job.c.id).where(*due)) is not None
        or view.first(bare) is not None
        or view.first(identifiers._SAID, after=int(mark or 0), limit=1) is not None
    )


def picture(side: int = 8) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (side, side), "#9c4426").save(made, "PNG")
    return made.getvalue()


@dataclass
class World:
    """`objects["conversation"]["visitor"]` is the id of the visitor's conversation."""

    server: InThread
    cast: Cast
    objects: dict[str, dict[str, str]] = field(default_factory=dict)
    # What stands in bodies of calls, for each role.
    given: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unlimited(self.server)
        self.client = self.server.client()
        self.people: dict[str, AgentPlayer | CustomerPlayer] = {
            "visitor": self.cast.lead,
            "other visitor": self.cast.ines,
            "agent": self.cast.oskar,
            "other agent": self.cast.leila,
            "admin": self.cast.maja,
        }
        gone = self.cast.hires("Gone Away")
        self.disabled = gone.signs_in()
        self.server.desk.write_now(agents.disable, self.cast.maja.actor, gone.id)
        self.server.desk.write_now(sessions.begin, gone.id, self.disabled, address="", device="")
        self.ended = self.cast.oskar.signs_in()
        self.server.desk.write_now(sessions.end, self.cast.oskar.id, digest(self.ended))
        self._tokens: dict[str, str] = {}
        self.objects = self._filled()
        self._seen: tuple[int | None, Rows] | None = None
        self._looking = self._looked_into()

    def _looked_into(self) -> sqlite3.Connection | None:
        if self.server.context.settings.database_url:
            return None
        path = self.server.context.settings.data / "frontdesk.db"
        looking = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        self.server.clients.callback(looking.close)
        return looking

    def rows(self) -> Rows:
        """What the database holds once its jobs are done; read anew only when somebody has written."""
        while self.server.desk.read_now(_is_busy) or self._is_suggesting():
            time.sleep(0.01)
        version = self._looking.execute("PRAGMA data_version").fetchone()[0] if self._looking else None
        if self._seen is None or version is None or self._seen[0] != version:
            self._seen = version, rows(self.server.desk)
        return self._seen[1]

    def _is_suggesting(self) -> bool:
        """Questions may still be looked at, now that something is known."""
        one = self.server.context.proposer
        if one.engine is None:
            return False
        waits = self.server.desk.read_now(propose.waiting, 0, one._learnt_at)
        return bool(waits or one._wanted or one._facts or not one._idle.is_set())

    def stored(self) -> list[Path]:
        """The files that were uploaded and kept."""
        folder = self.server.context.settings.data / "files"
        return [path for path in folder.rglob("*") if path.is_file()]

    def _filled(self) -> dict[str, dict[str, str]]:
        target = self.cast.hires("Target")
        nothing = {MISSING: new_id()}
        return {
            "conversation": {**nothing, **self._conversations()},
            "customer": {**nothing, **{who: self.customer(who).id for who in VISITORS}},
            "file": {**nothing, **self._files()},
            "session": {**nothing, **{who: self._session(who) for who in ("agent", "other agent", "admin")}},
            "agent": {**nothing, "agent": target.id},
            "invitation": {**nothing, "admin": self._invitation()},
            "picture": {**nothing, "admin": self._face()},
            "suggestion": {**nothing, "agent": self._suggestion()},
            **{kind: {**nothing, "admin": id} for kind, id in self._knowledge().items()},
            **{kind: {**nothing, **own} for kind, own in self._noted().items()},
            **{kind: {**nothing, **own} for kind, own in self._kept().items()},
            **{kind: {**nothing, "admin": id} for kind, id in self._merged().items()},
            **{kind: {**nothing, "admin": id} for kind, id in self._known().items()},
            "team": {**nothing, "admin": self.cast.team("Orders", self.cast.oskar).id},
            "browser": {MISSING: "b" * 24, "admin": self._came_by()},
            "asset": {MISSING: "nothing.js"},
            "page": {MISSING: "conversations/somewhere"},
        }

    def _conversations(self) -> dict[str, str]:
        own = {who: self.customer(who).asks("Where is it?").conversation.id for who in VISITORS}
        self.cast.oskar.answers(own["other visitor"], "On its way.")
        return own

    def _files(self) -> dict[str, str]:
        """In a message of each visitor; and one of each agent and visitor that is in no message yet."""
        found: dict[str, str] = {}
        for who in VISITORS:
            used = self.upload(who)
            self.customer(who).writes("See here", files=(used,))
            found |= {who: used, f"{who}, unused": self.upload(who)}
        return {**found, **{f"{who}, unused": self.upload(who) for who in ("agent", "other agent")}}

    def _session(self, who: str) -> str:
        token = self.agent(who).signs_in()
        found = self.client.get("/api/me/sessions", headers=_cookie(token)).json()["sessions"]
        return str(next(one["id"] for one in found if one["current"]))

    def _invitation(self) -> str:
        id, invite = new_id(), {"email": "invited@kvarn.example", "role": "agent"}
        self.server.desk.write_now(sessions.invite, self.cast.maja.actor, id, new_token(), **invite)
        return id

    def _suggestion(self) -> str:
        desk, asked = self.server.desk, self.customer(VISITORS[0]).asks("How long does delivery take?")
        here = asked.conversation.id
        laid = desk.write_now(lay, here, ["Three days."])
        # What nobody has seen, the desk's engine may replace.
        desk.write_now(feedback.seen, self.cast.maja.actor, conversation_id=here, ids=laid)
        return laid[0]

    def _knowledge(self) -> dict[str, str]:
        """A website that nobody serves, a document that was read, an approved answer, a message for one."""
        desk, maja = self.server.desk, self.cast.maja.actor
        website = desk.write_now(sources.add_website, maja, url="http://127.0.0.1:7")["source"].id
        document = self.send("admin", "POST", "/api/knowledge/documents", upload=True).json()["source"]["id"]
        self._until_read(document)
        said = self.cast.oskar.answers(self.customer(VISITORS[1]).asks("When?"), "On Friday.")
        approved = desk.write_now(answers.approve, maja, question="How?", text="By hand.")["answer"]
        page = desk.read_now(known.pages, maja, document, state=None, after=None, limit=1)[0][0]
        return {
            "source": website,
            "document": document,
            "known_page": page.id,
            "message": said.message.id,
            "answer": approved.id,
        }

    def _until_read(self, source_id: str) -> None:
        ends = time.monotonic() + 20
        while self.server.desk.read_now(sources.get, source_id).state != "read":
            assert time.monotonic() < ends, "the document is not read"
            time.sleep(0.02)

    def _kept(self) -> dict[str, dict[str, str]]:
        """A label and a ready reply of each agent's own."""
        team = {who: self.agent(who).actor for who in ("agent", "other agent", "admin")}
        label, reply = {"colour": "rose", "own": True}, {"text": "Between me and me.", "own": True}
        desk = self.server.desk
        worn = {who: desk.write_now(labels.add, one, name=f"Of {who}", **label) for who, one in team.items()}
        said = {who: desk.write_now(ready.add, one, name=f"Of {who}", **reply) for who, one in team.items()}
        team_label = desk.write_now(labels.add, team["admin"], name="Order", colour="blue", own=False)
        self.given["{team label}"] = dict.fromkeys(ROLES, team_label["label"].id)
        for who, one in team.items():
            other = desk.write_now(labels.add, one, name=f"Also of {who}", **label)["label"].id
            self.given["{own label}"] = {
                **self.given.get("{own label}", dict.fromkeys(ROLES, other)),
                who: other,
            }
        return {
            "label": {who: one["label"].id for who, one in worn.items()},
            "ready": {who: one["ready"].id for who, one in said.items()},
        }

    def _known(self) -> dict[str, str]:
        """A company of customers, and an own field."""
        desk, maja = self.server.desk, self.cast.maja.actor
        size = {"of": "customer", "name": "Grind", "kind": "choice", "choices": ["fine", "coarse"]}
        looked = [self.send("admin", "POST", "/api/customers/import/preview", upload=True) for _ in range(2)]
        sheet, begun = (one.json()["upload_id"] for one in looked)
        self.given["{upload}"] = dict.fromkeys(ROLES, begun)
        return {
            "import": sheet,
            "company": desk.write_now(companies.add, maja, name="Kaffe AB")["company"].id,
            "own_field": desk.write_now(own_fields.add, maja, **size)["own_field"].id,
        }

    def _noted(self) -> dict[str, dict[str, str]]:
        """A note of each agent, with an answer of their own under it."""
        asked = self.customer(VISITORS[0]).asks("What would it cost?")
        team = {who: self.agent(who) for who in ("agent", "other agent", "admin")}
        notes = {who: one.notes(asked, f"Ask @[agent:{self.cast.leila.id}].") for who, one in team.items()}
        answers = {who: one.answers_note(notes[who], "She is away.").id for who, one in team.items()}
        return {"note": {who: one.id for who, one in notes.items()}, "thread_answer": answers}

    def _came_by(self) -> str:
        """A browser that is on the site, for as long as anybody looks."""
        sees(self.server.desk, "c" * 24, at=now_ms() + HOUR)
        return "c" * 24

    def _merged(self) -> dict[str, str]:
        """Somebody who becomes another for each role, and two who are one already."""
        gone, *kept = (self.cast.stranger().id for _ in range(4))
        self.given["{kept}"] = dict.fromkeys(ROLES, kept[0]) | {"other agent": kept[1], "admin": kept[2]}
        pair = {"customer_id": self.cast.stranger().id, "into": self.cast.stranger().id}
        merge = self.server.desk.write_now(joining.join, self.cast.maja.actor, **pair)["merge"]
        unwanted = self.cast.stranger()
        unwanted.asks("I want to be forgotten")
        self.given["{called}"] = dict.fromkeys(ROLES, unwanted.brief().called)
        return {"gone": gone, "merge": merge.id, "unwanted": unwanted.id}

    def _face(self) -> str:
        answer = self.send("admin", "POST", "/api/me/picture", upload=True)
        return str(answer.json()["me"]["picture"]).rsplit("/", 1)[1]

    def upload(self, who: str) -> str:
        place = "/widget/api/files" if who in VISITORS else "/api/files"
        return str(self.send(who, "POST", place, upload=True).json()["file"]["id"])

    def customer(self, who: str) -> CustomerPlayer:
        found = self.people[who]
        assert isinstance(found, CustomerPlayer)
        return found

    def agent(self, who: str) -> AgentPlayer:
        found = self.people[who]
        assert isinstance(found, AgentPlayer)
        return found

    def headers(self, role: str) -> dict[str, str]:
        """What somebody of this role comes with."""
        if role in VISITORS:
            return {"authorization": f"Bearer {self.customer(role).token}"}
        if role == "unknown visitor":
            return {"authorization": f"Bearer {new_token()}"}
        tokens = {"nobody": "", "disabled agent": self.disabled, "ended session": self.ended}
        token = tokens[role] if role in tokens else self._token(role)
        return _cookie(token) if token else {}

    def _token(self, role: str) -> str:
        if role not in self._tokens:
            self._tokens[role] = self.agent(role).signs_in()
        return self._tokens[role]

    def live(self, role: str, *, seq: int | None = None) -> Live:
        """Somebody's socket; hello is said, with the newest number unless another is given."""
        headers = self.headers(role)
        client = self.server.client(**{name: value for name, value in headers.items() if name != "cookie"})
        if "cookie" in headers:
            client.cookies.set("frontdesk", headers["cookie"].partition("=")[2])
        newest = self.server.desk.read_now(Reading.head)
        return self.server.live(client, seq=newest if seq is None else seq)

    def call(
        self,
        role: str,
        call: Call,
        id: str = "",
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        place = call.place.replace(f"{{{call.object}}}", id)
        sent = call.fresh() if body is None else body
        sent = {name: self.given.get(str(value), {}).get(role, value) for name, value in sent.items()}
        if sent.get("conversation_id") == "{conversation}":
            sent["conversation_id"] = id
        answer = self.send(role, call.method, place, sent, upload=call.is_upload, headers=headers)
        if call.place == "/api/sign-out":
            self._tokens.pop(role, None)
        return answer

    def send(
        self,
        role: str,
        method: str,
        place: str,
        body: Any = None,
        *,
        upload: bool = False,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        self.client.cookies.clear()
        headers = self.headers(role) if headers is None else headers
        if upload:
            files = {"file": UPLOADS.get(place) or ("picture.png", picture(), "image/png")}
            return self.client.request(method, place, headers=headers, data=body or command(), files=files)
        sent = {"json": body} if method == "POST" else {"params": QUERIES.get(place, {})}
        return self.client.request(method, place, headers=headers, **sent)


VISITORS = ("visitor", "other visitor")


def _cookie(token: str) -> dict[str, str]:
    return {"cookie": f"frontdesk={token}"}


def unlimited(server: InThread) -> None:
    """Rates have tests of their own."""
    for holder in (server.context, server.widget):
        for name in holder.__dataclass_fields__:
            if isinstance(getattr(holder, name), Rate):
                setattr(holder, name, Rate(10**6, 1))
