"""A thousand made customers who tell what is theirs, and agents who repeat it: made to be leaked.

Names are put together from parts that no list holds. `planted_otherwise.py` makes others by other rules.
"""

# ruff: noqa: E501 - a sentence on a line

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

FIRST = {
    "en": (
        ("Tav", "Merr", "Quil", "Ozw", "Bry", "Yol", "Fenw", "Dax", "Rhi", "Sab", "Zel", "Corv"),
        ("ela", "orin", "ith", "andra", "ius", "enna", "wyn", "otta"),
    ),
    "sv": (
        ("Tuv", "Malv", "Elk", "Sigr", "Ylv", "Bork", "Hild", "Runv", "Torv", "Asl", "Frej", "Gunl"),
        ("ina", "ar", "eborg", "ulf", "ida", "ald", "rika", "un"),
    ),
    "de": (
        ("Wolk", "Hedw", "Lieb", "Gern", "Ortr", "Falk", "Sieg", "Traut", "Hart", "Burk", "Ingr", "Wend"),
        ("run", "ert", "gunde", "mut", "olin", "bert", "wine", "hild"),
    ),
}
LAST = {
    "en": (
        ("Thrap", "Oswel", "Harrow", "Pemb", "Quen", "Wick", "Dunst", "Bram", "Ashl", "Cress", "Mort", "Vex"),
        ("sby", "worth", "ingham", "croft", "mere", "ridge", "stead", "ington"),
    ),
    "sv": (
        (
            "Tjärn",
            "Vass",
            "Lövens",
            "Häger",
            "Stålh",
            "Ekenb",
            "Grönv",
            "Måns",
            "Kvarns",
            "Örn",
            "Sjöb",
            "Tall",
        ),
        ("kvist", "ström", "hagen", "lund", "dahl", "stedt", "fors", "grahn"),
    ),
    "de": (
        (
            "Kroll",
            "Wenz",
            "Oster",
            "Brand",
            "Dorn",
            "Eich",
            "Vier",
            "Hasel",
            "Rauch",
            "Stein",
            "Linden",
            "Mohr",
        ),
        ("hofer", "bach", "meier", "inger", "kamp", "huber", "feld", "rath"),
    ),
}
# People are called so, and so are flowers, trees and months.
EVERYDAY = {
    "en": ("Rose Grant", "May Stone", "Will Price", "Mark Hunt", "Grace Young", "Frank Baker"),
    "sv": ("Sten Berg", "Linnea Ek", "Love Lind", "Bo Alm", "Hans Björk", "Inga Ros"),
    "de": ("Rosa Vogel", "Ernst Sommer", "Wolf Schneider", "Viola Lange", "Felix Koch", "Max Richter"),
}
STREETS = {
    "en": (
        ("Mill", "Church", "Garnet", "Orchard", "Fuller's", "Old Barn"),
        (" Lane", " Road", " Street", " Close", " Avenue"),
    ),
    "sv": (("Björk", "Kvarn", "Sjö", "Vitklöver", "Skeppar", "Rönn"), ("gatan", "vägen", "gränd", "stigen")),
    "de": (
        ("Linden", "Mühlen", "Schul", "Krokus", "Berliner ", "Amsel"),
        ("straße", "weg", "gasse", "allee"),
    ),
}
TOWNS = {"en": "Tavermouth", "sv": "Nordanviken", "de": "Obergrünau"}
SECRETS = {
    "en": ("sunflower", "Tangerine42", "blue-kettle-9", "correct horse battery", "Xk29!fq"),
    "sv": ("sommarregn", "Kanelbulle7", "röd-cykel-3", "grön häst lampa", "Zt81#wp"),
    "de": ("Morgenstern", "Apfelbaum88", "blau-tasse-5", "roter hund lampe", "Qm47?vd"),
}
ASKS = {
    "en": (
        "Hello, my name is {name} and my order {order} has not come. I live at {address}.",
        "Hi, {name} here. Could you look at order {order}? My e-mail is {email} and my phone {phone}.",
        "I cannot log in. The address is {email}, the password {secret} does not work any more.",
        "My card {card} was charged twice for {order}. Best, {name}",
    ),
    "sv": (
        "Hej, jag heter {name} och min beställning {order} har inte kommit. Jag bor på {address}.",
        "Hej! {name} här. Kan ni titta på order {order}? Min mejl är {email} och min telefon {phone}.",
        "Jag kan inte logga in. Adressen är {email}, lösenordet {secret} fungerar inte längre.",
        "Mitt kort {card} drogs två gånger för {order}. Mvh {name}",
    ),
    "de": (
        "Hallo, mein Name ist {name} und meine Bestellung {order} ist nicht gekommen. Ich wohne {address}.",
        "Guten Tag, {name} hier. Können Sie nach Bestellung {order} sehen? E-Mail {email}, Telefon {phone}.",
        "Ich kann mich nicht anmelden. Die Adresse ist {email}, das Passwort {secret} geht nicht mehr.",
        "Meine Karte {card} wurde zweimal belastet, Bestellung {order}. Gruß {name}",
    ),
}
ANSWERS = {
    "en": (
        "Hi {first}, your order {order} left us today and goes to {address}. It takes two working days.",
        "I have looked it up: the parcel for {name} waits at the shop, because nobody opened at {address}.",
        "We have set a new password for {email}. The password is now {secret}, change it after the first visit.",
        "The refund went to the card {card} this morning, {first}. Banks take three to five days.",
        "Thank you {misspelt}. I call you at {phone} tomorrow between nine and ten, as soon as the workshop opens.",
        "The invoice for {order} was sent to {email}, and a copy is in your account under orders.",
        "I changed the name on the order to {name}. The label says {misspelt} until the driver scans it again.",
        "The courier was at {address} at noon and left a note in the letter box. He comes again tomorrow.",
        "Mr {last}, the parcel is insured, so we send a new one today without any cost to you.",
        "Returns are free within thirty days, and the label is in the box that came with your goods.",
    ),
    "sv": (
        "Hej {first}, din beställning {order} lämnade oss i dag och går till {address}. Det tar två arbetsdagar.",
        "Jag har tittat efter: paketet till {name} väntar hos ombudet, eftersom ingen öppnade på {address}.",
        "Vi har satt ett nytt lösenord för {email}. Lösenordet är nu {secret}, byt det efter första besöket.",
        "Pengarna gick tillbaka till kortet {card} i morse, {first}. Banken behöver tre till fem dagar.",
        "Tack {misspelt}. Jag ringer dig på {phone} i morgon mellan nio och tio, så snart verkstaden öppnar.",
        "Fakturan för {order} skickades till {email}, och en kopia finns på ditt konto under beställningar.",
        "Jag har ändrat namnet på beställningen till {name}. På etiketten står {misspelt} tills den läses igen.",
        "Budet var på {address} vid lunch och lämnade en lapp i brevlådan. Han kommer igen i morgon.",
        "Paketet är försäkrat, så vi skickar ett nytt till {last} i dag utan kostnad för dig.",
        "Returer är gratis inom trettio dagar, och etiketten ligger i lådan som kom med varorna.",
    ),
    "de": (
        "Hallo {first}, Ihre Bestellung {order} ging heute raus und kommt zu {address}. Das dauert zwei Werktage.",
        "Ich habe nachgesehen: das Paket für {name} wartet im Laden, weil niemand in {address} geöffnet hat.",
        "Wir haben ein neues Passwort für {email} gesetzt. Das Passwort lautet jetzt {secret}, bitte danach ändern.",
        "Das Geld ging heute früh auf die Karte {card} zurück, {first}. Die Bank braucht drei bis fünf Tage.",
        "Danke {misspelt}. Ich rufe Sie morgen unter {phone} an, sobald die Werkstatt um neun Uhr öffnet.",
        "Die Rechnung zu {order} ging an {email}, und eine Kopie liegt in Ihrem Konto unter Bestellungen.",
        "Ich habe den Namen auf {name} geändert. Auf dem Etikett steht {misspelt}, bis der Fahrer es neu liest.",
        "Der Bote war mittags in {address} und hat einen Zettel in den Briefkasten gelegt. Er kommt morgen wieder.",
        "Frau {last}, das Paket ist versichert, daher schicken wir heute ein neues ohne Kosten für Sie.",
        "Rücksendungen sind innerhalb von dreißig Tagen frei, und das Etikett liegt im Karton bei der Ware.",
    ),
}


@dataclass(frozen=True)
class Made:
    """A customer, what belongs to them, and what was written. `known`: the desk has the name."""

    language: str
    name: str
    known: bool
    planted: tuple[str, ...]
    turns: tuple[tuple[str, str], ...]
    secret_words: tuple[str, ...] = field(default=())


def misspelt(word: str, rng: random.Random) -> str:
    """Two letters swapped, one missing, or one twice."""
    at = rng.randrange(1, len(word) - 2)
    how = rng.randrange(3)
    if how == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :] if how == 1 else word[:at] + word[at] + word[at:]


def luhn_number(rng: random.Random) -> str:
    digits = [4, *(rng.randrange(10) for _ in range(14))]
    total = sum(
        two - 9 * (two > 9) for at, one in enumerate(reversed(digits)) for two in (one * (2 - at % 2),)
    )
    return "".join(map(str, (*digits, -total % 10)))


def made(count: int, seed: int = 1) -> Iterator[Made]:
    rng = random.Random(seed)
    for at in range(count):
        language = ("en", "sv", "de")[at % 3]
        yield _made(language, at, rng)


def _made(language: str, at: int, rng: random.Random) -> Made:
    if at % 10 == 9:
        first, last = rng.choice(EVERYDAY[language]).split()
    else:
        first, last = ("".join(map(rng.choice, parts[language])) for parts in (FIRST, LAST))
    street, end = STREETS[language]
    number = rng.randrange(2, 190)
    road = rng.choice(street) + rng.choice(end)
    post = (
        f"{rng.randrange(100, 999)} {rng.randrange(10, 99)}"
        if language == "sv"
        else str(rng.randrange(10_000, 99_999))
    )
    town = TOWNS[language]
    address = f"{number} {road}, {town}" if language == "en" else f"{road} {number}, {post} {town}"
    card = luhn_number(rng)
    own = {
        "name": f"{first} {last}",
        "first": first,
        "last": last,
        "misspelt": misspelt(last if len(last) > 5 else first + last.lower(), rng),
        "address": address,
        "order": rng.choice(("{}", "#{}", "A-{}", "{}-KX")).format(rng.randrange(10_000, 999_999)),
        "email": f"{first}.{last}{rng.randrange(99)}@{rng.choice(('mail', 'post', 'inbox'))}.example".lower(),
        "phone": _phone(language, rng),
        "secret": rng.choice(SECRETS[language]),
        "card": rng.choice((card, " ".join(card[i : i + 4] for i in range(0, 16, 4)))),
    }
    asks, answers = rng.sample(ASKS[language], 2), rng.sample(ANSWERS[language], 4)
    turns = [("customer", asks[0]), *(("agent", one) for one in answers[:2]), ("customer", asks[1])]
    turns += [("agent", one) for one in answers[2:]]
    return Made(
        language,
        own["name"],
        at % 10 == 9 or at % 4 != 0,
        tuple(_planted(own, road, number, at % 10 == 9)),
        tuple((by, text.format(**own)) for by, text in turns),
    )


def _phone(language: str, rng: random.Random) -> str:
    tail = "".join(str(rng.randrange(10)) for _ in range(7))
    if language == "en":
        return f"+44 7{rng.randrange(100, 999)} {tail[:3]} {tail[3:]}"
    if language == "sv":
        return f"07{rng.randrange(10)}-{tail[:3]} {tail[3:5]} {tail[5:]}"
    return f"0{rng.randrange(151, 179)} {tail}"


def _planted(own: dict[str, str], road: str, number: int, is_everyday: bool) -> Iterator[str]:
    yield from (own[key] for key in ("name", "email", "phone", "order", "card", "address", "secret"))
    yield f"{number} {road}" if road[0] == " " or " " in road.strip() else f"{road} {number}"
    if not is_everyday:
        # A single "Rose" is nobody's; an invented name is, in every spelling.
        yield from (own["first"], own["last"], own["misspelt"])
