"""The words by which detectors know what comes next, in English, Swedish, German, French and Spanish."""


def _either(words: str) -> str:
    return "|".join(words.split())


MONTHS = _either(
    "january february march april may june july august september october november december "
    "januari februari mars maj juni juli augusti oktober "
    "januar februar märz mai dezember jänner "
    "janvier février fevrier avril juin juillet août aout septembre octobre novembre décembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "jan feb mar apr jun jul aug sept sep okt oct nov dez dec"
)

DATED = _either(
    "born geboren född födelsedatum geburtsdatum birthday birthdate dob née nacido fødselsdato"
) + ("|date of birth|date de naissance|fecha de nacimiento")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What a number belongs to. A number after one of these is somebody's.
NUMBER_CUES = _either(
    "order orders invoice customer account case ticket booking reservation tracking track parcel shipment "
    "consignment reference ref serial membership member voucher licence license contract policy claim rma "
    "return beställning beställningen ordernr ordernummer best faktura fakturan kund kundnr ärende ärendet "
    "bokning bokningen kolli spårning paket paketet försändelse referens ocr medlem serie serienummer retur "
    "order-nr orderns avtal konto skadenummer bestellung bestellnummer bestell auftrag auftrags rechnung "
    "rechnungs kunden kundennummer vorgang vorgangs sendung sendungs sendungsnummer buchung buchungs "
    "referenz "
    "vertrag vertrags mitglied mitglieds seriennummer retoure aktenzeichen ticketnummer "
    "commande facture client dossier colis suivi référence réservation contrat "
    "pedido factura cliente envío seguimiento referencia reserva contrato"
)

# What a secret follows.
CODE_CUES = (
    _either(
        "password passwords passcode passphrase pin pincode otp login username secret token credentials "
        "code codes lösenord lösenordet lösen koden kod portkod portkoden pinkod pinkoden användarnamn "
        "användarnamnet inloggningen engångskod engångskoden dörrkod dörrkoden passwort kennwort zugangscode "
        "zugangsdaten benutzername geheimzahl türcode einmalcode losung pincode identifiant contraseña clave "
        "código usuario passwd pwd pass-phrase"
    )
    + "|user ?name|user ?id|pass phrase|door code|gate code|security answer|mot de passe|api key"
)

# What a password can be without being told: "your password is too short".
STATES = _set(
    "a an the not no never too case wrong right correct incorrect valid invalid required needed sent "
    "stored saved safe secure at least long longer short shorter weak strong expired expire changed reset "
    "set being only always already still same different missing empty known unknown optional there here "
    "what which where in on by for from encrypted hashed yours ours used reusable single personal private "
    "ready available printed written shown found accepted rejected refused blocked locked active inactive "
    "good bad old new your our my their his her its this that inte för fel rätt felaktigt giltigt giltig "
    "ogiltig ogiltigt krävs skickat skickad sparat sparad sparade säkert säker minst kort kortare lång "
    "långt längre svagt starkt ändrat ändrad ändras återställt alltid redan samma olika tomt okänt känt "
    "valfritt där här vad som i på av till från krypterat använt använd personligt personlig giltig klart "
    "tillgängligt tillgänglig skrivet tryckt nytt ny ett en den det ditt din vårt vår endast bara nicht "
    "kein keine zu falsch richtig korrekt gültig ungültig nötig erforderlich gesendet geschickt "
    "gespeichert sicher mindestens kurz kürzer lang länger schwach stark abgelaufen geändert "
    "zurückgesetzt nur immer schon bereits noch dasselbe derselbe gleich anders leer bekannt unbekannt "
    "freiwillig dort hier was wo im in auf von aus für gesetzt angepasst eingestellt uppdaterat bytt "
    "verschlüsselt benutzt persönlich fertig verfügbar gedruckt zu- ihr dein unser ein eine der die das "
    "per pas trop incorrect valide envoyé requis no demasiado correcto incorrecta válido enviado "
    "necesario "
)

# Of these, the ones that a pass phrase can begin with: "correct horse battery".
ADJECTIVES = _set(
    "case wrong right correct secure long short strong weak good bad old new same single personal "
    "private safe "
    "ready kort lång långt starkt svagt ny nytt samma klart säkert kurz lang stark schwach gut richtig "
    "falsch "
    "sicher neu alt gleich fertig persönlich"
)

STREETS = _either(
    "gatan gata vägen gränd gränden torget stigen allén straße strasse gasse laan straat gade gaden "
    "vejen veien"
)
STREET_ENDS = (
    STREETS
    + "|"
    + _either(
        "väg torg stig allé backen leden kajen gången esplanaden promenaden str str. weg platz allee "
        "damm ufer "
        "chaussee steig stieg promenade markt vej vei plein katu ring hof"
    )
)
STREET_AFTER = _either(
    "Street St Road Rd Lane Ln Avenue Ave Drive Dr Court Ct Way Close Place Pl Square Sq Crescent Terrace "
    "Gardens Grove Boulevard Blvd Highway Hwy Parkway Row Walk Mews Hill Quay Rise Park Alley Circle Trail"
)
STREET_BEFORE = (
    _either(
        "rue avenue boulevard bd chemin impasse quai route allée cours calle avenida avda plaza paseo camino "
        "carrer ronda via viale piazza corso rua"
    )
    + "|c/|place (?=d)"
)

NUMBER_WORDS = _either(
    "zero one two three four five six seven eight nine oh noll ett två tre fyra fem sex sju åtta nio "
    "null eins "
    "zwei drei vier fünf sechs sieben acht neun zéro un deux trois quatre cinq sept huit neuf cero uno "
    "dos tres "
    "cuatro cinco seis siete ocho nueve"
)
