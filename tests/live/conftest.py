"""For all tests of what goes over the wire."""

import pytest

from frontdesk.suggest.proposer import Proposer


@pytest.fixture(autouse=True)
def nobody_proposes(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine decides for itself when it is done; here it is done when the test says so."""

    async def rests(_: Proposer) -> None: ...

    monkeypatch.setattr(Proposer, "start", rests)
