"""HTML as the catalog keeps it: a small set of tags, no scripts, no styles."""

import nh3

_TAGS = {
    "a", "b", "bdo", "br", "div", "em", "i", "img", "li", "ol", "p", "span", "strong", "table",
    "td", "th", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"align", "dir", "lang"},
    "a": {"href", "rel", "target", "title"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"reversed", "start", "type"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
# Their text is no text for readers.
_DROPPED_WITH_CONTENT = {"script", "style"}
# A link around a table that holds a link is read as something else once it was written.
_PASSES = 4


def clean_html(text: str) -> str:
    """`text` with every tag and attribute taken out that readers' pages must not get.

    Cleaning what is clean changes nothing, so that a second load finds nothing to write. A text
    without any tag stays as it was typed ("R&D"): nothing in it can become a tag.
    """
    if "<" not in text:
        return text.strip()
    for _pass in range(_PASSES):
        cleaned = _clean_once(text)
        if cleaned == text:
            return cleaned
        text = cleaned
    return nh3.clean(text, tags=set(), clean_content_tags=_DROPPED_WITH_CONTENT).strip()


def _clean_once(text: str) -> str:
    return nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        link_rel=None,
    ).strip()
