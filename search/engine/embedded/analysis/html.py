"""Takes the mark-up out of HTML, as Elasticsearch's `html_strip` does.

A tag that breaks the line (every one but the inline ones) becomes a line feed, an inline tag
nothing; scripts, styles and comments vanish; entities become their characters. What only looks like
a tag stays.
"""

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import NamedTuple

MAX_TAG_LENGTH = 8192
"""A longer tag is taken as text; this bounds the work that unclosed tags can cause."""

_INLINE_TAGS = (
    "a abbr acronym b basefont bdo big cite code dfn em font i img input kbd label q s samp select"
    " small span strike strong sub sup textarea tt u var"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_ENTITIES = {
    **{name: chr(code) for name, code in name2codepoint.items()},
    "AMP": "&",
    "COPY": "©",
    "GT": ">",
    "LT": "<",
    "QUOT": '"',
    "REG": "®",
    "apos": "'",
    "nbsp": " ",
}
_CANDIDATE = re.compile("[<&]")
_TAG = re.compile(
    r"""<\s*/?\s*([^\W\d][\w:.\-]*)(?=[\s/>])(?:[^<>"']|"[^"]*+"|'[^']*+'|["'])*+>""",
)
_DECLARATION = re.compile(r"<[!?][^<>]*>")
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*));")
_RAW_END = {
    "script": re.compile(r"</\s*script\s*>", re.IGNORECASE),
    "style": re.compile(r"</\s*style\s*>", re.IGNORECASE),
}


class Cut(NamedTuple):
    """A stretch of the text and what stands in its place."""

    start: int
    end: int
    replacement: str


def strip_html(text: str) -> str:
    """Return the text without mark-up."""
    if "<" not in text and "&" not in text:
        return text
    parts: list[str] = []
    at = 0
    for cut in cuts(text):
        parts += (text[at : cut.start], cut.replacement)
        at = cut.end
    parts.append(text[at:])
    return "".join(parts)


def cuts(text: str) -> Iterator[Cut]:
    """Yield the stretches of mark-up in order; they do not overlap."""
    at = 0
    while found := _CANDIDATE.search(text, at):
        start = found.start()
        cut = _markup(text, start) if found.group() == "<" else _entity(text, start)
        if cut is None:
            at = start + 1
        else:
            yield cut
            at = cut.end


def _markup(text: str, start: int) -> Cut | None:
    if text.startswith("<!--", start):
        return Cut(start, _after(text, "-->", start + 4), "")
    if text.startswith("<![CDATA[", start):
        end = _after(text, "]]>", start + 9)
        return Cut(start, end, text[start + 9 : end].removesuffix("]]>"))
    if found := _TAG.match(text, start, start + MAX_TAG_LENGTH):
        return _tag(text, found)
    if found := _DECLARATION.match(text, start, start + MAX_TAG_LENGTH):
        return Cut(start, found.end(), "")
    return None


def _tag(text: str, found: re.Match[str]) -> Cut:
    name = found.group(1).lower()
    end = found.end()
    opens = not found.group().endswith("/>") and not found.group().startswith("</")
    if name in _RAW_END and opens:
        closing = _RAW_END[name].search(text, end)
        end = closing.end() if closing else len(text)
    return Cut(found.start(), end, "" if name in _INLINE else "\n")


def _entity(text: str, start: int) -> Cut | None:
    found = _ENTITY.match(text, start)
    if found is None:
        return None
    decimal, hexadecimal, name = found.groups()
    if name is not None:
        character = _ENTITIES.get(name)
    else:
        character = _character(int(decimal) if decimal else int(hexadecimal, 16))
    return None if character is None else Cut(start, found.end(), character)


def _character(code: int) -> str | None:
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else None


def _after(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return len(text) if found < 0 else found + len(mark)
