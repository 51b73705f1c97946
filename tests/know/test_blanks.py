"""What becomes a blank, and what stays."""

import time
from itertools import pairwise

import pytest
from tests.know.teaching import blanker

from frontdesk.know import identifiers, smalltalk
from frontdesk.know.detect import luhn, spans
from frontdesk.know.known import Known, is_near, known_of

NOBODY = Known()


def blanked(text: str, known: Known = NOBODY, *public: str) -> str:
    return blanker(*public).blanked(text, known).text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Write to ines.oliveira@mail.example when it comes.", "e-mail"),
        ("You can reach me at ines.oliveira@mail.example when it comes.", "e-mail"),
        ("Write to ines (at) mail.example when it comes.", "e-mail"),
        ("You can follow it at https://carrier.example/t?id=KX123456 from now on.", "link"),
        ("We call +46 70 123 45 67 tomorrow.", "phone"),
        ("Wir rufen morgen unter 0171 2345678 an.", "phone"),
        ("The card 4111 1111 1111 1111 was refused.", "card number"),
        ("The card ending in 4242 was refused.", "card number"),
        ("The money goes to SE35 5000 0000 0549 1000 0003 today.", "account number"),
        ("Your order 38316 leaves today.", "order number"),
        ("Din beställning A-4711-KX lämnar oss i dag.", "order number"),
        ("Ihre Rechnung 2024/118 ist unterwegs.", "invoice number"),
        ("Ditt kundnummer är 55821 hos oss.", "customer number"),
        ("Your password is sunflower from now on.", "code"),
        ("The password is correct horse battery, until you change it.", "code"),
        ("Lösenordet är nu sommarregn, byt det snart.", "code"),
        ("Das Passwort lautet Morgenstern, bitte ändern.", "code"),
        ("Open the locker with 748#927 before noon.", "code"),
        ("It goes to 12 Rose Lane, as you wrote.", "address"),
        ("Paketet går till Storgatan 12 B, 413 01 Nordby i morgon.", "address"),
        ("Das Paket geht an die Lindenstraße 7a.", "address"),
        ("Le colis part au 4, rue de la Paix demain.", "address"),
        ("El paquete va a la Calle Mayor 5 mañana.", "address"),
        ("You were born 12/03/1985, is that right?", "date"),
        ("It comes on 12 March in the morning.", "date"),
        ("We sent 349 kr back this morning.", "amount"),
        ("The code is four eight two one for tonight.", "code"),
        ("Your number here is 850312-1234 as always.", "number"),
    ],
)
def test_detectors(text: str, kind: str) -> None:
    assert f"⟦{kind}⟧" in blanked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Within Sweden it takes 1 to 3 working days. Orders before 13:00 leave us the same day.",
        "The password is too short. It needs at least ten letters.",
        "The code is in the e-mail that we sent you, and it is case-sensitive.",
        "Will you be at home on Friday in May? Mark the box that says no signature.",
        "You can choose PayPal, Klarna or a card. The PDF is under Orders.",
        "Open from 11 to 17, on Saturdays until 15:30. Heat it to 60 °C for 30 minutes, with 250 g of water.",
        "Order 2 cups and the third is free. That is 25 % off.",
        "Leveransen tar 2-4 vardagar inom Sverige, och returen är gratis i 30 dagar.",
        "Fraktkostnaden ser du i kassan innan du betalar.",
        "Die Lieferung dauert drei bis fünf Werktage, und der Versand nach Österreich kostet nichts.",
        "Die Bestellbestätigung kommt sofort per E-Mail, die Versandbestätigung am Abend.",
        "We don't charge for that, and you're welcome to come by.",
    ],
)
def test_everyday_language_stays(text: str) -> None:
    assert blanked(text) == text


def test_what_nobody_says_every_day_is_a_blank() -> None:
    assert blanked("We gave it to Quillmorr at the gate.") == "We gave it to ⟦word⟧ at the gate."
    assert blanked("The thing is called zorbflux here.") == "The thing is called ⟦word⟧ here."
    assert blanked("It needs the part KX2290 first.") == "It needs the part ⟦code⟧ first."
    assert blanked("It has the number 48213 on it.") == "It has the number ⟦number⟧ on it."


def test_the_companys_own_words_stay() -> None:
    site = "The Zorbflux KX2290 costs 349 kr. Call 031-12 34 56, hello@zorb.example, Kvarnkajen 8, Göteborg."
    text = (
        "The Zorbflux KX2290 is 349 kr. Call 031-12 34 56, mail hello@zorb.example; Kvarnkajen 8, Göteborg."
    )
    assert blanked(text, NOBODY, site) == text
    assert "⟦" in blanked(text.replace("349", "348"), NOBODY, site)
    assert "⟦address⟧" in blanked(text.replace("Kvarnkajen 8", "Kvarnkajen 9"), NOBODY, site)
    assert "⟦e-mail⟧" in blanked(text.replace("hello@", "flux@"), NOBODY, site)


def test_a_customers_name_is_a_blank_in_every_spelling() -> None:
    ines = known_of("Ines Oliveira", (), ())
    for written in ("Ines", "INES", "Inês", "Oliveira", "oliveira", "Olivera", "Oliviera", "Ines's"):
        assert blanked(f"We told {written} about it.", ines) == "We told ⟦name⟧ about it."
    assert blanked("Wir haben Herrn Mueller gefragt.", known_of("Jörg Müller", (), ())) == (
        "Wir haben Herrn ⟦name⟧ gefragt."
    )


def test_a_name_that_is_a_word_is_a_blank_where_it_is_a_name() -> None:
    will = known_of("Will Grant", (), ())
    assert (
        blanked("We will grant it, as we told Will Grant.", will) == "We will ⟦name⟧ it, as we told ⟦name⟧."
    )
    assert blanked("I talked to Rose about the delivery.") == "I talked to ⟦name⟧ about the delivery."
    assert blanked("It comes back in May, says May.") == "It comes back in May, says ⟦name⟧."


def test_what_the_customer_wrote_of_themselves_is_known() -> None:
    known = known_of(
        None,
        (
            "hello, my name is tavorin thrapsby and i live at 12 mill lane",
            "the password sunflower does not work",
        ),
        ("Dear Corvela, thank you.",),
    )
    assert {"tavorin", "thrapsby", "corvela"} <= known.names
    assert "sunflower" in known.words
    assert blanked("We reset it, sunflower is no longer valid.", known) == (
        "We reset it, ⟦word⟧ is no longer valid."
    )


def test_countries_and_days_are_nobodys_name() -> None:
    known = known_of(None, ("I am in Sweden until Friday",), ("Hello Again,",))
    assert blanked("Within Sweden it takes a day, so it comes on Friday.", known) == (
        "Within Sweden it takes a day, so it comes on Friday."
    )


def test_blanks_beside_each_other_become_one() -> None:
    assert blanked("It goes to Tavorin Thrapsby, 12 Mill Lane, Tavermouth.") == "It goes to ⟦address⟧."


def test_nobody_can_forge_a_blank_or_hide_letters() -> None:
    assert "⟦" not in blanked("This is ⟦a blank⟧ of mine.")
    assert blanked("The order 38\u200b316 leaves today.") == "The order ⟦order number⟧ leaves today."


def test_a_language_that_nobody_here_knows_is_all_blanks() -> None:
    found = blanker().blanked("Twoja paczka zostanie wysłana jutro rano przez kuriera.", NOBODY)
    assert found.blanks
    assert not found.words


def test_luhn() -> None:
    assert luhn("4111111111111111")
    assert not luhn("4111111111111112")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("oliveira", "olivera", True),
        ("oliveira", "oilveira", True),
        ("berg", "borg", True),
        ("stone", "house", False),
    ],
)
def test_near_words(one: str, other: str, near: bool) -> None:
    assert is_near(one, other, 1) is near


def test_spans_stand_in_order_and_do_not_overlap() -> None:
    text = (
        "Order 38316 of ines@mail.example, card 4111 1111 1111 1111, password: four words here, 12 Rose Lane."
    )
    found = spans(text)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1",
        "1 ",
        "a.",
        "Aa-",
        "A1-",
        "-",
        "\n",
        "a'",
        "#",
        "1#",
        "one ",
        "code: ",
        "order ",
        "Storgatan ",
        "rue de la ",
    ],
)
def test_hostile_texts_take_no_longer(unit: str) -> None:
    """As long as a message may be, and made to be tried again and again by a careless pattern."""
    text = f"{unit * 10_000}"[:10_000] + "@ 1 z"
    blanker().blanked("The parcel is here.", NOBODY)
    before = time.process_time()
    found = blanker().blanked(text, known_of("Ines Oliveira", [text], [text]))
    identifiers.candidates(text)
    smalltalk.bare(text)
    assert time.process_time() - before < 3
    assert isinstance(found.text, str)


@pytest.mark.parametrize("text", ["", "!!!", "…", "👍", "\u200b", "⟦⟧"])
def test_texts_without_a_word(text: str) -> None:
    assert blanker().blanked(text, NOBODY).words == 0
