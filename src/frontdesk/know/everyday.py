"""What is everyday language: which words say nothing about one customer, because everybody uses them.

The words are simplemma's, which keeps capitals: a German noun is known with one, a name mostly not at all.
Compounds, of which Swedish and German make new ones every day, are taken apart.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from frontdesk.base.first_use import OnFirstUse

streams = OnFirstUse("simplemma.strategies.dictionaries.stream_dictionary_factory")

_LISTS = Path(__file__).parent

_OFTEN: Mapping[str, str] = {
    "en": "the and you your to of is it for in we i on that this with have can will not are be if my at "
    "please thank thanks was our has from when but do as an or what how there would just hi hello by",
    "sv": "och att det som är en på för inte av med du den vi har till om jag ett kan din ditt hej så när "
    "från eller finns din dina oss tack ska vill men mitt min får hos även nu var hur din er era ni",
    "de": "und die der das ist sie ich wir nicht ein eine zu den mit für auf ihr ihre ihnen von dem im es "
    "bei haben kann wenn oder auch hallo danke sind wird noch uns aber bitte wie dann einen als ihrer",
    "fr": "et le la les de des est vous nous votre que pour pas une un dans je avec sur il ce qui bonjour "
    "merci au du en ne par plus avez être votre vos si ou mais notre été",
    "es": "y el la los de que en es su para con por un una no se lo del al las hola gracias puede nos le "
    "si pero como más tiene usted está este ya hay o sus nuestro",
    "nb": "og det er en på for ikke av med du den vi har til om jeg et kan din ditt hei så når fra "
    "eller finnes "
    "oss takk skal vil men min får også nå var hvordan deg dere",
    "da": "og det er en på for ikke af med du den vi har til om jeg et kan din dit hej så når fra eller "
    "findes "
    "os tak skal vil men min får også nu var hvordan dig jer",
    "nl": "en het de is van je een dat niet in te we op voor met zijn hebben kan u uw maar dan ook aan "
    "als bij "
    "nog om naar wij hallo bedankt dag er wordt",
    "it": "e il di che la è un per non in si con le lo da una sono del della grazie ciao può come ma "
    "suo nostro "
    "i al alla questo anche",
    "pt": "e o de que a do da em um para com não uma os no se na por mais as dos como mas ao seu sua "
    "obrigado "
    "olá você nossa",
    "fi": "ja on ei se että en voi olet me te kiitos hei kun niin mutta tai jos myös teidän meidän ovat oli",
}
LANGUAGES = tuple(_OFTEN)
_FUNCTION = {language: frozenset(words.split()) for language, words in _OFTEN.items()}
_COMMON = frozenset().union(*_FUNCTION.values())
_WORD = re.compile(r"[^\W\d_]+")

_STREET = (
    "gatan vägen gränd torget stigen allén straße strasse gasse platz allee damm ufer backen "
    "leden ring weg kajen"
)
_SURNAME = (
    "mann bach berg burg feld felder stein hof hofer hoff thal tal dorf brück beck bauer huber meier mayer "
    "meyer maier müller schmidt schmied wald horst hardt stad stadt ström gren qvist kvist lund lundh dahl "
    "dal stedt blad man blom rot holm hult fors sjö löf kranz vogel hausen heim kamp son sson sen mark vall "
    "näs borg skog"
)
# How a compound may end without being a word of its own: these ends make names of streets and of people.
_NAME_ENDS = tuple(f"{_STREET} {_SURNAME}".split())
_JOINTS = ("", "s", "es", "n", "en", "er", "e", "-", "u", "o")
_ENGLISH_STARTS = ("un", "re", "non", "pre", "over", "under", "mis", "dis", "out", "up")
_COMPOUNDING = frozenset(("sv", "de", "nb", "da", "nl"))
_SHORTEST_PART = 4
_REMEMBERED = 100_000


class Everyday:
    """Knows words. A language's list is opened when its first text comes: a second, and ten megabytes."""

    def __init__(self) -> None:
        self._lists = streams.StreamDictionaryFactory(cache_max_size=len(LANGUAGES))
        self._known: dict[tuple[str, str], int] = {}

    def knows(self, word: str, language: str, *, listed: bool = False) -> bool:
        """Whether it is a word of that language as it is written, capitals and all.

        `listed`: on a list itself; what a Tallkvist is made of is everyday, and he is not.
        """
        found = self._known.get((language, word))
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[language, word] = self._look_up(word, language)
        return found > listed

    def _look_up(self, word: str, language: str) -> int:
        """2: on a list; 1: made of such words."""
        if word in ordinary_words() or word in proper_words_small() or word in _FUNCTION[language]:
            return 2
        words = self._lists.get_dictionary(language)
        if word in words or self._is_formed(word, words, language):
            return 2
        return int(self._is_compound(word, language))

    def _is_formed(self, word: str, words: Mapping[str, str], language: str) -> bool:
        """unused, resend; exactement."""
        if language == "fr":
            return len(word) > 6 and word.endswith("ment") and word == word.lower()
        rest = next((word.removeprefix(start) for start in _ENGLISH_STARTS if word.startswith(start)), "")
        return language == "en" and len(rest) > 3 and rest in words

    def _is_compound(self, word: str, language: str) -> bool:
        small = word.lower()
        if language not in _COMPOUNDING or len(word) < 2 * _SHORTEST_PART or small.endswith(_NAME_ENDS):
            return False
        # Swedish nouns are small; what has a capital and is on no list may well be somebody's name.
        if language != "de" and word != small:
            return False
        words = self._lists.get_dictionary(language)
        ends = range(_SHORTEST_PART, len(small) - _SHORTEST_PART + 1)
        return any(
            _is_head(small[at:], words, language) and _is_front(small[:at], words, language) for at in ends
        )


def _is_head(part: str, words: Mapping[str, str], language: str) -> bool:
    """What a compound ends with; in German a noun."""
    return part not in names() and (part.capitalize() if language == "de" else part) in words


def _is_front(part: str, words: Mapping[str, str], language: str) -> bool:
    """What it begins with, and what joins the two."""
    stems = (part[: len(part) - len(joint)] for joint in _JOINTS if part.endswith(joint))
    return any(
        len(stem) >= _SHORTEST_PART
        and stem not in names()
        and (stem in words or (language == "de" and (stem.capitalize() in words or stem + "en" in words)))
        for stem in stems
    )


def language_of(text: str) -> str | None:
    """The language with the most function words; None when there is none of any."""
    words = [word.lower() for word in _WORD.findall(text)]
    counted = {language: sum(map(known.__contains__, words)) for language, known in _FUNCTION.items()}
    best = max(counted, key=lambda language: counted[language])
    return best if counted[best] else None


def is_function_word(word: str, language: str) -> bool:
    return word in _FUNCTION[language]


def is_common_word(word: str) -> bool:
    """A function word of any language."""
    return word in _COMMON


@cache
def names() -> Mapping[str, bool]:
    """Names that are also words, in small letters; True: a word first, a name only by its place."""
    words = _words("names.txt")
    return {word.rstrip("*"): word.endswith("*") for word in words}


@cache
def proper_words() -> frozenset[str]:
    """Words with a capital that belong to everybody, as they are written."""
    return frozenset(_words("proper.txt"))


@cache
def proper_words_small() -> frozenset[str]:
    """The same as hasty people write them."""
    return frozenset(word.lower() for word in proper_words())


@cache
def ordinary_words() -> frozenset[str]:
    return frozenset(_words("ordinary.txt"))


def _words(file: str) -> list[str]:
    lines = (_LISTS / file).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]
