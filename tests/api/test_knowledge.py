# ruff: noqa: E501 - lists are easier to read in one piece
"""What the Knowledge page asks, over HTTP."""

import io
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.cast import Cast
from tests.databases import Database
from tests.know.shop import bare
from tests.know.web import Web, serving
from tests.serving import InThread, command, free_port, in_thread

from frontdesk.base.desk import Desk

TERMS = "# Terms\n\nWe deliver within three days.\n"


@pytest.fixture
def server(database: Database, desk: Desk, cast: Cast) -> Iterator[InThread]:
    """It may read websites of this machine."""
    settings = database.settings(port=free_port(), crawl_private=("127.0.0.1",))
    with in_thread(desk, settings) as one:
        yield one


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as one:
        one.page(
            "/",
            bare(
                "Home", '<p>Welcome to our shop in Malmö.</p><a href="/returns">r</a><a href="/nothing">n</a>'
            ),
        )
        one.page(
            "/returns", bare("Returns", "<details><summary>How long?</summary><p>Thirty days.</p></details>")
        )
        yield one


@pytest.fixture
def maja(server: InThread, cast: Cast) -> httpx.Client:
    return server.agent(cast.maja)


@pytest.fixture
def oskar(server: InThread, cast: Cast) -> httpx.Client:
    return server.agent(cast.oskar)


def post(who: httpx.Client, place: str, status: int = 200, **body: Any) -> Any:
    answer = who.post(f"/api/knowledge{place}", json=command(**body))
    assert answer.status_code == status, answer.text
    return answer.json()


def get(who: httpx.Client, place: str, status: int = 200) -> Any:
    answer = who.get(f"/api/knowledge{place}")
    assert answer.status_code == status, answer.text
    return answer.json()


def upload(who: httpx.Client, name: str, body: bytes, status: int = 201, **more: str) -> Any:
    files = {"file": (name, io.BytesIO(body), "application/octet-stream")}
    answer = who.post("/api/knowledge/documents", data={**command(), **more}, files=files)
    assert answer.status_code == status, answer.text
    return answer.json()


def until_read(who: httpx.Client, id: str) -> Any:
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        one = next(one for one in get(who, "")["sources"] if one["id"] == id)
        if one["state"] not in ("waiting", "reading"):
            return one
        time.sleep(0.02)
    raise TimeoutError("it is not read")


def test_a_website_is_added_read_and_looked_into(
    server: InThread, maja: httpx.Client, oskar: httpx.Client, web: Web
) -> None:
    live = server.live(oskar)
    source = post(maja, "/websites", 201, url=web.url, exclude=["/press"])["source"]
    assert live.until(kind="SourceAdded")["data"] == {"source": source}
    assert source["plan"] == {"url": f"{web.url}/", "include": [], "exclude": ["/press"], "most": 2000}
    one = until_read(oskar, source["id"])
    assert (one["state"], one["fault"], one["passages"]) == ("read", None, 2)
    assert one["counts"] == {
        "found": 3,
        "read": 2,
        "unchanged": 0,
        "skipped": 0,
        "robots": 0,
        "failed": 1,
        "now": None,
    }
    while live.until(kind="SourceChanged")["data"] != {"source": one}:
        pass
    rows = get(oskar, f"/sources/{one['id']}/pages?limit=2")
    assert [row["url"] for row in rows["rows"]] == [f"{web.url}/", f"{web.url}/nothing"]
    rest = get(oskar, f"/sources/{one['id']}/pages?limit=2&after={rows['next']}")
    assert [row["url"] for row in rest["rows"]] == [f"{web.url}/returns"]
    assert rest["next"] is None
    failed = get(oskar, f"/sources/{one['id']}/pages?state=failed")["rows"]
    assert [row["reason"] for row in failed] == ["was not found"]
    found = get(oskar, f"/pages/{rest['rows'][0]['id']}")
    assert found["page"]["passages"] == 1
    assert [(said["questions"], said["text"]) for said in found["passages"]] == [
        (["How long?"], "Thirty days.")
    ]
    again = post(maja, f"/sources/{one['id']}/read")["source"]
    assert again["state"] == "waiting"
    assert until_read(maja, one["id"])["counts"]["unchanged"] == 2
    post(maja, f"/sources/{one['id']}/turn", is_on=False)
    post(maja, f"/sources/{one['id']}/remove")
    assert live.until(kind="SourceRemoved")["data"] == {"source_id": one["id"]}
    assert [one["kind"] for one in get(oskar, "")["sources"]] == ["conversations", "answers"]
    get(oskar, f"/pages/{rest['rows'][0]['id']}", 404)


def test_the_same_command_twice_is_done_once(maja: httpx.Client) -> None:
    body = command(url="http://127.0.0.1:9")
    first, second = (maja.post("/api/knowledge/websites", json=body) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    known = maja.post("/api/knowledge/websites", json=command(url="http://127.0.0.1:9/else"))
    assert known.status_code == 409
    assert known.json()["error"]["data"] == {"reason": "known", "source_id": first.json()["source"]["id"]}
    assert until_read(maja, first.json()["source"]["id"])["fault"] == "did not answer"


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "no address"},
        {"most": 0},
        {"most": 10**9},
        {"exclude": ["/"]},
        {"exclude": "/x"},
        {"url": 7},
        {"owner": "me"},
    ],
)
def test_a_wrong_plan_is_refused(maja: httpx.Client, wrong: dict[str, Any]) -> None:
    field = next(iter(wrong))
    error = post(maja, "/websites", 422, **{"url": "https://kvarn.example", **wrong})["error"]
    assert any(name.startswith(field) for name in error["fields"])
    assert len(get(maja, "")["sources"]) == 2


def test_a_document_is_added_read_and_opened(
    server: InThread, maja: httpx.Client, oskar: httpx.Client
) -> None:
    sent = command()["client_id"]
    first = upload(maja, "../Terms of sale.md", TERMS.encode(), client_id=sent)["source"]
    assert upload(maja, "../Terms of sale.md", TERMS.encode(), client_id=sent)["source"] == first
    assert first["file"] == {"name": ".._Terms of sale.md", "type": "text/markdown", "size": len(TERMS)}
    one = until_read(oskar, first["id"])
    assert (one["state"], one["passages"]) == ("read", 1)
    opened = oskar.get(f"/api/knowledge/documents/{one['id']}/file")
    assert opened.text == TERMS
    assert opened.headers["content-disposition"].startswith("attachment")
    stored = [path for path in (server.context.settings.data / "files").rglob("*") if path.is_file()]
    assert len(stored) == 1, "the same upload is kept once"
    post(maja, f"/sources/{one['id']}/remove")
    ends = time.monotonic() + 10
    while stored[0].exists():
        assert time.monotonic() < ends, "the file is still there"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("a.html", b"<p>Hello</p>", 422), ("a.zip", b"PK\x03\x04" + bytes(50), 422), ("a.exe", b"MZ" + bytes(50), 422),
        ("a.txt", b"", 422), ("a.pdf", b"<p>Hello</p>", 422), ("a.txt", b"x" * (20 * 1024 * 1024 + 1), 413),
    ],
)  # fmt: skip
def test_other_files_are_refused_at_once(
    server: InThread, maja: httpx.Client, name: str, body: bytes, status: int
) -> None:
    upload(maja, name, body, status)
    assert len(get(maja, "")["sources"]) == 2
    assert not [path for path in (server.context.settings.data / "files").rglob("*") if path.is_file()]


def test_what_cannot_be_read_says_why(maja: httpx.Client) -> None:
    one = until_read(maja, upload(maja, "a.pdf", b"%PDF-1.4\nbroken")["source"]["id"])
    assert (one["state"], one["fault"]) == ("failed", "is broken")


def test_answers_are_written_by_agents(server: InThread, oskar: httpx.Client, cast: Cast) -> None:
    live = server.live(oskar)
    said = cast.oskar.answers(cast.lead.asks("Where are you?"), "In Malmö.").message
    proposed = get(oskar, f"/messages/{said.id}/answer")
    # What is neither everyday language nor known of the company may belong to the customer.
    assert proposed == {"question": "Where are you?", "text": "In ⟦word⟧.", "answer_id": None}
    one = post(oskar, "/answers", 201, question="Where?", text="In Malmö.", message_id=said.id)["answer"]
    assert live.until(kind="AnswerApproved")["data"] == {"answer": one}
    assert get(oskar, f"/messages/{said.id}/answer")["answer_id"] == one["id"]
    post(oskar, "/answers", 409, question="Where?", text="In Malmö.", message_id=said.id)
    changed = post(oskar, f"/answers/{one['id']}", question="Where?", text="In Lund.")["answer"]
    assert changed["text"] == "In Lund."
    assert get(oskar, "/answers")["rows"] == [changed]
    post(oskar, f"/answers/{one['id']}/retire")
    assert get(oskar, "/answers")["rows"] == []
    assert [row["id"] for row in get(oskar, "/answers?retired=true")["rows"]] == [one["id"]]
    post(oskar, f"/answers/{one['id']}/restore")
    counts = next(one for one in get(oskar, "")["sources"] if one["id"] == "answers")["counts"]
    assert counts["found"] == 1
    get(oskar, "/answers?after=nonsense", 422)
    post(oskar, "/answers", 422, question="", text="")
