"""Text becomes the words that Elasticsearch's analyzers make of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine.embedded.analysis.filters import lower
from search.engine.embedded.analysis.html import cuts, strip_html
from search.engine.embedded.analysis.settings import build_analyzers
from search.engine.embedded.analysis.word_breaks import word_spans, words
from search.engine.embedded.errors import RequestError

CUSTOM = {
    "filter": {
        "beginnings": {"type": "edge_ngram", "min_gram": "2", "max_gram": "4"},
        "german": {"type": "snowball", "language": "German"},
        "own_stops": {"type": "stop", "stopwords": ["foo"]},
    },
    "analyzer": {
        "html": {
            "tokenizer": "standard",
            "char_filter": ["html_strip"],
            "filter": ["lowercase", "stop", "snowball"],
        },
        "beginnings": {"tokenizer": "standard", "filter": ["lowercase", "beginnings"]},
        "plain": {"tokenizer": "whitespace", "filter": ["asciifolding", "own_stops"]},
        "lower": {"tokenizer": "keyword", "filter": "lowercase"},
        "german": {"tokenizer": "standard", "filter": ["lowercase", "german"]},
    },
}
ANALYZERS = build_analyzers(CUSTOM)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Data-Science, R&D", ["Data", "Science", "R", "D"]),
        ("node.js 3.14 1,000;5 U.S.A. a.", ["node.js", "3.14", "1,000;5", "U.S.A", "a"]),
        ("don't o’neil 'quoted'", ["don't", "o’neil", "quoted"]),
        ("course:MITx+6.00.1x", ["course:MITx", "6.00.1x"]),
        ("snake_case __ _x_ a:1", ["snake_case", "_x_", "a", "1"]),
        (
            "中国建筑 かな カタカナ 한국어",
            ["中", "国", "建", "筑", "か", "な", "カタカナ", "한국어"],
        ),
        ("Программирование على سطح ", ["Программирование", "على", "سطح"]),
        ("école e\u0301cole हिन्दी", ["école", "e\u0301cole", "हिन्दी"]),
        ("สวัสดี 👍🏽 ½ …", ["สวัสดี", "👍🏽"]),
        ("x" * 600, ["x" * 255, "x" * 255, "x" * 90]),
        ("", []),
    ],
)
def test_words_are_cut_as_unicode_says(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_every_word_stands_where_its_span_says(text: str) -> None:
    assert [text[start:end] for start, end in word_spans(text)] == words(text)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<b>x</b>y", "axy"),
        ("a<p>x</p>y<br/>z", "a\nx\ny\nz"),
        ('a<a href="x>y">b</a>', "ab"),
        ("a<script>if (a < b) {}</script>b<style>p{}</style>c", "a\nb\nc"),
        ("a<!-- <b> -->b<!DOCTYPE html>c", "abc"),
        ("&lt;p&gt; &amp;&nbsp;&#65;&#x42; &eacute; &foo; &amp", "<p> & AB é &foo; &amp"),
        ("1 < 2 > 0 a<b c", "1 < 2 > 0 a<b c"),
        ("<![CDATA[ <b> ]]>", " <b> "),
        ("<script>never closed", "\n"),
        ("&#0;&#xD800;&#9999999;", "\0&#xD800;&#9999999;"),
    ],
)
def test_html_is_stripped(html: str, expected: str) -> None:
    assert strip_html(html) == expected


@given(st.lists(st.sampled_from(["<", ">", "p", "/", "&", "amp;", '"', "'", " ", "!--", "#"])))
def test_what_is_cut_never_overlaps(pieces: list[str]) -> None:
    text = "".join(pieces)
    at = 0
    for cut in cuts(text):
        assert at <= cut.start < cut.end <= len(text)
        at = cut.end


def test_stop_words_leave_their_places_empty() -> None:
    found = ANALYZERS["html"].analyze("<p>Introduction to the <i>Computers</i></p>")
    assert found.terms.terms == ["introduct", "comput"]
    assert list(found.terms.positions) == [0, 3]
    assert found.length == 4


def test_beginnings_share_the_place_of_their_word() -> None:
    found = ANALYZERS["beginnings"].analyze("Data a Art")
    assert found.terms.terms == ["da", "dat", "data", "ar", "art"]
    assert list(found.terms.positions) == [0, 0, 0, 2, 2]
    assert ANALYZERS["beginnings"].stacks_terms


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("standard", "The MITx", ["the", "mitx"]),
        ("keyword", "The MITx", ["The MITx"]),
        ("simple", "The 3 MITx-courses", ["the", "mitx", "courses"]),
        ("whitespace", "The MITx-courses", ["The", "MITx-courses"]),
        ("lower", "ABC Def", ["abc def"]),
        ("plain", "Straße foo ÉCOLE 中", ["Strasse", "ECOLE", "中"]),
        ("german", "Kurse", ["kurs"]),
    ],
)
def test_analyzers_do_what_their_settings_say(name: str, text: str, expected: list[str]) -> None:
    assert ANALYZERS[name].analyze(text).terms.terms == expected


@given(st.text())
def test_lower_case_keeps_the_length(text: str) -> None:
    assert len(lower(text)) == len(text)


@pytest.mark.parametrize("name", ["html", "standard", "beginnings"])
@given(pieces=st.lists(st.sampled_from(["data ", "<b>", "&amp;", "</b>", "é", "<p> ", "x-y "])))
def test_spans_lead_back_to_the_words_of_the_text(name: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    analyzer = ANALYZERS[name]
    assert len(analyzer.spans(text)) == analyzer.analyze(text).length
    assert all(0 <= start < end <= len(text) for start, end in analyzer.spans(text))


@pytest.mark.parametrize(
    ("analysis", "named"),
    [
        ({"analyzer": {"a": {"type": "icu"}}}, "icu"),
        ({"analyzer": {"a": {"tokenizer": "ngram"}}}, "ngram"),
        ({"analyzer": {"a": {"tokenizer": "standard", "filter": ["nope"]}}}, "nope"),
        ({"analyzer": {"a": {"tokenizer": "standard", "char_filter": ["nope"]}}}, "nope"),
        ({"analyzer": {"a": {"tokenizer": "standard", "colour": 1}}}, "colour"),
        ({"filter": {"f": {"type": "synonym", "synonyms": []}}}, "synonym"),
        ({"filter": {"f": {"type": "snowball", "language": "Klingon"}}}, "Klingon"),
        ({"filter": {"f": {"type": "edge_ngram", "min_gram": 3, "max_gram": 2}}}, "min_gram"),
        ({"filter": {"f": {"type": "edge_ngram", "min_gram": "x"}}}, "min_gram"),
        ({"tokenizer": {"t": {"type": "pattern"}}}, "tokenizer"),
        ({"normalizer": {}}, "normalizer"),
    ],
)
def test_an_analyzer_that_is_not_supported_is_named(
    analysis: dict[str, object], named: str
) -> None:
    with pytest.raises(RequestError, match=named):
        build_analyzers(analysis)
