"""Word forms: what a word has in common with its other forms, in five languages."""

from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from frontdesk.base.folding import folded

LANGUAGES = ("english", "swedish", "german", "french", "spanish")
_SHORTEST = 3
_LONGEST = 40
# English is everywhere; a foreign rule that cuts away more than this was not meant for the word.
_MOST_LEFT_OUT = 0.4


def _analyzer(language: str) -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer(language)).build()


_ANALYZERS = tuple(_analyzer(one) for one in LANGUAGES)


@lru_cache(maxsize=20_000)
def stems(word: str) -> tuple[str, ...]:
    """The folded stem in each language, of a word as it was written."""
    low = word.lower()
    return tuple(_stem(one, low) for one in _ANALYZERS)


def _stem(analyzer: TextAnalyzer, word: str) -> str:
    if not _SHORTEST <= len(word) <= _LONGEST:
        return folded(word)
    return folded("".join(analyzer.analyze(word)))


def wanted_stems(word: str) -> tuple[str | None, ...]:
    """`stems`, without those that leave too little of the word to mean it."""
    whole = folded(word)

    def fits(number: int, stem: str) -> bool:
        common = len(common_start(stem, whole))
        return common >= _SHORTEST and (number == 0 or common >= len(whole) * (1 - _MOST_LEFT_OUT))

    return tuple(stem if fits(number, stem) else None for number, stem in enumerate(stems(word)))


def beginning(word: str) -> str:
    """With this every form begins that `wanted_stems` knows."""
    whole = folded(word)
    starts = [common_start(stem, whole) for stem in wanted_stems(word) if stem]
    return min([whole, *starts], key=len)


def common_start(one: str, other: str) -> str:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return one[:length]
