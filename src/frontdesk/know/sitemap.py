"""Sitemaps: lists of a site's pages, and of further lists. Pure."""

import zlib

from lxml import etree  # type: ignore[import-untyped]

_MOST, _LARGEST = 50_000, 60 * 1024 * 1024


def read(body: bytes) -> tuple[list[str], list[str]]:
    """Addresses of pages and of other sitemaps, as written. What is broken or hostile is an empty list."""
    if body.startswith(b"\x1f\x8b"):
        body = _unpacked(body)
    start = body[:2_000].lstrip()
    if not start.startswith((b"<", b"\xef\xbb\xbf<")):
        lines = (one.strip() for one in body.decode("utf-8", "replace").splitlines()[:_MOST])
        return [one for one in lines if one.startswith(("http://", "https://"))], []
    # No sitemap needs a document type; with one come entities, and with those, bombs.
    if b"<!DOCTYPE" in body[:100_000] or b"<!ENTITY" in body[:100_000]:
        return [], []
    return _listed(body)


def _unpacked(body: bytes) -> bytes:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, _LARGEST)
    except zlib.error:
        return b""


def _listed(body: bytes) -> tuple[list[str], list[str]]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return [], []
    found: dict[str, list[str]] = {"url": [], "sitemap": []}
    for one in () if root is None else root.iter("{*}loc"):
        parent = one.getparent()
        kind = etree.QName(parent).localname.lower() if parent is not None else ""
        if kind in found and one.text and len(found[kind]) < _MOST:
            found[kind].append(one.text.strip()[:2_000])
    return found["url"], found["sitemap"]
