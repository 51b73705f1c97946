"""Other customers by other rules: nothing here stood before the detectors, and none was written for it.

People type in small letters, spell numbers in their own way, live in flats and at squares, sign with
initials; agents write as people do.
"""

# ruff: noqa: E501 - a sentence on a line

import random
from collections.abc import Iterator

from tests.know.planted import Made, luhn_number, misspelt

ONSET = ("b", "dr", "k", "v", "sch", "gl", "t", "pr", "n", "m", "st", "f", "r", "h", "j", "l")
NUCLEUS = ("a", "o", "i", "e", "au", "ie", "ö", "u", "y")
CODA = ("nt", "rz", "lk", "ss", "m", "ck", "nd", "", "x", "bl", "gg")
TAILS = {
    "en": ("ell", "ley", "man", "by", "ard", "ow", "er"),
    "sv": ("sson", "ell", "én", "borg", "mark", "berg", "in"),
    "de": ("mann", "er", "ke", "berg", "el", "stein", "ow"),
}
QUESTIONS = {
    "en": (
        "its {small}, still waiting for {order}... tracking says {track}",
        "please send it to {flat} instead, thats where i am now. ring me: {phone}",
        "Booking in the name of {name}, reference {order}. Born {born}. What do you need from me?",
        "Could the money go to {iban} and not to the card ({card})?",
    ),
    "sv": (
        "det är {small}, väntar fortfarande på {order}... spårningen säger {track}",
        "skicka till {flat} i stället, jag är där nu. ring mig: {phone}",
        "Bokning i namnet {name}, referens {order}. Född {born}. Vad behöver ni av mig?",
        "Kan pengarna gå till {iban} och inte till kortet ({card})?",
    ),
    "de": (
        "hier ist {small}, ich warte immer noch auf {order}... sendung {track}",
        "bitte schicken sie es an {flat}, da bin ich jetzt. anrufen: {phone}",
        "Buchung auf den Namen {name}, Referenz {order}. Geboren {born}. Was brauchen Sie von mir?",
        "Kann das Geld auf {iban} gehen und nicht auf die Karte ({card})?",
    ),
}
REPLIES = {
    "en": (
        "done :) it goes to {flat} now, {first} - the driver has {phone} in case nobody is there",
        'Found you under "{name}". The booking {order} stands, we only need to see a passport at the door.',
        "We tried {phone} twice today without luck. When is a good time to reach you during the week?",
        "The transfer to {iban} is on its way, it usually takes until the next working day.",
        "I can see {track} in the system of the carrier; it was scanned this morning and looks fine.",
        "To open the locker type {pin} and press the green key. The code works until midnight.",
        'Log in as {user} with "{secret}" for now and choose something of your own after that.',
        "Your date of birth ({born}) did not match at first, now everything is in order again.",
        "I forwarded this to Mr. {last}'s contact in the workshop, who answers within one day.",
        "{misspelt}, I am so sorry about the wait. The replacement for {order} is packed and ready.",
        "The card {card} was declined by the bank. Another card or a transfer both work for us.",
        "It seems that the mails to {email} bounce. Is there another address that we may use?",
        "The neighbour of {name} at {flat} took the parcel, the driver says. It is in a blue bag.",
        "Everything can be sent back within thirty days, as long as nobody has used it.",
        "Regarding the car {plate}: the permit is valid for the whole month, and you can park anywhere.",
    ),
    "sv": (
        "klart :) det går till {flat} nu, {first} - föraren har {phone} om ingen är där",
        'Hittade er under "{name}". Bokningen {order} gäller, vi behöver bara se ett pass vid dörren.',
        "Vi försökte {phone} två gånger i dag utan att få svar. När är det bäst att nå er i veckan?",
        "Överföringen till {iban} är på väg, det tar oftast till nästa arbetsdag.",
        "Jag ser {track} i transportörens system; det lästes av i morse och ser bra ut.",
        "För att öppna skåpet trycker du {pin} och sedan på den gröna knappen. Koden gäller till midnatt.",
        'Logga in som {user} med "{secret}" så länge och välj något eget efter det.',
        "Ditt födelsedatum ({born}) stämde inte först, nu är allt i ordning igen.",
        "Jag skickade detta vidare till {last}s kontakt i verkstaden, som svarar inom en dag.",
        "{misspelt}, jag är så ledsen för väntan. Ersättningen för {order} är packad och klar.",
        "Kortet {card} nekades av banken. Ett annat kort eller en överföring går bra för oss.",
        "Det verkar som om mejlen till {email} studsar. Finns det en annan adress som vi får använda?",
        "Grannen till {name} på {flat} tog emot paketet, säger föraren. Det ligger i en blå påse.",
        "Allt kan skickas tillbaka inom trettio dagar, så länge ingen har använt det.",
        "Angående bilen {plate}: tillståndet gäller hela månaden, och du kan parkera var du vill.",
    ),
    "de": (
        "erledigt :) es geht jetzt an {flat}, {first} - der Fahrer hat {phone}, falls niemand da ist",
        'Ich habe Sie unter "{name}" gefunden. Die Buchung {order} steht, wir müssen nur den Ausweis sehen.',
        "Wir haben es heute zweimal unter {phone} versucht. Wann erreichen wir Sie in der Woche am besten?",
        "Die Überweisung auf {iban} ist unterwegs, sie braucht meist bis zum nächsten Werktag.",
        "Ich sehe {track} im System des Paketdienstes; es wurde heute früh gelesen und sieht gut aus.",
        "Um das Fach zu öffnen, tippen Sie {pin} und dann die grüne Taste. Der Code gilt bis Mitternacht.",
        'Melden Sie sich als {user} mit "{secret}" an und wählen Sie danach etwas Eigenes.',
        "Ihr Geburtsdatum ({born}) passte zuerst nicht, jetzt ist alles wieder in Ordnung.",
        "Ich habe das an den Kontakt von Herrn {last} in der Werkstatt gegeben, er antwortet in einem Tag.",
        "{misspelt}, das Warten tut mir leid. Der Ersatz für {order} ist gepackt und fertig.",
        "Die Karte {card} wurde von der Bank abgelehnt. Eine andere Karte oder Überweisung geht auch.",
        "Die Mails an {email} kommen anscheinend zurück. Gibt es eine andere Adresse für Sie?",
        "Der Nachbar von {name} in {flat} hat das Paket genommen, sagt der Fahrer. Es ist in einer blauen Tüte.",
        "Alles kann innerhalb von dreißig Tagen zurück, solange es niemand benutzt hat.",
        "Zum Auto {plate}: die Erlaubnis gilt den ganzen Monat, und Sie dürfen überall parken.",
    ),
}
SECRETS = ("h0rnet-Lagoon", "Maple!Maple", "pa55wort", "VioletSkies", "m3rlin_77", "Zaunkönig#2")


def made(count: int, seed: int = 7) -> Iterator[Made]:
    rng = random.Random(seed)
    for at in range(count):
        yield _made(("en", "sv", "de")[at % 3], at, rng)


def _syllable(rng: random.Random) -> str:
    return rng.choice(ONSET) + rng.choice(NUCLEUS) + rng.choice(CODA)


def _word(rng: random.Random, tail: str = "") -> str:
    word = _syllable(rng) + _syllable(rng).rstrip("x") + tail
    return word.capitalize() if len(word) > 4 else _word(rng, tail)


def _made(language: str, at: int, rng: random.Random) -> Made:
    first, last = _word(rng), _word(rng, rng.choice(TAILS[language]))
    if at % 7 == 0:
        last = f"{last}-{_word(rng)}"
    name = (
        f"{first} {rng.choice(('von', 'af', 'van der', 'de'))} {last}" if at % 11 == 0 else f"{first} {last}"
    )
    card, digits = luhn_number(rng), "".join(str(rng.randrange(10)) for _ in range(20))
    own = {
        "name": name,
        "first": first,
        "last": last,
        "small": name.lower(),
        "misspelt": misspelt(first, rng) if len(first) > 5 else misspelt(last, rng),
        "flat": _flat(language, rng),
        "order": rng.choice(
            (f"{digits[:3]}-{digits[3:10]}", f"SO{digits[:6]}", f"{digits[:4]} {digits[4:8]}", digits[:8])
        ),
        "track": rng.choice(
            (f"JD{digits[:16]}", f"RR{digits[:9]}SE", f"00{digits[:18]}", f"1Z{digits[:6]}W{digits[6:15]}")
        ),
        "phone": rng.choice(
            (
                f"0046{digits[:9]}",
                f"(0){digits[:3]}/{digits[3:9]}",
                f"+49({digits[:3]}){digits[3:10]}",
                digits[:9],
            )
        ),
        "born": rng.choice(
            (
                f"{rng.randrange(1, 28)}/{rng.randrange(1, 12)}-{rng.randrange(50, 99)}",
                f"19{digits[:2]}-0{rng.randrange(1, 9)}-1{rng.randrange(9)}",
            )
        ),
        "iban": f"{rng.choice(('SE', 'DE', 'GB'))}{digits[:2]}{digits[2:20]}",
        "card": rng.choice(("-".join(card[i : i + 4] for i in range(0, 16, 4)), f"{card[:6]} {card[6:]}")),
        "pin": rng.choice((digits[:4], digits[:6], f"{digits[:3]}#{digits[3:5]}7")),
        "user": f"{first.lower()}_{last.lower()[:4]}",
        "secret": rng.choice(SECRETS),
        "email": f"{first[0].lower()}-{last.lower()}+shop@{_word(rng).lower()}.example",
        "plate": rng.choice((f"{digits[:1]}AB {digits[1:5]}", f"B-KX {digits[:4]}", f"KLM {digits[:2]}C")),
    }
    asked, said = rng.sample(QUESTIONS[language], 2), rng.sample(REPLIES[language], 4)
    order = [("customer", asked[0]), ("agent", said[0]), ("agent", said[1])]
    order += [("customer", asked[1]), ("agent", said[2]), ("agent", said[3])]
    kept = {key: value for key, value in own.items() if key not in ("small", "pin")}
    # Four digits stand in many a text; they count where the code is longer.
    planted = (*kept.values(), *((own["pin"],) if len(own["pin"]) > 4 else ()))
    return Made(language, name, at % 3 == 0, planted, tuple((by, text.format(**own)) for by, text in order))


def _flat(language: str, rng: random.Random) -> str:
    number, word = rng.randrange(2, 90), _word(rng)
    if language == "en":
        return rng.choice(
            (f"Flat {number}, {word} House", f"{number}B {word} Crescent", f"{number} the {word}s")
        )
    if language == "sv":
        return rng.choice(
            (
                f"{word}s torg {number}, lgh 1102",
                f"{word.lower()}gatan {number}b",
                f"{word}backen {number} tr 3",
            )
        )
    return rng.choice(
        (f"Am {word}platz {number}", f"{word}ring {number}, 3. OG", f"{word.lower()}str. {number}a")
    )
