"""A second real language model: the shipped one, of whose 384 numbers only the first 128 are given."""

import shutil
from pathlib import Path

import numpy as np

from frontdesk.know import encoder

SIZE = 128


def put(data: Path, name: str = "shorter") -> Path:
    """Into the data folder, as an operator would."""
    folder = data / "models" / name
    folder.mkdir(parents=True)
    # Two messages one behind the other are one in protobuf: what the second adds is added to the graph.
    (folder / "model.onnx").write_bytes(encoder._model_file().read_bytes() + _field(7, _cut()))
    shutil.copyfile(encoder.words_file(), folder / "tokenizer.json")
    return folder


def _cut() -> bytes:
    """More of a graph: one node, Slice(last_hidden_state, 0, 128, axis 2), its constants, and its output."""
    names = ["last_hidden_state", "cut_from", "cut_to", "cut_axis"]
    node = b"".join(_field(1, name.encode()) for name in names)
    node += _field(2, b"sentence_embedding") + _field(4, b"Slice")
    constants = b"".join(_field(5, _tensor(*one)) for one in zip(names[1:], (0, SIZE, 2), strict=True))
    sizes = b"".join(_field(1, _field(2, name)) for name in (b"batch", b"sequence", b"short"))
    kind = _field(1, _number(1, 1) + _field(2, sizes))
    return _field(1, node) + constants + _field(12, _field(1, b"sentence_embedding") + _field(2, kind))


def _tensor(name: str, value: int) -> bytes:
    """One whole number."""
    data = np.array([value], np.int64).tobytes()
    return _number(1, 1) + _number(2, 7) + _field(8, name.encode()) + _field(9, data)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _field(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    parts = []
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])
