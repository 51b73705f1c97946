"""What was suggested before the desk learnt more, and nobody has looked at yet, is looked for once more."""

import orjson
import pytest
from tests.cast import Cast, Talk, id_of
from tests.databases import Database
from tests.serving import eventually
from tests.suggest.knowing import a_passage, learn_website
from tests.suggest.test_proposals import ready, suggested, suggesting, under
from tests.talk.counting import facts

from frontdesk.base.db import Tx
from frontdesk.base.desk import Desk
from frontdesk.base.ids import new_id
from frontdesk.know import passages
from frontdesk.suggest import feedback, propose, report
from frontdesk.suggest.model import Proposal, Suggestion
from frontdesk.suggest.propose import Found


async def test_what_nobody_saw_yet_gives_way_to_what_the_desk_learns(
    desk: Desk, database: Database, cast: Cast
) -> None:
    learn_website(desk)
    desk.write_now(report.move_bar, cast.maja.actor, bar=0.01)
    asked = cast.ines.writes("What do I pay for a gift card, and how long is it good?")
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        before = await suggested(cast.maja, asked)
        text = "A gift card costs what you choose to pay, and it is good for two years."
        desk.write_now(passages.add, [a_passage("Gift cards", text, "website")])
        await eventually(lambda: _titles(cast, asked)[:1] == ["Gift cards"], seconds=20)
    assert not {one.id for one in before} & {one.id for one in under(cast.maja, asked)}
    told = [fact for fact in facts(desk) if fact.kind == "AnswersSuggested"]
    assert len(told) == 2


def _titles(cast: Cast, talk: Talk) -> list[str]:
    return [one.origins[0].title for one in under(cast.maja, talk)]


@pytest.mark.parametrize("met", ["seen", "rejected"])
def test_what_somebody_met_stays(cast: Cast, desk: Desk, met: str) -> None:
    pages, talk = learn_website(desk), cast.ines.writes("How long does delivery take?")
    ids = _lays(desk, talk, pages["Delivery"], pages["Returns"])
    if met == "seen":
        desk.write_now(feedback.seen, cast.maja.actor, conversation_id=id_of(talk), ids=ids[:1])
    else:
        desk.write_now(feedback.reject, cast.maja.actor, suggestion_id=ids[0])
    assert _lays(desk, talk, pages["Burrs"]) == []
    assert [one.id for one in under(cast.maja, talk)] == (ids if met == "seen" else ids[1:])


def test_the_same_again_moves_nothing(cast: Cast, desk: Desk) -> None:
    pages, talk = learn_website(desk), cast.ines.writes("How long does delivery take?")
    ids = _lays(desk, talk, pages["Delivery"], pages["Returns"])
    before = len(facts(desk))
    assert _lays(desk, talk, pages["Delivery"], pages["Returns"]) == []
    assert [one.id for one in under(cast.maja, talk)] == ids
    assert len(facts(desk)) == before


def test_what_turns_out_to_be_no_answer_is_taken_away(cast: Cast, desk: Desk) -> None:
    pages, talk = learn_website(desk), cast.ines.writes("How long does delivery take?")
    _lays(desk, talk, pages["Delivery"])
    assert _lays(desk, talk) == []
    assert under(cast.maja, talk) == ()
    told = [orjson.loads(one.data)["proposal"] for one in facts(desk, "AnswersSuggested")]
    assert [len(one["suggestions"]) for one in told] == [1, 0]


def _lays(desk: Desk, talk: Talk, *passage_ids: str) -> list[str]:
    """The ids of what lies there anew."""

    def verb(tx: Tx) -> Proposal | None:
        asked = propose.find_asked(tx, id_of(talk))
        made = tuple(
            Suggestion(new_id(), one, f"says {one}", (), (), 0.9, "sure", True, False) for one in passage_ids
        )
        assert asked is not None
        return propose.keep(tx, asked, Found("test", 0.9, b"", made, tuple(None for _ in made)))

    laid = desk.write_now(verb)
    return [one.id for one in laid.suggestions] if laid else []
