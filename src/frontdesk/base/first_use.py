"""What only some desks need, or need later, is loaded when it is first used.

Everything together takes a second and forty megabytes: the migrations, PostgreSQL, the language model, the
demo. An `OnFirstUse` stands at the top of a file like any import, and `tests/test_rooms.py` reads it as one.
Inside what is loaded so, everything is imported and type-checked as everywhere.
"""

from importlib import import_module
from typing import Any


class OnFirstUse:
    """A module by its full name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, wanted: str) -> Any:
        return getattr(import_module(self._name), wanted)
