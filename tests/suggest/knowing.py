"""What Kvarn & Kanna's website says, as passages, for tests of what is suggested from it."""

from collections.abc import Sequence

from frontdesk.base.db import Tx
from frontdesk.base.desk import Desk
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.know import passages
from frontdesk.know.model import Kind, Passage
from frontdesk.know.tables import source
from frontdesk.suggest import propose
from frontdesk.suggest.model import Suggestion
from frontdesk.suggest.propose import Found

PAGES = {
    "Delivery": "Delivery within Sweden takes one to three working days. Elsewhere in Europe a week.",
    "Returns": "Send anything back within thirty days. We pay for the return when it was broken.",
    "Burrs": "For the K2 grinder it is the 38 mm burr set. Steel burrs last about four years of daily use.",
    "Dishwasher": "The travel press is not safe in the dishwasher. Rinse it with warm water and let it dry.",
    "Opening hours": "The shop in Göteborg is open from ten to six on weekdays, on Saturdays from eleven.",
}


def a_source(tx: Tx, id: str = "website", kind: str = "website") -> str:
    said = {"id": id, "kind": kind, "name": id, "plan": "{}", "counts": "{}", "state": "read"}
    row = {**{column.name: None for column in source.columns}, **said, "added_at": tx.now}
    tx.run(Prepared(source.insert()), **{**row, "is_on": 1, "round": 1})
    return id


def a_passage(title: str, text: str, source_id: str, kind: Kind = "page", *, cleared: bool = True) -> Passage:
    url = f"https://kvarn.example/{title.lower().replace(' ', '-')}" if kind == "page" else None
    return Passage("", source_id, kind, title, "", (), text, url, 1_760_000_000_000, cleared=cleared)


def website(tx: Tx) -> list[str]:
    here = a_source(tx)
    return passages.add(tx, [a_passage(title, text, here) for title, text in PAGES.items()])


def learn_website(desk: Desk) -> dict[str, str]:
    """Passage ids by title."""
    return dict(zip(PAGES, desk.write_now(website), strict=True))


def lay(tx: Tx, conversation_id: str, texts: Sequence[str]) -> list[str]:
    """Under a conversation whose customer waits, as an engine would; the ids, none where nobody waits."""
    asked = propose.find_asked(tx, conversation_id)
    made = tuple(Suggestion(new_id(), None, text, (), (), 0.9, "sure", True, True) for text in texts)
    found = Found("test", 0.9, b"", made, tuple(None for _ in made))
    laid = asked and propose.keep(tx, asked, found)
    return [one.id for one in laid.suggestions] if laid else []
