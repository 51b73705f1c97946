"""Finding in a text what belongs to one person: addresses, numbers, codes, dates, amounts.

Each detector is a pattern. What none of them finds still has to be everyday language (`blanks.py`).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from re import IGNORECASE, Match, Pattern

from frontdesk.know import addresses
from frontdesk.know.addresses import compiled
from frontdesk.know.cues import (
    ADJECTIVES,
    CODE_CUES,
    DATED,
    MONTHS,
    NUMBER_CUES,
    NUMBER_WORDS,
    STATES,
)


@dataclass(frozen=True, slots=True)
class Span:
    """What stands from `start` to `end`; `kind` is the word that a blank says."""

    start: int
    end: int
    kind: str


_AT = r"(?:@|\s?[\(\[{]\s?(?:at|snabel-?a|ät)\s?[\)\]}]\s?|\s(?:at|snabel-?a)\s)"
_DOT = r"(?:\.|\s?[\(\[{]\s?(?:dot|punkt)\s?[\)\]}]\s?|\s(?:dot|punkt)\s)"
_AT_ALL = re.compile("@|[ ([{](?:at|snabel-?a|ät)[ )\\]}]", IGNORECASE)
# "Write to me at anna.b@mail.example" holds one address, and not the two words before it.
_ENDS = r"(?![\w.+'-]*@)"
EMAIL = compiled(rf"(?<![\w.+'-])[\w.+'-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,5}}{_ENDS}")
LINK = compiled(
    r"(?:https?://|www\.)[^\s<>⟦⟧]+[^\s<>⟦⟧.,;:!?)\]'\"]"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[a-z]{2,24}/[^\s<>]*"
)
_IP = compiled(
    r"\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b|\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}\b|"
    r"(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b"
)
IBAN = compiled(
    r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b"
    r"|\b[a-z]{2}\d{2}(?=\w*\d{6})\w{11,30}\b",
    exact=True,
)
CARD = compiled(r"\b\d(?:[ .-]?\d){12,18}\b")
_CARD_END = compiled(
    r"(?:[*x•]{2,}[ -]?)+\d{2,6}\b|(?:ending (?:in|with)|ends (?:in|with)|slutar (?:på|med)|endet auf|"
    r"endend auf|endung) (?P<value>\d{3,6})"
)
PHONE = compiled(
    r"(?<![\w+])(?:\+|00)\d{1,3}(?:[ .\-/]?\(?\d{1,5}\)?){2,6}\b"
    r"|(?<![\w.,])\(?0\d{1,4}\)?(?:[ .\-/]{0,3}\d{1,5}){2,5}\b"
    r"|(?<!\w)(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}\b"
)
_PERSONAL = compiled(r"\b(?:19|20)?\d{6}[-+]\d{4}\b|\b\d{3}-\d{2}-\d{4}\b")
_MONTH = rf"(?:{MONTHS})\.?"
DATE = compiled(
    r"\b\d{4}[-./]\d{1,2}[-./]\d{1,2}\b|\b\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|er|:?e|:?a|\.)? ?(?:of |de )?{_MONTH}\b(?:,? ?(?:de )?\d{{2,4}}\b)?"
    rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?"
)
_BORN = compiled(rf"(?:{DATED})\W{{1,3}}(?:\w+ ){{0,2}}?(?P<value>\d[\d./ -]{{3,9}}\d)")
_MONEY = r"(?:kr|kronor|sek|nok|dkk|eur|euros?|€|\$|usd|dollars?|£|gbp|pounds?|chf|franken|pln|zł|:-)"
_SUM = r"\d{1,3}(?:[ .,']\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
AMOUNT = compiled(
    rf"(?:(?:€|\$|£|\b(?:sek|eur|usd|gbp|chf|nok|dkk)) ?(?:{_SUM})\b|\b(?:{_SUM}) ?{_MONEY}(?!\w))"
)
_PLATE = compiled(
    r"\b[A-ZÅÄÖ]{3} ?\d{2}[A-Z0-9]\b|\b[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2} ?\d{1,4}[EH]?\b|"
    r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b"
    r"|\b[A-Z]{2}-\d{3}-[A-Z]{2}\b",
    exact=True,
)
_NUMBERS_IN_WORDS = compiled(rf"\b(?:(?:{NUMBER_WORDS})[ ,-]+){{2,}}(?:{NUMBER_WORDS})\b")
_LINKING = (
    r"(?:[ \t]*(?:(?:is|are|was|be|no|number|nr|nummer|numret|id|är|blev|blir|ist|war|lautet|"
    r"lauten|heißt|est|es|with|med|mit|named|called|reads|the|on|i|för|zu|für|för)\b\.?|[:=#.\-–—]|\())*"
)
_NUMBER_AFTER = compiled(
    rf"\b(?:{NUMBER_CUES})\w{{0,6}}{_LINKING}[ \t]*[\"'“”„»«]?(?P<value>[\w][\w/_.\-]{{0,60}}[\w]|\d)"
)
_SETS = (
    r"(?:is|was|are|now|be|to|är|nu|blir|till|blev|ist|lautet|jetzt|auf|sei|nun|heißt|est|à|es|"
    r"ahora|still|the|new|temporary|current|your|ditt|din|dein|ihr|temporära|tillfälliga|nya|vorläufige|"
    r"neue|just|für|for|nämligen|namely|as)"
)
_CODE_AFTER = compiled(
    rf"\b(?:{CODE_CUES})\b(?:[ \t]+{_SETS}\b)*(?P<sure>[ \t]*[:=][ \t]*|[ \t]*[\"'“”„»«]|"
    rf"[ \t]+(?={_SETS}\b)|[ \t]+)"
    rf"(?:{_SETS}[ \t]*[:=]?[ \t]+)*[\"'“”„»«]?"
    rf"(?=(?P<value>[^\s\"“”„»«,;]{{1,80}}(?:[ \t]{{1,3}}[^\s\"“”„»«,;]{{1,80}}){{0,5}}))"
)
_HAS_SETS = compiled(rf"(?:\b{_SETS}|[:=\"'“”„»«])\s*$")
_QUOTES = re.compile('[:="“”„»«]\\s*$')
_BLACK = re.compile(r"\S+")
_ENDS_CODE = compiled(
    r"^(?:does|doesn't|did|works|working|has|have|had|fungerar|funkar|går|gick|har|geht|funktioniert|hat|"
    r"wird|wurde|hatte|gilt|gäller|field|link|manager|reset|length|"
    r"and|or|but|please|then|so|you|we|it|to|for|if|until|when|och|eller|men|så|du|vi|den|för|om|"
    r"sedan|tills|und|oder|aber|dann|bitte|sie|wir|er|es|für|wenn|bis|damit|et|ou|mais|y|o|pero|in|i|on|"
    r"på|mit|med|with)$"
)


def _mails(text: str) -> Iterator[Span]:
    if _AT_ALL.search(text):
        for match in EMAIL.finditer(text):
            yield Span(*match.span(), "e-mail")


def _all(kind: str, *patterns: Pattern[str]) -> Callable[[str], Iterator[Span]]:
    def found(text: str) -> Iterator[Span]:
        for pattern in patterns:
            for match in pattern.finditer(text):
                yield _trimmed(
                    text, *match.span("value" if match.re.groupindex and match["value"] else 0), kind
                )

    return found


def _trimmed(text: str, start: int, end: int, kind: str) -> Span:
    while start < end and text[start] in " ,.\n\t":
        start += 1
    while end > start and text[end - 1] in " ,.\n\t":
        end -= 1
    return Span(start, end, kind)


def _cards(text: str) -> Iterator[Span]:
    for match in CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        yield Span(*match.span(), "card number" if luhn(digits) else "number")


def luhn(digits: str) -> bool:
    """Whether the last digit checks the others, as on a payment card."""
    doubled = (int(one) * (1 + at % 2) for at, one in enumerate(reversed(digits)))
    return len(digits) >= 13 and sum(two - 9 * (two > 9) for two in doubled) % 10 == 0


_NUMBER_KINDS = (
    ("invoice number", re.compile("invoice|faktura|rechnung|facture|factura", IGNORECASE)),
    ("customer number", re.compile("customer|kund|account|member|medlem|mitglied|konto", IGNORECASE)),
    (
        "tracking number",
        re.compile("track|parcel|ship|kolli|spår|paket|försänd|send|colis|envío", IGNORECASE),
    ),
    ("order number", re.compile("order|bestäl|bestel|auftrag|commande|pedido", IGNORECASE)),
)


def _cued_numbers(text: str) -> Iterator[Span]:
    for match in _NUMBER_AFTER.finditer(text):
        value = match["value"]
        if re.search(r"\d", value) and _is_number_like(value, match):
            yield Span(*match.span("value"), number_kind(match[0]))


def _is_number_like(value: str, match: Match[str]) -> bool:
    """Three digits at least, so that "order 2 cups" stays; with a "#" anything."""
    between = match.string[match.start() : match.start("value")]
    return len(re.sub(r"\D", "", value)) >= 3 or "#" in between


def number_kind(cue: str) -> str:
    return next((kind for kind, pattern in _NUMBER_KINDS if pattern.search(cue)), "number")


def _codes(text: str) -> Iterator[Span]:
    for match in _CODE_AFTER.finditer(text):
        start = match.start("value")
        words = list(_BLACK.finditer(match["value"]))
        told = _HAS_SETS.search(text[match.start() : start]) is not None
        if (told or _looks_secret(words[0][0])) and not _is_remark(text[max(0, start - 9) : start], words):
            yield Span(start, start + _code_end(words), "code")


def secrets(text: str) -> Iterator[Span]:
    """In a customer's words, also without "is": the password sunflower does not work."""
    for match in _CODE_AFTER.finditer(text):
        words = list(_BLACK.finditer(match["value"]))
        if not _is_remark(text[match.start() : match.start("value")], words):
            yield Span(match.start("value"), match.start("value") + _code_end(words), "code")


def _is_remark(before: str, words: list[Match[str]]) -> bool:
    """ "is too short", "is in your e-mail", but neither ": too short" nor "is correct horse battery"."""
    bare = [word[0].strip(".,!?)").lower().split("-")[0] for word in words[:2]]
    if _QUOTES.search(before) or not (bare[0] in STATES or _ENDS_CODE.match(bare[0])):
        return False
    goes_on = len(bare) < 2 or bare[1] in STATES or _ENDS_CODE.match(bare[1]) is not None
    return goes_on or bare[0] not in ADJECTIVES or words[0][0][-1] in ".,!?"


def _code_end(words: list[Match[str]]) -> int:
    end = 0
    for at, word in enumerate(words):
        if at and _ENDS_CODE.match(word[0].strip(".,!?)")):
            break
        end = word.end() - (len(word[0]) - len(word[0].rstrip(".,!?)")))
        if word[0][-1] in ".!?" or (at and word[0].lower() in STATES):
            break
    return end


def _looks_secret(word: str) -> bool:
    """Right after "code", without "is": only what no word looks like."""
    bare = word.strip(".,!?()")
    return (
        bool(re.search(r"\d", bare))
        or (len(bare) > 3 and bare.isupper())
        or bool(re.search(r"[a-z][A-Z]|[#$%&*!_]", bare))
    )


# Earlier ones win where two find the same. Most texts have no digit, and need few of them.
_ANYWHERE: tuple[Callable[[str], Iterator[Span]], ...] = (
    _mails,
    _all("link", LINK),
    _codes,
)
_WITH_DIGITS: tuple[Callable[[str], Iterator[Span]], ...] = (
    _all("account number", IBAN),
    _cards,
    _all("card number", _CARD_END),
    _all("amount", AMOUNT),
    _all("date", DATE, _BORN),
    _all("number", _PERSONAL),
    _cued_numbers,
    _all("address", *addresses.ALL),
    _all("phone", PHONE),
    _all("number", _IP, _PLATE, _NUMBERS_IN_WORDS),
)
_WITHOUT: tuple[Callable[[str], Iterator[Span]], ...] = (
    _all("address", *addresses.WITHOUT_NUMBER),
    _all("number", _IP, _NUMBERS_IN_WORDS),
)
_DIGIT = re.compile(r"\d")


def spans(text: str) -> list[Span]:
    """Everything found, in the order of the text, nothing twice."""
    kept: list[Span] = []
    taken = bytearray(len(text))
    for detector in _ANYWHERE + (_WITH_DIGITS if _DIGIT.search(text) else _WITHOUT):
        for one in detector(text):
            if not any(taken[one.start : one.end]):
                taken[one.start : one.end] = b"\1" * (one.end - one.start)
                kept.append(one)
            else:
                kept.extend(_rest(text, one, taken))
    return sorted(kept, key=lambda one: one.start)


def _rest(text: str, one: Span, taken: bytearray) -> Iterator[Span]:
    """What of a span nobody has found yet: the blanks beside each other become one later."""
    start = None
    for at in range(one.start, one.end + 1):
        free = at < one.end and not taken[at]
        if free and start is None:
            start = at
        elif not free and start is not None:
            taken[start:at] = b"\1" * (at - start)
            if (part := _trimmed(text, start, at, one.kind)).end > part.start:
                yield part
            start = None
