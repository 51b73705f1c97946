"""What can happen in know, in the past tense."""

from dataclasses import dataclass

from frontdesk.base.log import NOBODY, Event
from frontdesk.know.model import Answer, LanguageModel, Source


@dataclass(frozen=True, slots=True)
class SourceAdded(Event):
    source: Source


@dataclass(frozen=True, slots=True)
class SourceChanged(Event):
    """The whole source after the change; about once a second while it is read."""

    source: Source


@dataclass(frozen=True, slots=True)
class SourceRemoved(Event):
    """Nothing of it is suggested from now on; what was learnt of it is being forgotten."""

    source_id: str


@dataclass(frozen=True, slots=True)
class _OfAnswer(Event):
    answer: Answer

    def about(self) -> tuple[str | None, str | None]:
        return self.answer.conversation_id, None


@dataclass(frozen=True, slots=True)
class AnswerApproved(_OfAnswer):
    pass


@dataclass(frozen=True, slots=True)
class AnswerChanged(_OfAnswer):
    pass


@dataclass(frozen=True, slots=True)
class AnswerRetired(_OfAnswer):
    pass


@dataclass(frozen=True, slots=True)
class AnswerRestored(_OfAnswer):
    pass


@dataclass(frozen=True, slots=True)
class ModelChanged(Event):
    """Another language model is used, or made ready (told about once a second), or one cannot be read."""

    model: LanguageModel


@dataclass(frozen=True, slots=True)
class PassagesChanged(Event):
    """New or other passages, and those that are gone, by id. For the engines of all processes."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def audience(self) -> str:
        return NOBODY


@dataclass(frozen=True, slots=True)
class PassagesReady(Event):
    """Their vectors are there."""

    ids: tuple[str, ...]

    def audience(self) -> str:
        return NOBODY
