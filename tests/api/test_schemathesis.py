"""Half a minute of whatever the OpenAPI allows, and of what it does not: nothing breaks."""

import re
import subprocess
import sys
from pathlib import Path

from tests.cast import Cast
from tests.serving import InThread

_SECONDS = 30
# Ends the session that everything else is asked with.
_LEFT_OUT = "^/api/(sign-out|me/sessions/.*)$"


def test_no_call_breaks_the_desk(server: InThread, cast: Cast, tmp_path: Path) -> None:
    for rates in (server.context, server.widget):
        for name in rates.__dataclass_fields__:
            widen = getattr(getattr(rates, name), "widen", None)
            if widen is not None:
                widen(100_000)
    admin = server.agent(cast.maja)
    cookie = "; ".join(f"{name}={value}" for name, value in admin.cookies.items())
    asked = [
        *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run"),
        f"{server.url}/api/openapi.json",
        *("--checks", "not_a_server_error", "--phases", "examples,coverage,fuzzing"),
        *("--max-time", str(_SECONDS), "--seed", "7", "--generation-database", "none"),
        *("--suppress-health-check", "all", "--warnings", "off", "--no-color", "--continue-on-failure"),
        *("-H", f"Origin: {server.url}", "-H", f"Cookie: {cookie}"),
        *("-H", f"Authorization: Bearer {cast.lead.token}"),
        *("--exclude-path-regex", _LEFT_OUT),
    ]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=240)
    said = done.stdout + done.stderr
    cases = re.search(r"(\d+) generated", said)
    assert cases, said[-3000:]
    assert int(cases[1]) > 100, said[-3000:]
    assert done.returncode == 0, said[-6000:]
    assert admin.get("/api/me/sessions").status_code == 200, "it was let in, and is still"
