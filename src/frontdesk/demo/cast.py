"""Who writes with whom: the shop's three agents and its customers."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

NORDIC = {"Sweden", "Denmark", "Finland", "Norway"}
OUTSIDE_EU = {"Norway", "United Kingdom", "Switzerland"}
FAR = {"United States", "Australia", "Canada"}


@dataclass(frozen=True)
class Agent:
    key: str
    name: str
    email: str
    role: Literal["admin", "agent"]
    colour: str


@dataclass(frozen=True)
class Customer:
    """Someone who wrote. Without a name they are known by their city."""

    key: str
    name: str | None
    city: str | None
    country: str | None
    language: str = "en"

    @property
    def first(self) -> str:
        return self.name.split()[0] if self.name else ""

    def lives(self, where: str) -> bool:
        """Whether this place holds them: a city, a country, a group of countries, or anywhere near."""
        country = self.country or ""
        groups = {
            "": country not in FAR,
            "abroad": country not in FAR | {"Sweden"},
            "EU": country not in FAR | OUTSIDE_EU,
            "Nordic": country in NORDIC,
            "far": country in FAR,
        }
        return groups.get(where, where in (country, self.city))


def agents() -> Sequence[Agent]:
    return (
        Agent("maja", "Maja Ekström", "maja@kvarnochkanna.example", "admin", "teal"),
        Agent("oskar", "Oskar Lindh", "oskar@kvarnochkanna.example", "agent", "blue"),
        Agent("leila", "Leila Haddad", "leila@kvarnochkanna.example", "agent", "coral"),
    )


@cache
def customers() -> Sequence[Customer]:
    """Every customer, each with a key of their own: `ines-oliveira`, `stockholm-lead`, `stockholm-lead-2`."""
    found: dict[str, Customer] = {}
    with (Path(__file__).parent / "customers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = _free_key(row["name"] or f"{row['city']} lead", found)
            found[key] = Customer(key, row["name"] or None, row["city"], row["country"], row["language"])
    return tuple(found.values())


def _free_key(called: str, taken: dict[str, Customer]) -> str:
    key = called.lower().replace(" ", "-")
    return key if key not in taken else f"{key}-{sum(other.startswith(key) for other in taken) + 1}"


def with_article(country: str) -> str:
    """The country as it stands in a sentence."""
    return f"the {country}" if country.startswith(("United", "Nether")) else country
