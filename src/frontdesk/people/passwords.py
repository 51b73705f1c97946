"""Passwords: Argon2id, never readable."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from frontdesk.base.errors import Invalid

SHORTEST = 10
_LONGEST = 200
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Verified against when there is no such agent, so that both answers take the same time: made before, by
# a hasher of the same strength.
_NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$OocLM0z6h/BT2LlDa9ANJQ$3qD1JJGVJBcAFsugbqWrYCamV0bmU1uWrIjxgJJqjec"


def hashed(password: str) -> str:
    """About 30 ms of work. Raises Invalid."""
    if len(password) < SHORTEST:
        raise Invalid("The password is too short.", fields={"password": f"At least {SHORTEST} characters"})
    if len(password) > _LONGEST:
        raise Invalid("The password is too long.", fields={"password": f"At most {_LONGEST} characters"})
    return _hasher.hash(password.encode("utf-8", "surrogatepass"))


def matches(stored: str | None, password: str) -> bool:
    """The same work whether there is anything to match or not."""
    try:
        fits = _hasher.verify(stored or _NOBODYS, password[:_LONGEST].encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False
    return fits and bool(stored) and len(password) <= _LONGEST
