"""Text as it is read, of whatever markup it was written in. Pure."""

import re
from hashlib import blake2b

from lxml import etree  # type: ignore[import-untyped]

from frontdesk.know.markup import Element, Sight

BLOCKS = frozenset(
    """p div section article main li ul ol table tbody thead tfoot tr td th caption dl dt dd details summary
    figure figcaption blockquote pre address header footer form fieldset legend hr body center nav aside
    button label h1 h2 h3 h4 h5 h6""".split()  # noqa: SIM905
)
# Zero width, direction marks, soft hyphens, and the tags that nobody sees but a machine.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff0-\uffff\U000e0000-\U000e0fff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)
_SPACE = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[\n ]*")


def clean(text: str) -> str:
    """Without what nobody sees, and with single spaces."""
    return _LINES.sub("\n", _SPACE.sub(" ", _UNSEEN.sub("", text))).strip()


def line(text: str) -> str:
    return clean(text).replace("\n", " ")


def mark(text: str) -> str:
    """The same for texts that differ in nothing but spaces and capitals."""
    return blake2b(line(text).lower().encode(), digest_size=6).hexdigest()


def visible(element: Element, sight: Sight) -> str:
    """The text of an element, without what is hidden in it."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if event == "start":
            if not isinstance(one.tag, str) or (one is not element and sight.hides(one)):
                walk.skip_subtree()
            else:
                parts.append("\n" if one.tag in BLOCKS or one.tag == "br" else "")
                parts.append(one.text or "")
        elif one is not element:
            parts.append("\n" if one.tag in BLOCKS else "")
            parts.append(one.tail or "")
    return "".join(parts)
