"""The page to read in a customer's export. Whatever somebody wrote is text there, and nothing else. Pure."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any

Data = Mapping[str, Any]

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>What is kept of you</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
article { border-top: 1px solid #ccc; padding: .5rem 0; } .note { background: #fdf6e3; padding: .5rem; }
p { margin: .2rem 0; white-space: pre-wrap; overflow-wrap: anywhere; } small { color: #666; }
</style>
</head>
<body>
"""
_SAID = {
    "name": "Name", "email": "E-mail", "phone": "Phone", "title": "Title", "company": "Company",
    "about": "Notes", "city": "City", "country": "Country", "language": "Language", "device": "Device",
    "address": "Address",
}  # fmt: skip


def page(data: Data, files: Mapping[str, str]) -> str:
    """`files`: where each file lies, by its id."""
    return _HEAD + "\n".join(_body(data, files)) + "\n</body>\n</html>\n"


def _body(data: Data, files: Mapping[str, str]) -> Iterator[str]:
    yield f"<h1>{escape(data['called'])}</h1>"
    yield f"<p>What is kept of you, as of {_moment(data['exported_at'])}. The same stands in data.json.</p>"
    for one in data["profiles"]:
        yield "<h2>Who you are</h2>"
        yield from _profile(one)
    yield "<h2>Conversations</h2>"
    for talk in data["conversations"]:
        yield from _conversation(talk, data["agents"], files)
    if data["visits"]:
        yield "<h2>Pages and events</h2>"
        yield from (_visit(seen) for seen in data["visits"])
    if data["changes"]:
        yield "<h2>What was changed</h2>"
        yield from (_change(one) for one in data["changes"])


def _profile(one: Data) -> Iterator[str]:
    said = {title: one[name] for name, title in _SAID.items() if one.get(name)} | dict(one["own_fields"])
    yield "<dl>"
    yield from (f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>" for name, value in said.items())
    yield f"<dt>First seen</dt><dd>{_moment(one['created_at'])}</dd></dl>"


def _conversation(talk: Data, agents: Mapping[str, str], files: Mapping[str, str]) -> Iterator[str]:
    yield f"<h3>{_moment(talk['started_at'])}</h3>"
    if talk["labels"]:
        yield f"<p><small>{escape(', '.join(talk['labels']))}</small></p>"
    for said in talk["messages"]:
        who = "You" if said["by"] == "customer" else agents.get(said["agent_id"], "The team")
        yield f"<article><small>{escape(who)}, {_moment(said['at'])}</small><p>{escape(said['text'])}</p>"
        yield from (_file(file, files) for file in said["files"])
        yield "</article>"
    for note in talk["notes"]:
        noted = "".join(_noted(one, agents) for one in (note, *note["answers"]))
        yield f"<article class=note>{noted}</article>"


def _noted(one: Data, agents: Mapping[str, str]) -> str:
    who = agents.get(one["agent_id"], "The team")
    return f"<small>Note by {escape(who)}, {_moment(one['at'])}</small><p>{escape(one['text'])}</p>"


def _file(file: Data, files: Mapping[str, str]) -> str:
    return f'<p><a href="{escape(files[file["id"]])}">{escape(file["name"])}</a></p>'


def _visit(seen: Data) -> str:
    said = " ".join(escape(str(seen[name])) for name in ("name", "title", "url") if seen.get(name))
    return f"<p><small>{_moment(seen['at'])}</small> {said}</p>"


def _change(one: Data) -> str:
    was, becomes = (escape(str(one[name] or "nothing")) for name in ("was", "becomes"))
    return f"<p><small>{_moment(one['at'])}</small> {escape(one['field'])}: {was} → {becomes}</p>"


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
