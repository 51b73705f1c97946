"""The language models on this machine: the one that comes with Frontdesk, and what an operator put there.

Another one is a folder `models/NAME` in the data folder, with `model.onnx` and `tokenizer.json`.
"""

import hashlib
import re
from pathlib import Path

import numpy as np

from frontdesk.know.encoder import Damaged, Encoder, MiniLM, Onnx
from frontdesk.know.model import SHIPPED

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_FILES = ("model.onnx", "tokenizer.json")
_REMEDY = "Put another file there, or choose another model."
_TRIALS = (
    "How long does delivery take?",
    "The kettle",
    "Rücksendungen sind innerhalb von dreißig Tagen frei.",
)


class Encoders:
    """Looked for each time: a folder may come and go while the desk is open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """The shipped one first."""
        found = self._folder.iterdir() if self._folder.is_dir() else ()
        return [SHIPPED, *sorted(one.name for one in found if _is_model(one))]

    def open(self, name: str) -> Encoder:
        """Raises Damaged, in plain words."""
        if name == SHIPPED:
            return MiniLM()
        if name not in self.names():
            raise Damaged(f"There is no language model {name} in {self._folder}. {_REMEDY}")
        try:
            return _tried(name, *(self._folder / name / file for file in _FILES))
        except Damaged:
            raise
        except Exception as error:
            why = {"why": str(error)}
            raise Damaged(f"The language model {name} cannot be read. {_REMEDY}", data=why) from error


def _is_model(folder: Path) -> bool:
    is_named = _NAME.fullmatch(folder.name) is not None and folder.name != SHIPPED
    return is_named and all((folder / file).is_file() for file in _FILES)


def _tried(name: str, model: Path, words: Path) -> Encoder:
    """Vectors are stored under its name and what it is: other files of the same name are another model."""
    made = Onnx(f"{name} {_digest(model, words)}", 0, model, words)
    found = made.embed(_TRIALS)
    is_usable = bool(np.isfinite(found).all()) and bool((np.linalg.norm(found, axis=1) > 0.99).all())
    if not is_usable or float(found[0] @ found[1]) > 0.9999:
        raise Damaged(f"The language model {name} says the same of every text. {_REMEDY}")
    return made


def _digest(*files: Path) -> str:
    whole = hashlib.sha256()
    for one in files:
        with one.open("rb") as content:
            whole.update(hashlib.file_digest(content, "sha256").digest())
    return whole.hexdigest()[:12]
