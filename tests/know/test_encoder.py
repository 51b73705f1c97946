"""The language model: the right file, the right numbers."""

from pathlib import Path

import numpy as np
import pytest

from frontdesk.know.encoder import MAX_TOKENS, Damaged, MiniLM

TEXTS = [
    "How long does delivery take?",
    "Shipping takes three working days.",
    "Can I put the press in the dishwasher?",
    "My password does not work.",
]


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return MiniLM()


def test_cosines_are_those_of_the_model(model: MiniLM) -> None:
    vectors = model.embed(TEXTS)
    assert (vectors @ vectors.T)[0] == pytest.approx([1, 0.625, -0.045, -0.037], abs=0.005)


def test_vectors_have_length_one(model: MiniLM) -> None:
    vectors = model.embed(["", "a", "word " * 1000, "Åäö 日本"])
    assert vectors.shape == (4, model.size)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_company_does_not_change_a_text(model: MiniLM) -> None:
    alone = np.concatenate([model.embed([text]) for text in TEXTS])
    together = model.embed([*TEXTS, "word " * 300])[: len(TEXTS)]
    assert together == pytest.approx(alone, abs=1e-4)


def test_order_is_kept(model: MiniLM) -> None:
    assert model.embed(TEXTS[::-1])[::-1] == pytest.approx(model.embed(TEXTS), abs=1e-4)


def test_what_is_too_long_is_cut(model: MiniLM) -> None:
    long = "word " * (MAX_TOKENS + 50)
    assert model.embed([long]) == pytest.approx(model.embed([long + "other " * 50]), abs=1e-5)


def test_nothing(model: MiniLM) -> None:
    assert model.embed([]).shape == (0, model.size)


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"not the one")
    with pytest.raises(Damaged, match=r"model\.onnx is damaged\. Install Frontdesk again\."):
        MiniLM(model=tmp_path / "model.onnx")
    with pytest.raises(Damaged):
        MiniLM(words=tmp_path / "model.onnx")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        MiniLM(model=tmp_path / "nothing.onnx")
