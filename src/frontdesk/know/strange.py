"""The last net: words and numbers that are neither everyday language nor the company's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from frontdesk.know.detect import Span
from frontdesk.know.everyday import Everyday, is_function_word, names, proper_words
from frontdesk.know.public import Public

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_RUN = re.compile(r"(?<![\w.])\d{1,40}(?:[ .\-–/:]\d{1,40}){1,40}(?!\w)")
_SIGNED = re.compile(
    r"(?<![\w.-])[\w.-]{0,60}[^\W_](?:[#!_$*=~^?]{1,9}[^\W_][\w.-]{0,60})+"
    r"|(?<![\w-])(?=[\w-]{0,60}\d)(?=[\w-]{0,60}[A-ZÅÄÖÜ])[A-ZÅÄÖÜ\d]{1,8}(?:-[A-ZÅÄÖÜ\d]{1,8}){1,8}\b"
)
_TIME = re.compile(r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?:[ ]?[-–][ ]?(?:[01]?\d|2[0-4])[:.][0-5]\d)?")
_UNITS = (
    r"(?:%|°|g|kg|mg|ml|cl|dl|l|mm|cm|m|km|w|v|kw|kwh|mah|mb|gb|tb|kb|px|min|h|s|sek|sec|x|st|pcs|bar|c|f|k|"
    r"minutes?|hours?|days?|weeks?|months?|years?|watts?|gram|grams|meter|litres?|liter|stück|minuter|timmar|"
    r"dagar|veckor|månader|år|stunden|tage|tagen|wochen|monate|jahre|jahren|arbetsdagar|vardagar|werktage)"
)
_MEASURED = re.compile(rf"[ ]?{_UNITS}(?![\w])", re.IGNORECASE)
_COUNTED = re.compile(rf"\d{{1,4}}(?:{_UNITS}|nd|rd|th|st|er|e|a|ers|ere|mal)", re.IGNORECASE)
# What stands before the first word of a sentence or of a line.
_STARTS = re.compile(r"(?:^|[.!?…:;\n•*]|[\"“„»«(\[–—-])[\s\"“„»«(\[*•>–—-]*$")
_BEFORE_MONTH = re.compile(
    "in|on|by|until|till|since|of|from|before|after|during|last|next|this|early|late|mid|i|im|seit|bis|ab"
)


_DAY = re.compile(r"\d{1,4}(?:st|nd|rd|th)?[.,]?(?<!\d,)")


@dataclass(frozen=True, slots=True)
class _Token:
    """`first`: a sentence begins with it."""

    text: str
    start: int
    end: int
    first: bool


class Strange:
    """Finds them in a text of a language."""

    def __init__(self, everyday: Everyday, public: Public) -> None:
        self._everyday = everyday
        self._public = public

    def numbers(self, text: str) -> Iterator[Span]:
        """In groups: 41 250, 300-500; and what has signs in its midst: 748#92, Maple!leaf."""
        for match in _SIGNED.finditer(text):
            if not self._public.has_word(match[0]):
                yield Span(*match.span(), "code")
        for match in _RUN.finditer(text):
            one = Span(*match.span(), "number")
            few = sum(map(str.isdigit, match[0])) < 5
            fine = few or _TIME.fullmatch(match[0]) or _MEASURED.match(text, match.end())
            if not fine and not self._public.owns(text, one):
                yield one

    def words(self, text: str, taken: bytearray, language: str) -> list[Span]:
        """`taken`: 1 for each letter that something else has found already."""
        tokens = [
            _Token(match[0], *match.span(), _is_first(text, match.start()))
            for match in TOKEN.finditer(text)
            if not taken[match.start()]
        ]
        behind = [token.text for token in tokens[1:]] + [""]
        kinds = [self._kind(text, *pair, language) for pair in zip(tokens, behind, strict=False)]
        self._spread(text, tokens, kinds, taken, language)
        return [Span(one.start, one.end, kind) for one, kind in zip(tokens, kinds, strict=True) if kind]

    def _kind(self, text: str, token: _Token, behind: str, language: str) -> str | None:
        word = token.text
        if word.isdigit():
            fine = len(word) < 4 or self._public.has_word(word) or _MEASURED.match(text, token.end)
            return None if fine else "number"
        if any(map(str.isdigit, word)):
            fine = len(word) < 3 or self._public.has_word(word) or _COUNTED.fullmatch(word)
            return None if fine else "code"
        stem = _stem(word)
        if stem[0].isupper():
            return self._kind_of_capital(text, token, stem, behind, language)
        return None if self._is_plain(stem, language) or self._public.has_word(stem) else "word"

    def _is_plain(self, small: str, language: str, *, listed: bool = False) -> bool:
        knows = self._everyday.knows
        is_english = language != "en" and knows(small, "en", listed=listed)
        return len(small) < 2 or is_english or knows(small, language, listed=listed)

    def _kind_of_capital(self, text: str, token: _Token, word: str, behind: str, language: str) -> str | None:
        small = word.lower()
        if len(word) < 2 or self._public.has_word(word):
            return None
        if word in proper_words():
            is_name = small in names() and not token.first and not _is_month(text, token)
            return "name" if is_name else None
        if small in names():
            return self._kind_of_name(token, small, behind, language)
        if token.first and self._is_plain(small, language, listed=True):
            return None
        is_word = (
            self._is_noun(word, language)
            if language == "de"
            else self._is_plain(small, language, listed=True)
        )
        return None if is_word else "word"

    def _is_noun(self, word: str, language: str, *, listed: bool = False) -> bool:
        forms = (word, word.lower(), word.capitalize())
        return any(self._everyday.knows(form, language, listed=listed) for form in forms)

    def _kind_of_name(self, token: _Token, small: str, behind: str, language: str) -> str | None:
        """A name that is also a word: where it stands decides."""
        is_word = self._is_plain(small, language, listed=True) or (
            language == "de" and self._is_noun(small, "de")
        )
        if names()[small] and is_word and (token.first or language == "de"):
            return None
        goes_on = behind == behind.lower() and is_function_word(behind, language)
        return None if token.first and is_word and goes_on else "name"

    def _spread(
        self, text: str, tokens: list[_Token], kinds: list[str | None], taken: bytearray, language: str
    ) -> None:
        """A capital right beside a name is of the name: Ines Stone."""
        for at in (*range(len(tokens)), *reversed(range(len(tokens)))):
            if kinds[at] is None and self._may_be_name(tokens[at], language):
                beside = (other for other in (at - 1, at + 1) if 0 <= other < len(tokens))
                if _is_beside(text, tokens[at], taken) or any(
                    kinds[other] in ("name", "word") and _touch(text, tokens[at], tokens[other])
                    for other in beside
                ):
                    kinds[at] = "name"

    def _may_be_name(self, token: _Token, language: str) -> bool:
        word = token.text
        if len(word) < 2 or not word[0].isupper() or word in proper_words() or self._public.has_word(word):
            return False
        return not token.first and (
            language != "de" or word.lower() in names() or not self._is_noun(word, "de")
        )


def _is_first(text: str, start: int) -> bool:
    return _STARTS.search(text, max(0, start - 12), start) is not None if start else True


def _stem(word: str) -> str:
    """Of "don't" and "we'll" what stands before says something; of "l'ordre" what stands behind."""
    parts = re.split("['’]", word)
    return parts[-1] if len(parts[0]) < 2 and len(parts[-1]) > 2 else parts[0]


def _is_month(text: str, token: _Token) -> bool:
    """ "in May", "3 May", "May 2026", against "thank May"."""
    beside = [*text[: token.start].split()[-1:], *text[token.end :].split()[:1]]
    return any(_BEFORE_MONTH.fullmatch(word.lower()) or _DAY.fullmatch(word) for word in beside)


def _touch(text: str, here: _Token, other: _Token) -> bool:
    one, two = sorted((here, other), key=lambda token: token.start)
    both = one.text[0].isupper() and two.text[0].isupper()
    return both and text[one.end : two.start] in (" ", "-", " & ")


def _is_beside(text: str, token: _Token, taken: bytearray) -> bool:
    """Beside a known name or an address."""
    before, after = token.start - 2, token.end + 1
    follows = before >= 0 and taken[before] and text[token.start - 1] in " -" and text[before].isalpha()
    leads = after < len(text) and taken[after] and text[token.end] in " -" and text[after].isupper()
    return bool(follows or leads)
