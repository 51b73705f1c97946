"""What was typed, understood: words, phrases, what must not be there, and filters. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone

from frontdesk.base.folding import folded
from frontdesk.search.model import Asked, Clause, Narrowed, Word
from frontdesk.search.stems import beginning, wanted_stems
from frontdesk.search.terms import parts, words, written

LONGEST = 400
_MOST_CLAUSES = 12
_PIECE = re.compile(r'(-?)(?:([a-zA-Z]{2,8}):)?(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what can be named in a filter: folded names to ids. `offset` is the asker's, in minutes."""

    labels: Mapping[str, str] = field(default_factory=dict)
    agents: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    me: str = ""
    offset: int = 0


def parsed(text: str, names: Names, narrowed: Narrowed) -> Asked:
    """`narrowed` is what was chosen beside the text; what is typed counts where nothing was chosen."""
    typed, wanted, unwanted, unknown = Narrowed(), list[Clause](), list[Clause](), list[str]()
    text = text[:LONGEST]
    for piece in _PIECE.finditer(text):
        minus, key, quoted, bare = piece.groups()
        value = quoted if quoted is not None else bare
        understood = _FILTERS.get(key.lower()) if key and not minus else None
        if understood is not None:
            changed = understood(typed, value, names)
            if changed is None:
                unknown.append(piece[0])
            typed = changed or typed
        elif not minus and not key and quoted is None and value.lower() in ("closed", "open"):
            typed, more = _state_or_word(typed, value, text)
            wanted += more
        else:
            goes_on = quoted is None and piece.end() == len(text)
            some = clauses(value if not key else f"{key} {value}", quoted is not None, goes_on)
            (unwanted if minus else wanted).extend(some)
    return Asked(
        tuple(wanted[:_MOST_CLAUSES]),
        tuple(unwanted[:_MOST_CLAUSES]),
        _both(narrowed, typed),
        tuple(unknown),
    )


def clauses(text: str, is_exact: bool, is_open: bool) -> list[Clause]:
    """A quoted phrase, or the words of something that was typed without a space, like an address."""
    some = [word for at, to in written(text) for word in _words(text[at:to])]
    if not some:
        return []
    return [Clause(tuple(some), is_exact or len(some) > 1, is_open)]


def _words(text: str) -> list[Word]:
    own = parts(text)
    if len(own) != 1:
        return [Word(one, one, ()) for one in own]
    return [Word(own[0], beginning(text)[:64], wanted_stems(text))]


def _state_or_word(typed: Narrowed, value: str, text: str) -> tuple[Narrowed, list[Clause]]:
    """`closed` alone among words is a filter; a text of nothing else is a word like others."""
    if len(words(text)) == 1:
        return typed, clauses(value, False, True)
    return _with_state(typed, value), []


def _with_state(typed: Narrowed, value: str) -> Narrowed:
    return replace(typed, state="closed" if value.lower() == "closed" else "open")


def _both(chosen: Narrowed, typed: Narrowed) -> Narrowed:
    given = {name: getattr(chosen, name) or getattr(typed, name) for name in Narrowed.__dataclass_fields__}
    return Narrowed(**given)


def _named(names: Mapping[str, str], value: str) -> str | None:
    """By the whole name; else the only one that begins so, or has a word that does."""
    sought = " ".join(words(value))
    if not sought:
        return None
    if sought in names:
        return names[sought]
    begins = [id for name, id in names.items() if name.startswith(sought)]
    inside = [id for name, id in names.items() if f" {sought}" in f" {name}"]
    for some in (begins, inside):
        if len(set(some)) == 1:
            return some[0]
    return None


def _label(typed: Narrowed, value: str, names: Names) -> Narrowed | None:
    found = _named(names.labels, value)
    return (found and replace(typed, label=found)) or None


def _from(typed: Narrowed, value: str, names: Names) -> Narrowed | None:
    if folded(value) in ("customer", "customers"):
        return replace(typed, by="customer")
    if folded(value) in ("agent", "agents"):
        return replace(typed, by="agent")
    found = names.me if folded(value) == "me" and names.me else _named(names.agents, value)
    return (found and replace(typed, agent=found)) or None


def _team(typed: Narrowed, value: str, names: Names) -> Narrowed | None:
    found = _named(names.teams, value)
    return (found and replace(typed, team=found)) or None


def _channel(typed: Narrowed, value: str, names: Names) -> Narrowed | None:
    asked = {"website": "widget", "site": "widget"}.get(folded(value), folded(value))
    return replace(typed, channel=asked) if asked in ("widget", "messenger") else None


def _is(typed: Narrowed, value: str, names: Names) -> Narrowed | None:
    return _with_state(typed, value) if value.lower() in ("open", "closed") else None


def _has(typed: Narrowed, value: str, names: Names) -> Narrowed | None:
    return replace(typed, file=True) if value.lower() in ("file", "files") else None


def _after(typed: Narrowed, value: str, names: Names) -> Narrowed | None:
    """From that day on, the day itself included."""
    day = _day(value, names.offset)
    return None if day is None else replace(typed, since=day[0])


def _before(typed: Narrowed, value: str, names: Names) -> Narrowed | None:
    day = _day(value, names.offset)
    return None if day is None else replace(typed, until=day[0])


def _in(typed: Narrowed, value: str, names: Names) -> Narrowed | None:
    """A year, a month or a day; else a team."""
    day = _day(value, names.offset)
    if day is not None:
        return replace(typed, since=day[0], until=day[1])
    return _team(typed, value, names) or _channel(typed, value, names)


def _day(value: str, offset: int) -> tuple[int, int] | None:
    """The first millisecond of 2026, 2026-11 or 2026-11-23, and the first after it, where the asker is."""
    numbers = value.split("-")
    if not 1 <= len(numbers) <= 3 or not all(one.isascii() and one.isdigit() for one in numbers):
        return None
    year, month, day = (*map(int, numbers), 0, 0)[:3]
    try:
        start = date(year, month or 1, day or 1)
        end = start + timedelta(days=1) if day else _month_after(start, 1 if month else 12)
        return _ms(start, offset), _ms(end, offset)
    except (ValueError, OverflowError):
        return None


def _month_after(start: date, months: int) -> date:
    whole = start.year * 12 + start.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)


def _ms(day: date, offset: int) -> int:
    zone = timezone(timedelta(minutes=offset))
    return round(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)


_FILTERS: dict[str, Callable[[Narrowed, str, Names], Narrowed | None]] = {
    "label": _label,
    "from": _from,
    "agent": _from,
    "by": _from,
    "team": _team,
    "channel": _channel,
    "is": _is,
    "has": _has,
    "after": _after,
    "since": _after,
    "before": _before,
    "until": _before,
    "in": _in,
}
