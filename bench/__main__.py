"""`python -m bench NAME`: runs one bench and prints one line of JSON. docs/performance.md tells more."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import (
    customers,
    erase,
    fastest,
    history,
    idle,
    inbox,
    live,
    mention,
    mentions,
    panel,
    places,
    purple,
    reconnect,
    search,
    sizes,
    start,
    suggest,
    visits,
)
from bench.figures import line
from bench.limits import around

_DATABASES = ("sqlite", "postgresql")
Options = argparse.Namespace


def main(argv: Sequence[str] | None = None) -> None:
    """Ends with 1 when the bar was missed."""
    options = _parser().parse_args(argv)
    figures, limit = around(lambda: dict(options.measure(options)), options.limit_seconds)
    bar, ok = options.judge(options, figures)
    print(line(options.bench, figures, limit, bar, ok), flush=True)
    sys.exit(0 if ok else 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="How fast the desk is, from outside."
    )
    parser.add_argument(
        "--limit-seconds",
        type=float,
        default=1.0,
        help="how long each of the machine's own figures is measured, before and after (default: 1)",
    )
    benches = parser.add_subparsers(required=True, dest="bench", metavar="NAME")
    for add in (
        _add_live,
        _add_idle,
        _add_reconnect,
        _add_inbox,
        _add_search,
        _add_start,
        _add_sizes,
        _add_suggest,
        _add_purple,
        _add_mention,
        _add_mentions_list,
        _add_visits,
        _add_places,
        _add_panel,
        _add_history,
        _add_erase,
        _add_customers,
    ):
        add(benches)
    return parser


def _add_live(benches: Any) -> None:
    one = benches.add_parser("live", help="a visitor's message until it stands on the agent's screen")
    _add_load(one, seconds="how long (default: 60); with --max, how long each step (default: 5)")
    one.add_argument("--max", action="store_true", help="search the highest rate with p99 of at most 100 ms")
    one.set_defaults(measure=_live, judge=_judge_live)


def _add_idle(benches: Any) -> None:
    one = benches.add_parser("idle", help="what open chats cost in which nobody writes")
    one.add_argument("--connections", type=int, default=5_000)
    _add_load(one, seconds="how long messages are sent meanwhile (default: 30)")
    one.set_defaults(
        measure=lambda options: idle.idle(_wanted(options), options.connections),
        judge=lambda _, figures: (idle.bars(), idle.holds(figures)),
    )


def _add_load(one: argparse.ArgumentParser, seconds: str) -> None:
    one.add_argument("--chats", type=int, default=200, help="visitors who write (default: %(default)s)")
    one.add_argument("--rate", type=float, default=20.0, help="messages a second (default: %(default)s)")
    one.add_argument("--seconds", type=float, default=None, help=seconds)
    one.add_argument("--processes", type=int, default=1, help="with PostgreSQL; the agent is on the last one")
    _add_database(one)


def _add_database(one: argparse.ArgumentParser) -> None:
    one.add_argument("--database", choices=_DATABASES, default="sqlite", help="(default: %(default)s)")


def _add_reconnect(benches: Any) -> None:
    one = benches.add_parser("reconnect", help="a desk is killed, and everybody comes back at once")
    one.add_argument("--connections", type=int, default=10_000)
    _add_database(one)
    one.set_defaults(
        measure=lambda options: reconnect.reconnect(options.database, options.connections),
        judge=lambda _, figures: (reconnect.bars(), reconnect.holds(figures)),
    )


def _add_inbox(benches: Any) -> None:
    one = benches.add_parser(
        "inbox", help="first and thousandth page of each list, and what a desk begins with"
    )
    one.add_argument("--conversations", type=int, default=1_000_000)
    _add_database(one)
    one.set_defaults(
        measure=lambda options: inbox.inbox(options.database, options.conversations),
        judge=lambda _, figures: (inbox.bars(), inbox.holds(figures)),
    )


def _add_search(benches: Any) -> None:
    one = benches.add_parser("search", help="a question to search, and how much its index takes")
    one.add_argument("--messages", type=int, default=1_000_000, help="(default: %(default)s)")
    _add_database(one)
    one.set_defaults(
        measure=lambda options: search.search(options.database, options.messages),
        judge=lambda options, figures: (
            search.bars(options.database),
            search.holds(figures, search.bars(options.database)),
        ),
    )


def _add_start(benches: Any) -> None:
    one = benches.add_parser("start", help="process start until the first answer")
    one.add_argument("--messages", type=int, default=1_000, help="what the desk holds (default: %(default)s)")
    one.add_argument("--times", type=int, default=5, help="(default: %(default)s)")
    one.add_argument("--passages", type=int, default=0, help="with so many, the engine too (default: none)")
    _add_database(one)
    one.set_defaults(
        measure=lambda options: start.start(
            options.database, options.messages, options.times, options.passages
        ),
        judge=lambda options, figures: (start.bars(options.passages), start.holds(figures)),
    )


def _add_sizes(benches: Any) -> None:
    one = benches.add_parser("sizes", help="what browsers have to fetch")
    one.set_defaults(
        measure=lambda _: sizes.sizes(), judge=lambda _, figures: (sizes.bars(), sizes.holds(figures))
    )


def _add_suggest(benches: Any) -> None:
    one = benches.add_parser("suggest", help="a question until its suggestions are there")
    one.add_argument("--passages", type=int, default=10_000, help="what is known (default: %(default)s)")
    one.add_argument("--threads", type=int, default=1, help="for the language model (default: %(default)s)")
    one.set_defaults(
        measure=lambda options: suggest.suggest(options.passages, options.threads),
        judge=lambda _, figures: (suggest.bars(figures["passages"]), suggest.holds(figures)),
    )


def _add_purple(benches: Any) -> None:
    one = benches.add_parser("purple", help="a customer's message until its suggestion is on the screen")
    one.add_argument("--passages", type=int, default=10_000, help="what is known (default: %(default)s)")
    _add_load(one, seconds="how long, without suggestions and with them (default: 60 each)")
    one.set_defaults(
        measure=lambda options: purple.purple(_wanted(options), options.passages),
        judge=lambda _, figures: (purple.bars(), purple.holds(figures)),
    )


def _add_mention(benches: Any) -> None:
    one = benches.add_parser("mention", help="a colleague is called until it stands on their screen")
    _add_load(one, seconds="how long (default: 60)")
    one.set_defaults(
        measure=lambda options: mention.mention(_wanted(options)),
        judge=lambda _, figures: (mention.bars(), mention.holds(figures)),
    )


def _add_mentions_list(benches: Any) -> None:
    one = benches.add_parser("mentions-list", help="a key after an @ until the list is painted, in a browser")
    one.add_argument("--agents", type=int, default=500, help="(default: %(default)s)")
    one.set_defaults(
        measure=lambda options: mentions.mentions_list(options.agents),
        judge=lambda _, figures: (mentions.bars(), mentions.holds(figures)),
    )


def _add_visits(benches: Any) -> None:
    one = benches.add_parser("visits", help="messages while browsers report what pages they see")
    one.add_argument("--browsers", type=int, default=5_000, help="(default: %(default)s)")
    one.add_argument("--visits", type=int, default=2_000, help="pages a second (default: %(default)s)")
    _add_load(one, seconds="how long, without visits and with them (default: 30 each)")
    one.set_defaults(
        measure=lambda options: visits.visits(_wanted(options), options.browsers, options.visits),
        judge=lambda _, figures: (visits.bars(figures), visits.holds(figures)),
    )


def _add_places(benches: Any) -> None:
    one = benches.add_parser("places", help="from an address to a city")
    one.add_argument("--data", type=Path, required=True, help="a data folder with a city database")
    one.add_argument("--lookups", type=int, default=20_000, help="of each kind (default: %(default)s)")
    one.set_defaults(
        measure=lambda options: places.places(options.data, options.lookups),
        judge=lambda _, figures: (places.bars(), places.holds(figures)),
    )


def _add_panel(benches: Any) -> None:
    one = benches.add_parser("panel", help="all that is known of one customer, fetched and painted")
    one.add_argument("--conversations", type=int, default=1_000, help="(default: %(default)s)")
    one.add_argument("--events", type=int, default=50_000, help="(default: %(default)s)")
    one.add_argument("--paints", type=int, default=20, help="in a browser; 0: none (default: %(default)s)")
    _add_database(one)
    one.set_defaults(
        measure=lambda options: panel.panel(
            options.database, options.conversations, options.events, options.paints
        ),
        judge=lambda _, figures: (panel.bars(), panel.holds(figures)),
    )


def _add_history(benches: Any) -> None:
    one = benches.add_parser("history", help="all that was ever said with one customer, opened and searched")
    one.add_argument("--messages", type=int, default=20_000, help="of theirs (default: %(default)s)")
    one.add_argument("--others", type=int, default=100_000, help="of others (default: %(default)s)")
    _add_database(one)
    one.set_defaults(
        measure=lambda options: history.history(options.database, options.messages, options.others),
        judge=lambda _, figures: (history.bars(), history.holds(figures)),
    )


def _add_erase(benches: Any) -> None:
    one = benches.add_parser("erase", help="a customer is erased while others write")
    one.add_argument("--messages", type=int, default=10_000, help="of theirs (default: %(default)s)")
    one.add_argument("--others", type=int, default=20_000, help="of others (default: %(default)s)")
    one.add_argument("--chats", type=int, default=50, help="others who write (default: %(default)s)")
    one.add_argument("--rate", type=float, default=10.0, help="messages a second (default: %(default)s)")
    _add_database(one)
    one.set_defaults(
        measure=lambda options: erase.erase(
            live.Wanted(options.database, 1, options.chats, options.rate), options.messages, options.others
        ),
        judge=lambda _, figures: (erase.bars(), erase.holds(figures)),
    )


def _add_customers(benches: Any) -> None:
    one = benches.add_parser("customers", help="the list of customers, sorted and narrowed")
    one.add_argument("--customers", type=int, default=1_000_000, help="(default: %(default)s)")
    _add_database(one)
    one.set_defaults(
        measure=lambda options: customers.customers(options.database, options.customers),
        judge=lambda _, figures: (customers.bars(), customers.holds(figures)),
    )


def _wanted(options: Options) -> live.Wanted:
    if options.processes > 1 and options.database == "sqlite":
        sys.exit("Several processes need --database postgresql.")
    return live.Wanted(options.database, options.processes, options.chats, options.rate, options.seconds)


def _live(options: Options) -> dict[str, Any]:
    return (fastest.fastest if options.max else live.live)(_wanted(options))


def _judge_live(options: Options, figures: dict[str, Any]) -> tuple[dict[str, float], bool]:
    if options.max:
        return fastest.bars(), fastest.holds(figures)
    bar = live.bars(options.database)
    return bar, live.holds(figures, bar)


if __name__ == "__main__":
    main()
