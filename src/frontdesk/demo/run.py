"""The demo: a desk and a shop, each on a port of its own, in one process."""

import asyncio
import tempfile
import webbrowser
from pathlib import Path

import uvicorn

from frontdesk.app import open_desk, server
from frontdesk.base.db import Tx
from frontdesk.base.desk import Desk
from frontdesk.base.ids import new_token
from frontdesk.base.settings import Settings
from frontdesk.demo.seed import seed
from frontdesk.demo.serve import site
from frontdesk.people import sessions


def run(port: int, data: Path | None, *, browser: bool) -> None:
    """Serves until interrupted; without a folder the demo is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-demo-", ignore_cleanup_errors=True) as fresh:
        settings = Settings(data=data or Path(fresh), port=port, crawl_private=("127.0.0.1", "::1"))
        desk = open_desk(settings)
        try:
            shop = f"http://localhost:{port + 1}"
            first = _furnished(desk, shop)
            link = sign_in_link(desk, first, settings.address)
            print(
                f"\n  The shop      {shop}\n  The desk      {settings.address}\n  Sign in with  {link}"
                "\n\n  Ask something in the shop's chat bubble, then answer at the desk."
                "\n  Ctrl-C ends the demo.\n",
                flush=True,
            )
            if browser:
                webbrowser.open(link)
                webbrowser.open(shop)
            asyncio.run(_serve(settings, desk))
        finally:
            desk.close()


def _furnished(desk: Desk, shop: str) -> str:
    """The id of the agent who signs in; the demo's data is written unless it is there."""
    print("Furnishing the demo ...", flush=True)
    return seed(desk, shop)


async def _serve(settings: Settings, desk: Desk) -> None:
    shop = uvicorn.Server(
        uvicorn.Config(
            site(settings.address),
            host="127.0.0.1",
            port=settings.port + 1,
            log_level="warning",
            access_log=False,
        )
    )
    main = server(settings, desk)
    shops = asyncio.create_task(shop.serve())
    try:
        await main.serve()
    finally:
        shop.should_exit = True
        await shops


def sign_in_link(desk: Desk, agent_id: str, address: str) -> str:
    """A link that signs the agent in, once."""
    token = new_token()

    def verb(tx: Tx) -> None:
        sessions.sign_in_link(tx, agent_id, token)

    desk.write_now(verb)
    return f"{address}/#sign-in={token}"
