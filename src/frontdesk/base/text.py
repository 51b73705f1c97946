"""Making hostile text harmless without changing what an honest person wrote."""

import re

from frontdesk.base.errors import Invalid

# Everything below space but tab and newline; DEL; C1; unpaired surrogates; noncharacters.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Marks that reorder or hide what stands next to them: fine in a sentence, a disguise in a name.
_DISGUISE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SEEN = re.compile(r"[^\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """Text of several lines, as written, without what no keyboard makes."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, limit: int) -> str:
    """A name, title or file name: one line, at most `limit` characters, nothing invisible."""
    return _SPACE.sub(" ", _DISGUISE.sub("", plain(text))).strip()[:limit].rstrip()


def is_blank(text: str) -> bool:
    """Whether a `plain` text shows nothing."""
    return _SEEN.search(text) is None


def said(text: str, limit: int, what: str, *, needed: bool = True) -> str:
    """`plain` text of something that is said, in the field "text". Raises Invalid, also for what shows
    nothing although it is `needed`.
    """
    kept = plain(text).strip()
    if needed and is_blank(kept):
        raise Invalid(f"{what} is empty.", fields={"text": "Write something"})
    if len(kept) > limit:
        raise Invalid(
            f"{what} is longer than {limit:,} characters.",
            fields={"text": f"{len(kept) - limit:,} characters too many"},
        )
    return kept


def words(text: str, field: str, limit: int, what: str) -> str:
    """`one_line` of something that must be there. Raises Invalid."""
    value = one_line(text, limit + 1)
    if not value:
        raise Invalid(f"{what} is missing.", fields={field: f"{what} is missing"})
    if len(value) > limit:
        raise Invalid(f"{what} is too long.", fields={field: f"At most {limit} characters"})
    return value
