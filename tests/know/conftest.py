"""What several tests of sources read from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.know import shop
from tests.know.reading import HERE
from tests.know.shop import bare
from tests.know.web import Web, serving

from frontdesk.base.files import Files
from frontdesk.know.learn import Learning


@pytest.fixture
def web() -> Iterator[Web]:
    """A small one, to be changed at will."""
    with serving() as one:
        for n in range(12):
            one.page(
                f"/{n}",
                bare(f"Page {n}", f"<p>This is what page {shop.NUMBERS[n]} has to tell to everybody.</p>"),
            )
        links = "".join(f'<a href="/{n}">{n}</a>' for n in range(12))
        one.page("/", bare("Home", f"<p>Welcome to this very small website of ours.</p>{links}"))
        yield one


@pytest.fixture
def learning(tmp_path: Path) -> Learning:
    return Learning(Files(tmp_path / "files"), HERE)
