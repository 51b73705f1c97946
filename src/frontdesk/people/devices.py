"""Which browser on which device, in the few words a person would use. Pure."""

import re
from functools import lru_cache

_LONGEST = 400
# The first that fits: each of these also names those below it.
_BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/(\d+)"),
    ("Opera", r"(?:OPR|Opera)/(\d+)"),
    ("Samsung Internet", r"SamsungBrowser/(\d+)"),
    ("Vivaldi", r"Vivaldi/(\d+)"),
    ("DuckDuckGo", r"(?:DuckDuckGo|Ddg)/(\d+)"),
    ("Firefox", r"(?:Firefox|FxiOS)/(\d+)"),
    ("Chrome", r"(?:Chrome|CriOS|Chromium)/(\d+)"),
    ("Safari", r"Version/(\d+)[\d.]* (?:Mobile/\S+ )?Safari/"),
)
_SYSTEMS = (
    ("iPhone", r"iPhone"), ("iPad", r"iPad"), ("Android", r"Android"), ("Windows", r"Windows"),
    ("ChromeOS", r"CrOS"), ("Mac", r"Macintosh|Mac OS X"), ("Linux", r"Linux|X11"),
)  # fmt: skip
_FOUND = [(name, re.compile(pattern)) for name, pattern in _BROWSERS]
_ON = [(name, re.compile(pattern)) for name, pattern in _SYSTEMS]


@lru_cache(2_000)
def device_of(agent: str) -> str | None:
    """ "Firefox 128 on Windows"; None where nothing of it is known. Nothing of the text itself is passed on
    but digits.
    """
    said = agent[:_LONGEST]
    browser = next((f"{name} {m[1][:4]}" for name, one in _FOUND if (m := one.search(said))), None)
    system = next((name for name, one in _ON if one.search(said)), None)
    if browser is None or system is None:
        return browser or system
    return f"{browser} on {system}"
