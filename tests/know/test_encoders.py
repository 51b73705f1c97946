"""The language models on this machine: which there are, and which of them can be used."""

import shutil
from pathlib import Path

import pytest
from tests.know import second_model

from frontdesk.know.encoder import Damaged
from frontdesk.know.encoders import Encoders
from frontdesk.know.model import SHIPPED

TEXTS = ["How long does delivery take?", "When will my parcel arrive?", "The kettle is made of steel."]


def test_only_whole_folders_are_models(tmp_path: Path) -> None:
    encoders = Encoders(tmp_path / "models")
    assert encoders.names() == [SHIPPED]
    second_model.put(tmp_path)
    for name in (".hidden", "no words", SHIPPED):
        shutil.copytree(tmp_path / "models/shorter", tmp_path / "models" / name)
    (tmp_path / "models" / "empty").mkdir()
    assert encoders.names() == [SHIPPED, "shorter"]
    for name in ("../models/shorter", "empty", "nothing", "no words"):
        with pytest.raises(Damaged, match="choose another model"):
            encoders.open(name)


def test_another_model_is_read_as_it_is(tmp_path: Path) -> None:
    folder = second_model.put(tmp_path)
    encoders = Encoders(tmp_path / "models")
    shorter, shipped = encoders.open("shorter"), encoders.open(SHIPPED)
    found = shorter.embed(TEXTS)
    assert (shorter.size, found.shape) == (second_model.SIZE, (3, second_model.SIZE))
    assert found[0] @ found[1] > found[0] @ found[2]
    whole = shipped.embed(TEXTS)[0][: second_model.SIZE]
    assert found[0] @ whole == pytest.approx((whole @ whole) ** 0.5, abs=0.01)
    # What is stored under its name is its own: other words make another model.
    words = (folder / "tokenizer.json").read_text()
    (folder / "tokenizer.json").write_text(words + "\n")
    assert encoders.open("shorter").name != shorter.name


@pytest.mark.parametrize("broken", ["model.onnx", "tokenizer.json"])
def test_what_cannot_be_read_is_told(tmp_path: Path, broken: str) -> None:
    folder = second_model.put(tmp_path)
    (folder / broken).write_bytes(b"nothing that could be read")
    with pytest.raises(Damaged) as refused:
        Encoders(tmp_path / "models").open("shorter")
    assert refused.value.message == (
        "The language model shorter cannot be read. Put another file there, or choose another model."
    )
