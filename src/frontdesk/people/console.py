"""`frontdesk places`: the city database, from the command line. A desk that runs finds it by itself."""

import argparse
import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from frontdesk.people import fetching
from frontdesk.people.fetching import Show
from frontdesk.people.places import FOLDER, Places

ATTRIBUTION = "IP Geolocation by DB-IP"
ATTRIBUTION_URL = "https://db-ip.com"
_OFF = ("", "off", "no", "0")


def registry() -> str | None:
    """Where the database comes from; None: the desk never asks for it by itself."""
    named = os.environ.get("FRONTDESK_PLACES_REGISTRY", fetching.REGISTRY).strip()
    return None if named.lower() in _OFF else named


def add_to(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    add_folder: Callable[[argparse.ArgumentParser], None],
    show: Show,
) -> None:
    places = commands.add_parser("places", help="the database that tells cities by addresses")
    actions = places.add_subparsers(required=True, metavar="ACTION")
    update = actions.add_parser(
        "update",
        help="fetch the newest",
        description="Fetch the newest city database into the data folder. No visitor's address leaves it.",
    )
    update.set_defaults(run=partial(_update, show))
    status = actions.add_parser("status", help="whether it is there, and of when")
    status.set_defaults(run=partial(_status, show))
    for one in (update, status):
        add_folder(one)


def _update(show: Show, arguments: argparse.Namespace) -> None:
    folder = arguments.data / FOLDER
    before = fetching.about(folder)
    after = fetching.update(folder, registry() or fetching.REGISTRY, show)
    if before.version == after.version:
        show("It is the newest already.")
    _status(show, arguments)


def _status(show: Show, arguments: argparse.Namespace) -> None:
    folder = arguments.data / FOLDER
    places, known = Places(folder), fetching.about(folder)
    if places.built_at is None:
        show("There is no city database. Fetch it: frontdesk places update")
    else:
        show(f"Cities as of {_day(places.built_at)}, version {known.version or 'not known'}.")
        show(f"{ATTRIBUTION}, {ATTRIBUTION_URL}, CC BY 4.0")
    if known.fault:
        show(f"The last attempt, on {_day(known.tried_at or 0)}: {known.fault}")


def _day(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1_000, UTC).strftime("%d %B %Y").lstrip("0")
