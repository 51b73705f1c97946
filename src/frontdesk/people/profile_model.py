"""What is known of customers and of their companies, and what is kept of what somebody types. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from frontdesk.base.errors import Invalid
from frontdesk.base.text import one_line, plain

# Where it comes from, where no agent wrote it: the site has signed it, or a visitor says so.
Origin = Literal["proven", "claimed"]
Who = Literal["agent", "site", "visitor", "import", "merge"]
FieldKind = Literal["text", "number", "date", "choice", "link"]
FieldOf = Literal["customer", "company"]
KINDS: tuple[FieldKind, ...] = ("text", "number", "date", "choice", "link")

# What everybody has; each other field is one of the company's own, named by its id.
USUAL = ("name", "email", "phone", "title", "company", "about")
LONGEST = {"name": 120, "phone": 40, "title": 120, "about": 10_000}
MOST_OWN_FIELDS = 60
MOST_CHOICES = 100
_LONGEST_VALUE = 500

_PHONE = re.compile(r"[\d\s()+./*#x-]+")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOST = re.compile(r"[^\s/?#@:]+\.[^\s/?#@:.]{2,}")
_DIALED = 8


@dataclass(frozen=True, slots=True)
class CompanyName:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Profile:
    """`fields` are own ones by id, `origins` those by field that no agent wrote. `blocked_until` 0: until it
    is lifted; None: they are not.
    """

    id: str
    called: str
    named: bool
    proven: bool
    name: str | None
    email: str | None
    phone: str | None
    title: str | None
    company: CompanyName | None
    about: str
    fields: Mapping[str, str]
    origins: Mapping[str, Origin]
    city: str | None
    country: str | None
    zone: str | None
    language: str | None
    device: str | None
    channels: tuple[str, ...]
    created_at: int
    seen_at: int
    blocked_until: int | None


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A profile as lists show it: without what the team wrote down."""

    id: str
    called: str
    named: bool
    proven: bool
    name: str | None
    email: str | None
    phone: str | None
    title: str | None
    company: CompanyName | None
    fields: Mapping[str, str]
    origins: Mapping[str, Origin]
    city: str | None
    country: str | None
    zone: str | None
    language: str | None
    device: str | None
    channels: tuple[str, ...]
    created_at: int
    seen_at: int
    blocked_until: int | None


def as_row(one: Profile) -> CustomerRow:
    return CustomerRow(**{name: getattr(one, name) for name in CustomerRow.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class CustomerCompany:
    """Where customers work. `customers`: how many of them."""

    id: str
    name: str
    website: str | None
    about: str
    fields: Mapping[str, str]
    customers: int


@dataclass(frozen=True, slots=True)
class OwnField:
    """Retired: offered no more; what it says stays where it is."""

    id: str
    of: FieldOf
    name: str
    kind: FieldKind
    choices: tuple[str, ...]
    place: int
    retired: bool


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """`field` is one of the usual ones, or an own one's id. Companies stand by their names."""

    id: str
    at: int
    by: Who
    agent_id: str | None
    field: str
    was: str | None
    becomes: str | None


def phone_number(typed: str) -> str:
    """As it was typed, in one line. Raises Invalid."""
    kept = one_line(typed, LONGEST["phone"] + 1)
    if len(kept) > LONGEST["phone"] or not _PHONE.fullmatch(kept) or len(digits(kept)) < 3:
        raise Invalid("This is not a phone number.", fields={"phone": "Such as +46 70 123 45 67"})
    return kept


def digits(text: str) -> str:
    return "".join(one for one in text if one.isascii() and one.isdigit())


def dialed(phone: str | None) -> str | None:
    """What two ways to write one number have in common: national or international, the end is the same."""
    return digits(phone)[-_DIALED:] or None if phone else None


def short(typed: str, field: str) -> str:
    """One line. Raises Invalid when it is too long."""
    kept = one_line(typed, LONGEST[field] + 1)
    if len(kept) > LONGEST[field]:
        raise Invalid("This is too long.", fields={field: f"At most {LONGEST[field]} characters"})
    return kept


def remark(typed: str) -> str:
    """Several lines. Raises Invalid when they are too long."""
    kept, most = plain(typed).strip(), LONGEST["about"]
    if len(kept) > most:
        raise Invalid("This is too long.", fields={"about": f"At most {most:,} characters"})
    return kept


def own_value(field: OwnField, typed: str) -> str:
    """What is kept of it: text in one line, a number with a dot, a day as 2026-11-23, one of the choices, an
    address that begins with https:// or http://. Empty: nothing. Raises Invalid, naming the field's id.
    """
    kept = one_line(typed, _LONGEST_VALUE + 1)
    if not kept:
        return ""
    if len(kept) > _LONGEST_VALUE:
        raise _wrong(field, "This is too long.", f"At most {_LONGEST_VALUE} characters")
    return _KEPT[field.kind](field, kept)


def _wrong(field: OwnField, message: str, hint: str) -> Invalid:
    return Invalid(message, fields={field.id: hint})


def _number(field: OwnField, typed: str) -> str:
    bare = re.sub(r"[\s']", "", typed)
    if "," in bare and "." not in bare and bare.count(",") == 1:
        bare = bare.replace(",", ".")
    if not _NUMBER.fullmatch(bare) or not bare.isascii():
        raise _wrong(field, "This is not a number.", "Digits, such as 1200 or 12.5")
    whole, _, part = bare.partition(".")
    sign, whole, part = "-" * whole.startswith("-"), whole.lstrip("-").lstrip("0") or "0", part.rstrip("0")
    return f"{sign if (whole, part) != ('0', '') else ''}{whole}{'.' if part else ''}{part}"


def _date(field: OwnField, typed: str) -> str:
    try:
        return date.fromisoformat(typed if _DATE.fullmatch(typed) else "").isoformat()
    except ValueError as error:
        raise _wrong(field, "This is not a day.", "Such as 2026-11-23") from error


def _choice(field: OwnField, typed: str) -> str:
    found = next((one for one in field.choices if one.casefold() == typed.casefold()), None)
    if found is None:
        raise _wrong(field, "This is not one of the choices.", ", ".join(field.choices)[:200])
    return found


def _link(field: OwnField, typed: str) -> str:
    found = web_address(typed)
    if found is None:
        raise _wrong(field, "This is not a website's address.", "Such as https://shop.example")
    return found


def web_address(typed: str) -> str | None:
    """With its https:// or http://; None for everything else."""
    whole = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(whole)
        host = parts.hostname or ""
    except ValueError:
        return None
    fits = parts.scheme in ("http", "https") and "@" not in parts.netloc and " " not in whole
    is_name = bool(_HOST.fullmatch(host)) or host == "localhost" or (bool(host) and "://" in typed)
    return whole if fits and is_name else None


_KEPT: dict[FieldKind, Callable[[OwnField, str], str]] = {
    "text": lambda field, typed: typed,
    "number": _number,
    "date": _date,
    "choice": _choice,
    "link": _link,
}
