"""What makes two words the same, however they were typed."""

import re
import unicodedata

_LETTERS = str.maketrans({
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n", "ħ": "h",
})  # fmt: skip
UNSEEN_SIGNS = r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
_UNSEEN = re.compile(f"[{UNSEEN_SIGNS}]")


def folded(text: str) -> str:
    """Without case, accents and what cannot be seen."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", _UNSEEN.sub("", text)).casefold().translate(_LETTERS)
    return "".join(one for one in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(one))
