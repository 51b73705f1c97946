"""Near-same answers: which ones say the same, and which one says it for all."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from frontdesk.know.cues import NUMBER_WORDS
from frontdesk.know.everyday import is_common_word, proper_words_small
from frontdesk.know.model import blanks_in

_BLANK = re.compile(r"⟦[^⟦⟧\n]{1,60}⟧")
_WORD = re.compile(r"[^\W_]+|⟦")
_EXACT = re.compile(
    rf"(?:{NUMBER_WORDS}|no|not|never|none|nothing|cannot|without|n't|inte|ingen|inget|inga|aldrig|ej|utan|nicht|kein\w*|nie|nichts|ohne|"
    r"pas|non|jamais|sans|sin|nunca|ikke)"
)
BANDS, _ROWS = 8, 3
_SEEDS = np.random.default_rng(20240229).integers(1, 2**31, size=(2, BANDS * _ROWS, 1), dtype=np.uint64)
_PRIME = np.uint64(2_147_483_647)
_ALIKE = 0.55
_OTHER_WORDS = 0.25


@dataclass(frozen=True, slots=True)
class Shape:
    """What an answer says, apart from how."""

    words: frozenset[str]
    pairs: frozenset[str]
    exact: frozenset[str]
    """Numbers, countries and refusals: another one of these is another answer."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One of a group, as far as choosing between them goes. `at` in ms."""

    id: str
    text: str
    at: int
    pleased: bool


def shape(text: str) -> Shape:
    plain = _BLANK.sub("⟦", text)
    written = _WORD.findall(plain)
    small = [word.lower() for word in written]
    telling = frozenset(word for word in small if word != "⟦" and not is_common_word(word))
    pairs = frozenset(f"{one} {two}" for one, two in pairwise(small))
    exact = frozenset(filter(_decides, small))
    return Shape(telling, pairs, exact)


def _decides(word: str) -> bool:
    is_proper = word in proper_words_small() and not is_common_word(word)
    return is_proper or any(map(str.isdigit, word)) or _EXACT.fullmatch(word) is not None


def bands(one: Shape) -> list[str]:
    """Keys of which two alike texts share one, mostly: eight of three minima of hashes each."""
    grams = one.pairs | one.words
    if not grams:
        return []
    hashed = np.fromiter((zlib.crc32(gram.encode()) for gram in grams), np.uint64, len(grams))
    minima = ((hashed * _SEEDS[0] + _SEEDS[1]) % _PRIME).min(axis=1).reshape(BANDS, _ROWS)
    return [f"{at}:{zlib.crc32(row.tobytes()):08x}" for at, row in enumerate(minima)]


def say_the_same(one: Shape, other: Shape) -> bool:
    if one.exact != other.exact:
        return False
    everything = len(one.words | other.words)
    if everything and len(one.words ^ other.words) > _OTHER_WORDS * everything:
        return False
    grams = one.pairs | one.words, other.pairs | other.words
    return len(grams[0] & grams[1]) >= _ALIKE * len(grams[0] | grams[1])


def best(voices: Sequence[Voice]) -> Voice:
    """The fewest blanks, well worded, well received, and of two such the newer one."""
    newest = max(voice.at for voice in voices)
    oldest = min(voice.at for voice in voices)
    span = max(1, newest - oldest)

    def worth(voice: Voice) -> tuple[float, int, str]:
        recent = (voice.at - oldest) / span
        return (
            _wording(voice.text) + 1.0 * voice.pleased + recent - 1.5 * len(blanks_in(voice.text)),
            voice.at,
            voice.id,
        )

    return max(voices, key=worth)


def _wording(text: str) -> float:
    """Whole sentences with a capital and a full stop, not all in capitals."""
    starts = text[:1].isupper() or not text[:1].isalpha()
    ends = text.rstrip()[-1:] in (".", "!", "?", ")", "⟧") or text.rstrip().endswith(("…", ":"))
    return 0.5 * starts + 0.5 * ends - 1.0 * text.isupper() - 0.25 * text.count("!!")
