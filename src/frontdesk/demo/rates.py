"""What delivery costs and how long it takes, for the delivery page and the conversations alike."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    country: str
    cost: int
    quickest: int
    slowest: int
    free_from: int | None

    @property
    def days(self) -> str:
        return f"{self.quickest} to {self.slowest}"


RATES = (
    Rate("Sweden", 49, 1, 3, 800),
    Rate("Denmark", 79, 2, 4, 1200),
    Rate("Finland", 79, 2, 4, 1200),
    Rate("Norway", 99, 3, 5, 1500),
    Rate("Germany", 99, 3, 5, 1500),
    Rate("Netherlands", 99, 3, 5, 1500),
    Rate("Belgium", 99, 3, 5, 1500),
    Rate("Estonia", 99, 3, 5, 1500),
    Rate("France", 119, 4, 6, 1500),
    Rate("Ireland", 119, 4, 6, 1500),
    Rate("Poland", 119, 4, 6, 1500),
    Rate("Austria", 119, 4, 6, 1500),
    Rate("Spain", 139, 5, 7, 1500),
    Rate("Portugal", 139, 5, 7, 1500),
    Rate("Italy", 139, 5, 7, 1500),
    Rate("United Kingdom", 149, 5, 7, None),
    Rate("Switzerland", 169, 5, 8, None),
    Rate("Other countries in the EU", 149, 5, 8, 1500),
)


def rate(country: str) -> Rate:
    """The rate of a country; a country not listed pays that of the last line."""
    return next((found for found in RATES if found.country == country), RATES[-1])


def kronor(amount: int) -> str:
    """1490 as `1 490 kr`, the way Swedes write it."""
    return f"{amount:,} kr".replace(",", " ")


def as_table() -> str:
    """The rates as the table that the delivery page shows."""
    head = "| To | Cost | Working days | Free from |\n|---|---|---|---|"
    return "\n".join([head, *map(_row, RATES)])


def _row(rate: Rate) -> str:
    free = kronor(rate.free_from) if rate.free_from else "–"
    return f"| {rate.country} | {kronor(rate.cost)} | {rate.days} | {free} |"
