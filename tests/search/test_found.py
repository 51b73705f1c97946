"""What is said is found at once, alike on both databases, by whole words, forms, parts and codes."""

import pytest
from tests.cast import Cast
from tests.search.conftest import Ask, marked, texts


def test_a_message_is_found_in_the_moment_it_is_said(cast: Cast, ask: Ask) -> None:
    said = cast.lead.asks("The burr set arrived broken.")
    cast.maja.answers(said, "I will send you a new burr set today.")
    found = ask("burr")
    assert texts(found) == ["I will send you a new burr set today.", "The burr set arrived broken."]
    assert marked(found) == [["burr"], ["burr"]]
    (talk,) = found.groups.conversations
    assert talk.conversation_id == said.conversation.id
    assert talk.customer.called == "Stockholm lead"
    assert (found.counts.messages, found.counts.conversations) == (2, 1)
    first = found.groups.messages[1]
    assert (first.id, first.position, first.by) == (said.message.id, said.message.position, "customer")


def test_all_words_must_be_there(cast: Cast, ask: Ask) -> None:
    cast.lead.asks("The grinder squeaks.")
    cast.lead.asks("The grinder is fine, the kettle leaks.")
    assert texts(ask("grinder leaks")) == ["The grinder is fine, the kettle leaks."]
    assert texts(ask("grinder teapot")) == []
    assert texts(ask("grinder -kettle")) == ["The grinder squeaks."]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("When will the deliveries come?", "delivery"),
        ("It was delivered yesterday", "deliver"),
        ("I am still running late", "run late"),
        ("Two refunds, please", "refunded"),
        ("Kvarnarna låter illa", "kvarnarnas"),
        ("Jag väntar på återbetalningen", "återbetalningar"),
        ("Jag väntar på återbetalningen", "aterbetalning"),
        ("Die Lieferungen kamen heute", "Lieferung"),
        ("Wo sind meine Bestellungen?", "bestellung"),
        ("Mes commandes sont perdues", "commande perdue"),
        ("Je veux être remboursé", "rembourse"),
        ("Quiero una devolución", "devoluciones"),
        ("Mis pedidos no llegan", "pedido"),
        ("Große Straße 4", "strasse"),
        ("Marte Burrøy called", "burroy"),
        ("The CAFÉ is closed", "cafe"),
        ("my order KK-20431 is late", "KK-20431"),
        ("my order KK-20431 is late", "kk20431"),
        ("my order KK-20431 is late", "20431"),
        ("my order KK-20431 is late", "2043"),
        ("write to ana.lopez@mail.example", "ana.lopez@mail.example"),
        ("write to ana.lopez@mail.example", "lopez"),
        ("don't do that", "don't"),
        ("l’ordre est prêt", "ordre pret"),
        ("re\u200bfund me", "refund"),
        ("配送はいつですか", "配送"),
        ("वापसी क्षमा", "क्षमा"),
        ("متى يصل الطلب", "الطلب"),
    ],
)
def test_forms_accents_parts_and_codes(cast: Cast, ask: Ask, said: str, asked: str) -> None:
    cast.lead.asks(said)
    cast.lead.asks("Something else entirely.")
    found = ask(asked)
    assert texts(found) == [said]
    assert marked(found)[0] or asked == "kk20431"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("An ordinary day", "order"),
        ("What a commotion", "commande"),
        ("The house", "housing estate"),
        ("a b", "c"),
    ],
)
def test_what_only_begins_alike_is_not_found(cast: Cast, ask: Ask, said: str, asked: str) -> None:
    cast.lead.asks(said)
    assert texts(ask(f"{asked} ")) == []


def test_a_phrase_stands_side_by_side(cast: Cast, ask: Ask) -> None:
    cast.lead.asks("The burr set is here.")
    cast.lead.asks("Is the set of burr here?")
    cast.lead.asks("The burr settles.")
    assert texts(ask('"burr set"')) == ["The burr set is here."]
    assert texts(ask('"burr set')) == ["The burr set is here."]
    assert len(texts(ask("burr set"))) == 3
    assert len(texts(ask("burr set "))) == 2


def test_the_last_word_may_be_half_typed(cast: Cast, ask: Ask) -> None:
    cast.lead.asks("Which grinder do you recommend?")
    for typed in ("g", "gr", "grin", "grinder", "which gri", "rec"):
        assert len(texts(ask(typed))) == 1, typed
    assert texts(ask("gri ")) == []


def test_the_very_word_comes_before_its_forms(cast: Cast, ask: Ask) -> None:
    cast.lead.asks("One refund.")
    cast.lead.asks("Two refunds.")
    assert texts(ask("refund")) == ["One refund.", "Two refunds."]
    assert texts(ask("refunds")) == ["Two refunds.", "One refund."]


def test_a_customer_is_found_by_any_part_of_the_name(cast: Cast, ask: Ask) -> None:
    said = cast.ines.asks("Hello there")
    for typed in ("ines", "Oliveira", "oliv", "livei", "INÊS OLI"):
        found = ask(typed)
        assert [hit.customer.called for hit in found.groups.customers] == ["Ines Oliveira"], typed
        assert [hit.conversation_id for hit in found.groups.conversations] == [said.conversation.id]
        assert found.groups.customers[0].id == cast.ines.id


def test_who_gets_a_name_is_found_by_it_and_no_longer_by_the_old_one(cast: Cast, ask: Ask) -> None:
    cast.lead.asks("Hi")
    assert ask("stockholm").counts.customers == 1
    assert ask("ines").counts.customers == 0
    assert cast.ines.id
    assert ask("ines").counts.customers == 1


HOSTILE = (
    *(
        '"',
        "*",
        "burr*",
        "a OR b",
        "burr AND",
        "NEAR(burr kettle, 2)",
        "^burr",
        "{terms} : burr",
        "burr & !kettle",
    ),
    *(
        "%",
        "_",
        "%_%",
        "bu_r",
        "burr%",
        "\\",
        "'",
        "''; DROP TABLE message; --",
        "burr:*",
        "<->",
        "\0",
        "\x1a",
    ),
    *("\u202eburr", "\u2066", "\u200b", "\u05e9\u05dc\u05d5\u05dd", "\ud800", "\U0001f469\u200d\U0001f527"),
    *("x" * 10_000, "burr " * 2_000, "(" * 10_000, '"' * 9_999, "-" * 10_000, "label:" * 2_000),
)


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_what_means_something_to_a_database_is_typed_in_vain(cast: Cast, ask: Ask, typed: str) -> None:
    cast.lead.asks("A burr of steel.")
    cast.lead.asks("A kettle without one.")
    for text in (typed, f"burr {typed}", f'"burr {typed}'):
        assert set(texts(ask(text))) <= {"A burr of steel."}, text[:40]
    assert texts(ask("burr")) == ["A burr of steel."]


def test_a_sign_nobody_sees_hides_no_word(cast: Cast, ask: Ask) -> None:
    cast.lead.asks("Ein 100%iger Erfolg, re\u200bfund_me")
    for typed in ("re\u200dfund", "refund", "100", "\u202erefund", "%refund%"):
        assert len(texts(ask(typed))) == 1, typed
    assert texts(ask("re_und")) == []


def test_many_are_counted_to_a_hundred_and_one(cast: Cast, ask: Ask) -> None:
    talk = cast.lead.asks("The kettle leaks 0").conversation
    for number in range(1, 130):
        cast.lead.writes(f"The kettle leaks {number}", talk)
    found = ask("kettle", limit=5)
    assert found.counts.messages == 101
    assert texts(found) == [f"The kettle leaks {number}" for number in range(129, 124, -1)]
    assert found.counts.conversations == 101
