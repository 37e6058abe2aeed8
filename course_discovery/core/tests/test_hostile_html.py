"""No hostile HTML gets through the cleaning."""

import pytest

from course_discovery.core.html import clean_html
from course_discovery.core.tests.hostile_html import HOSTILE, all_at_once, harm


def test_the_corpus_is_large_and_hostile() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 100
    assert sum(bool(harm(text)) for text in HOSTILE) > 0.85 * len(HOSTILE)


@pytest.mark.parametrize("text", [*HOSTILE, all_at_once()])
def test_nothing_hostile_is_left(text: str) -> None:
    cleaned = clean_html(text)
    assert harm(cleaned) == []
    assert clean_html(cleaned) == cleaned
    # However a page puts texts together.
    for around in ("<p>{}</p>", "{}{}", "<table><tr><td>{}</table>", "<ul><li>{}<li>{}</ul>"):
        assert harm(around.replace("{}", cleaned)) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_what_two_texts_make_together_is_harmless(text: str) -> None:
    half = len(text) // 2
    assert harm(clean_html(text[:half]) + clean_html(text[half:])) == []
