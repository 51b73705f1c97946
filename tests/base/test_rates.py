"""Buckets empty, refill, and never grow without bound."""

import pytest
from tests.conftest import Clock

from frontdesk.base import rates
from frontdesk.base.errors import TooMany
from frontdesk.base.rates import Rate, network


def spent(rate: Rate, key: str, most: int = 1_000) -> int:
    """How often it could be spent until it said no."""
    for count in range(most):
        try:
            rate.spend(key)
        except TooMany:
            return count
    return most


def test_a_burst_and_no_more(clock: Clock) -> None:
    rate = Rate(5, 10)
    assert spent(rate, "one") == 5
    assert spent(rate, "another") == 5


def test_it_refills_while_time_passes(clock: Clock) -> None:
    rate = Rate(5, 10)
    spent(rate, "one")
    clock.passes(seconds=4)
    assert spent(rate, "one") == 2
    clock.passes(days=1)
    assert spent(rate, "one") == 5


def test_it_says_how_long_to_wait(clock: Clock) -> None:
    rate = Rate(1, 30)
    rate.spend("one")
    with pytest.raises(TooMany) as refused:
        rate.spend("one")
    assert refused.value.data is not None
    wait = refused.value.data["retry_after"]
    assert 30 <= wait <= 31
    clock.passes(seconds=wait)
    rate.spend("one")


def test_asking_while_empty_does_not_prolong_the_wait(clock: Clock) -> None:
    rate = Rate(1, 10)
    rate.spend("one")
    for _ in range(9):
        clock.passes(seconds=1)
        assert spent(rate, "one") == 0
    clock.passes(seconds=1.1)
    assert spent(rate, "one") == 1


def test_a_clock_that_jumps_back_locks_nobody_out(clock: Clock) -> None:
    rate = Rate(10, 10)
    rate.spend("one")
    clock.jumps(hours=-1)
    rate.spend("one")
    clock.passes(seconds=5)
    assert spent(rate, "one") > 0


def test_memory_is_bounded(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "_MOST_KEYS", 100)
    rate = Rate(1, 3600)
    for number in range(1_000):
        rate.spend(f"address {number}")
    assert len(rate._buckets) == 100
    with pytest.raises(TooMany):
        rate.spend("address 999")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2:bbbb::2", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::1", "::1", True),
    ],
)
def test_what_counts_as_one_sender(one: str, other: str, *, same: bool) -> None:
    assert (network(one) == network(other)) is same


@pytest.mark.parametrize("other", ["2001:db8::2", "2001:db8:0:0:1::2", "2001:0db8::3"])
def test_a_short_address_is_of_the_same_network(other: str) -> None:
    assert network(other) == network("2001:db8::1")


def test_an_ipv4_address_in_ipv6_clothes() -> None:
    assert network("::ffff:192.0.2.1") != network("::ffff:192.0.2.2")
