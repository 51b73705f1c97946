"""What the desk learns from, what it learnt, and the answers that the team approved."""

from dataclasses import dataclass
from pathlib import Path as File
from typing import Annotated

import orjson
from fastapi import Path, Query, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse

from frontdesk.api.answers import Nothing, as_json, done
from frontdesk.api.door import AsAdmin, AsAgent, Here
from frontdesk.base.body import Command, Id, Upload
from frontdesk.base.db import Reading
from frontdesk.base.errors import Invalid, Missing
from frontdesk.base.routes import Routes
from frontdesk.know import answers, models, read, sources
from frontdesk.know.encoder import Damaged
from frontdesk.know.kinds import type_of
from frontdesk.know.model import (
    MOST_PAGES,
    Answer,
    KnownPage,
    KnownPassage,
    LanguageModel,
    PageState,
    Source,
)
from frontdesk.suggest.public import learn_public

router = Routes(prefix="/api/knowledge", tags=["knowledge"])

SourceId = Annotated[str, Path(pattern=r"^([0-9a-z]{26}|answers|conversations)$")]
Address = Annotated[str, Field(max_length=1_000)]
Paths = Annotated[list[Annotated[str, Field(max_length=300)]], Field(max_length=100)]
Most = Annotated[int, Field(ge=1, le=1_000_000)]
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=60)]


class AddWebsite(Command):
    url: Address
    include: Annotated[Paths, Field(default_factory=list)]
    exclude: Annotated[Paths, Field(default_factory=list)]
    most: Most = MOST_PAGES


class ChangePlan(Command):
    include: Paths
    exclude: Paths
    most: Most


class ChooseModel(Command):
    name: Annotated[str, Field(max_length=80)]


class Turn(Command):
    is_on: bool


class WriteAnswer(Command):
    question: Annotated[str, Field(max_length=2_000)]
    text: Annotated[str, Field(max_length=20_000)]


class ApproveAnswer(WriteAnswer):
    message_id: Id | None = None


@dataclass(frozen=True)
class SourcesAnswer:
    """`is_full`: there is no room left on the desk's disk, so nothing new is learnt until there is."""

    seq: int
    sources: list[Source]
    model: LanguageModel
    is_full: bool


@dataclass(frozen=True)
class ModelsAnswer:
    """The language models on this machine, by name; the one that comes with Frontdesk stands first."""

    names: list[str]


@dataclass(frozen=True)
class ModelAnswer:
    model: LanguageModel


@dataclass(frozen=True)
class SourceAnswer:
    source: Source


@dataclass(frozen=True)
class KnownPagesAnswer:
    seq: int
    rows: list[KnownPage]
    next: str | None


@dataclass(frozen=True)
class KnownPageAnswer:
    seq: int
    page: KnownPage
    passages: list[KnownPassage]


@dataclass(frozen=True)
class AnswersAnswer:
    seq: int
    rows: list[Answer]
    next: str | None


@dataclass(frozen=True)
class AnswerAnswer:
    answer: Answer


@dataclass(frozen=True)
class ProposedAnswer:
    question: str
    text: str
    answer_id: str | None


@router.get("", response_model=SourcesAnswer)
async def all_sources(here: Here, me: AsAgent) -> Response:
    def query(view: Reading) -> SourcesAnswer:
        known = read.all_sources(view, me.actor), models.get(view, me.actor)
        return SourcesAnswer(view.head(), *known, is_full)

    is_full = await here.desk.is_full()
    return as_json(await here.desk.read(query))


@router.get("/models", response_model=ModelsAnswer)
async def all_models(here: Here, _: AsAdmin) -> Response:
    return as_json(ModelsAnswer(await run_in_threadpool(here.encoders.names)))


@router.post("/model", response_model=ModelAnswer)
async def choose_model(body: ChooseModel, here: Here, me: AsAdmin) -> Response:
    """It is tried before anything is read with it."""
    if body.name not in await run_in_threadpool(here.encoders.names):
        raise Missing("There is no such language model.")
    try:
        await run_in_threadpool(here.encoders.open, body.name)
    except Damaged as error:
        raise Invalid(error.message, fields={"name": error.message}) from error
    result = await here.desk.command(me.actor.key, body.client_id, models.choose, me.actor, **body.rest())
    return done(result)


@router.post("/websites", status_code=201, response_model=SourceAnswer)
async def add_website(body: AddWebsite, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, sources.add_website, me.actor, **body.rest()
    )
    return done(result, 201)


@router.post("/documents", status_code=201, response_model=SourceAnswer)
async def add_document(body: Upload, here: Here, me: AsAdmin) -> Response:
    file, name = body.file, body.file.filename or ""
    stored = await run_in_threadpool(here.files.keep, file.file, name, sources.LARGEST)
    try:
        type = await run_in_threadpool(_type, here.files.path(stored.id), stored.name)
        result = await here.desk.command(
            me.actor.key,
            body.client_id,
            sources.add_document,
            me.actor,
            stored,
            name=stored.name,
            type=type,
            size=stored.size,
        )
    except Exception:
        here.files.forget(stored.id)
        raise
    if await here.desk.read(sources.file_of, orjson.loads(result)["source"]["id"]) != stored.id:
        # The same upload came twice; the first one is kept.
        here.files.forget(stored.id)
    return done(result, 201)


def _type(path: File, name: str) -> str:
    with path.open("rb") as file:
        found = type_of(name, file.read(2_048))
    if found is None:
        why = "A .pdf, .docx, .md or .txt"
        raise Invalid("Documents are PDF, Word, Markdown or text.", fields={"file": why})
    return found


@router.get("/documents/{document_id}/file", response_class=FileResponse)
async def download(document_id: Id, here: Here, me: AsAgent) -> Response:
    file_id, source = await here.desk.read(read.file_of, me.actor, document_id)
    type = source.file.type if source.file else "application/octet-stream"
    return FileResponse(
        here.files.open(file_id),
        media_type=type,
        filename=source.name,
        content_disposition_type="attachment",
    )


@router.post("/sources/{source_id}/plan", response_model=SourceAnswer)
async def change_plan(source_id: SourceId, body: ChangePlan, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, sources.change_plan, me.actor, source_id=source_id, **body.rest()
    )
    return done(result)


@router.post("/sources/{source_id}/turn", response_model=SourceAnswer)
async def turn(source_id: SourceId, body: Turn, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, sources.turn, me.actor, source_id=source_id, is_on=body.is_on
    )
    return done(result)


@router.post("/sources/{source_id}/read", response_model=SourceAnswer)
async def read_again(source_id: SourceId, body: Command, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, sources.read_again, me.actor, source_id=source_id
    )
    return done(result)


@router.post("/sources/{source_id}/stop", response_model=SourceAnswer)
async def stop(source_id: SourceId, body: Command, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, sources.stop, me.actor, source_id=source_id
    )
    return done(result)


@router.post("/sources/{source_id}/remove", response_model=Nothing)
async def remove(source_id: SourceId, body: Command, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, sources.remove, me.actor, source_id=source_id
    )
    return done(result)


@router.get("/sources/{source_id}/pages", response_model=KnownPagesAnswer)
async def known_pages(
    source_id: SourceId,
    here: Here,
    me: AsAgent,
    state: PageState | None = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Response:
    def query(view: Reading) -> KnownPagesAnswer:
        rows, following = read.pages(view, me.actor, source_id, state=state, after=after, limit=limit)
        return KnownPagesAnswer(view.head(), rows, following)

    return as_json(await here.desk.read(query))


@router.get("/pages/{known_page_id}", response_model=KnownPageAnswer)
async def known_page(known_page_id: Id, here: Here, me: AsAgent) -> Response:
    def query(view: Reading) -> KnownPageAnswer:
        page, learnt = read.get_page(view, me.actor, known_page_id)
        return KnownPageAnswer(view.head(), page, learnt)

    return as_json(await here.desk.read(query))


@router.get("/answers", response_model=AnswersAnswer)
async def approved(
    here: Here, me: AsAgent, retired: bool = False, after: Cursor = None, limit: Limit = 50
) -> Response:
    def query(view: Reading) -> AnswersAnswer:
        rows, following = answers.page(view, me.actor, retired=retired, after=after, limit=limit)
        return AnswersAnswer(view.head(), rows, following)

    return as_json(await here.desk.read(query))


@router.get("/messages/{message_id}/answer", response_model=ProposedAnswer)
async def propose(message_id: Id, here: Here, me: AsAgent) -> Response:
    def query(view: Reading) -> dict[str, str | None]:
        learn_public(view, here.blanker)
        return answers.proposed(view, me.actor, message_id, here.blanker)

    return as_json(await here.desk.read(query))


@router.post("/answers", status_code=201, response_model=AnswerAnswer)
async def approve(body: ApproveAnswer, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(me.actor.key, body.client_id, answers.approve, me.actor, **body.rest())
    return done(result, 201)


@router.post("/answers/{answer_id}", response_model=AnswerAnswer)
async def change_answer(answer_id: Id, body: WriteAnswer, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, answers.change, me.actor, answer_id=answer_id, **body.rest()
    )
    return done(result)


@router.post("/answers/{answer_id}/retire", response_model=AnswerAnswer)
async def retire(answer_id: Id, body: Command, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, answers.retire, me.actor, answer_id=answer_id
    )
    return done(result)


@router.post("/answers/{answer_id}/restore", response_model=AnswerAnswer)
async def restore(answer_id: Id, body: Command, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, answers.restore, me.actor, answer_id=answer_id
    )
    return done(result)
