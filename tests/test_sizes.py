"""What browsers have to fetch, in bytes after gzip -9, file by file as it is sent."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest

BUILT = Path(__file__).resolve().parent.parent / "src/frontdesk/built"
KB = 1000
STATIC_IMPORT = re.compile(rb"""(?:\bfrom|\bimport)\s*["'](\.{0,2}/[^"']+)["']""")
STYLE_ADDRESS = re.compile(rb"""url\(\s*["']?(?!data:|#)([^"')]+)["']?\s*\)|@import\s*["']([^"']+)["']""")


def test_button() -> None:
    within(3 * KB, [loader()])


def test_opened_widget() -> None:
    within(20 * KB, [loader(), *files(built("frame/index.html").parent)])


def test_first_load_of_the_desk() -> None:
    within(120 * KB, first_load(built("desk/index.html")))


def within(budget: int, paths: list[Path]) -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in paths}
    largest = sorted(sizes.items(), key=lambda item: -item[1])
    assert sum(sizes.values()) <= budget, largest


def loader() -> Path:
    return built("loader/loader.js")


def built(name: str) -> Path:
    path = BUILT / name
    if not path.is_file():
        pytest.fail(f"{path} is missing. Build it: .venv/bin/python build_hook.py", pytrace=False)
    return path


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def first_load(page: Path) -> list[Path]:
    """The page and all that it names, and all that those name: what is fetched before the first click."""
    found: list[Path] = []
    waiting = [page]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.append(path)
            waiting += [located(name, path, page.parent) for name in named_in(path)]
    return found


def named_in(path: Path) -> list[str]:
    if path.suffix == ".html":
        return Links(path.read_text()).found
    if path.suffix == ".js":
        return [name.decode() for name in STATIC_IMPORT.findall(path.read_bytes())]
    if path.suffix == ".css":
        return [(one or other).decode() for one, other in STYLE_ADDRESS.findall(path.read_bytes())]
    return []


def located(name: str, named_by: Path, top: Path) -> Path:
    name = re.split(r"[?#]", name)[0]
    path = top / PurePosixPath(name).relative_to("/") if name.startswith("/") else named_by.parent / name
    assert path.is_file(), f"{named_by.name} names {name}, which is not there"
    return path.resolve()


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = {"script": "src", "link": "href", "img": "src"}.get(tag)
        self.found += [
            value for name, value in attrs if name == wanted and value and not value.startswith("data:")
        ]


def test_everything_named_is_counted(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    texts = {
        "index.html": '<link rel="stylesheet" href="/assets/a.css"><script src="/assets/a.js"></script>',
        "assets/a.css": '@font-face{src:url("face.woff2")} .b{background:url(data:image/png;base64,x)}',
        "assets/face.woff2": "",
        "assets/a.js": 'import{x as y}from"./b.js";import"./c.js";const later=()=>import("./later.js")',
        "assets/b.js": 'export*from"./c.js"',
        "assets/c.js": "",
        "assets/later.js": "",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    counted = {path.relative_to(tmp_path).as_posix() for path in first_load(tmp_path / "index.html")}
    assert counted == set(texts) - {"assets/later.js"}


def test_too_much_is_found(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(bytes(range(256)) * 4)
    with pytest.raises(AssertionError):
        within(200, files(tmp_path))
