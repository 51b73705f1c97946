"""Text in which what belongs to one customer has become a blank, such as ⟦order number⟧.

Three nets, one behind the other: what is known of that customer, what a detector finds, and at last every
word that is neither everyday language nor the company's own.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from frontdesk.know import detect
from frontdesk.know.detect import Span
from frontdesk.know.everyday import Everyday, language_of
from frontdesk.know.known import Known
from frontdesk.know.model import blank
from frontdesk.know.public import Public
from frontdesk.know.strange import TOKEN, Strange

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NUMBER_BEHIND = re.compile(r"\.?[ ]?[-#]?\d{1,4}(?:[ ]?[A-Z])?(?![\w.,:%°])|[ ][A-Z](?!\w)")
_TAKES_NUMBER = frozenset({"address", "name", "word", "order number", "number", "code"})
_BETWEEN = re.compile(r"[\s,.\-–/&+()#:'’]*")
_BREAK = re.compile(r"[.:,] |\n")
# Of two blanks that become one, the word that stands first here stays.
_WEIGHT = (
    "e-mail", "link", "phone", "card number", "account number", "address", "order number", "invoice number",
    "customer number", "tracking number", "code", "name", "date", "amount", "number", "word",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Blanked:
    """`blanks`: how many; `words`: how many are left between them."""

    text: str
    blanks: int
    words: int


class Blanker:
    """`public` may grow while it is in use."""

    def __init__(self, everyday: Everyday, public: Public) -> None:
        self.public = public
        self._everyday = everyday
        self._strange = Strange(everyday, public)

    def blanked(self, text: str, known: Known, language: str | None = None) -> Blanked:
        """`language`: of the conversation, for texts too short to tell."""
        clean = cleaned(text)
        found = self._found(clean, known, language_of(clean) or language or "en")
        return _rendered(clean, _joined(clean, [_with_number(clean, one) for one in found]))

    def _found(self, text: str, known: Known, language: str) -> list[Span]:
        theirs = [one for one in detect.spans(text) if not self.public.owns(text, one)]
        found = [*theirs, *known.spans(text, self._everyday, language), *self._strange.numbers(text)]
        return found + self._strange.words(text, _mask(text, found), language)


def cleaned(text: str) -> str:
    """Without what nobody sees, and without the brackets that only a blank may have."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return seen.replace("⟦", "[").replace("⟧", "]").replace("\u00a0", " ").replace("\u202f", " ")


def _mask(text: str, found: Iterable[Span]) -> bytearray:
    taken = bytearray(len(text) + 1)
    for one in found:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    return taken


def _with_number(text: str, one: Span) -> Span:
    """A number right behind a name, a street or a code is of it."""
    is_name = one.kind in _TAKES_NUMBER and (one.kind != "word" or text[one.start].isupper())
    match = _NUMBER_BEHIND.match(text, one.end) if is_name else None
    return Span(one.start, match.end(), one.kind) if match else one


def _joined(text: str, found: list[Span]) -> list[Span]:
    """What overlaps, or has only dashes and spaces between it, becomes one."""
    joined: list[Span] = []
    for one in sorted(found, key=lambda span: (span.start, -span.end)):
        last = joined[-1] if joined else None
        if last is None or not _belong(text, last, one):
            joined.append(one)
        else:
            kind = min(last.kind, one.kind, key=_WEIGHT.index)
            joined[-1] = Span(last.start, max(last.end, one.end), kind)
    return joined


def _belong(text: str, last: Span, one: Span) -> bool:
    if one.start <= last.end:
        return True
    is_address = "address" in (last.kind, one.kind)
    stops = _BREAK.search(text, last.end, one.start) and not is_address
    return not stops and _BETWEEN.fullmatch(text, last.end, one.start) is not None


def _rendered(text: str, found: list[Span]) -> Blanked:
    parts, upto = [], 0
    for one in found:
        parts += [text[upto : one.start], blank(one.kind)]
        upto = one.end
    left = " ".join((*parts[::2], text[upto:]))
    return Blanked("".join((*parts, text[upto:])).strip(), len(found), len(TOKEN.findall(left)))
