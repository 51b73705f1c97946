"""Serves the shop from an address of its own: its widget reaches the desk across origins, as in real life."""

from hashlib import sha256
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from frontdesk.demo.content import SITE, pages
from frontdesk.demo.pages import render, render_missing

FILES = {"/style.css": "text/css", "/shop.js": "text/javascript", "/favicon.svg": "image/svg+xml"}


def site(desk_url: str) -> ASGIApp:
    """The shop, with the widget of the desk at `desk_url` on every page."""
    desk = desk_url.rstrip("/")

    def page(request: Request) -> Response:
        path = request.url.path
        found = pages().get(path)
        if found:
            return _answer(request, render(found, desk), "text/html", desk)
        if path.rstrip("/") in pages():
            return RedirectResponse(path.rstrip("/"), 308)
        return _answer(request, render_missing(desk), "text/html", desk, 404)

    def asset(request: Request) -> Response:
        path = request.url.path
        return _answer(request, (SITE / path[1:]).read_text(encoding="utf-8"), FILES[path], desk)

    return Starlette(
        routes=[
            Route("/robots.txt", _robots),
            Route("/sitemap.xml", _sitemap),
            *(Route(path, asset) for path in FILES),
            Route("/{path:path}", page),
        ]
    )


def _answer(request: Request, text: str, kind: str, desk: str, status: int = 200) -> Response:
    """The text, or only its mark when the reader holds it already: unchanged pages cost a crawler nothing."""
    mark = f'"{sha256(text.encode()).hexdigest()[:20]}"'
    headers = {"ETag": mark, "Cache-Control": "no-cache", **_guards(desk)}
    if status == 200 and request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=headers)
    return Response(text, status, headers, kind)


def _guards(desk: str) -> dict[str, str]:
    """A shop that takes scripts only from itself and its desk: shows that the widget asks for no more."""
    parts = urlsplit(desk)
    scripts = f"script-src 'self' {parts.scheme}://{parts.netloc}; object-src 'none'; base-uri 'none'"
    return {"Content-Security-Policy": scripts, "X-Content-Type-Options": "nosniff"}


def _robots(request: Request) -> Response:
    return PlainTextResponse(f"User-agent: *\nDisallow: /basket\n\nSitemap: {request.base_url}sitemap.xml\n")


def _sitemap(request: Request) -> Response:
    base = str(request.base_url).rstrip("/")
    listed = [page for page in pages().values() if page.listed]
    urls = "".join(
        f"<url><loc>{escape(base + page.path)}</loc><lastmod>{page.updated}</lastmod></url>\n"
        for page in listed
    )
    text = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return Response(f"{text}{urls}</urlset>\n", media_type="application/xml")
