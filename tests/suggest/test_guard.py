"""What may leave by one click."""

import pytest

from frontdesk.know.identifiers import candidates
from frontdesk.know.model import Kind
from frontdesk.suggest.guard import foreign_identifiers, sendable_by_one_click


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
    values = {text[one.start : one.end]: one.value for one in candidates(text)}
    others = {values["38316"]: frozenset({"b"}), values["tavorin@mail.example"]: frozenset({"b"})}
    assert foreign_identifiers(text, (), others) == ["38316", "tavorin@mail.example"]
    assert foreign_identifiers(text, [values["38316"]], others) == ["tavorin@mail.example"]


def test_what_many_share_belongs_to_nobody() -> None:
    text = "Call 031-12 34 56 today."
    (one, *_) = candidates(text)
    assert foreign_identifiers(text, (), {one.value: frozenset("abc")}) == []
    assert foreign_identifiers(text, (), {one.value: frozenset("ab")}) == ["031-12 34 56"]
