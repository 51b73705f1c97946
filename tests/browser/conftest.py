"""Real Chromium before the real server. Every test brings visitors of its own."""

import itertools
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, expect
from tests.browser import served
from tests.browser.agent import AtDesk
from tests.browser.contexts import Contexts
from tests.browser.served import House
from tests.browser.sides import Sides
from tests.browser.visitor import Visitor
from tests.channels.chromium import launched

import frontdesk

_BUILT = ("desk/index.html", "frame/index.html", "loader/loader.js")
_FAILED = pytest.StashKey[bool]()

NewVisitor = Callable[..., Visitor]
NewAgent = Callable[..., AtDesk]
Words = Callable[[str], str]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    folder = Path(frontdesk.__file__).parent / "built"
    missing = [name for name in _BUILT if not (folder / name).is_file()]
    if missing:
        pytest.exit(f"{', '.join(missing)} not built. Build the web parts: cd web && npm run build", 2)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as one:
        yield one


@pytest.fixture
def contexts(browser: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Contexts]:
    all_of_them = Contexts(browser)
    yield all_of_them
    try:
        if _FAILED in request.node.stash:
            all_of_them.photograph(tmp_path)
            print(f"What it looked like: {tmp_path}")  # noqa: T201
    except Error as error:
        print(f"No picture of it: {error}")  # noqa: T201
    all_of_them.close()
    assert all_of_them.faults() == []


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo, once for all tests. It fills up as they go, so no test may count on what others left."""
    with served.demo(tmp_path_factory.mktemp("demo")) as house:
        yield house


@pytest.fixture
def visitor(contexts: Contexts, demo: House) -> NewVisitor:
    """Makes visitors of the demo's shop, or of another house's."""

    def arrive(house: House = demo, path: str = "/", **options: Any) -> Visitor:
        return Visitor(contexts.new(**options), house.shop).visits(path)

    return arrive


@pytest.fixture
def agent(contexts: Contexts, demo: House) -> NewAgent:
    """Seats agents at the demo's desk, or at another house's."""

    def sit_down(who: str, house: House = demo, place: str = "/inbox", **options: Any) -> AtDesk:
        context = contexts.new(**options)
        context.add_cookies([{"name": "frontdesk", "value": house.tokens[who], "url": house.desk}])
        return AtDesk(context, house.desk).goes(place)

    return sit_down


_numbers = itertools.count(1)


@pytest.fixture
def words() -> Words:
    """Makes a sentence that nobody else says."""
    return lambda text: f"{text} ({next(_numbers)})"


BOTH = pytest.mark.parametrize("who", ["visitor", "agent"])
"""Whose words it is about."""


@pytest.fixture
def sides(who: str, visitor: NewVisitor, agent: NewAgent, words: Words) -> Sides:
    question = words("Hello?")
    one = visitor().asks(question)
    oskar = agent("oskar", place="/unassigned")
    oskar.opens(question)
    oskar.answers("Hello.")
    expect(one.said("Hello.")).to_be_visible()
    return Sides(who, one, oskar)
