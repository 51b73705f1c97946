"""What was learnt, as bytes: named arrays and one JSON text. Never pickle: reading it must run nothing."""

import io
import zlib
from typing import Any
from zipfile import BadZipFile

import numpy as np
import orjson
from numpy.typing import NDArray

_JSON = "json"
FORMAT = 1

Arrays = dict[str, NDArray[Any]]


def packed(values: dict[str, Any], arrays: Arrays) -> bytes:
    """`values`: what JSON can hold."""
    out = io.BytesIO()
    text = np.frombuffer(orjson.dumps({**values, "format": FORMAT}), np.uint8)
    np.savez_compressed(out, allow_pickle=False, **{**arrays, _JSON: text})
    return out.getvalue()


def unpacked(state: bytes | None) -> tuple[dict[str, Any], Arrays]:
    """Empty for a state that is missing, damaged, or of another format: the engine then starts fresh."""
    try:
        with np.load(io.BytesIO(state or b""), allow_pickle=False) as found:
            arrays = {name: found[name] for name in found.files}
        values: dict[str, Any] = orjson.loads(arrays.pop(_JSON).tobytes())
    except (ValueError, KeyError, OSError, EOFError, BadZipFile, zlib.error):
        return {}, {}
    return (values, arrays) if values.get("format") == FORMAT else ({}, {})


def encoder_of(state: bytes | None) -> str | None:
    """By which language model it was learnt; None where nothing is known."""
    return unpacked(state)[0].get("encoder")
