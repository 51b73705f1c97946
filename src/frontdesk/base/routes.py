"""Routes whose answers are described only when somebody asks for the description."""

from typing import Any

from fastapi import APIRouter
from fastapi._compat import ModelField
from fastapi.datastructures import DefaultPlaceholder
from fastapi.routing import APIRoute
from fastapi.utils import create_model_field


class _Described(APIRoute):
    """Routes write their answers as JSON themselves, so what an answer looks like is needed for nothing but
    the description. To make all shapes at once took a quarter of a start.
    """

    def __init__(self, path: str, endpoint: Any, *, response_model: Any = None, **how: Any) -> None:
        self._answer: Any = None
        self._field: ModelField | None = None
        super().__init__(path, endpoint, response_model=None, **how)
        if not isinstance(response_model, DefaultPlaceholder):
            self.response_model = self._answer = response_model

    @property
    def response_field(self) -> ModelField | None:
        if self._field is None and self._answer is not None:
            name = "Response_" + self.unique_id
            self._field = create_model_field(name, self._answer, mode="serialization")
        return self._field

    @response_field.setter
    def response_field(self, field: ModelField | None) -> None:
        self._field = field


class Routes(APIRouter):
    """Of one room."""

    def __init__(self, **how: Any) -> None:
        super().__init__(route_class=_Described, **how)
