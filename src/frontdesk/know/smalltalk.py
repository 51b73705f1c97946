"""What of a conversation is worth keeping: not greetings, thanks and "one moment"."""

import re

from frontdesk.know.everyday import is_common_word

SHORTEST, LONGEST = 4, 220
"""In words: shorter ones answer nothing by themselves, longer ones are letters to one person."""

_HELLO = (
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hej|hejsan|hallå|tjena|god (?:morgon|"
    r"kväll|dag|eftermiddag)|"
    r"goddag|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[r]?|moin|servus|grüezi|bonjour|"
    r"bonsoir|cher|chère|hola|"
    r"buenos días|buenas tardes|estimad[oa]|hei|ciao|buongiorno|olá|moi)"
)
_NAME = r"[^\W\d_a-zåäöéüß][\w'’\-]*\.?"
_GREETING = re.compile(
    rf"^\W*(?i:{_HELLO})(?:[ ,]+(?i:again|there|igen|zusammen|nochmal|all|alla|mr|mrs|ms|dr|herr|frau|"
    rf"fru|madame|monsieur)\b\.?)*"
    rf"(?:[ ,]+{_NAME}){{0,3}}[ ]*(?:[,.!:;–—-]+\s*|\n+\s*|$)"
)
# "Thank you Dawit." "Yes Jonas, no problem": the name goes, the rest stays.
_CALLED = re.compile(
    rf"(?P<before>(?:^|(?<=[.!?] ))(?i:yes|no|thanks|thank you|sorry(?: again)?|of course|sure|"
    rf"certainly|gladly|not really|"
    rf"you are welcome|you're welcome|ja|nej|tack(?: så mycket)?|absolut|självklart|javisst|nein|danke|"
    rf"gern(?:e)?|natürlich|"
    rf"oui|non|merci|sí|gracias)),?[ ]{_NAME}(?=[,.!?:])"
)
_FAREWELL = (
    r"(?:(?:with )?(?:best|kind|warm|many)(?: (?:regards|wishes|greetings|thanks))?|regards|sincerely|"
    r"cheers|yours(?: sincerely| truly)?|"
    r"all the best|take care|thanks|(?:med )?(?:vänliga?|bästa|varma) hälsning(?:ar)?|vänligen|"
    r"hälsningar|mvh|allt gott|ha det gott|"
    r"(?:mit )?(?:freundliche[nr]?|besten?|viele[n]?|liebe[n]?|herzliche[n]?) gr(?:ü|ue)(?:ß|ss)en?|"
    r"gruß|grüße|lg|vg|mfg|"
    r"cordialement|bien à vous|saludos(?: cordiales)?|atentamente|un saludo)"
)
_SIGNED = re.compile(
    rf"(?:(?:^|\n|(?<=[.!?]))\s*(?i:{_FAREWELL})[ ,.!]*(?:[\s/–—-]*{_NAME}){{0,4}}|"
    rf"\n\s*[/–—-]*[ ]*{_NAME}(?: {_NAME}){{0,2}}"
    rf"|[ ]+(?://?|–|—|-)[ ]?{_NAME}(?: {_NAME})?)\s*$"
)
_QUOTED = re.compile(r"(?m)^[ \t]*>.*$")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_QUESTION = re.compile(r"[?？]\W*$")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")

_SMALL = frozenset(
    word
    for line in (
        "thank thanks welcome moment minute second please wait hold checking check look let me see "
        "great good nice fine "
        "perfect super okay ok sure pleasure glad gladly happy sorry day evening weekend week luck "
        "again anytime time too "
        "bye goodbye care well wonderful lovely any more anything else help write hear back soon always "
        "back one just will "
        "yes no got it understood enjoy moment's problem problems worries worry course absolutely certainly",
        "tack tackar varsågod välkommen ögonblick stund sekund minut vänta kollar kolla titta ska får "
        "bra fint toppen perfekt "
        "okej ok absolut gärna trevlig dag kväll helg vecka lycka till ingen orsak hör av dig igen "
        "hejdå själv också fråga mer "
        "något annat hjälpa ja nej förstår kul roligt ett strax återkommer snart inga problem",
        "danke dank gern gerne geschehen moment augenblick sekunde minute warten schaue nachsehen prüfe "
        "gut schön super prima "
        "perfekt okay ok klar schönen tag abend wochenende woche glück viel bitte wieder jederzeit "
        "tschüss ebenso noch etwas "
        "helfen ja nein verstanden freut einen bis bald kein problem keine ursache melde mich gleich",
        "merci plaisir instant bonne bonsoir journée soirée oui non parfait avec de rien attendez "
        "gracias nada momento bueno buen",
    )
    for word in line.split()
)


def bare(text: str) -> str:
    """An answer without what it quotes, its greeting, whom it calls, and its signature."""
    kept = _QUOTED.sub("", text).strip()
    kept = _GREETING.sub("", kept, count=1)
    kept = _CALLED.sub(lambda match: match["before"], kept)
    for _ in range(2):
        kept = _SIGNED.sub("", kept).strip()
    return kept[:1].upper() + kept[1:]


def says_something(text: str) -> bool:
    """Whether it is more than small talk, of a length that can be sent again."""
    words = [word.lower() for word in _WORD.findall(_LINK.sub(" ", text))]
    if not SHORTEST <= len(words) <= LONGEST:
        return False
    telling = [word for word in words if word not in _SMALL and not is_common_word(word)]
    return len(telling) >= 2 or any(word.isdigit() for word in words)


def only_asks(text: str) -> bool:
    """ "Could you send me the order number?" answers nothing, unless it is asked again and again."""
    sentences = [
        part for part in _SENTENCE.split(text.strip()) if says_something(part) or _QUESTION.search(part)
    ]
    return bool(sentences) and all(_QUESTION.search(part) for part in sentences)


def is_pleased(text: str) -> bool:
    """A customer who says thanks and little else."""
    words = [word.lower() for word in _WORD.findall(text)]
    thanks = {
        "thanks",
        "thank",
        "tack",
        "tusen",
        "danke",
        "merci",
        "gracias",
        "perfect",
        "perfekt",
        "great",
        "takk",
        "toppen",
        "super",
    }
    return len(words) <= 20 and not _QUESTION.search(text) and not thanks.isdisjoint(words)
