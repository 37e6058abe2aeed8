"""Texts of the catalog that hold HTML, as pages show them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_discovery.api.explorer.html import SUMMARY, shown_html, summary


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (None, ""),
        (" ", ""),
        ("R&D", "<p>R&amp;D</p>"),
        ("R&amp;D", "<p>R&amp;D</p>"),
        ("&lt;script&gt;", "<p>&lt;script&gt;</p>"),
        ("one\n\ntwo", "<p>one</p>\n\n<p>two</p>"),
        ("<p>It <b>is</b>.</p>", "<p>It <b>is</b>.</p>"),
        ("<p onclick='x()'>It</p><script>x()</script>", "<p>It</p>"),
        ("<a href='javascript:x()'>It</a>", "<a>It</a>"),
        ("<style>*{}</style>a < b", "a &lt; b"),
    ],
)
def test_a_text_is_shown_as_harmless_html(written: str | None, shown: str) -> None:
    assert shown_html(written) == shown


@given(st.text(alphabet=st.sampled_from("<>/&;=\"' abscriptonimgx:\n"), max_size=60))
def test_no_text_makes_a_script_or_a_handler(written: str) -> None:
    shown = shown_html(written)
    assert "<script" not in shown.lower()
    assert not re.search(r"<[^>]*\son\w+\s*=", shown)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (None, ""),
        ("<p>Songs &amp; fjords.</p>", "Songs & fjords."),
        ("one\n two", "one two"),
        ("&lt;b&gt;", "<b>"),
    ],
)
def test_a_summary_is_plain_text(written: str | None, plain: str) -> None:
    assert summary(written) == plain


@given(st.text(max_size=600))
def test_a_summary_is_short(written: str) -> None:
    assert len(summary(written)) <= SUMMARY
