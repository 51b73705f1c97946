"""Where in the index a number's words stand: with those of their kind and of their era. Pure."""

MESSAGE, NOTE, CUSTOMER, FILE, COMPANY = "m", "n", "c", "f", "o"

# What happens from now on counts up from here by the log, what was there before search ends below it.
LIVE = 2**40
PAST_STEP = 8
_ERA = 18
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MIDDLE = 36**3 // 2


def space_of(kind: str, number: int) -> str:
    """Four letters; those of one kind stand in the order of their numbers."""
    era = min(max((number >> _ERA) - (LIVE >> _ERA) + _MIDDLE, 0), 36**3 - 1)
    return kind + _DIGITS[era // 1296] + _DIGITS[era // 36 % 36] + _DIGITS[era % 36]
