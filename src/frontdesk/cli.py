"""The command line."""

import argparse
import contextlib
import getpass
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from os import environ, umask
from pathlib import Path

from frontdesk import __version__, handover
from frontdesk.app import open_desk, reading_desk, server
from frontdesk.base.desk import Desk
from frontdesk.base.errors import DeskError, Taken
from frontdesk.base.files import Files
from frontdesk.base.first_use import OnFirstUse
from frontdesk.base.net import networks
from frontdesk.base.settings import Settings
from frontdesk.errands import Errand, Teller, doing
from frontdesk.know import models
from frontdesk.know.encoder import Encoder, MiniLM
from frontdesk.know.encoders import Encoders
from frontdesk.know.lesson import Lesson, status
from frontdesk.people import company, merging, passwords
from frontdesk.people import console as places
from frontdesk.suggest import console, sets

demo = OnFirstUse("frontdesk.demo.run")

# So long a desk may take to start or to stop, until it takes commands or leaves the folder.
_PATIENCE = 10.0


def main(argv: Sequence[str] | None = None) -> None:
    arguments = _parser().parse_args(argv)
    # Conversations are nobody else's on this machine: new files are their owner's alone.
    umask(0o077)
    try:
        arguments.run(arguments)
    except DeskError as error:
        details = "".join(f"\n  {name}: {text}" for name, text in (error.fields or {}).items())
        sys.exit(f"frontdesk: {error.message}{details}")
    except KeyboardInterrupt:
        sys.exit(130)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="frontdesk",
        description="Customer service for a company that answers its own customers: a chat bubble on the "
        "website, one desk for the team.",
        epilog="Start with `frontdesk demo` to look around, or `frontdesk serve --data DIR` for real.",
    )
    parser.add_argument("--version", action="version", version=f"frontdesk {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(commands)
    _add_demo(commands)
    _add_agent(commands)
    _add_ask(commands)
    _add_evaluate(commands)
    _add_learn(commands)
    _add_import(commands)
    places.add_to(commands, _add_place, partial(print, flush=True))
    _add_erase(commands)
    return parser


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help="run the desk", description="Run the desk.")
    _add_place(serve)
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    serve.add_argument(
        "--base-url",
        default=environ.get("FRONTDESK_BASE_URL"),
        help="the address people use, such as https://desk.example, when a proxy stands in front",
    )
    serve.add_argument(
        "--trusted-proxy",
        action="append",
        default=None,
        metavar="ADDRESS",
        help="address or network of a proxy whose word on the client's address is taken; may be repeated",
    )
    serve.set_defaults(run=_serve)


def _add_place(parser: argparse.ArgumentParser) -> None:
    default = Path(environ.get("FRONTDESK_DATA", "frontdesk-data"))
    parser.add_argument(
        "--data", type=Path, default=default, help="folder for database and files (default: %(default)s)"
    )
    parser.add_argument(
        "--database-url",
        default=environ.get("FRONTDESK_DATABASE_URL"),
        help="postgresql://… to keep the desk in PostgreSQL instead (files stay in the data folder)",
    )


def _add_ask(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    ask = commands.add_parser(
        "ask", help="see what would be suggested", description="See what would be suggested to a question."
    )
    ask.add_argument("question", metavar="QUESTION")
    _add_place(ask)
    ask.set_defaults(run=_ask)


def _add_evaluate(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    evaluate = commands.add_parser(
        "evaluate",
        help="grade the suggestions",
        description="Replay the company's own closed conversations, or grade sets of questions and answers.",
    )
    evaluate.add_argument(
        "sets", nargs="*", type=Path, metavar="SET", help="folder with kb.jsonl and questions.jsonl"
    )
    evaluate.add_argument("--runs", type=Path, metavar="DIR", help="write what was ranked here, a file a set")
    _add_place(evaluate)
    evaluate.set_defaults(run=_evaluate)


def _add_demo(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo = commands.add_parser(
        "demo",
        help="run a desk with an invented shop and its customers",
        description="Run a desk with an invented shop, its website, three agents and their conversations.",
    )
    demo.add_argument("--port", type=int, default=8000, help="port of the desk; the shop takes the next one")
    demo.add_argument("--no-browser", action="store_true", help="do not open a browser")
    demo.add_argument(
        "--data", type=Path, default=None, help="keep the demo here (default: a fresh one each time)"
    )
    demo.set_defaults(run=_demo)


def _add_agent(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    agent = commands.add_parser("agent", help="add agents, let them in")
    actions = agent.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="add an agent", description="Add an agent.")
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--name", required=True, help="the name customers see")
    add.add_argument("--role", choices=("admin", "agent"), default="agent")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    _add_place(add)
    add.set_defaults(run=_agent_add)


def _add_learn(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    learn = commands.add_parser("learn", help="read websites and documents, to suggest answers from them")
    actions = learn.add_subparsers(required=True, metavar="ACTION")
    website = actions.add_parser(
        "website", help="read a website", description="Read a website, and again later."
    )
    website.add_argument("url", metavar="URL")
    website.set_defaults(run=_learn_website)
    file = actions.add_parser("file", help="read documents", description="Read PDF, Word, Markdown or text.")
    file.add_argument("paths", metavar="PATH", nargs="+", type=Path)
    file.set_defaults(run=_learn_file)
    status = actions.add_parser("status", help="what was learnt from where")
    status.set_defaults(run=_learn_status)
    for one in (website, file, status):
        _add_place(one)


def _add_import(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    bring = commands.add_parser("import", help="bring along what was written before Frontdesk")
    actions = bring.add_subparsers(required=True, metavar="ACTION")
    past = actions.add_parser(
        "conversations",
        help="learn from old conversations",
        description="Learn from old conversations. They are shown in no inbox; docs/import.md tells the "
        "format.",
    )
    past.add_argument("file", metavar="FILE", type=Path, help="JSON Lines, one conversation on each line")
    _add_place(past)
    past.set_defaults(run=_import_conversations)


def _add_erase(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    erase = commands.add_parser(
        "erase",
        help="erase a customer",
        description="Erase a customer with everything they said and all that was learnt of it, for ever.",
    )
    erase.add_argument("customer", metavar="CUSTOMER", help="the id that stands in their profile's address")
    erase.add_argument("--yes", action="store_true", help="do not ask for the name")
    _add_place(erase)
    erase.set_defaults(run=_erase)


def settings_of(arguments: argparse.Namespace) -> Settings:
    proxies = (
        arguments.trusted_proxy or environ.get("FRONTDESK_TRUSTED_PROXIES", "").replace(",", " ").split()
    )
    return Settings(
        data=arguments.data,
        host=arguments.host,
        port=arguments.port,
        database_url=arguments.database_url,
        base_url=arguments.base_url.rstrip("/") if arguments.base_url else None,
        trusted_proxies=tuple(proxies),
        rate_scale=_rate_scale(),
        places_registry=places.registry(),
        crawl_private=crawl_private(),
        llm_url=_llm_url(),
        llm_model=environ.get("FRONTDESK_LLM_MODEL", ""),
        llm_key=environ.get("FRONTDESK_LLM_KEY") or None,
    )


def _llm_url() -> str | None:
    url = environ.get("FRONTDESK_LLM_URL", "").rstrip("/")
    if url and not url.startswith(("http://", "https://")):
        sys.exit(f"frontdesk: FRONTDESK_LLM_URL is {url}; it must be an address.")
    return url or None


def crawl_private() -> tuple[str, ...]:
    given = tuple(environ.get("FRONTDESK_CRAWL_PRIVATE", "").replace(",", " ").split())
    try:
        networks(given)
    except ValueError as error:
        sys.exit(f"frontdesk: FRONTDESK_CRAWL_PRIVATE: {error}. Such as 10.0.0.0/8 192.168.1.7")
    return given


def _rate_scale() -> float:
    given = environ.get("FRONTDESK_RATE_SCALE", "1")
    try:
        scale = float(given)
    except ValueError:
        scale = 0.0
    if not 0 < scale < float("inf"):
        sys.exit(f"frontdesk: FRONTDESK_RATE_SCALE is {given}; it must be a number above 0, such as 10.")
    return scale


def _serve(arguments: argparse.Namespace) -> None:
    settings = settings_of(arguments)
    desk = open_desk(settings)
    try:
        if desk.read_now(company.find) is None:
            print(f"This desk is new. Set it up at {settings.address}", flush=True)
        else:
            print(f"The desk is open at {settings.address}", flush=True)
        server(settings, desk).run()
    finally:
        desk.close()


def _demo(arguments: argparse.Namespace) -> None:
    demo.run(arguments.port, arguments.data, browser=not arguments.no_browser)


def _agent_add(arguments: argparse.Namespace) -> None:
    password = passwords.hashed(_read_password(arguments.password_stdin))
    words = {name: getattr(arguments, name) for name in ("email", "name", "role")}
    with _doing(arguments) as do:
        _end(do(Errand("agent add", {**words, "password": password})))


@contextlib.contextmanager
def _read_only(arguments: argparse.Namespace) -> Iterator[Desk]:
    desk = reading_desk(Settings(arguments.data, database_url=arguments.database_url))
    try:
        yield desk
    finally:
        desk.close()


def _ask(arguments: argparse.Namespace) -> None:
    with _read_only(arguments) as desk:
        _end(console.ask(desk, _encoder(desk, arguments), arguments.question, print))


def _evaluate(arguments: argparse.Namespace) -> None:
    if arguments.sets:
        sets.evaluate(arguments.sets, arguments.runs, MiniLM(), print)
        return
    with _read_only(arguments) as desk:
        console.own_history(desk, _encoder(desk, arguments), print, _replayed)


def _encoder(desk: Desk, arguments: argparse.Namespace) -> Encoder:
    return Encoders(arguments.data / "models").open(desk.read_now(models.current).used)


def _replayed(done: int, count: int) -> None:
    if done % 25 == 0 or done == count:
        _show(f"{done:,} of {count:,} replayed" if done < count else "", done == count)


@contextlib.contextmanager
def _doing(arguments: argparse.Namespace) -> Iterator[Callable[[Errand], bool]]:
    """Here; or, when the desk is open already, there. While it starts or stops neither goes at once."""
    settings = Settings(arguments.data, database_url=arguments.database_url, crawl_private=crawl_private())
    ends = time.monotonic() + _PATIENCE
    while True:
        try:
            desk = open_desk(settings)
            break
        except Taken:
            if handover.is_open(settings.data):
                yield lambda errand: handover.hand_over(settings.data, errand, _TELLER)
                return
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)
    try:
        lesson = partial(Lesson, desk, Files(settings.data / "files"), settings.crawl_private)
        do = doing(desk, lesson, settings.data)
        yield lambda errand: do(errand, _TELLER)
    finally:
        desk.close()


def _show(line: str, is_last: bool) -> None:
    if sys.stdout.isatty():
        print(f"\r\x1b[K{line}", end="\n" if is_last else "", flush=True)
    elif is_last:
        print(line, flush=True)


def _learn_website(arguments: argparse.Namespace) -> None:
    with _doing(arguments) as do:
        _end(do(Errand("learn website", {"url": arguments.url})))


def _learn_file(arguments: argparse.Namespace) -> None:
    for path in arguments.paths:
        _must_be_there(path)
    with _doing(arguments) as do:
        # Every one of them, whatever becomes of the others.
        read = [_read(path, do) for path in arguments.paths]
        _end(all(read))


def _read(path: Path, do: Callable[[Errand], bool]) -> bool:
    with path.open("rb") as file:
        return do(Errand("learn file", {"name": path.name}, file))


def _learn_status(arguments: argparse.Namespace) -> None:
    crawl_private()
    with _read_only(arguments) as desk:
        status(desk, _show)


def _import_conversations(arguments: argparse.Namespace) -> None:
    _must_be_there(arguments.file)
    with _doing(arguments) as do, arguments.file.open("rb") as file:
        _end(do(Errand("import conversations", file=file)))


def _erase(arguments: argparse.Namespace) -> None:
    with _read_only(arguments) as desk:
        one = desk.read_now(merging.last, arguments.customer)
    if not arguments.yes and input(f"Type {one.called} to erase them and all they said: ") != one.called:
        sys.exit("frontdesk: Nothing was erased.")
    with _doing(arguments) as do:
        _end(do(Errand("erase", {"customer_id": one.id})))


def _must_be_there(path: Path) -> None:
    if not path.is_file():
        sys.exit(f"frontdesk: There is no file {path}.")


def _complain(line: str) -> None:
    print(f"\r\x1b[K{line}" if sys.stderr.isatty() else line, file=sys.stderr, flush=True)


_TELLER = Teller(_show, _complain)


def _end(is_well: bool) -> None:
    if not is_well:
        sys.exit(1)


def _read_password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != first:
        sys.exit("frontdesk: The two passwords are not the same.")
    return first
