"""What people send to see what happens: names and contents."""

import io
import zipfile

from PIL import Image

NAMES = [
    "../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "C:\\boot.ini", "\\\\server\\share\\x",
    "..", ".", "", " ", "...", "~", "~root", "-rf", "--help", ".htaccess", ".hta\u200bccess",
    "\u200b.htaccess", ".htaccess\u200b", "\ufeff.htaccess", ".env", "web.config", "index.php", "a.php.png",
    "a.png.php", "a.pht", "a.phtml", "a.shtml", "a.jsp", "a.svg", "a.html", "a.xhtml", "a.svgz", "a.exe",
    "a.scr", "a.lnk", "a.url", "a.hta", "a.js", "photo.png\0.php", "a\0b", "a\r\nX-Evil: 1", "a\nb", "a\tb",
    'a".html', "a'.html", "a;b=c.png", "a%00.png", "a%2e%2e%2fb", "%0d%0aSet-Cookie:a=b", "\u202egnp.exe",
    "photo\u202egpj.exe", "\u2066a\u2069", "a\u0301" * 80, "\ufffd.png", "😀" * 60, "x" * 3_000, "con",
    "nul.txt", "aux", "a:b", "a|b", "a*b?", "<img src=x onerror=alert(1)>.png", "${jndi:ldap://x}",
    "{{7*7}}", "=1+1", "日本語.png", "'; DROP TABLE message; --", "مرحبا.pdf", "filename*=utf-8''x",
    'x"; filename="y', "a.png ", " a.png", "a.png.", "a..png",
]  # fmt: skip


def encoded(format: str, mode: str = "RGB", **how: object) -> bytes:
    made = io.BytesIO()
    Image.new(mode, (9, 7), None).save(made, format, **how)
    return made.getvalue()


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../../evil", b"\0" * 10_000_000)
    return made.getvalue()


SCRIPT = b"<script>canary()</script>"
# Never shown inline: downloaded, and nothing in them runs.
DOWNLOADS = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="canary()"/>',
    "svg with a declaration": b'<?xml version="1.0"?><!DOCTYPE svg><svg><script>canary()</script></svg>',
    "svg after space": b"\n\n  <svg onload=canary()>",
    "svg after a mark": b"\xef\xbb\xbf<svg onload=canary()>",
    "svgz": b"\x1f\x8b\x08\0\0\0\0\0\0\3\xb3)\xceLU(",
    "html": b"<!doctype html>" + SCRIPT,
    "html without a start": SCRIPT,
    "xhtml": b'<html xmlns="http://www.w3.org/1999/xhtml">' + SCRIPT + b"</html>",
    "html in utf-16": "<script>canary()</script>".encode("utf-16"),
    "html in utf-7": b"+ADw-script+AD4-canary()+ADw-/script+AD4-",
    "xml with a stylesheet": b'<?xml version="1.0"?><?xml-stylesheet href="javascript:canary()"?><a/>',
    "xml with an entity": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "javascript": b"canary()//",
    "css": b"@import url(https://evil.example/);",
    "json": b'{"canary": 1}',
    "php": b"<?php canary(); ?>",
    "server side include": b'<!--#exec cmd="id" -->',
    "pdf": b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(canary())>>",
    "pdf after html": SCRIPT + b"%PDF-1.7",
    "flash": b"FWS\x09canary",
    "mhtml": b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + SCRIPT,
    "shortcut": b"[InternetShortcut]\r\nURL=javascript:canary()",
    "link": b"L\0\0\0\x01\x14\x02\0",
    "zip": zipped(),
    "zip after html": SCRIPT + zipped(),
    "gzip bomb": b"\x1f\x8b" + b"\0" * 100,
    "rar": b"Rar!\x1a\x07\x00",
    "bmp": encoded("BMP"),
    "tiff": encoded("TIFF"),
    "ico": encoded("ICO"),
    "ppm": encoded("PPM"),
    "tga": encoded("TGA"),
    "jpeg 2000": b"\0\0\0\x0cjP  \r\n\x87\n",
    "avif": b"\0\0\0 ftypavif\0\0\0\0",
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n(canary) print",
    "imagetragick": b'push graphic-context\nimage over 0,0 0,0 "https://evil.example/x"',
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "rtf": b"{\\rtf1\\ansi canary}",
    "mp4": b"\0\0\0\x18ftypmp42",
    "ogg": b"OggS canary",
    "mp3": b"ID3\x03canary",
    "python pickle": b"\x80\x04cos\nsystem\n",
    "null bytes": b"\0" * 400,
    "one byte": b"x",
    "latin-1": "smörgås".encode("latin-1") * 9,
}
# Pictures: written anew, so that the canary and whatever else was in them is gone.
PICTURES = {
    "png": encoded("PNG") + SCRIPT,
    "png with php": encoded("PNG") + b"<?php canary(); ?>",
    "jpeg": encoded("JPEG", comment=b"canary") + SCRIPT,
    "jpeg with a profile": encoded("JPEG", icc_profile=b"canary" * 9),
    "jpeg and zip": encoded("JPEG") + zipped(),
    "gif": encoded("GIF", "P", comment=b"canary") + SCRIPT,
    "gif and script": encoded("GIF", "P").replace(b"GIF89a", b"GIF87a", 1) + b"*/=canary()//",
    "webp": encoded("WEBP", xmp=b"canary") + SCRIPT,
    "png with a profile": encoded("PNG", icc_profile=b"canary" * 9),
    "palette": encoded("PNG", "P", icc_profile=b"canary" * 9),
    "grey": encoded("PNG", "L"),
    "grey and see-through": encoded("PNG", "LA"),
    "sixteen bits": encoded("PNG", "I;16"),
    "two colours": encoded("PNG", "1"),
    "inks": encoded("JPEG", "CMYK"),
}
REFUSED = {
    "nothing": b"",
    "windows program": b"MZ\x90\0",
    "linux program": b"\x7fELF\x02\x01",
    "mac program": b"\xcf\xfa\xed\xfe",
    "java program": b"\xca\xfe\xba\xbe",
    "script": b"#!/bin/sh\ncanary",
    "half a png": encoded("PNG")[:46],
    "the start of a png": b"\x89PNG\r\n\x1a\n",
    "half a jpeg": encoded("JPEG")[:60],
    "the start of a jpeg": b"\xff\xd8\xff\xe0",
    "gif and script alone": b"GIF89a/*" + b"canary" * 20 + b"*/=1;canary()//",
    "the start of a gif": b"GIF89a",
    "the start of a webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "png that says it is huge": encoded("PNG")[:16]
    + b"\x00\x0f\xff\xff\x00\x0f\xff\xff"
    + encoded("PNG")[24:],
}
