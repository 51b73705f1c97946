"""The shape of what clients send: strict types, and no field that was not asked for."""

from typing import Annotated

from fastapi import Form, UploadFile
from pydantic import BaseModel, ConfigDict, StringConstraints

ClientId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-z]{26}$")]
Token = Annotated[str, StringConstraints(max_length=100)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class Command(Body):
    client_id: ClientId

    def rest(self) -> dict[str, object]:
        """The body without the id, as it is compared when the id comes again."""
        return self.model_dump(exclude={"client_id"})


class _Upload(Command):
    file: UploadFile


Upload = Annotated[_Upload, Form(media_type="multipart/form-data")]
