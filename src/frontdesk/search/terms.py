"""What a text is found by: folded words, the same for both databases and for the words that are sought."""

import re
import unicodedata
from functools import cache, lru_cache

from frontdesk.base.folding import UNSEEN_SIGNS, folded

_MENTION = re.compile(r"@\[(?:agent|team):[0-9a-z]{1,40}\]")
# Longer runs are keys and pasted data; nobody types them to the end.
_LONGEST = 64
# A code is also found when it is typed without its hyphens: KK-2041 as KK2041. Whole words only, and none
# is looked at twice: most of what is written holds no code.
_CODE = re.compile(r"(?<![^\W_])[^\W_]++(?:[-./@+_][^\W_]++)++")
_DIGIT = re.compile(r"\d")
_LONGEST_CODE = 48
# What does not become letters of ASCII by losing its marks, or only by more than that.
_HARD = re.compile("[^\\u0000-\\u024f\\u0300-\\u036f\\u2000-\\u206f]|[øØđĐðÐłŁıæÆǢǣǼǽǾǿœŒþÞŋŊħĦßẞ]")
# Written without spaces: each character is a word.
_SINGLE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SINGLE}]|[^\W_{_SINGLE}]+")


def without_mentions(text: str) -> str:
    """A note's words: whom it mentions is no word of it."""
    return _MENTION.sub(" ", text)


def roughly(text: str) -> str:
    """Holds whatever of ASCII `folded` holds, at a fraction of its cost."""
    if text.isascii():
        return text.lower()
    quickly = _by_bytes(text)
    if quickly is not None:
        return quickly
    if _HARD.search(text):
        return folded(text)
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def _by_bytes(text: str) -> str | None:
    """Of a text in letters that Western Europe uses, each of which becomes one of ASCII: most texts."""
    try:
        raw = text.encode(_WESTERN)
    except UnicodeEncodeError:
        return None
    if len(raw.translate(None, _SEVERAL)) != len(raw):
        return None
    return raw.translate(_PLAIN, _NOTHING).decode("ascii")


def _western() -> tuple[bytes, bytes, bytes]:
    """What each byte becomes; those that become nothing, and those that become several."""
    plain, nothing, several = bytearray(b" " * 256), bytearray(), bytearray()
    for number in range(256):
        low = folded(bytes([number]).decode(_WESTERN, "replace"))
        if len(low) == 1 and low.isascii():
            plain[number] = ord(low)
        elif not low:
            nothing.append(number)
        elif len(low) > 1:
            several.append(number)
    return bytes(plain), bytes(nothing), bytes(several)


_WESTERN = "cp1252"
_PLAIN, _NOTHING, _SEVERAL = _western()


def words(text: str) -> list[str]:
    """Folded, in their order."""
    return _words(folded(text))


def terms(text: str) -> list[str]:
    """`words`, then codes as a whole. Letters and digits only: no database reads them as its own syntax."""
    plain = folded(text)
    return [*_words(plain), *_codes(plain)]


def codes(text: str) -> list[str]:
    return _codes(folded(text))


def _words(plain: str) -> list[str]:
    return [one[:_LONGEST] for one in _WORD.findall(plain)]


def _codes(plain: str) -> list[str]:
    if _DIGIT.search(plain) is None:
        return []
    whole = ("".join(_WORD.findall(one)) for one in _CODE.findall(plain))
    return [one for one in whole if len(one) <= _LONGEST_CODE and any(sign.isdigit() for sign in one)]


def endings(text: str) -> list[str]:
    """`terms` and what each ends with: a name is also found from its middle."""
    every = dict.fromkeys(terms(text))
    for one in list(every):
        every |= dict.fromkeys(one[start:] for start in range(1, len(one) - 2))
    return list(every)


def written(text: str) -> list[tuple[int, int]]:
    """Where each word stands in a text as it was written."""
    return [found.span() for found in _written().finditer(text)]


@cache
def _written() -> re.Pattern[str]:
    """In a text as it was written, marks that fold away belong to the word they stand in. Looking through all
    signs for marks would hold up every start.
    """
    marks = "".join(chr(sign) for sign in range(0x300, 0x10000) if unicodedata.combining(chr(sign)))
    return re.compile(rf"[{_SINGLE}][{marks}]*|[^\W_{_SINGLE}](?:[^\W_{_SINGLE}]|[{marks}{UNSEEN_SIGNS}])*")


@lru_cache(maxsize=20_000)
def parts(word: str) -> tuple[str, ...]:
    """What one written word folds into: mostly one."""
    return tuple(words(word))
