"""Whether a text is what was sought, and which of its words were. Pure; the last word on every hit."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from frontdesk.base.folding import folded
from frontdesk.search.model import Clause, Word
from frontdesk.search.stems import stems
from frontdesk.search.terms import codes, parts, written

# What codes are written with and may be typed without.
_JOINED = str.maketrans("", "", "-./@+_")
_EXCERPT = 160
_BEFORE = 40

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """`spans` in the text; `is_exact` when every word stands there just as it was typed."""

    spans: tuple[tuple[int, int], ...]
    is_exact: bool


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    written: str
    span: tuple[int, int]


def find(
    text: str, wanted: Sequence[Clause], unwanted: Sequence[Clause], *, inside: bool = False
) -> Match | None:
    """None when the text is not meant. `inside`: a word may also stand within another, as in names."""
    low = folded(text)
    if not all(may_hold(low, clause) for clause in wanted):
        return None
    tokens = _tokens(text)
    found = [_spans(tokens, clause, inside) for clause in wanted]
    if not all(found) or any(_spans(tokens, clause, False) for clause in unwanted):
        return None
    spans = sorted({span for some in found for span, _ in some})
    return Match(_apart(spans), all(any(exact for _, exact in some) for some in found))


def may_hold(low: str, clause: Clause) -> bool:
    """Much cheaper than looking; a code may be written with hyphens."""
    if len(clause.words) > 1:
        return all(word.text in low for word in clause.words)
    start = clause.words[0].start
    return start in low or (not start.isalpha() and start in low.translate(_JOINED))


def may_stand_together(plain: str, clause: Clause) -> bool:
    """The same of a text of nothing but ASCII, in small letters, and words that stand side by side."""
    return len(clause.words) == 1 or _side_by_side(clause).search(plain) is not None


@lru_cache(maxsize=200)
def _side_by_side(clause: Clause) -> re.Pattern[str]:
    # What stands in a text is cut off where it is very long.
    return re.compile(r"\w*\W*".join(re.escape(word.text) for word in clause.words))


def _tokens(text: str) -> list[_Token]:
    plain = [
        _Token(part, text[start:end], (start, end))
        for start, end in written(text)
        for part in parts(text[start:end])
    ]
    return [*plain, *(_Token(code, code, (0, 0)) for code in codes(text))]


def _spans(tokens: list[_Token], clause: Clause, inside: bool) -> list[tuple[tuple[int, int], bool]]:
    if len(clause.words) > 1:
        return _phrases(tokens, clause)
    return [
        (_within(token, clause.words[0], inside), token.text == clause.words[0].text)
        for token in tokens
        if _is_meant(token, clause, inside)
    ]


def _within(token: _Token, word: Word, inside: bool) -> tuple[int, int]:
    """In a name only what was typed is marked, where it stands letter by letter."""
    at = token.text.find(word.text) if inside and len(token.text) == len(token.written) else -1
    return token.span if at < 0 else (token.span[0] + at, token.span[0] + at + len(word.text))


def _is_meant(token: _Token, clause: Clause, inside: bool) -> bool:
    word = clause.words[0]
    if token.text == word.text or (clause.is_open and token.text.startswith(word.text)):
        return True
    if clause.is_exact:
        return False
    if inside and (token.text.startswith(word.text) or (len(word.text) > 2 and word.text in token.text)):
        return True
    return token.text.startswith(word.start) and _same_stem(token, word)


def _same_stem(token: _Token, word: Word) -> bool:
    for given in (token.written, token.text):
        if any(one == other for one, other in zip(word.stems, stems(given), strict=False) if one):
            return True
    return False


def _phrases(tokens: list[_Token], clause: Clause) -> list[tuple[tuple[int, int], bool]]:
    sought = [word.text for word in clause.words]
    some: list[tuple[tuple[int, int], bool]] = []
    for at in range(len(tokens) - len(sought) + 1):
        window = tokens[at : at + len(sought)]
        *first, last = (token.text for token in window)
        ends = last.startswith(sought[-1]) if clause.is_open else last == sought[-1]
        if ends and first == sought[:-1] and window[-1].span != (0, 0):
            some += [(token.span, True) for token in window]
    return some


def _apart(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Without those of whole codes, and none over another."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if end > start and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return tuple(kept)


def excerpt(text: str, match: Match | None) -> Pieces:
    """A line of the text around the first words that were sought, in pieces."""
    spans = match.spans if match else ()
    start = _beginning(text, spans[0][0]) if spans else 0
    end = min(len(text), start + _EXCERPT)
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = start
    for left, right in spans:
        if left < at or right > end:
            continue
        pieces += [(text[at:left], False), (text[left:right], True)]
        at = right
    pieces.append((text[at:end] + ("…" if end < len(text) else ""), False))
    return tuple((_line(piece), found) for piece, found in pieces if piece)


def _beginning(text: str, first: int) -> int:
    if first < _BEFORE * 2:
        return 0
    space = text.find(" ", first - _BEFORE, first)
    return space + 1 if space >= 0 else first - _BEFORE


def _line(piece: str) -> str:
    return piece.replace("\n", " ").replace("\t", " ")
