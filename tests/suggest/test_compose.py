"""What is sent reads as an answer: the sentences that answer, in order, with the page's address."""

from tests.suggest.knowing import a_passage

from frontdesk.suggest import compose

LONG = (
    "Our shop in Göteborg has been selling tools for coffee since 1998. We love what we do. "
    "Orders before noon leave the same day. Delivery within Sweden takes one to three working days. "
    "Parcels to Norway go through customs and need about a week. "
    "You can follow your parcel with the link in the e-mail. "
    "Returns are free within thirty days when the packaging is whole. "
    "Write to us when something arrived broken, with a picture of it. "
    "Gift cards never expire and can be used for everything on the site."
)


def test_only_the_sentences_that_answer() -> None:
    page = a_passage("Delivery", LONG, "website")
    text = compose.answer("How long does a parcel to Norway take?", page)
    assert "Parcels to Norway go through customs and need about a week." in text
    assert "Gift cards" not in text
    assert text.endswith("\n\nhttps://kvarn.example/delivery")


def test_in_their_order_and_as_they_stood() -> None:
    page = a_passage("Delivery", LONG, "website")
    words = compose.best_part("Are returns free, and what when it arrived broken?", page)
    assert words in LONG
    assert "Returns are free within thirty days when the packaging is whole." in words


def test_a_short_passage_stays_whole() -> None:
    page = a_passage("Delivery", "One to three days.\nA week to Norway.", "website")
    assert compose.best_part("Norway?", page) == "One to three days.\nA week to Norway."


def test_answers_stand_as_they_were_written() -> None:
    long = a_passage("", LONG, "answers", "answer")
    assert compose.answer("Norway?", long) == LONG


def test_a_question_with_no_word_in_common_begins_at_the_beginning() -> None:
    page = a_passage("Delivery", LONG, "website")
    assert LONG.startswith(compose.best_part("Xyzzy?", page))


def test_a_passage_that_is_one_endless_sentence_stays_whole() -> None:
    endless = "word " * 300
    assert compose.best_part("word?", a_passage("X", endless, "website")) == endless.strip()
