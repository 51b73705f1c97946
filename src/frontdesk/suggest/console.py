"""Asking and grading from the command line: only reads, so that the desk may go on meanwhile."""

from collections.abc import Callable

from frontdesk.base.clock import now_ms
from frontdesk.base.db import Reading
from frontdesk.base.desk import Desk
from frontdesk.know import vectors
from frontdesk.know.encoder import Encoder
from frontdesk.know.model import Passage
from frontdesk.suggest import finding, history, learning, report
from frontdesk.suggest.engine import Engine
from frontdesk.suggest.model import Quality, Report, Tried

Say = Callable[[str], None]
_SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)


def ask(desk: Desk, encoder: Encoder, words: str, say: Say) -> bool:
    """What would be suggested; whether anything would."""
    engine = Engine(encoder, desk.read_now(learning.state)[0])
    passages = desk.read_now(_filled, engine)
    if not passages:
        say("The desk knows nothing yet. Begin with: frontdesk learn website URL")
        return False
    bar = report.bar_for(engine, desk.read_now(report.bar))
    found = finding.tried(engine, passages, words, bar)
    shown = [one for one in found if one.is_shown]
    for one in shown:
        _tell(one, say)
    if not shown:
        best = max((one.suggestion.confidence for one in found), default=0.0)
        say(f"Nothing is good enough: the best is at {best:.2f}, the bar at {bar:.2f}.")
    return bool(shown)


def _filled(view: Reading, engine: Engine) -> dict[str, Passage]:
    items = list(vectors.all_ready(view, engine.encoder.name, engine.encoder.size))
    engine.put(items)
    return {one.id: one for one, _ in items}


def _tell(one: Tried, say: Say) -> None:
    origin = one.suggestion.origins[0]
    where = origin.url or {"answer": "approved answer", "reply": "past answer"}.get(origin.kind, origin.title)
    say(f"{one.suggestion.confidence:.2f}  {where}")
    for line in one.suggestion.text.splitlines():
        say(f"      {line}")
    say("")


def own_history(desk: Desk, encoder: Encoder, say: Say, tell: Callable[[int, int], None]) -> Report:
    """The company's closed conversations, each question seeing only what was known before it."""
    known = desk.read_now(history.known, encoder)
    bar = report.bar_for(Engine(encoder), desk.read_now(report.bar))
    made = history.report(known, lambda: Engine(encoder), bar, now_ms(), tell)
    if made.now is None or made.before is None:
        say("There are no closed conversations with answers yet.")
        return made
    say(f"{made.questions:,} questions of {made.conversations:,} closed conversations, engine {made.engine}.")
    say("Of 100 questions                            now   before learning")
    for words, share in _ROWS:
        say(f"  {words:40s} {100 * share(made.now):5.0f}   {100 * share(made.before):5.0f}")
    say("Of 100 questions that get a suggestion, so many were right:")
    for wanted in _SHARES:
        say(f"  {100 * wanted:3.0f} shown {_right(made.now, wanted):38s} {_right(made.before, wanted)}")
    return made


_ROWS: tuple[tuple[str, Callable[[Quality], float]], ...] = (
    ("the answer given was suggested first", lambda one: one.first),
    ("it was among three", lambda one: one.three),
    ("nothing was shown, at the present bar", lambda one: one.silent),
)


def _right(quality: Quality, shown: float) -> str:
    point = min(quality.curve, key=lambda one: abs(one.shown - shown))
    return f"{100 * point.right:5.0f}"
