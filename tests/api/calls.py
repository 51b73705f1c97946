"""Every call there is: who may make it, and a body that it takes. A route that is missing here fails."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from frontdesk.base.ids import new_id, new_token

Policy = Literal["anyone", "visitor", "agent", "admin"]


@dataclass(frozen=True)
class Call:
    """`place` holds {conversation}, {file}, {session}, {agent} or {invitation}. `body` None: a GET."""

    method: str
    place: str
    policy: Policy
    body: dict[str, Any] | None = None
    is_upload: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.method, self.place

    @property
    def object(self) -> str | None:
        """What kind of thing its address names."""
        return self.place.split("{")[1].split("}")[0] if "{" in self.place else None

    def fresh(self) -> dict[str, Any]:
        """The body, with an id that was never sent before."""
        body = dict(self.body or {})
        return {**body, "client_id": new_id()} if "client_id" in body else body


def _get(place: str, policy: Policy) -> Call:
    return Call("GET", place, policy)


def _post(place: str, policy: Policy, **body: Any) -> Call:
    return Call("POST", place, policy, body)


def _command(place: str, policy: Policy, /, **body: Any) -> Call:
    return Call("POST", place, policy, {"client_id": "", **body})


def _upload(place: str, policy: Policy) -> Call:
    return Call("POST", place, policy, {"client_id": ""}, is_upload=True)


_TOKEN, _PASSWORD = "x" * 43, "a long new password"
_NEWCOMER = {"name": "Nina Ek", "password": _PASSWORD}
_PAGE = {"url": "https://kvarn.example/", "title": "Home", "referrer": ""}
_WEARS = {"label_id": "{team label}", "message_id": None, "on": True}

CALLS = [
    _get("/healthz", "anyone"),
    _get("/assets/{asset}", "anyone"),
    _get("/{page}", "anyone"),
    _get("/api/desk", "anyone"),
    _command("/api/setup", "anyone", company="Else", website="", email="else@else.example", **_NEWCOMER),
    _post("/api/sign-in", "anyone", email="maja@kvarn.example", password="not this one"),
    _post("/api/sign-in-link", "anyone", token=_TOKEN),
    _post("/api/invitation/look", "anyone", token=_TOKEN),
    _command("/api/invitation/accept", "anyone", token=_TOKEN, **_NEWCOMER),
    _post("/api/sign-out", "agent"),
    _get("/api/state", "agent"),
    _get("/api/conversations", "agent"),
    _get("/api/search", "agent"),
    _get("/api/customers/{customer}/history", "agent"),
    _get("/api/customers/{customer}/history/find", "agent"),
    _get("/api/customers/{customer}/conversations", "agent"),
    _get("/api/customers/{customer}/notes", "agent"),
    _get("/api/conversations/{conversation}", "agent"),
    _get("/api/conversations/{conversation}/timeline", "agent"),
    # Before anybody else takes what has an owner.
    _command("/api/conversations/{conversation}/snooze", "agent", until=None),
    _command("/api/conversations/{conversation}/messages", "agent", text="Yes.", files=[], as_new=True),
    _get("/api/conversations/{conversation}/suggestions", "agent"),
    _command("/api/conversations/{conversation}/suggestions/seen", "agent", ids=[new_id()]),
    _command("/api/suggestions/{suggestion}/reject", "agent"),
    _post("/api/knowledge/try", "agent", question="How long does delivery take?"),
    _get("/api/knowledge/unanswered", "agent"),
    _get("/api/knowledge", "agent"),
    _get("/api/knowledge/models", "admin"),
    _command("/api/knowledge/model", "admin", name="all-MiniLM-L6-v2-int8"),
    _command("/api/knowledge/websites", "admin", url="http://127.0.0.1:9", exclude=["/press"]),
    _upload("/api/knowledge/documents", "admin"),
    _get("/api/knowledge/documents/{document}/file", "agent"),
    _command("/api/knowledge/sources/{source}/plan", "admin", include=[], exclude=["/jobs"], most=10),
    _command("/api/knowledge/sources/{source}/turn", "admin", is_on=False),
    _command("/api/knowledge/sources/{source}/read", "admin"),
    _command("/api/knowledge/sources/{source}/stop", "admin"),
    _get("/api/knowledge/sources/{source}/pages", "agent"),
    _get("/api/knowledge/pages/{known_page}", "agent"),
    # Last of those about sources: it is gone then.
    _command("/api/knowledge/sources/{source}/remove", "admin"),
    _get("/api/knowledge/answers", "agent"),
    _get("/api/knowledge/messages/{message}/answer", "agent"),
    _command("/api/knowledge/answers", "agent", question="Where?", text="In Malmö."),
    _command("/api/knowledge/answers/{answer}", "agent", question="Where is it?", text="In Lund."),
    _command("/api/knowledge/answers/{answer}/retire", "agent"),
    _command("/api/knowledge/answers/{answer}/restore", "agent"),
    _get("/api/evaluation", "agent"),
    _command("/api/evaluation/run", "admin"),
    _command("/api/evaluation/bar", "admin", bar=0.7),
    _command("/api/conversations/{conversation}/close", "agent"),
    _command("/api/conversations/{conversation}/reopen", "agent"),
    _command("/api/conversations/{conversation}/read", "agent", position=1),
    _command("/api/conversations/{conversation}/looked", "agent"),
    _get("/api/conversations/{conversation}/notes", "agent"),
    _command("/api/conversations/{conversation}/notes", "agent", text="Between us."),
    _command("/api/conversations/{conversation}/labels", "agent", **_WEARS),
    _command("/api/conversations/{conversation}/star", "agent", on=True),
    _command("/api/labels", "agent", name="Refund", colour="rose", own=True),
    _command("/api/labels/{label}", "agent", name="Refunds", colour="gold"),
    _command("/api/labels/{label}/retire", "agent"),
    # Last of those about labels: it is gone then.
    _command("/api/labels/{label}/merge", "agent", into="{own label}"),
    _command("/api/ready", "agent", name="Hello", text="Hello {customer}.", own=True),
    _command("/api/ready/{ready}", "agent", name="Hi", text="Hi {customer}."),
    _command("/api/ready/{ready}/remove", "agent"),
    _command("/api/conversations/{conversation}/handover", "agent", to=None),
    _command("/api/customers/{gone}/merge", "agent", into="{kept}"),
    _get("/api/customers/{gone}/merges", "agent"),
    _command("/api/merges/{merge}/undo", "agent"),
    _get("/api/customers/{unwanted}/export", "agent"),
    _command("/api/customers/{unwanted}/erase", "admin", name="{called}"),
    _command("/api/notes/{note}/edit", "agent", text="Between the two of us."),
    _get("/api/notes/{note}/thread", "agent"),
    _command("/api/notes/{note}/thread", "agent", text="I see."),
    _command("/api/notes/{note}/thread/read", "agent", place=1),
    _get("/api/notes/{note}/wordings", "admin"),
    _command("/api/threads/{thread_answer}/edit", "agent", text="I see it too."),
    _get("/api/threads/{thread_answer}/wordings", "admin"),
    _command("/api/threads/{thread_answer}/delete", "agent"),
    # Last of those about notes: its words are gone then.
    _command("/api/notes/{note}/delete", "agent"),
    _get("/api/customers/{customer}/events", "agent"),
    _command("/api/customers/{customer}/block", "agent", until=None, network=False),
    _command("/api/customers/{customer}/unblock", "agent"),
    _get("/api/blocks", "agent"),
    _get("/api/visitors", "agent"),
    _command("/api/visitors/{browser}/invite", "agent", text="May I help?"),
    _get("/api/retention", "agent"),
    _command("/api/retention", "admin", addresses="shortened"),
    _get("/api/places", "agent"),
    _get("/api/notices", "agent"),
    _command("/api/notices/seen", "agent", all=True),
    _command("/api/teams", "admin", name="Sales", colour="gold", members=[]),
    _command("/api/teams/{team}", "admin", name="Sales", colour="gold", members=[]),
    _get("/api/ways", "admin"),
    _command("/api/ways", "admin", ways=[]),
    _command("/api/teams/{team}/retire", "admin"),
    _get("/api/customers/{customer}", "agent"),
    _command(
        "/api/customers/{customer}", "agent", name="Nina Ek", company_name="Ek & Co", fields={}, seen={}
    ),
    _get("/api/customers/{customer}/changes", "agent"),
    _get("/api/customers", "agent"),
    _get("/api/customers.csv", "admin"),
    _upload("/api/customers/import/preview", "admin"),
    _command("/api/customers/import", "admin", upload_id="{upload}", mapping={"Name": "name"}),
    _get("/api/customers/import/{import}", "admin"),
    _get("/api/companies", "agent"),
    _get("/api/companies/{company}", "agent"),
    _get("/api/companies/{company}/conversations", "agent"),
    _get("/api/companies/{company}/notes", "agent"),
    _command("/api/companies", "agent", name="Bön & Blad"),
    _command("/api/companies/{company}", "agent", website="https://bon.example", about="Tea, too."),
    _command("/api/own-fields", "admin", of="customer", name="Since", kind="date", choices=[]),
    _command("/api/own-fields/order", "admin", of="customer", ids=[]),
    _command("/api/own-fields/{own_field}", "admin", name="Size", choices=["small", "large"]),
    _command("/api/own-fields/{own_field}/retire", "admin", on=True),
    _upload("/api/files", "agent"),
    _get("/api/files/{file}", "agent"),
    _get("/api/pictures/{picture}", "anyone"),
    _upload("/api/me/picture", "agent"),
    _command("/api/me/picture/remove", "agent"),
    _command("/api/me/profile", "agent", name="Someone Else", preferences={"sound": False}),
    _get("/api/me/sessions", "agent"),
    _command("/api/me/sessions/{session}/end", "agent"),
    _command("/api/me/password", "agent", old="kvarn och kanna", new=_PASSWORD),
    _get("/api/invitations", "admin"),
    _command("/api/invitations", "admin", email="nina@kvarn.example", role="agent"),
    _command("/api/invitations/{invitation}/withdraw", "admin"),
    _command("/api/agents/{agent}/disable", "admin"),
    _command("/api/agents/{agent}/enable", "admin"),
    _command("/api/agents/{agent}/role", "admin", role="admin"),
    _command("/api/settings", "admin", name="Else", colour="#112233", greeting="Hej"),
    _command("/api/settings/identity-key", "admin"),
    _get("/widget.js", "anyone"),
    _get("/widget/frame", "anyone"),
    _get("/widget/assets/{asset}", "anyone"),
    _post("/widget/api/hello", "anyone", browser="b" * 20, language="sv"),
    _command("/widget/api/messages", "visitor", conversation_id="{conversation}", text="Hello?", files=[]),
    _get("/widget/api/conversations/{conversation}/timeline", "visitor"),
    _command("/widget/api/conversations/{conversation}/seen", "visitor", position=1),
    _upload("/widget/api/files", "visitor"),
    _get("/widget/api/files/{file}", "visitor"),
    _command("/widget/api/identify", "anyone", identity="not.a.voucher", next=new_token()),
    _post("/widget/api/visits", "anyone", browser="b" * 20, kind="page", **_PAGE),
]

# What is uploaded where a picture will not do: name, bytes, type.
UPLOADS = {
    "/api/knowledge/documents": ("terms.txt", b"We deliver within three days.", "text/plain"),
    "/api/customers/import/preview": (
        "customers.csv",
        b"Name,E-mail\nKim Berg,kim@post.example\n",
        "text/csv",
    ),
}
QUERIES = {"/api/conversations": {"place": "unassigned"}}


def writes() -> Iterator[Call]:
    return (call for call in CALLS if call.method == "POST")


def endpoints(routes: Any) -> Iterator[Any]:
    """The routes of an app, whether its FastAPI keeps them in routers or in one list."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
        else:
            yield from endpoints(inner.routes)
