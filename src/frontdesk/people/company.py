"""The one company this desk serves, and the secrets with which its site vouches for visitors."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

import orjson
from sqlalchemy import bindparam, select

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Invalid, Missing
from frontdesk.base.sql import Prepared, insert_if_new, upsert
from frontdesk.base.tables import setting
from frontdesk.base.text import one_line, words
from frontdesk.people import agents
from frontdesk.people.access import may_manage
from frontdesk.people.events import CompanyChanged
from frontdesk.people.model import Actor, Agent, Company

GREETING = "Hello, what can we help with?"
COLOUR = "#12695c"
_SITES = 50

_HEX = re.compile(r"#[0-9a-f]{6}")
_GET = Prepared(select(setting.c.value).where(setting.c.key == bindparam("key")))
_FIRST = insert_if_new(setting)
_PUT = upsert(setting, ["key"], ["value"])


def find(view: Reading) -> Company | None:
    """None until the desk was set up."""
    stored = view.value(_GET, key="company")
    if stored is None:
        return None
    values = orjson.loads(stored)
    return Company(**{**values, "allowed_sites": tuple(values["allowed_sites"])})


def get(view: Reading) -> Company:
    found = find(view)
    if found is None:
        raise Missing("The desk is not set up yet.")
    return found


def set_up(tx: Tx, *, company: str, website: str, name: str, email: str, password: str) -> Agent:
    """Opens the desk, once for ever: company and first agent. `password` is a hash.

    Raises Missing when it was done before.
    """
    one = Company(words(company, "company", 80, "The company's name"), "", COLOUR, GREETING, ())
    if website.strip():
        site = origin(website, "website")
        one = replace(one, website=site, allowed_sites=_with_www(site))
    if not tx.run(_FIRST, key="company", value=orjson.dumps(one).decode()):
        raise Missing("The desk is set up already.")
    return agents.add(tx, email=email, name=name, role="admin", password=password)


def change(
    tx: Tx,
    actor: Actor,
    *,
    name: str | None = None,
    website: str | None = None,
    colour: str | None = None,
    greeting: str | None = None,
    allowed_sites: list[str] | None = None,
) -> dict[str, Company]:
    require(may_manage(actor))
    one = get(tx)
    if name is not None:
        one = replace(one, name=words(name, "name", 80, "The company's name"))
    if website is not None:
        one = replace(one, website=origin(website, "website") if website.strip() else "")
    if colour is not None:
        one = replace(one, colour=readable(colour))
    if greeting is not None:
        one = replace(one, greeting=one_line(greeting, 120) or GREETING)
    if allowed_sites is not None:
        sites = dict.fromkeys(
            origin(site, "allowed_sites") for site in allowed_sites[:_SITES] if site.strip()
        )
        one = replace(one, allowed_sites=tuple(sites))
    tx.run(_PUT, key="company", value=orjson.dumps(one).decode())
    tx.emit(CompanyChanged(one))
    return {"company": one}


def _with_www(site: str) -> tuple[str, ...]:
    scheme, _, host = site.partition("://")
    other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    is_name = not host.startswith("localhost") and not host.replace(".", "").replace(":", "").isdigit()
    return (site, f"{scheme}://{other}") if is_name else (site,)


def origin(site: str, field: str) -> str:
    """`https://shop.example` of whatever was typed. Raises Invalid."""
    typed = one_line(site, 300)
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, port = urlsplit(""), ""
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[a-z0-9.-]{1,253}|[0-9a-f:]+", host):
        raise Invalid("This is not a website's address.", fields={field: "Such as https://shop.example"})
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"


def readable(colour: str) -> str:
    """A colour on which white or black text can be read. Raises Invalid."""
    kept = colour.strip().lower()
    if not _HEX.fullmatch(kept):
        raise Invalid("This is not a colour.", fields={"colour": "Such as #9c4426"})
    if max(contrast(kept, "#ffffff"), contrast(kept, "#000000")) < 4.5:
        raise Invalid("No text can be read on this colour.", fields={"colour": "Darker or lighter"})
    return kept


def on(colour: str) -> str:
    """White or black, whichever is read more easily on the colour. White where it will do."""
    return "#ffffff" if contrast(colour, "#ffffff") >= 4.5 else "#000000"


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def identity_keys(view: Reading) -> list[str]:
    """The secrets with which the site may sign, newest first; two at most, so that they can be changed."""
    stored = view.value(_GET, key="identity_keys")
    keys: list[str] = [] if stored is None else orjson.loads(stored)
    return keys


def renew_identity_key(tx: Tx, actor: Actor, key: str) -> dict[str, object]:
    require(may_manage(actor))
    kept = [key, *identity_keys(tx)][:2]
    tx.run(_PUT, key="identity_keys", value=orjson.dumps(kept).decode())
    return {}
