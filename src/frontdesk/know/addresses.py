"""How streets, towns and postcodes are written: English, Swedish, German, French, Spanish."""

import re
from re import IGNORECASE, Pattern

from frontdesk.know.cues import STREET_AFTER, STREET_BEFORE, STREET_ENDS, STREETS


def compiled(text: str, *, exact: bool = False) -> Pattern[str]:
    return re.compile(text, 0 if exact else IGNORECASE)


_NAME_WORD = r"[^\W\d_a-zåäöéüß][\w'’-]{0,40}"
_NO = r"\d{1,4}(?: ?[A-Za-z]\b)?(?:-\d{1,4})?"
_UNIT = (
    r"(?:,? ?(?:lgh|lägenhet|apt\.?|apartment|flat|unit|suite|floor|vån(?:ing)?|tr(?:appor)?|etage|"
    r"og|stock|whg|wohnung|appt?|étage|piso|puerta)\.? ?#?\d+\w?)"
)
_TOWN = rf"(?:,? ?\n? ?(?:[A-Z]{{1,2}}[- ])?(?:\d{{3}} ?\d{{2}}|\d{{5}}|\d{{4}})(?: {_NAME_WORD}){{1,3}})?"
_STREET_NO = compiled(
    rf"\b(?:{_NAME_WORD}(?:{STREET_ENDS})|{_NAME_WORD} (?i:{STREET_ENDS}))\b\.? {_NO}{_UNIT}*{_TOWN}",
    exact=True,
)
_STREET_NO_SMALL = compiled(rf"\b[\w-]{{1,40}}(?:{STREETS})\.? {_NO}{_UNIT}*")
_NO_STREET = compiled(
    rf"\b(?:{_NO},? )?(?:{_NAME_WORD} ){{1,4}}(?:{STREET_AFTER})\b\.?{_UNIT}*{_TOWN}", exact=True
)
_NO_STREET_SMALL = compiled(rf"\b\d{{1,4}}[a-z]?,? (?:[\w'’-]{{1,30}} ){{1,3}}(?:{STREET_AFTER})\b{_UNIT}*")
_STREET_FIRST = compiled(
    rf"\b(?:{_NO},? (?:bis |ter )?)?(?i:{STREET_BEFORE}) (?:(?i:de|du|des|la|le|l'|del|los|las|d'|von|"
    rf"der|den) ?)*"
    rf"(?:{_NAME_WORD}[ ,]*){{1,4}}(?:n?º? ?{_NO})?{_UNIT}*{_TOWN}",
    exact=True,
)
_AM = compiled(
    rf"\b(?:Am|An der|An den|Auf der|Im|In der|Zum|Zur|Unter den|"
    rf"Hinter der) (?:{_NAME_WORD} ){{1,2}}{_NO}{_TOWN}",
    exact=True,
)
_BOX = compiled(
    r"\b(?:flat|studio|apartment|apt\.?|suite|lgh|lägenhet|wohnung|whg\.?|p\.? ?o\.? ?box|postfach|box|"
    r"boîte postale|bp|apartado) #?\d{1,6}\w?\b"
)
_POSTCODE = compiled(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
    rf"|\b(?:(?:SE|S|D|DE|DK|N|NO|FI|F|AT|CH|A|FR|ES|E)[- ])?(?:\d{{3}} \d{{2}}|"
    rf"\d{{5}}) {_NAME_WORD}(?: {_NAME_WORD}){{0,2}}"
    r"|\b\d{4} ?[A-Z]{2}\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b",
    exact=True,
)

# Longer forms first: what they find is not looked for again.
ALL = (_STREET_NO, _NO_STREET, _STREET_FIRST, _AM, _STREET_NO_SMALL, _NO_STREET_SMALL, _BOX, _POSTCODE)
WITHOUT_NUMBER = (_NO_STREET, _STREET_FIRST)
