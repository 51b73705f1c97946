"""The process that reads what others wrote: `python -m frontdesk.know.child`. See `apart.py`.

It takes questions from its standard input and writes answers to its standard output, each as two lengths,
JSON, and bytes. It stands back behind everything else on the machine, and may use only so much memory.
"""

import os
import resource
import struct
import sys
import zlib
from typing import Any, BinaryIO

import orjson

from frontdesk.know import documents, extract, sitemap
from frontdesk.know.blocks import Block
from frontdesk.know.cut import Piece, cut
from frontdesk.know.links import Site

LENGTHS = struct.Struct("!II")
_MEMORY = 1_500 * 1024 * 1024
Answer = tuple[dict[str, Any], bytes]


def page(data: dict[str, Any], body: bytes) -> Answer:
    found = extract.page(data["url"], body, data["charset"], Site.at(data["origin"]))
    answer = {
        "title": found.title,
        "at": found.at,
        "address": found.address,
        "is_wanted": found.is_wanted,
        "links": found.links,
        "digest": found.digest,
        "marks": found.marks,
    }
    return answer, packed(found.blocks)


def pieces(data: dict[str, Any], body: bytes) -> Answer:
    return {"pieces": cut(unpacked(body), frozenset(data["common"]))}, b""


def pages(_: dict[str, Any], body: bytes) -> Answer:
    listed, further = sitemap.read(body)
    return {"pages": listed, "maps": further}, b""


def document(data: dict[str, Any], body: bytes) -> Answer:
    try:
        found = documents.read(body, data["type"])
    except documents.Unreadable as error:
        return {"fault": str(error)}, b""
    cuts: list[Piece] = cut(found.blocks, most=documents.MOST_PASSAGES)
    return {"fault": None, "pages": found.pages, "pieces": cuts}, b""


TASKS = {"page": page, "pieces": pieces, "sitemap": pages, "document": document}


def packed(blocks: list[Block]) -> bytes:
    return zlib.compress(orjson.dumps(blocks, default=list))


def unpacked(body: bytes) -> list[Block]:
    return [
        Block(kind, heading, text, tuple(questions), is_main)
        for kind, heading, text, questions, is_main in orjson.loads(zlib.decompress(body))
    ]


def serve(asked: BinaryIO, answered: BinaryIO) -> None:
    while len(lengths := asked.read(LENGTHS.size)) == LENGTHS.size:
        first, second = LENGTHS.unpack(lengths)
        data, body = orjson.loads(asked.read(first)), asked.read(second)
        try:
            answer, more = TASKS[data.pop("task")](data, body)
        except Exception as error:  # whatever it was that somebody wrote: the next one may be read
            answer, more = {"broke": f"{type(error).__name__}: {error}"[:300]}, b""
        said = orjson.dumps(answer, default=list)
        answered.write(LENGTHS.pack(len(said), len(more)) + said + more)
        answered.flush()


def main() -> None:
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    # Whatever a library prints must not stand among the answers.
    answered = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answered)


if __name__ == "__main__":
    main()
