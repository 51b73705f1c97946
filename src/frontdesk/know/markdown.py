"""Markdown, as blocks. Pure."""

import re
from collections.abc import Iterator

from frontdesk.know import grid
from frontdesk.know.blocks import LONGEST_BLOCK, Block
from frontdesk.know.plain import clean, line

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_ITEM = re.compile(r"\s*(?:[-*+]|(\d{1,4})[.)])\s+(.*)")
_MARKS = re.compile(r"(\*\*|__|`+|~~|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w))")
_LINK = re.compile(r"!?\[([^\]\n]{0,500})\]\([^)\s]{0,1000}(?:\s+\"[^\"\n]{0,200}\")?\)")
_RULE = re.compile(r"\s*([-*_=]\s*){3,}$")


def markdown(text: str) -> Iterator[Block]:
    """Headings, items, tables and paragraphs; a heading that asks is a question."""
    headings: list[tuple[int, str]] = []
    waiting: list[str] = []
    for raw in [*_unfenced(text), ""]:
        heading, item = _HEADING.match(raw), _ITEM.match(raw)
        if heading or item or not raw.strip() or _RULE.match(raw):
            yield from _said(waiting, headings)
            waiting = []
        if heading:
            depth = len(heading[1])
            headings = [*((d, t) for d, t in headings if d < depth), (depth, _bare(heading[2])[:120])]
        elif item:
            waiting = [f"{item[1] + '. ' if item[1] else '- '}{item[2]}"]
        elif raw.strip() and not _RULE.match(raw):
            waiting.append(raw)


def _unfenced(text: str) -> Iterator[str]:
    for one in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).replace("\r\n", "\n").split("\n"):
        if not re.match(r"\s*(```|~~~)", one):
            yield one


def _said(lines: list[str], headings: list[tuple[int, str]]) -> Iterator[Block]:
    path = " › ".join(text for _, text in headings if not text.endswith("?"))
    asked = tuple(text for _, text in headings if text.endswith("?"))[-1:]
    if len(lines) > 1 and all("|" in one for one in lines):
        rows = [[("td", _bare(cell)) for cell in one.strip().strip("|").split("|")] for one in lines]
        if all(re.fullmatch(r":?-+:?", cell) for _, cell in rows[1]):
            rows = [[("th", cell) for _, cell in rows[0]], *rows[2:]]
        for text in grid.told(rows):
            yield Block("answer" if asked else "row", path, text[:LONGEST_BLOCK], asked)
    elif lines and (text := clean(_bare(" ".join(one.strip() for one in lines)))):
        kind = "answer" if asked else "item" if _ITEM.match(lines[0]) else "text"
        yield Block(kind, path, text[:LONGEST_BLOCK], asked)


def _bare(text: str) -> str:
    return line(_MARKS.sub("", _LINK.sub(r"\1", text)))
