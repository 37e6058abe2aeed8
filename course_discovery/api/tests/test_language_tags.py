"""Languages to choose from, as select boxes ask for them."""

import pytest
from rest_framework.test import APIClient

from course_discovery.course_metadata.models import LanguageTag

URL = "/language-tags/language-tag-autocomplete/"
EMPTY = {"results": [], "pagination": {"more": False}}


@pytest.mark.parametrize("url", [URL, URL.rstrip("/")])
def test_languages_are_found_by_a_part_of_the_code_or_the_name(
    as_alice: APIClient, url: str
) -> None:
    LanguageTag.objects.create(code="qaa-x", name="Elvish - High")

    for q in ("QAA-x", "elvish", " Elvish - High "):
        assert as_alice.get(url, {"q": q}).json() == {
            "results": [
                {
                    "id": "qaa-x",
                    "text": "qaa-x - Elvish - High",
                    "selected_text": "qaa-x - Elvish - High",
                }
            ],
            "pagination": {"more": False},
        }


def test_languages_come_by_ten_until_there_are_no_more(as_alice: APIClient) -> None:
    LanguageTag.objects.bulk_create(
        [LanguageTag(code=f"qab-{number:02}", name="Elvish") for number in range(23)]
    )

    pages = [as_alice.get(URL, {"q": "elvish", "page": str(page)}).json() for page in (1, 2, 3)]

    assert [page["pagination"]["more"] for page in pages] == [True, True, False]
    found = [each["id"] for page in pages for each in page["results"]]
    assert found == [f"qab-{number:02}" for number in range(23)]
    assert as_alice.get(URL, {"q": "elvish"}).json() == pages[0]
    assert as_alice.get(URL, {"q": "elvish", "page": "4"}).status_code == 404


def test_without_a_question_there_are_all(as_alice: APIClient) -> None:
    LanguageTag.objects.create(code="aaa", name="First")

    body = as_alice.get(URL).json()

    assert body["results"][0]["id"] == "aaa"


def test_who_is_not_signed_in_gets_none(anonymous: APIClient) -> None:
    LanguageTag.objects.create(code="aaa", name="First")

    answer = anonymous.get(URL, {"q": "aaa"})

    assert (answer.status_code, answer.json()) == (200, EMPTY)


def test_what_no_database_can_look_for_is_400(as_alice: APIClient) -> None:
    answer = as_alice.get(URL, {"q": "a\0"})

    assert answer.status_code == 400
    assert list(answer.json()) == ["q"]
    assert as_alice.get(URL, {"q": "%_'"}).json() == EMPTY
