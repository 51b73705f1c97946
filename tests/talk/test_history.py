"""One customer's conversations as one timeline, on both databases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import AgentPlayer, Cast
from tests.conftest import Clock

from frontdesk.base.desk import Desk
from frontdesk.base.errors import Invalid, Missing
from frontdesk.base.folding import folded
from frontdesk.base.ids import new_id
from frontdesk.people.model import Actor
from frontdesk.search import match, within
from frontdesk.search.model import Narrowed
from frontdesk.search.query import Names, parsed
from frontdesk.search.terms import roughly
from frontdesk.talk import history, past
from frontdesk.talk.history import History, place_of
from frontdesk.talk.model import Happening, Message
from frontdesk.talk.note_model import Note


def told(item: object) -> str:
    if isinstance(item, Message | Note):
        return item.text
    assert isinstance(item, Happening)
    return f"({item.what})"


def words(found: History) -> list[str]:
    return [told(item) for item in found.items]


@pytest.fixture
def two(cast: Cast, clock: Clock) -> list[str]:
    """Two conversations of Ines that cross, with a note in between; and another's."""
    first = cast.ines.asks("one: the dripper is blue")
    clock.passes(minutes=1)
    cast.maja.answers(first, "two: it is grey")
    clock.passes(days=1)
    second = cast.ines.asks("three: where is my invoice?")
    clock.passes(minutes=1)
    cast.oskar.notes(first, "four: she @[agent:" + cast.maja.id + "] buys for a studio")
    clock.passes(minutes=1)
    cast.ines.writes("five: and a new burr", to=first)
    clock.passes(minutes=1)
    cast.oskar.answers(second, "six: attached")
    cast.oskar.closes(second)
    cast.lead.asks("nobody else's dripper")
    return [first.conversation.id, second.conversation.id]


def newest(desk: Desk, who: AgentPlayer, customer: str, limit: int = 60, notes: bool = True) -> History:
    return desk.read_now(history.newest, who.actor, customer, notes=notes, limit=limit)


def test_all_conversations_stand_in_one_by_time(desk: Desk, cast: Cast, two: list[str]) -> None:
    found = newest(desk, cast.leila, cast.ines.id)
    said = [one for one in words(found) if not one.startswith("(")]
    assert [one.split(":")[0] for one in said] == ["one", "two", "three", "four", "five", "six"]
    assert words(found)[-1] == "(closed)"
    assert (found.older, found.newer) == (None, None)
    assert {one.id for one in found.conversations} == set(two)
    assert not any("nobody else" in one for one in words(found))


def test_notes_are_left_out_when_nobody_wants_them_and_when_they_were_deleted(
    desk: Desk, cast: Cast, two: list[str]
) -> None:
    assert not any(isinstance(one, Note) for one in newest(desk, cast.leila, cast.ines.id, notes=False).items)
    note = cast.leila.notes(two[1], "soon gone")
    assert "soon gone" in words(newest(desk, cast.maja, cast.ines.id))
    theirs = desk.read_now(past.notes_of_customer, cast.maja.actor, cast.ines.id, before=None, limit=20)
    assert [one.text.split(":")[0] for one in theirs[0]] == ["soon gone", "four"]
    assert note.id == theirs[0][0].id


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
@pytest.mark.parametrize("notes", [True, False])
def test_pages_both_ways_hold_everything_once(
    desk: Desk, cast: Cast, two: list[str], limit: int, notes: bool
) -> None:
    whole, who = newest(desk, cast.leila, cast.ines.id, notes=notes), cast.ines.id
    asked = {"notes": notes, "limit": limit}
    page = newest(desk, cast.leila, who, limit, notes)
    back = list(page.items)
    while page.older:
        place = history.place_at(page.older)
        page = desk.read_now(history.before, cast.leila.actor, who, place, **asked)
        assert page.newer is not None
        back = [*page.items, *back]
    assert back == whole.items
    page = desk.read_now(history.around, cast.leila.actor, who, history.from_moment(0), **asked)
    on = list(page.items)
    while page.newer:
        place = history.place_at(page.newer)
        page = desk.read_now(history.after, cast.leila.actor, who, place, **asked)
        on += page.items
    assert on == whole.items


def test_around_a_moment_and_a_place(desk: Desk, cast: Cast, two: list[str]) -> None:
    whole, who, leila = newest(desk, cast.leila, cast.ines.id), cast.ines.id, cast.leila.actor
    middle = whole.items[4]
    for place in (history.from_moment(middle.at), place_of(middle)):
        found = desk.read_now(history.around, leila, who, place, notes=True, limit=4)
        assert len(found.items) == 4
        assert middle in found.items[1:3]
    ends = desk.read_now(history.around, leila, who, history.from_moment(2**50), notes=True, limit=4)
    assert ends.items == whole.items[-4:]
    assert ends.newer is None
    starts = desk.read_now(history.around, leila, who, history.from_moment(0), notes=True, limit=4)
    assert starts.items == whole.items[:4]
    assert starts.older is None


def test_what_is_nobodys_or_no_place_is_refused(desk: Desk, cast: Cast, two: list[str]) -> None:
    with pytest.raises(Missing):
        newest(desk, cast.leila, new_id())
    stranger = Actor("customer", cast.lead.id)
    with pytest.raises(Missing):
        desk.read_now(history.newest, stranger, cast.ines.id, notes=True, limit=5)
    mine = desk.read_now(history.newest, Actor("customer", cast.ines.id), cast.ines.id, notes=True, limit=60)
    assert not any(isinstance(one, Note) for one in mine.items)
    for wrong in ("", "1.2.3.4", "x" * 90, f"1.{new_id()}.1", f"1.{new_id()}.1.;--"):
        with pytest.raises(Invalid):
            history.place_at(wrong)


def test_past_conversations_say_how_they_began_and_who_answered(
    desk: Desk, cast: Cast, two: list[str]
) -> None:
    def page(after: str | None, limit: int) -> tuple[list[past.Past], str | None]:
        return desk.read_now(past.of_customer, cast.leila.actor, cast.ines.id, after=after, limit=limit)

    every, goes_on = page(None, 20)
    assert goes_on is None
    assert [one.conversation.id for one in every] == [two[1], two[0]]
    assert [one.first for one in every] == ["three: where is my invoice?", "one: the dripper is blue"]
    assert [one.answers for one in every] == [1, 1]
    assert [one.agents for one in every] == [(cast.oskar.id,), (cast.maja.id,)]
    first, goes_on = page(None, 1)
    rest, end = page(goes_on, 1)
    assert [*first, *rest] == every
    assert end is None


@pytest.fixture(params=[within._SELDOM, 0])
def looked_for(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the index alone, and among everything that was said."""
    monkeypatch.setattr(within, "_SELDOM", request.param)


@pytest.mark.usefixtures("looked_for")
def test_finds_within_one_customer_and_leads_there(desk: Desk, cast: Cast, two: list[str]) -> None:
    def find(sought: str, notes: bool = True) -> within.FoundWithin:
        return desk.read_now(within.find, cast.leila.actor, cast.ines.id, sought, notes=notes)

    (hit,) = find("dripper").hits
    assert (hit.conversation_id, hit.is_note, hit.by) == (two[0], False, "customer")
    assert ("dripper", True) in hit.excerpt
    place = history.place_at(hit.cursor)
    there = desk.read_now(history.around, cast.leila.actor, cast.ines.id, place, notes=True, limit=2)
    assert any(isinstance(one, Message) and one.id == hit.item_id for one in there.items)
    (note,) = find("STUDIÓ").hits
    assert note.is_note
    assert find("studio", notes=False).hits == []
    assert find(cast.maja.id).hits == []  # a mention's mark is no word
    assert [one.by for one in find('"a new burr"').hits] == ["customer"]
    assert find("dripper -blue").hits == []
    assert find("").hits == find("-x").hits == find("elsewhere").hits == []


WORDS = st.text(alphabet="abcøßæéİıÅñ́ǽ中 K’…™œ½²µ–\u00ad", min_size=1, max_size=12)


@settings(max_examples=300)
@given(WORDS, WORDS)
def test_the_quick_look_overlooks_nothing(text: str, sought: str) -> None:
    low = folded(sought)
    if low.isascii() and low in folded(text):
        assert low in roughly(text)


def test_a_code_is_never_overlooked_however_it_is_written() -> None:
    """The quick look lets everything through that the last word would find."""
    codes = ("KK-2041", "kk 2041", "K.K/2041", "2041", "20-41", "x2041", "K-K2041b", "é2041", "İK2041")
    for sought in ("2041", "kk2041", "KK-2041", "20", "k2041", "41"):
        for one in parsed(sought, Names(), Narrowed()).wanted:
            for code in codes:
                said = f"The number is {code}, thanks."
                tokens = match._tokens(said)
                assert match.may_hold(folded(said), one) or not match._spans(tokens, one, False), (code, one)


SAID = (
    "The Grinder came, order KK-2041", "grinders: 100% of them_all", "Der GRÜNDER fragt nach", "STUDIÓ two",
    "order K-K2041b\nand a second line", "number 20.41 or 2041", "日本 のミル grinder", "Straße 7, æther",
    "the end", "gr inder", "größe 44-1", "a@b.example wrote", "İstanbul grinder", "𝐠𝐫𝐢𝐧𝐝𝐞𝐫 in bold",
    "Gri\u00adnder, soft", "Frontdesk™ widget is", "widget\n\n-- is",
)  # fmt: skip
SOUGHT = (
    "grinder", "grind", "gr", "g", "2041", "kk2041", "KK-2041", "20", "strasse", "aether", "studio two", "の",
    "groesse", "größe", "441", "44-1", "100", "them_all", '"came, order"', "order -second", "日本",
    "istanbul", "a@b.example", "gründer", "grunder", "order 2041", "%", "_", "%%", '"and a"', "b.example",
    '"second line"', '"them all"', '"gr inder"', '"bold"', '"in bold"', '"grinder in"', '"7 aether"',
    '"widget is"', '"tm widget"',
)  # fmt: skip


@pytest.mark.usefixtures("looked_for")
def test_what_is_found_within_is_what_the_last_word_says_of_every_text(desk: Desk, cast: Cast) -> None:
    talk = cast.ines.asks("first")
    for text in SAID:
        cast.ines.writes(text, to=talk)
    every = ["first", *SAID]
    found_some = 0
    for sought in SOUGHT:
        asked = parsed(sought, Names(), Narrowed())
        meant = [
            text
            for text in every
            if asked.wanted and match.find(text, asked.wanted, asked.unwanted) is not None
        ]
        found = desk.read_now(within.find, cast.maja.actor, cast.ines.id, sought, notes=True)
        told = ["".join(piece for piece, _ in hit.excerpt) for hit in found.hits]
        assert told == [text.replace("\n", " ") for text in meant[::-1]], sought
        found_some += bool(meant)
    assert found_some > 20


def test_at_most_a_hundred_are_told_the_newest(desk: Desk, cast: Cast) -> None:
    talk = cast.ines.asks("burr number 0")
    for number in range(1, 103):
        cast.ines.writes(f"burr number {number}", to=talk)
    found = desk.read_now(within.find, cast.maja.actor, cast.ines.id, "burr", notes=True)
    assert len(found.hits) == 100
    assert found.more
    assert found.hits[0].excerpt[-1][0].endswith("102")
