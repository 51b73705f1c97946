"""By what customers and their companies are known: the text they are found by, and its words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.search.model import Clause, Word
from frontdesk.search.terms import endings, terms

_BETWEEN = " · "
# A number is dialed with or without its country: so many of its last digits are tried, with a 0 and without.
_NATIONAL = range(7, 11)
_LEAST, _MOST = 7, 15


@dataclass(frozen=True, slots=True)
class Known:
    """`values` are those of own fields."""

    called: str
    email: str | None = None
    phone: str | None = None
    company: str | None = None
    values: str | None = None


def shown(one: Known) -> str:
    """What can be shown of it, in a line."""
    return _BETWEEN.join(part for part in (one.called, one.email, one.phone, one.company, one.values) if part)


def text_of(one: Known) -> str:
    """What is shown, and then how else the number may be typed."""
    return _BETWEEN.join([shown(one), *_numbers(one.phone)])


def terms_of(said: str) -> list[str]:
    """In their order, so that what stands side by side is found so; then what each of them ends with."""
    plain = terms(said)
    there = set(plain)
    return [*plain, *(ending for ending in endings(said) if ending not in there)]


def _numbers(phone: str | None) -> list[str]:
    digits = _digits(phone or "")
    if len(digits) < _LEAST:
        return []
    ends = [digits[-length:] for length in _NATIONAL if length <= len(digits)]
    return list(dict.fromkeys([digits, *(f"0{one}" for one in ends)]))


def _digits(text: str) -> str:
    """Without the 0 in brackets, which nobody dials from abroad."""
    return "".join(one for one in text.replace("(0)", "") if one.isascii() and one.isdigit()).removeprefix(
        "00"
    )


def as_number(wanted: Sequence[Clause]) -> Clause | None:
    """What was typed, if it is a phone number with or without spaces."""
    whole = "".join(word.text for clause in wanted for word in clause.words)
    digits = _digits(whole)
    if not whole.isascii() or not whole.isdigit() or not _LEAST <= len(digits) <= _MOST:
        return None
    return Clause((Word(digits, digits, ()),), is_exact=False, is_open=True)
