"""Turns the small part of Markdown that the shop's pages use into HTML."""

import re
from collections.abc import Callable
from html import escape

BOLD = re.compile(r"\*\*(.+?)\*\*")
SLANTED = re.compile(r"\*(.+?)\*")
LINK = re.compile(r"\[(.+?)\]\((.+?)\)")
AMOUNT = re.compile(r"\b\d{1,3}( \d{3})* (kr|g|kg|ml|mm|cm|°C|%)(?!\w)")
STEP = re.compile(r"\d+\. ")


def to_html(text: str) -> str:
    """A whole text: blocks with an empty line between them."""
    return "\n".join(_block(block.splitlines()) for block in re.split(r"\n{2,}", text.strip()) if block)


def inline(text: str) -> str:
    """Bold, slanted and linked words of one line. A figure stays on one line with its unit."""
    text = escape(text, quote=False)
    text = AMOUNT.sub(r'<span class="whole">\g<0></span>', text)
    text = LINK.sub(r'<a href="\2">\1</a>', text)
    return SLANTED.sub(r"<em>\1</em>", BOLD.sub(r"<strong>\1</strong>", text))


def plain(text: str) -> str:
    """The same line as bare words, for machines."""
    return SLANTED.sub(r"\1", BOLD.sub(r"\1", LINK.sub(r"\1", text)))


def slug(text: str) -> str:
    """A heading as the name of its place on the page."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def questions(text: str) -> list[tuple[str, str]]:
    """The questions of a page with their answers, as bare words."""
    blocks = [block.splitlines() for block in re.split(r"\n{2,}", text)]
    return [(block[0][2:], plain(" ".join(block[1:]))) for block in blocks if block[0].startswith("? ")]


def _block(lines: list[str]) -> str:
    for fits, draw in KINDS:
        if fits(lines[0]):
            return draw(lines)
    return f"<p>{inline(' '.join(lines))}</p>"


def _heading(lines: list[str]) -> str:
    words = lines[0].removeprefix("## ")
    return f'<h2 id="{slug(words)}">{inline(words)}</h2>'


def _bullets(lines: list[str]) -> str:
    return _list("ul", [line[2:] for line in lines])


def _steps(lines: list[str]) -> str:
    return _list("ol", [STEP.sub("", line, count=1) for line in lines])


def _list(tag: str, items: list[str]) -> str:
    return f"<{tag}>" + "".join(f"<li>{inline(item)}</li>" for item in items) + f"</{tag}>"


def _question(lines: list[str]) -> str:
    words = lines[0][2:]
    answer = inline(" ".join(lines[1:]))
    return f'<details id="{slug(words)}"><summary>{inline(words)}</summary><p>{answer}</p></details>'


def _table(lines: list[str]) -> str:
    """The first column names its row. A table of two columns with an empty head has no head."""
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    top = f"<thead><tr>{''.join(map(_table_head, head))}</tr></thead>" if any(head) else ""
    body = "".join(map(_table_row, rows))
    table = f"<table>{top}<tbody>{body}</tbody></table>"
    return f'<div class="wide" role="group" aria-label="Table" tabindex="0">{table}</div>'


def _table_head(cell: str) -> str:
    return f'<th scope="col">{inline(cell)}</th>' if cell else "<td></td>"


def _table_row(cells: list[str]) -> str:
    name, *rest = cells
    return (
        f'<tr><th scope="row">{inline(name)}</th>'
        + "".join(f"<td>{inline(cell)}</td>" for cell in rest)
        + "</tr>"
    )


KINDS: list[tuple[Callable[[str], object], Callable[[list[str]], str]]] = [
    (lambda line: line.startswith("## "), _heading),
    (lambda line: line.startswith("- "), _bullets),
    (STEP.match, _steps),
    (lambda line: line.startswith("? "), _question),
    (lambda line: line.startswith("|"), _table),
]
