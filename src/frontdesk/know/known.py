"""What is known of one customer: the names, and everything that they wrote of themselves."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from frontdesk.know import detect
from frontdesk.know.detect import Span
from frontdesk.know.everyday import Everyday, is_common_word, is_function_word, proper_words

_CAPITAL = r"[^\W\d_a-zåäöéüß][\w'’\-]{0,40}"
_PARTICLE = r"(?:(?:van|von|de|der|den|da|di|del|dos|la|le|af|av|zu|ten|el|al|bin|ibn)[ \t]+)*"
_NAME = rf"{_CAPITAL}(?:[ \t]{{1,3}}{_PARTICLE}{_CAPITAL}){{0,3}}"
_SAYS_NAME = re.compile(
    r"(?i:\b(?:i am|i'm|this is|it's|call me|regards|sincerely|cheers|greetings|jag är|det är|"
    r"hälsningar|mvh|vänligen|"
    r"hälsar|ich bin|hier ist|grüßen?|gruß|grüsse|lg|vg|cordialement|soy|saludos|in the name of|on behalf of|"
    r"i namnet|auf den namen|au nom de|a nombre de))"
    rf"[ \t]*[:,]?\s+({_NAME})"
)
# After these even a name in small letters is one.
_IS_CALLED = re.compile(
    r"\b(?:my (?:full |last |first |family |sur)?name(?:'s| is| was)?|(?:full |last |first |"
    r"sur)?name[ \t]*[:=]|jag heter|"
    r"mitt (?:för|efter)?namn är|(?:för|efter)?namn(?:et)?[ \t]*[:=]|ich hei(?:ß|ss)e|mein (?:vor|"
    r"nach)?name ist|"
    r"je m'appelle|mon nom est|me llamo|"
    r"mi nombre es)[ \t]*[:,]?[ \t]*([^\W\d_][\w'’\-]{0,40}(?:[ \t]{1,3}[^\W\d_][\w'’\-]{0,40}){0,2})",
    re.IGNORECASE,
)
_GREETED = re.compile(
    r"(?im:^\W{0,5}(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|thanks|thank you|hej|hejsan|"
    r"hallå|tjena|god (?:morgon|kväll)|"
    r"tack|hallo|guten (?:tag|morgen|abend)|liebe|lieber|sehr geehrte|sehr geehrter|danke|moin|bonjour|"
    r"bonsoir|merci|cher|chère|"
    r"hola|buenos días|buenas tardes|gracias|estimado|estimada|hei))[ \t,]+"
    rf"(?i:(?:mr|mrs|ms|mx|dr|herr|herrn|frau|fru|monsieur|madame|señor|señora|sr|sra)\b\.?[ \t]+)*({_NAME})"
)
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Mx|Dr|Herr|Herrn|Frau|Fru|Familie|Monsieur|Madame|Señor|Señora|Sr|"
    rf"Sra)\b\.?[ \t]+({_NAME})"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_UNFOLDED = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "đ": "d", "ı": "i", "þ": "th", "ð": "d"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
_SECRET = frozenset({"code", "address"})


@lru_cache(20_000)
def fold(word: str) -> str:
    """The same for é and e, for Å and a, for ß and ss."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_UNFOLDED))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@dataclass(slots=True)
class Known:
    """`names`: parts of names, folded. `values`: numbers and addresses without what separates them.
    `words`: of passwords and streets, folded.
    """

    names: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def add_name(self, name: str) -> None:
        for part in _LETTERS.findall(name):
            if len(part) > 1:
                self.names |= {fold(part), fold(part.casefold().translate(_UMLAUTS))}

    def add_text(self, text: str) -> None:
        """Something that the customer wrote."""
        for match in _SAYS_NAME.finditer(text):
            self._add_written_name(match[1])
        for match in _IS_CALLED.finditer(text):
            self._add_called(match[1])
        for one in (*detect.spans(text), *detect.secrets(text)):
            self._add_found(text[one.start : one.end], one.kind)

    def add_answer(self, text: str) -> None:
        """Something that was written to the customer: whom it greets is theirs."""
        for pattern in (_GREETED, _TITLED):
            for match in pattern.finditer(text):
                self._add_written_name(match[1])

    def _add_written_name(self, name: str) -> None:
        """Countries, days and greetings are nobody's name: "I am in Sweden", "Hello again"."""
        parts = (part for part in name.split() if part[:1].isupper())
        self.add_name(
            " ".join(
                part for part in parts if part not in proper_words() and not is_common_word(part.lower())
            )
        )

    def _add_called(self, name: str) -> None:
        """Up to the first word that everybody uses: "my name is ines and I …"."""
        parts = name.split()
        own = list(takewhile(lambda part: not is_common_word(part.lower()) or part[:1].isupper(), parts))
        self.add_name(" ".join(part for part in own if part not in proper_words()))

    def _add_found(self, found: str, kind: str) -> None:
        if kind in ("amount", "date", "link"):
            return
        if kind == "e-mail":
            self.add_name(" ".join(part for part in _LETTERS.findall(found.split("@")[0]) if len(part) > 2))
        self.values.add(value(found))
        if kind in _SECRET:
            self.words |= {fold(part) for part in _LETTERS.findall(found) if len(part) > 2}

    def spans(self, text: str, everyday: Everyday, language: str) -> Iterator[Span]:
        for match in _WORDS.finditer(text):
            kind = self._kind(match[0], everyday, language)
            if kind:
                yield Span(*match.span(), kind)

    def _kind(self, token: str, everyday: Everyday, language: str) -> str | None:
        bare, small = fold(_unowned(token)), token.lower()
        if any(map(str.isdigit, token)):
            return "number" if len(token) > 2 and value(token) in self.values else None
        # Will Grant writes "will" like everybody.
        ordinary = is_function_word(small, language)
        if bare in self.names or fold(token) in self.names:
            return None if ordinary and token == small else "name"
        if bare in self.words:
            return None if ordinary or len(bare) < 3 else "word"
        if token == small and everyday.knows(small, language):
            return None
        return (
            "name" if self._is_misspelt(bare) and not (ordinary or everyday.knows(small, language)) else None
        )

    def _is_misspelt(self, bare: str) -> bool:
        return len(bare) >= 4 and any(
            len(name) >= 5 and is_near(bare, name, 1 if len(name) < 8 else 2) for name in self.names
        )


def _unowned(token: str) -> str:
    """Without the "'s" of what belongs to somebody."""
    for end in ("'s", "’s", "'", "’"):
        token = token.removesuffix(end)
    return token[:-1] if len(token) > 4 and token.endswith("s") and token[:1].isupper() else token


def value(text: str) -> str:
    """A number, a code or an address without spaces, dashes and capitals."""
    return re.sub(r"[\W_]+", "", text).casefold()


def is_near(one: str, other: str, most: int) -> bool:
    """Whether at most so many letters are wrong, missing, too many or swapped."""
    if abs(len(one) - len(other)) > most:
        return False
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, wanted in enumerate(other, 1):
            best = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted
            current.append(min(best, before[column - 2] + 1) if swapped else best)
        if min(current) > most:
            return False
        before, last = last, current
    return last[-1] <= most


def called_in(text: str) -> Iterator[str]:
    """Names of two parts or more that somebody gives as their own."""
    for pattern in (_SAYS_NAME, _IS_CALLED):
        for match in pattern.finditer(text):
            parts = [
                part
                for part in match[1].split()
                if part not in proper_words() and not is_common_word(part.lower())
            ]
            if len(parts) >= 2:
                yield " ".join(parts)


def known_of(name: str | None, written: Iterable[str], answered: Iterable[str]) -> Known:
    """`name` as the desk has it, what the customer wrote, what they were answered."""
    found = Known()
    if name:
        found.add_name(name)
    for text in written:
        found.add_text(text)
    for text in answered:
        found.add_answer(text)
    return found
