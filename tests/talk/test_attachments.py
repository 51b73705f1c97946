"""A file is used once, by who uploaded it, in their own message; then it belongs to that conversation."""

import pytest
from tests.cast import AgentPlayer, Cast, CustomerPlayer
from tests.conftest import Clock
from tests.talk.counting import facts

from frontdesk.base.errors import Invalid, Missing, TooMany
from frontdesk.base.files import Stored
from frontdesk.base.ids import new_id
from frontdesk.people.model import NOBODY, Actor
from frontdesk.talk import attachments
from frontdesk.talk.model import Message

Player = AgentPlayer | CustomerPlayer


def uploads(who: Player, name: str = "photo.png", size: int = 1_000) -> str:
    stored = Stored(new_id(), name, "image/png", size, 8, 6)
    added = who.desk.write_now(attachments.add, who.actor, stored, name=stored.name, size=stored.size)
    return added["file"].id


def may_open(actor: Actor, cast: Cast, file: str) -> bool:
    try:
        cast.desk.read_now(attachments.get, actor, file)
    except Missing:
        return False
    return True


def test_files_come_in_the_order_they_were_sent(cast: Cast) -> None:
    files = [uploads(cast.ines, f"{n}.png") for n in range(3)]
    wanted = (files[2], files[0], files[1])
    asked = cast.ines.writes("", files=wanted)
    assert tuple(file.id for file in asked.message.files) == wanted
    (item,) = cast.oskar.timeline(asked)
    assert isinstance(item, Message)
    assert item.files == asked.message.files
    assert asked.conversation.last is not None
    assert (asked.conversation.last.text, asked.conversation.last.file) == ("", "2.png")


@pytest.mark.parametrize(
    ("uploader", "sender"), [("oskar", "leila"), ("ines", "oskar"), ("oskar", "ines"), ("lead", "ines")]
)
def test_nobody_sends_anothers_file(cast: Cast, uploader: str, sender: str) -> None:
    file = uploads(getattr(cast, uploader))
    asked = cast.ines.asks("Hello")
    who: Player = getattr(cast, sender)
    with pytest.raises(Missing):
        who.answers(asked, "Look", files=(file,)) if isinstance(who, AgentPlayer) else who.writes(
            "Look", files=(file,)
        )
    assert len(cast.maja.timeline(asked)) == 1
    assert may_open(getattr(cast, uploader).actor, cast, file)


def test_a_file_is_used_once(cast: Cast) -> None:
    file = uploads(cast.ines)
    asked = cast.ines.writes("Look", files=(file,))
    for talk in (asked, None):
        with pytest.raises(Missing):
            cast.ines.writes("Again", talk, files=(file,))
    with pytest.raises(Missing):
        cast.ines.writes("Twice", files=(double := uploads(cast.ines), double))
    assert cast.ines.writes("Now", files=(double,)).message.files


def test_what_never_was_cannot_be_sent(cast: Cast) -> None:
    for wrong in ("0" * 26, "", "../../etc/passwd"):
        with pytest.raises(Missing):
            cast.ines.writes("Look", files=(wrong,))


def test_ten_files_are_enough(cast: Cast) -> None:
    files = tuple(uploads(cast.ines) for _ in range(11))
    with pytest.raises(Invalid):
        cast.ines.writes("Look", files=files)
    assert len(cast.ines.writes("Look", files=files[:10]).message.files) == 10


def test_who_opens_what(cast: Cast) -> None:
    """Before it is sent only its uploader; then the team and its own customer; never anybody else."""
    everybody = {"oskar": cast.oskar, "leila": cast.leila, "ines": cast.ines, "lead": cast.lead}

    def openers(file: str) -> set[str]:
        found = {name for name, who in everybody.items() if may_open(who.actor, cast, file)}
        assert not may_open(NOBODY, cast, file)
        return found

    file, answer = uploads(cast.ines), uploads(cast.oskar)
    assert (openers(file), openers(answer)) == ({"ines"}, {"oskar"})
    asked = cast.ines.writes("Look", files=(file,))
    cast.oskar.answers(asked, "Here", files=(answer,))
    assert openers(file) == openers(answer) == {"ines", "oskar", "leila"}


def test_a_file_in_a_message_is_not_forgotten(cast: Cast) -> None:
    file, unused = uploads(cast.ines), uploads(cast.ines)
    cast.ines.writes("Look", files=(file,))
    assert not cast.desk.write_now(attachments.forget_unused, file)
    assert cast.desk.write_now(attachments.forget_unused, unused)
    assert not cast.desk.write_now(attachments.forget_unused, unused)
    assert (may_open(cast.ines.actor, cast, file), may_open(cast.ines.actor, cast, unused)) == (True, False)


def test_a_days_share_of_files(cast: Cast, clock: Clock) -> None:
    for _ in range(100):
        uploads(cast.ines)
    with pytest.raises(TooMany) as refused:
        uploads(cast.ines)
    assert refused.value.data == {"retry_after": 3600}
    uploads(cast.lead)
    clock.passes(hours=24.1)
    uploads(cast.ines)


def test_a_days_share_of_bytes(cast: Cast) -> None:
    for _ in range(5):
        uploads(cast.ines, size=100 * 1024 * 1024)
    with pytest.raises(TooMany):
        uploads(cast.ines, size=1)


def test_nobody_hears_of_an_upload(cast: Cast) -> None:
    uploads(cast.ines)
    (fact,) = facts(cast.desk, "FileUploaded")
    assert (fact.audience, fact.customer_id, fact.conversation_id) == ("nobody", None, None)


def test_files_of_one_message_are_not_anothers(cast: Cast) -> None:
    sent = [cast.ines.writes("Look", files=(uploads(cast.ines),)) for _ in range(3)]
    shown = [item.files for item in cast.oskar.timeline(sent[0]) if isinstance(item, Message)]
    ids = {file.id for files in shown for file in files}
    assert shown == [said.message.files for said in sent]
    assert len(ids) == 3
