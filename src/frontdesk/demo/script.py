"""Reads the hand-written conversations in `stories/` and fills in what differs from one telling to the next.

A file holds scripts, with an empty line between them:

    == key | where: Sweden | by: maja oskar | named | times: 3
    = product: a K2; price: 1 490 kr
    C: [Hi|Hello], how long does it take to {city}?
    A: {days} working days.
    ..
    C: It came. Thank you

`C` and `A` are the customer and the agent, `..` waits until the next working day, and each `=` line holds the
slots of one telling, which fill the braces. `[a|b]` takes turns from one telling to the next; `[=a|b]` does
so in step with the others of its script, for a question and the answer that fits only that.
"""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

By = Literal["customer", "agent"]
CHOICE = re.compile(r"\[(=?)([^\]]+)\]")
SLOT = re.compile(r"(^|[.!?] )?\{(\w+)\}")
SPEAKERS: Mapping[str, By] = {"C": "customer", "A": "agent"}
LANGUAGES = ("sv", "no", "fr", "de")


@dataclass(frozen=True)
class Turn:
    by: By
    text: str
    overnight: bool


@dataclass(frozen=True)
class Script:
    key: str
    head: Mapping[str, str]
    cases: tuple[Mapping[str, str], ...]
    turns: tuple[Turn, ...]

    @property
    def language(self) -> str:
        start = self.key[:2]
        return start if self.key[2:3] == "-" and start in LANGUAGES else "en"

    @property
    def by(self) -> tuple[str, ...]:
        """Who may answer. Most fall to Maja when nobody is named."""
        return tuple(self.head.get("by", "maja oskar maja leila").split())

    @property
    def named(self) -> bool:
        return "named" in self.head

    @property
    def times(self) -> int:
        return int(self.head["times"])

    def case(self, telling: int) -> Mapping[str, str]:
        return self.cases[telling % len(self.cases)] if self.cases else {}

    def where(self, telling: int) -> str:
        return self.case(telling).get("where", self.head.get("where", ""))

    def told(self, telling: int, slots: Mapping[str, str]) -> list[Turn]:
        """The turns of one telling, in words."""
        offsets = random.Random(self.key)
        filled = {**slots, **self.case(telling)}
        return [
            Turn(turn.by, _fill(_choose(turn.text, telling, offsets), filled), turn.overnight)
            for turn in self.turns
        ]


def scripts() -> list[Script]:
    """Every script, in the same order everywhere."""
    files = sorted((Path(__file__).parent / "stories").glob("*.txt"))
    return [script for file in files if file.stem != "open" for script in parse(file.read_text("utf-8"))]


def parse(text: str) -> Iterator[Script]:
    for block in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        first, *rest = block.strip().splitlines()
        key, *head = first.split(" | ")
        cases = tuple(_pairs(line[2:].split("; ")) for line in rest if line.startswith("= "))
        yield Script(key, _pairs(head), cases, tuple(_turns(rest)))


def _pairs(parts: list[str]) -> dict[str, str]:
    split = (part.partition(": ") for part in parts)
    return {name.strip(): value.strip() for name, _, value in split}


def _turns(lines: list[str]) -> Iterator[Turn]:
    overnight = False
    for line in lines:
        who, _, text = line.partition(": ")
        if who in SPEAKERS:
            yield Turn(SPEAKERS[who], text, overnight)
        overnight = line == ".."


def _choose(text: str, telling: int, offsets: random.Random) -> str:
    """Takes turns among the ways to say it. Each place starts elsewhere, unless it has to keep step."""

    def pick(match: re.Match[str]) -> str:
        ways = match[2].split("|")
        return ways[(telling + (0 if match[1] else offsets.randrange(len(ways)))) % len(ways)]

    return CHOICE.sub(pick, text)


def _fill(text: str, slots: Mapping[str, str]) -> str:
    def put(match: re.Match[str]) -> str:
        start, value = match[1], slots[match[2]]
        return value if start is None else start + value[:1].upper() + value[1:]

    return SLOT.sub(put, text)
