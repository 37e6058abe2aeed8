"""Texts of the catalog that hold HTML, as pages show them."""

from html import unescape

from django.utils.html import linebreaks, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from course_discovery.core.html import clean_html

SUMMARY = 220


def shown_html(text: str | None) -> SafeString:
    """A text of the catalog as HTML of a page.

    It was cleaned when it was written; it is cleaned again here, because this is the place where
    it would do harm, and rows that came another way than through a form or a loader exist.
    """
    written = (text or "").strip()
    if not written:
        return SafeString("")
    is_plain = "<" not in written
    html = linebreaks(unescape(written), autoescape=True) if is_plain else clean_html(written)
    return SafeString(html)  # nosec B703


def summary(text: str | None) -> str:
    """The beginning of a text without its tags, at most SUMMARY characters."""
    plain = " ".join(unescape(strip_tags(text or "")).split())
    return Truncator(plain).chars(SUMMARY)
