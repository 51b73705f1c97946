"""What browsers fetch, as a running desk sends it, in bytes after gzip -9, file by file."""

import gzip
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from bench.desk import ask, serving, set_up
from bench.storage import fresh

BARS = {"button_kb": 3.0, "opened_kb": 20.0, "desk_kb": 120.0}
_NAMED_IN_PAGE = re.compile(r"""<(?:script|link|img)\b[^>]*?\b(?:src|href)=["']?([^"'\s>]+)""")
_STATIC = re.compile(r"""(?:\bfrom|\bimport)\s*["'](\.{0,2}/[^"']+)["']""")
_LATER = re.compile(r"""\bimport\(\s*["'`](\.{0,2}/[^"'`]+)["'`]""")
_IN_STYLE = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')]+)""")


def sizes() -> dict[str, Any]:
    """Opened: the button, the chat's page and every file it may ask for, at once or later."""
    with fresh("sqlite") as storage, serving(storage.data) as servers:
        port = servers[0].port
        set_up(port)
        button = _weigh(port, "/widget.js", later=False)
        opened = button | _weigh(port, "/widget/frame", later=True)
        desk = _weigh(port, "/", later=False)
    return {"button_kb": _kb(button), "opened_kb": _kb(opened), "desk_kb": _kb(desk), "desk_files": len(desk)}


def _kb(weights: dict[str, int]) -> float:
    return round(sum(weights.values()) / 1000, 2)


def _weigh(port: int, first: str, *, later: bool) -> dict[str, int]:
    """Address and weight of a file and of all that it names, and that those name."""
    weights: dict[str, int] = {}
    waiting = [first]
    while waiting:
        path = waiting.pop()
        if path in weights:
            continue
        status, body, _ = ask(port, "GET", path)
        if status != 200:
            raise FileNotFoundError(f"{path} is answered with {status}; build it: python build_hook.py")
        weights[path] = len(gzip.compress(body, 9))
        waiting += [urljoin(path, name) for name in _named(path, body, later) if _is_own(name)]
    return weights


def _named(path: str, body: bytes, later: bool) -> list[str]:
    text, end = body.decode(errors="replace"), path.rpartition(".")[2]
    if end == "js":
        return _STATIC.findall(text) + (_LATER.findall(text) if later else [])
    if end == "css":
        return _IN_STYLE.findall(text)
    return _NAMED_IN_PAGE.findall(text) if text.lstrip().startswith("<") else []


def _is_own(name: str) -> bool:
    parts = urlsplit(name)
    return not parts.scheme and not parts.netloc


def bars() -> dict[str, float]:
    return dict(BARS)


def holds(figures: dict[str, Any]) -> bool:
    return all(figures[name] <= bar for name, bar in BARS.items())
