import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_discovery.core.html import clean_html

PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<b", ">", "<script>", "</script>", "<img src=", "'", '"', "onerror=x ",
        "<a href=javascript:x>", "&lt;", "&", "<!--", "-->", "<svg>", "<math>", "text ", "<td>",
        "<table>", "</a>", "<style>", "<", "é",
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("R&D", "R&D"),
        ("  a > b ", "a > b"),
        ("<p>Hi <script>alert(1)</script>you</p>", "<p>Hi you</p>"),
        ('<a href="javascript:x" onclick="y">a</a>', "<a>a</a>"),
        ('<a href="https://x" target="_blank" rel="nofollow">a</a>',
         '<a href="https://x" target="_blank" rel="nofollow">a</a>'),
        ('<div dir="rtl" style="color:red" class="x">a</div>', '<div dir="rtl">a</div>'),
        ('<ol start="3" type="a" reversed=""><li>a</li></ol>',
         '<ol start="3" type="a" reversed=""><li>a</li></ol>'),
        ("<h3>Title</h3>", "Title"),
        ('<img src="https://x/y.png" alt="y" onerror="z">', '<img src="https://x/y.png" alt="y">'),
        ("<iframe src=x></iframe>", ""),
    ],
)  # fmt: skip
def test_only_harmless_markup_is_left(text: str, clean: str) -> None:
    assert clean_html(text) == clean


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=40))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_html(text)
    assert clean_html(once) == once
    assert "<script" not in once.lower()
    assert "<svg" not in once.lower()
