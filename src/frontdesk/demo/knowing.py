"""What the shop knows of its customers: profiles with their companies, and which pages they looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import bindparam, select

from frontdesk.base.clock import MINUTE
from frontdesk.base.db import Tx
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared, insert_if_new
from frontdesk.people import own_fields, profiles, sights
from frontdesk.people.model import Actor, CustomerBrief, Sight
from frontdesk.people.profiles import Asked
from frontdesk.people.tables import customer, identity
from frontdesk.presence import visits
from frontdesk.presence.model import Seen, Visit
from frontdesk.talk.model import Conversation

# Two letters, and where clocks go as in the country's largest city.
COUNTRIES = {
    "Australia": ("AU", "Australia/Melbourne"), "Austria": ("AT", "Europe/Vienna"),
    "Belgium": ("BE", "Europe/Brussels"), "Canada": ("CA", "America/Toronto"),
    "Czechia": ("CZ", "Europe/Prague"), "Denmark": ("DK", "Europe/Copenhagen"),
    "Estonia": ("EE", "Europe/Tallinn"), "Finland": ("FI", "Europe/Helsinki"),
    "France": ("FR", "Europe/Paris"), "Germany": ("DE", "Europe/Berlin"), "Greece": ("GR", "Europe/Athens"),
    "Hungary": ("HU", "Europe/Budapest"), "Ireland": ("IE", "Europe/Dublin"), "Italy": ("IT", "Europe/Rome"),
    "Latvia": ("LV", "Europe/Riga"), "Netherlands": ("NL", "Europe/Amsterdam"),
    "Norway": ("NO", "Europe/Oslo"),
    "Poland": ("PL", "Europe/Warsaw"), "Portugal": ("PT", "Europe/Lisbon"),
    "Slovenia": ("SI", "Europe/Ljubljana"), "Spain": ("ES", "Europe/Madrid"),
    "Sweden": ("SE", "Europe/Stockholm"), "Switzerland": ("CH", "Europe/Zurich"),
    "United Kingdom": ("GB", "Europe/London"), "United States": ("US", "America/Chicago"),
}  # fmt: skip


@dataclass(frozen=True)
class About:
    """`signed` is what the shop vouched for, `wrote` what the customer said of themselves in the chat; the
    rest an agent wrote down. `pages` are the newest last, minutes ago, by address and title.
    """

    signed: Mapping[str, str] = field(default_factory=dict)
    wrote: str = ""
    company: str | None = None
    title: str | None = None
    notes: str | None = None
    grinder: str = ""
    pages: tuple[tuple[int, str, str], ...] = ()


_STONEWARE, _RETURNS = ("/guides/caring-for-stoneware", "Caring for stoneware"), ("/returns", "Returns")
ABOUT = {
    "ines-oliveira": About(
        {"email": "ines@oliveira.example"},
        "My number is +351 21 555 01 42",
        "Oliveira Estúdio",
        "Potter",
        "Makes cups herself and knows her glazes. Writes in English or Portuguese.",
        "K2",
        ((900, *_STONEWARE), (42, *_RETURNS), (38, "/delivery", "Delivery")),
    ),
    "priya-raman": About(
        {"email": "priya@twobeans.example", "company": "Two Beans"},
        title="Owner",
        notes="Opens a second shop in the spring.",
        pages=((180, "/wholesale", "Wholesale"), (171, "/delivery", "Delivery")),
    ),
    "harriet-colville": About(
        {"email": "harriet@loafandladle.example", "company": "Loaf & Ladle"}, title="Baker"
    ),
    "sofia-marchetti": About({"email": "sofia.marchetti@posta.example"}, grinder="K1"),
    "tomasz-wilk": About(wrote="You can also write to tomasz@wilk.example", grinder="K2"),
    "jonas-brandt": About(wrote="jonas.brandt@post.example", grinder="K2"),
    "aoife-keane": About({"email": "aoife.keane@mail.example"}, "Call me on +353 91 555 0117"),
}


def write_down(
    tx: Tx,
    now: int,
    shop: str,
    agent: Actor,
    known: Mapping[str, CustomerBrief],
    talks: Mapping[str, Conversation],
) -> None:
    """`known` and `talks`, the last of each, by the keys of the stories."""
    for key, talk in talks.items():
        tx.now = talk.last_at
        kept = tx.first(_KEPT, one=known[key].id)
        assert kept is not None, "everybody in a story has appeared"
        sights.noticed(tx, known[key].id, kept, Sight())
    grinder = own_fields.add(tx, agent, of="customer", name="Grinder", kind="choice", choices=["K1", "K2"])
    for key, one in ABOUT.items():
        tx.now = talks[key].last_at
        _profile(tx, agent, known[key].id, one, grinder["own_field"].id)
        _browsed(tx, now, shop, known[key].id, one)
    tx.now = now


def _profile(tx: Tx, agent: Actor, customer_id: str, one: About, grinder: str) -> None:
    if one.signed:
        profiles.vouch(tx, customer_id, one.signed, {})
    if one.wrote:
        profiles.claim(tx, customer_id, one.wrote)
    fields = {grinder: one.grinder} if one.grinder else None
    said = Asked(title=one.title, about=one.notes, company_name=one.company, fields=fields)
    profiles.change(tx, agent, customer_id, said)


_KNOWN_AS = insert_if_new(identity)
_KEPT = Prepared(select(*sights.KEPT).where(customer.c.id == bindparam("one")))
_SIGHT = Sight(device="Firefox on macOS", language="en")


def _browsed(tx: Tx, now: int, shop: str, customer_id: str, one: About) -> None:
    browser = new_id()
    tx.run(_KNOWN_AS, channel="browser", external_id=browser, customer_id=customer_id)
    for ago, path, title in one.pages:
        tx.now = now - ago * MINUTE
        page = Visit("page", f"{shop.rstrip('/')}{path}", f"{title} · Kvarn & Kanna", "", None, None)
        visits.record(tx, [Seen(new_id(), tx.now, browser, page, _SIGHT)], visits.known(tx, [browser]))
