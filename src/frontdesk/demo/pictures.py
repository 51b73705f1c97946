"""The shop's pictures: flat drawings on a field of 300 by 260, all standing on the same line."""

from functools import cache
from html import escape

from frontdesk.demo.content import SITE

BEANS = ((30, 214), (54, 226), (236, 218), (262, 208), (250, 232))


def card(name: str) -> str:
    """The drawing alone. The words beside it say what it is, so it is silent for screen readers."""
    return f'<svg viewBox="0 0 300 260" aria-hidden="true">{_drawing(name)}</svg>'


def scene(name: str, label: str) -> str:
    """The drawing on a table, with some beans; silent when it has no label."""
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    beans = "".join(f'<ellipse cx="{x}" cy="{y}" rx="9" ry="6"/>' for x, y in BEANS)
    return (
        f'<svg viewBox="-25 -6 350 270" preserveAspectRatio="xMidYMid slice" {said}>'
        '<path class="wall" d="M-200-200h700v364h-700z"/><path class="table" d="M-200 164h700v300h-700z"/>'
        f'<path class="edge" d="M-200 164h700"/>{_drawing(name)}<g class="beans">{beans}</g></svg>'
    )


@cache
def _drawing(name: str) -> str:
    return (SITE / "pictures" / f"{name}.svg").read_text(encoding="utf-8").strip()
