"""Ids sort by time and never meet; tokens are long and kept only as hashes."""

import time

import pytest
from tests.conftest import Clock

from frontdesk.base.commands import checked
from frontdesk.base.errors import Invalid
from frontdesk.base.ids import digest, is_client_id, is_token, new_id, new_token


def test_ids_grow_with_time(clock: Clock) -> None:
    ids = []
    for _ in range(50):
        ids.append(new_id())
        clock.passes(seconds=0.001)
    assert ids == sorted(ids)
    assert {len(id) for id in ids} == {26}


def test_ids_of_one_moment_differ(clock: Clock) -> None:
    assert len({new_id() for _ in range(5_000)}) == 5_000


def test_ids_keep_their_length_for_centuries(clock: Clock) -> None:
    clock.passes(days=365 * 500)
    assert len(new_id()) == 26


def test_tokens_hold_256_bits() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(is_token(token) and len(token) * 6 >= 256 for token in tokens)


def test_a_digest_does_not_tell_the_token() -> None:
    token = new_token()
    assert len(digest(token)) == 64
    assert token not in digest(token)
    assert digest(token) != digest(token.swapcase())


NOT_TOKENS = ["", " ", "a" * 42, "a" * 44, "a" * 42 + " ", "a" * 43 + "\n", "å" * 43, None, [], {}, 7]


@pytest.mark.parametrize("wrong", [*NOT_TOKENS, "a" * 1_000_000], ids=lambda one: repr(one)[:20])
def test_what_is_not_a_token(wrong: object) -> None:
    begun = time.perf_counter()
    assert not is_token(wrong)
    assert time.perf_counter() - begun < 0.1


@pytest.mark.parametrize(
    "wrong", ["", "seven77", "a" * 65, "a b c d e", "12345678\n", None, 12345678, ["a" * 8]]
)
def test_what_is_not_a_commands_id(wrong: object) -> None:
    assert not is_client_id(wrong)
    with pytest.raises(Invalid):
        checked(wrong)


@pytest.mark.parametrize("right", ["a" * 8, "Z_9-" * 16])
def test_what_is_a_commands_id(right: str) -> None:
    assert checked(right) == right
