"""Tables, row by row, so that each row can be understood without the others. Pure."""

from frontdesk.know.markup import Element, Sight
from frontdesk.know.plain import line, visible

# Headers that say nothing.
_SILENT = frozenset({"", "value", "values", "details", "wert", "värde", "valeur", "valor"})
_MOST_ROWS, _MOST_CELLS, _LONGEST_CELL = 300, 20, 600


def is_data(table: Element) -> bool:
    """Not a table that only lays things out."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return False
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = list(table.iter("tr"))[:3]
    if next(table.iter("th"), None) is not None:
        return True
    return len(rows) > 1 and all(len(_cells(row)) > 1 for row in rows)


def sentences(table: Element, sight: Sight) -> list[str]:
    """Of each row, "K1: weight 2 kg, price 49 kr"."""
    rows = [row for row in list(table.iter("tr"))[:_MOST_ROWS] if not sight.hides(row)]
    texts = [[(cell.tag, line(visible(cell, sight))[:_LONGEST_CELL]) for cell in _cells(row)] for row in rows]
    return told(texts)


def told(rows: list[list[tuple[str, str]]]) -> list[str]:
    """Rows of (th or td, text), the first of them its headers when they are th."""
    headers: list[str] = []
    if rows and len(rows) > 1 and all(tag == "th" or not text for tag, text in rows[0]):
        headers = [text for _, text in rows[0]]
        rows = rows[1:]
    sentences = [_sentence(headers, [text for _, text in row]) for row in rows]
    return [one for one in sentences if one]


def _sentence(headers: list[str], cells: list[str]) -> str:
    if len(cells) == 1 or not any(cells[1:]):
        return cells[0] if cells else ""
    rest = [
        f"{headers[n]} {text}" if n < len(headers) and headers[n].lower() not in _SILENT else text
        for n, text in enumerate(cells)
        if n and text
    ]
    first = (
        cells[0]
        if not headers or not headers[0]
        else f"{headers[0]} {cells[0]}"
        if cells[0][:1].isdigit()
        else cells[0]
    )
    return f"{first}: {', '.join(rest)}" if first else ", ".join(rest)


def _cells(row: Element) -> list[Element]:
    """A cell that spans several columns stands in each of them."""
    found: list[Element] = []
    for cell in row.iterchildren("td", "th"):
        span = cell.get("colspan") or "1"
        found += [cell] * min(int(span) if span.isascii() and span.isdigit() else 1, _MOST_CELLS)
        if len(found) >= _MOST_CELLS:
            break
    return found[:_MOST_CELLS]
