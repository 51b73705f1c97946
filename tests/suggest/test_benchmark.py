"""Sets of the benchmark's form, and the simulator's plug."""

from typing import Any

import pytest
from tests.suggest.bags import Bags

from frontdesk.suggest import benchmark
from frontdesk.suggest.benchmark import System

KB = [
    {"id": "delivery", "title": "Delivery", "url": "", "text": "Parcels take three days"},
    {"id": "returns", "title": "Returns", "url": "", "text": "Send things back within thirty days"},
    {"id": "hours", "title": "Hours", "url": "", "text": "We open at ten"},
]


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    monkeypatch.setattr(System, "_encoder", Bags())
    return System(KB, [])


def first(system: System, question: str, context: list[dict[str, Any]] | None = None) -> str:
    return system.suggest(question, context or [])[0][0]


def test_suggests_all_best_first(system: System) -> None:
    found = system.suggest("When do you open?", [])
    assert found[0][0] == "hours"
    assert {one for one, _ in found} == {"delivery", "returns", "hours"}


def test_feedback_teaches(system: System) -> None:
    assert first(system, "my thing is odd") != "returns"
    system.feedback("my thing is odd", "returns", "accepted")
    assert first(system, "my thing is odd") == "returns"
    system.suggest("When do you open?", [])
    system.feedback("When do you open?", "hours", "rejected")
    assert first(system, "When do you open?") != "hours"


def test_history_with_answers_per_talk_and_per_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(System, "_encoder", Bags())
    engine = benchmark.filled(Bags(), KB, [])
    turns = [
        {"role": "customer", "text": "odd thing"},
        {"role": "agent", "text": "Send it", "kb_id": "returns"},
        {"role": "customer", "text": "and where is the other"},
        {"role": "agent", "text": "Three days", "kb_id": "delivery"},
    ]
    pairs = benchmark.answered(engine, [{"turns": turns}])
    assert [(one.text, answer) for one, answer in pairs] == [
        ("odd thing", "returns"),
        ("and where is the other", "delivery"),
    ]
    whole = benchmark.answered(engine, [{"turns": turns[:1], "kb_ids": ["hours"]}])
    assert [(one.text, answer) for one, answer in whole] == [("odd thing", "hours")]
