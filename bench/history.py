"""Everything ever said with one customer, over HTTP: opened, moved to a date, and searched."""

import random
from typing import Any
from urllib.parse import urlencode

from bench.asking import Asking
from bench.desk import serving, set_up
from bench.figures import percentile, spread
from bench.search import Words, index_past
from bench.someone import CODE, ELSEWHERE, LASTS_MS, NUMBER, ONCE, SOMEONE, Much, Past, fill
from bench.storage import fresh

BAR_MS = 150.0
_ROUNDS, _WARM = 30, 2
_EACH = 50
_SAYS_NOTHING = ("none", "elsewhere")


def history(database: str, messages: int, others: int) -> dict[str, Any]:
    much = Much(messages // _EACH, _EACH, notes=messages // 100, others=others)
    with fresh(database) as storage:
        with serving(storage.data, storage.url) as servers:
            cookie = set_up(servers[0].port)
        past = fill(storage, much)
        index_past(storage)
        texts = [row[0] for row in storage.query(_OLDEST)]
        with serving(storage.data, storage.url) as servers:
            figures = _timed(Asking(servers[0].port, cookie), past, texts)
    return {"database": database, "messages": much.messages, "others": others, **figures}


_OLDEST = f"""SELECT text FROM message WHERE conversation_id IN (SELECT id FROM conversation
    WHERE customer_id = '{SOMEONE}') ORDER BY id LIMIT 40"""  # noqa: S608 - our own id


def _timed(desk: Asking, past: Past, texts: list[str]) -> dict[str, Any]:
    base = f"/api/customers/{SOMEONE}/history"
    took = {name: list[float]() for name in ("open", "jump", *_sought(texts))}
    chance = random.Random(7)
    for turn in range(_WARM + _ROUNDS):
        asked = [("open", base), ("jump", f"{base}?at={past.now - chance.randrange(LASTS_MS)}")]
        asked += [
            (name, f"{base}/find?{urlencode({'q': one})}")
            for name, some in _sought(texts).items()
            for one in some
        ]
        for name, path in asked:
            found, ms = desk.get(path)
            assert bool(found.get("items") or found.get("hits")) == (name not in _SAYS_NOTHING), path
            if turn >= _WARM:
                took[name].append(ms)
    figures = [spread(some, f"{name}_") for name, some in took.items()]
    finds = [ms for name, some in took.items() if name not in ("open", "jump") for ms in some]
    return {**{key: ms for one in figures for key, ms in one.items()}, "find_p99_ms": percentile(finds, 99)}


def _sought(texts: list[str]) -> dict[str, list[str]]:
    """`early` stands in many messages, `late` in one of the oldest, `elsewhere` in those of others alone."""
    words = Words(random.Random(4711)).all
    phrases = [" ".join(text.rstrip(".").split()[1:3]) for text in texts if len(text.split()) > 4]
    return {
        "early": [words[0], words[3], f"{words[9]} ", words[1][:2]],
        "middle": [f"{words[rank]} " for rank in (300, 900, 2000)],
        "late": [ONCE, ONCE[:9], CODE, f"{ONCE} {CODE}"],
        "number": [NUMBER, NUMBER[:4]],
        "phrase": [f'"{one}"' for one in phrases[:4]],
        "none": ["qqqq", f"{words[0]} qqqq", "904711"],
        "elsewhere": [ELSEWHERE, f"{words[0]} {ELSEWHERE}"],
    }


def bars() -> dict[str, float]:
    kinds = ("early", "middle", "late", "number", "phrase", "none", "elsewhere")
    return {f"{name}_p99_ms": BAR_MS for name in ("open", "jump", *kinds)}


def holds(figures: dict[str, Any]) -> bool:
    return all(figures[name] <= most for name, most in bars().items())
