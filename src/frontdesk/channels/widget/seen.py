"""What the loader reports from the company's pages: where somebody is, and the site's own events."""

from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from frontdesk.base.asgi import header, send_json, whole_body
from frontdesk.base.body import Body
from frontdesk.base.clock import now_ms
from frontdesk.base.errors import Invalid, Refused, TooLarge
from frontdesk.base.ids import new_id
from frontdesk.channels.widget.door import Widget, address_of, network_of, sight_of, widget_of
from frontdesk.channels.widget.rules import Held
from frontdesk.presence.model import Seen, as_visit, is_browser_id

_LARGEST_VISIT = 32 * 1024

# Beyond this JSON's numbers are not exact anywhere; they are taken as fractions are.
Whole = Annotated[int, Field(ge=-(2**53), le=2**53)]


class Visited(Body):
    """`here`: still on the page that was reported."""

    browser: str
    kind: Literal["page", "event", "here"] = "page"
    url: Annotated[str, Field(max_length=8_000)]
    title: Annotated[str, Field(max_length=8_000)] = ""
    referrer: Annotated[str, Field(max_length=8_000)] = ""
    name: Annotated[str, Field(max_length=8_000)] | None = None
    data: dict[str, str | Whole | float | bool | None] | None = None


async def visited(scope: Any, receive: Any, send: Any) -> None:
    """Sent as text/plain, so that no preflight is needed. A hot route, like that of messages."""
    here = widget_of(scope)
    if here.gathering.is_full:
        # Nobody is told: it was a visit.
        await whole_body(receive)
        await send_json(send, 200, b'{"invited":0}')
        return
    here.visits.spend(network_of(scope))
    here.every_visit.spend("")
    held = await here.rules.now()
    origin = header(scope, b"origin").decode("latin-1").lower()
    if origin not in held.sites:
        raise Refused("This website is not one of the company's.")
    body = _visit_of(await whole_body(receive))
    here.visits_of_one.spend(body.browser)
    seen = _seen(here, held, scope, body)
    if not held.blocks.address(address_of(scope), seen.at) and not held.blocks.browser(body.browser):
        here.gathering.add(seen)
    await _answer(send, origin, body.browser in held.invited)


def _seen(here: Widget, held: Held, scope: Any, body: Visited) -> Seen:
    visit = as_visit(
        "page" if body.kind == "here" else body.kind,
        url=body.url,
        title=body.title,
        referrer=body.referrer,
        name=body.name,
        data=body.data,
    )
    sight = sight_of(here, held, scope, None)
    return Seen(new_id(), now_ms(), body.browser, visit, sight, body.kind != "here")


def _visit_of(raw: bytes) -> Visited:
    if len(raw) > _LARGEST_VISIT:
        raise TooLarge("The visit is too large.")
    try:
        body = Visited.model_validate_json(raw)
    except ValidationError as error:
        raise Invalid("The visit is not in the right form.") from error
    if not is_browser_id(body.browser):
        raise Invalid("The visit is not in the right form.", fields={"browser": "Not an id"})
    return body


async def _answer(send: Any, origin: str, is_invited: bool) -> None:
    """The page that reported may read it, and nobody else."""
    body = b'{"invited":%d}' % is_invited
    headers = [
        (b"content-length", b"%d" % len(body)),
        (b"content-type", b"application/json"),
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"vary", b"Origin"),
        (b"cross-origin-resource-policy", b"cross-origin"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
