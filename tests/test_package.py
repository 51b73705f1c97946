"""What people install: a wheel made from the sdist, with the built desk and widget in it."""

import os
import subprocess
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import frontdesk

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "src/frontdesk/built"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    said = run("uv", "build", "--no-build-isolation", "--out-dir", folder, ROOT)
    assert said.returncode == 0, said.stdout
    return folder


def test_wheel_holds_what_was_built(dist: Path) -> None:
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    wanted = {f"frontdesk/{path.relative_to(ROOT / 'src/frontdesk').as_posix()}" for path in files(BUILT)}
    assert wanted
    assert wanted <= names
    assert not [name for name in names if not name.startswith(("frontdesk/", "frontdesk-"))]


def test_sdist_holds_sources_and_licence(dist: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {"LICENSE", "README.md", "build_hook.py", "web/package-lock.json", "src/frontdesk/app.py"} <= names
    assert not [name for name in names if "node_modules" in name or name.startswith((".venv", "tests"))]


def test_wheel_runs_by_itself(dist: Path, tmp_path: Path) -> None:
    venv.create(tmp_path, symlinks=True)
    python, wheel = tmp_path / "bin/python", next(dist.glob("*.whl"))
    pins = ROOT / "requirements/run.txt"
    said = run("uv", "pip", "install", "--python", python, "--constraint", pins, wheel)
    assert said.returncode == 0, said.stdout
    said = run(tmp_path / "bin/frontdesk", "--version")
    assert frontdesk.__version__ in said.stdout
    assert said.returncode == 0, said.stdout


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        words,
        env=surroundings,
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
