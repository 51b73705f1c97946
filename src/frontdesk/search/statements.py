"""What is read of each kind of hit. All narrow alike, and begin with number and time."""

from sqlalchemy import text

from frontdesk.base.sql import Prepared
from frontdesk.search.both import JOINED, prepared, with_joined

_CONVERSATION = "c.id, c.closed, c.owner_id, p.id, p.name, p.lead, p.word, p.proven"
_LABELLED = (
    "(:label = '' OR EXISTS (SELECT 1 FROM labelling AS l WHERE l.conversation_id = {of}"
    " AND l.label_id = :label{here}) OR EXISTS (SELECT 1 FROM own_labelling AS l"
    " WHERE l.agent_id = :me AND l.conversation_id = {of} AND l.label_id = :label{here}))"
)
_ANYWHERE = _LABELLED.format(of="c.id", here="")
_ITSELF = _LABELLED.format(of="c.id", here=" AND l.message_id = ''")
_THIS = _LABELLED.format(of="c.id", here=" AND l.message_id IN ('', m.id)")
# True wherever the others are, and known before anything is joined.
_NEAR = _LABELLED.format(of="e.conversation_id", here="")
_OF_CONVERSATION = (
    "(:closed < 0 OR c.closed = :closed) AND (:team = '' OR c.team_id = :team)"
    " AND (:channel = '' OR c.channel = :channel)"
)
_TIME = "e.at >= :since AND e.at < :until"
_SIDE = "(:side = '' OR m.\"by\" = :side)"
_PEOPLE = ("conversation AS c ON c.id = e.conversation_id", "customer AS p ON p.id = c.customer_id")
_MESSAGE = "message AS m ON m.conversation_id = e.conversation_id AND m.position = e.position"
_SAID = f"{_OF_CONVERSATION} AND {_TIME} AND {_SIDE} AND {_THIS}"

MESSAGES = prepared(
    f'e.number, e.at, {_CONVERSATION}, m.id, m.position, m."by", m.agent_id, m.id, m.text',
    (*_PEOPLE, _MESSAGE),
    _SAID,
    _NEAR,
)
FILES = prepared(
    f'e.number, e.at, {_CONVERSATION}, a.id, m.position, m."by", m.agent_id, m.id, a.name',
    (*_PEOPLE, _MESSAGE, "attachment AS a ON a.message_id = m.id"),
    _SAID,
    _NEAR,
)
_NOTED = f"{_OF_CONVERSATION} AND {_TIME} AND {_ITSELF}"
NOTES = prepared(
    f"e.number, e.at, {_CONVERSATION}, n.id, e.position, 'agent', n.agent_id, n.id, n.text",
    (*_PEOPLE, "note AS n ON n.id = e.of_id"),
    _NOTED,
    _NEAR,
)
ANSWERS = prepared(
    f"e.number, e.at, {_CONVERSATION}, t.id, e.position, 'agent', t.agent_id, t.note_id, t.text",
    (*_PEOPLE, "thread AS t ON t.id = e.of_id"),
    _NOTED,
    _NEAR,
)
_KNOWN = (
    "p.email, p.phone, (SELECT o.name FROM customer_company AS o WHERE o.id = p.company_id),"
    f" (SELECT {JOINED}v.value, ' · ') FROM own_value AS v WHERE v.of_id = p.id)"
)
CUSTOMERS = prepared(
    f"e.number, p.seen_at, p.id, p.name, p.lead, p.word, p.proven, {_KNOWN}",
    ("customer AS p ON p.id = e.of_id",),
    "e.at >= :since AND e.at < :until",
)
# Who is somebody else now is not found.
KNOWN = with_joined(
    f"SELECT p.name, p.lead, p.word, {_KNOWN} FROM customer AS p WHERE p.id = :id AND p.merged_into IS NULL"
)
COMPANIES = prepared(
    "e.number, o.created_at, o.id, o.name, o.website",
    ("customer_company AS o ON o.id = e.of_id",),
    "e.at >= :since AND e.at < :until",
)

# Of few conversations every message is looked at: quicker than the index, whose words are everywhere.
_FEW = (
    "SELECT conversation_id FROM labelling WHERE label_id = :label UNION"
    " SELECT conversation_id FROM own_labelling WHERE label_id = :label AND agent_id = :me UNION"
    " SELECT id FROM conversation WHERE team_id = :team AND :label = ''"
)
HOW_FEW = Prepared(text(f"SELECT count(*) FROM (SELECT 1 FROM ({_FEW}) AS every LIMIT :most) AS looked"))
IN_FEW = Prepared(
    text(
        f'SELECT m.id, m.at, {_CONVERSATION}, m.id, m.position, m."by", m.agent_id, m.id, m.text'
        " FROM conversation AS c JOIN message AS m ON m.conversation_id = c.id"
        " JOIN customer AS p ON p.id = c.customer_id"
        f" WHERE c.id IN ({_FEW}) AND {_SAID.replace('e.at', 'm.at')}"
        " AND (:author = '' OR m.agent_id = :author) AND (:file = 0 OR EXISTS"
        " (SELECT 1 FROM attachment AS a WHERE a.message_id = m.id)) ORDER BY m.id DESC"
    )
)

_LATEST = f"c.last_at, c.last_at, {_CONVERSATION}, c.last_text"
_WHICH = f"{_OF_CONVERSATION} AND c.started_at < :until AND c.last_at >= :since AND {_ANYWHERE}"
OF_CUSTOMER = Prepared(
    text(
        f"SELECT {_LATEST} FROM conversation AS c JOIN customer AS p ON p.id = c.customer_id"
        f" WHERE c.customer_id = :customer AND {_WHICH} ORDER BY c.last_at DESC LIMIT :most"
    )
)
ALL = Prepared(
    text(
        f"SELECT {_LATEST} FROM conversation AS c JOIN customer AS p ON p.id = c.customer_id"
        f" WHERE {_WHICH} ORDER BY c.id DESC LIMIT :most"
    )
)
FEW = Prepared(
    text(
        f"SELECT {_LATEST} FROM conversation AS c JOIN customer AS p ON p.id = c.customer_id"
        f" WHERE c.id IN ({_FEW}) AND {_WHICH} ORDER BY c.last_at DESC LIMIT :most"
    )
)
