"""What is installed is what pyproject.toml asks for: exact versions, each with its hashes, from anywhere."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
BUILD = [
    line for line in (ROOT / "requirements/build.in").read_text().splitlines() if not line.startswith("#")
]
RUN = PROJECT["dependencies"]
DEV = PROJECT["optional-dependencies"]["dev"]


@pytest.mark.parametrize(
    ("name", "asked"),
    [("build", BUILD), ("run", RUN), ("dev", RUN + DEV + BUILD)],
    ids=["build", "run", "dev"],
)
def test_pins_meet_what_is_asked(name: str, asked: list[str]) -> None:
    pins = pinned(name)
    wrong = [
        one
        for one in map(Requirement, asked)
        if not one.specifier.contains(pins[canonicalize_name(one.name)])
    ]
    assert wrong == [], "run `python3 dev.py pins`"


def test_tests_run_what_is_installed() -> None:
    dev = pinned("dev")
    both = {**pinned("run"), **pinned("build")}
    assert {name: dev[name] for name in both} == both


@pytest.mark.parametrize("name", ["build", "run", "dev"])
def test_every_pin_has_its_hash(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", lock(name))
    assert [block for block in blocks if "==" in block and "--hash=sha256:" not in block] == []
    assert "://" not in lock(name)


def test_web_lock_is_exact_and_names_no_addresses() -> None:
    packages = json.loads((ROOT / "web/package-lock.json").read_text())["packages"]
    installed = {name: found for name, found in packages.items() if name}
    assert [name for name, found in installed.items() if not found.get("integrity")] == []
    assert [name for name, found in installed.items() if "resolved" in found] == []


def pinned(name: str) -> dict[str, str]:
    found = re.findall(r"^([\w.\-\[\],]+)==([\w.+!]+)", lock(name), re.MULTILINE)
    return {canonicalize_name(package.split("[")[0]): version for package, version in found}


def lock(name: str) -> str:
    return (ROOT / f"requirements/{name}.txt").read_text()
