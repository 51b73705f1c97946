"""The front end's rooms: desk and widget never meet, and screens do not know each other."""

import re
from pathlib import Path, PurePosixPath

import pytest

WEB = Path(__file__).resolve().parent.parent / "web"
SPECIFIER = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")
WEB_MAY_IMPORT = {"wire": {"wire"}, "desk": {"desk", "wire"}, "widget": {"widget", "wire"}}


def web_faults(web: Path) -> list[str]:
    found = []
    for path in _web_files(web):
        here = PurePosixPath(path.relative_to(web).as_posix())
        for specifier in SPECIFIER.findall(path.read_text()):
            if reason := _web_fault(here, specifier):
                found.append(f"{here} {reason} {specifier}")
    return found


def _web_files(web: Path) -> list[Path]:
    return [path for room in WEB_MAY_IMPORT for path in sorted((web / room).rglob("*.ts*"))]


def _web_fault(here: PurePosixPath, specifier: str) -> str | None:
    if not specifier.startswith("."):
        aliased = specifier.startswith(("/", "@/", "~", "#")) or specifier.split("/")[0] in WEB_MAY_IMPORT
        return "reaches by an alias for" if aliased else None
    there = _resolved(here, specifier)
    if not there or there[0] not in WEB_MAY_IMPORT[here.parts[0]]:
        return "may not import"
    if _screen(here.parts) and _screen(there) and _screen(here.parts) != _screen(there):
        return "is a screen and imports the screen"
    return None


def _resolved(here: PurePosixPath, specifier: str) -> tuple[str, ...]:
    parts = list(here.parent.parts)
    for step in specifier.split("/"):
        if step == "..":
            if not parts:
                return ()
            parts.pop()
        elif step != ".":
            parts.append(step)
    return tuple(parts)


def _screen(parts: tuple[str, ...]) -> str:
    return parts[2].split(".")[0] if len(parts) > 2 and parts[:2] == ("desk", "screens") else ""


def test_rooms_of_the_front_end() -> None:
    assert web_faults(WEB) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("wire/socket.ts", 'import { apply } from "../desk/state/apply.ts";'),
        ("desk/main.tsx", 'import "../widget/loader.ts";'),
        ("widget/frame/main.tsx", 'import type { Row } from "../../desk/state/types.ts";'),
        ("widget/loader.ts", 'const later = await import("../desk/main.tsx");'),
        ("desk/screens/inbox.tsx", 'import { Sign } from "./sign-in.tsx";'),
        ("desk/screens/inbox/list.tsx", 'export { Sign } from "../sign-in";'),
        ("desk/main.tsx", 'import x from "@/widget/loader";'),
        ("desk/main.tsx", 'import x from "../../src/thing.ts";'),
        ("desk/main.tsx", 'import x from "../../../thing.ts";'),
    ],
)
def test_checker_finds(tmp_path: Path, path: str, text: str) -> None:
    assert web_faults(tree(tmp_path, path, text)) != []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("wire/socket.ts", 'import { id } from "./ids.ts";'),
        (
            "desk/screens/inbox.tsx",
            'import { signal } from "@preact/signals";\nimport { Row } from "../parts/row.tsx";',
        ),
        ("desk/screens/inbox/list.tsx", 'import { Row } from "./row.tsx";\nimport "../../style/list.css";'),
        (
            "widget/frame/main.tsx",
            'import { render } from "preact";\nimport { call } from "../../wire/fetch.ts";',
        ),
    ],
)
def test_checker_lets_pass(tmp_path: Path, path: str, text: str) -> None:
    assert web_faults(tree(tmp_path, path, text)) == []


def tree(folder: Path, path: str, text: str) -> Path:
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_text(text)
    return folder
