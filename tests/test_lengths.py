"""Short files and short functions stay readable."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES = 400
FUNCTION_LINES = 50
GENERATED = {"web/wire/schema.ts"}


def long_files(root: Path) -> list[str]:
    python = [
        *root.glob("*.py"),
        *(p for room in ("src", "tests", "bench") for p in (root / room).rglob("*.py")),
    ]
    front = [
        p
        for end in ("ts", "tsx", "css")
        for room in ("wire", "desk", "widget")
        for p in (root / "web" / room).rglob(f"*.{end}")
    ]
    counted = ((p.relative_to(root).as_posix(), len(p.read_text().splitlines())) for p in python + front)
    return [f"{name} has {lines} lines" for name, lines in counted if lines > LINES and name not in GENERATED]


def long_functions(folder: Path) -> list[str]:
    return [
        f"{path.relative_to(folder)}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in sorted(folder.rglob("*.py"))
        if path.parent.name != "versions"  # a migration is one list of what changes
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= FUNCTION_LINES
    ]


def test_files_are_short() -> None:
    assert long_files(ROOT) == []


def test_functions_are_short() -> None:
    assert long_functions(ROOT / "src") == []


def test_checker_finds_long_ones(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/long.py").write_text("def long():\n" + "    pass\n" * 400)
    assert long_files(tmp_path) == ["src/long.py has 401 lines"]
    assert long_functions(tmp_path) == ["src/long.py:1 long has 401 lines"]


def test_checker_lets_short_ones_pass(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/short.py").write_text("def short():\n" + "    pass\n" * 49)
    assert long_files(tmp_path) == long_functions(tmp_path) == []
