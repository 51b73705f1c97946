"""The kinds of documents there are. Pure."""

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown",
    "txt": "text/plain",
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def type_of(name: str, start: bytes) -> str | None:
    """The kind of document, by what is in it; for text, which has no mark, by its name."""
    if start.startswith(b"%PDF-") or b"%PDF-" in start[:1024]:
        return TYPES["pdf"]
    if start.startswith((b"PK\x03\x04", OLD_OFFICE)):
        return TYPES["docx"] if name.lower().endswith((".docx", ".doc")) else None
    ending = name.lower().rpartition(".")[2]
    if b"\x00" in start[:1024] and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    return {"md": TYPES["md"], "markdown": TYPES["md"], "txt": TYPES["txt"], "text": TYPES["txt"]}.get(ending)
