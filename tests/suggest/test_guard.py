"""What may leave by one click."""

import pytest

from frontdesk.know.identifiers import candidates, of_others
from frontdesk.know.model import Kind
from frontdesk.suggest.guard import sendable_by_one_click


@pytest.mark.parametrize(
    ("text", "cleared", "kind", "may"),
    [
        ("It takes three days.", True, "page", True),
        ("It takes three days.", True, "answer", True),
        ("It takes three days.", True, "reply", True),
        ("It takes three days.", False, "reply", False),
        ("Order ⟦order number⟧ takes three days.", True, "reply", False),
        ("Order ⟦order number⟧ takes three days.", True, "page", False),
        ("Order ⟦order number⟧ takes three days.", True, "answer", False),
    ],
)
def test_one_click(text: str, cleared: bool, kind: Kind, may: bool) -> None:
    assert sendable_by_one_click(text, cleared, kind) is may


def test_what_belongs_to_others() -> None:
    text = "Order 38316 and order 41250 go to tavorin@mail.example."
    found = candidates(text)
    values = {text[one.start : one.end]: one.value for one in found}
    others = {values["38316"]: frozenset({"b"}), values["tavorin@mail.example"]: frozenset({"b"})}
    assert of_others(text, found, others, "a") == ["38316", "tavorin@mail.example"]
    mine = others | {values["38316"]: frozenset("ab")}
    assert of_others(text, found, mine, "a") == ["tavorin@mail.example"]


def test_what_many_share_belongs_to_nobody() -> None:
    text = "Call 031-12 34 56 today."
    (one, *_) = found = candidates(text)
    assert of_others(text, found, {one.value: frozenset("abc")}, "d") == []
    assert of_others(text, found, {one.value: frozenset("ab")}, "d") == ["031-12 34 56"]
