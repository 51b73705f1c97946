"""What can go wrong, in words that may be shown.

DeskError
├── Missing    there is no such thing, or the actor may not know of it
├── Unknown    the actor is not signed in
├── Refused    the actor may not do this
├── Conflict   somebody was first, or the same command came with another body
│   └── Taken  another process has the data folder
├── Invalid    the input is wrong; `fields` names which
├── TooLarge   the input is too large
├── TooMany    too often; `data["retry_after"]` in seconds
├── Full       no room left on the disk
└── Away       the database does not answer; nothing was lost, try again
"""

from typing import Any


class DeskError(Exception):
    kind = "error"

    def __init__(
        self, message: str, *, data: dict[str, Any] | None = None, fields: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.data = data
        self.fields = fields


class Missing(DeskError):
    kind = "missing"


class Unknown(DeskError):
    kind = "unknown"


class Refused(DeskError):
    kind = "refused"


class Conflict(DeskError):
    kind = "conflict"


class Taken(Conflict):
    pass


class Invalid(DeskError):
    kind = "invalid"


class TooLarge(DeskError):
    kind = "too_large"


class TooMany(DeskError):
    kind = "too_many"


class Full(DeskError):
    kind = "full"


class Away(DeskError):
    kind = "away"
