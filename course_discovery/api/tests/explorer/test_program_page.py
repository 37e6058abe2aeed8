"""The page of a program."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from course_discovery.course_metadata.models import Course, Program, ProgramCourse


def page_of(visitor: Client, title: str, status: int = 200) -> str:
    """The page of the program of that title."""
    answer = visitor.get(f"/programs/{Program.objects.get(title=title).uuid}/")
    assert answer.status_code == status
    return answer.content.decode()


def test_the_page_shows_its_courses_in_order(visitor: Client) -> None:
    page = page_of(visitor, "Sound and Sense")
    assert '<h1 dir="auto">Sound and Sense</h1>' in page
    titles = re.findall(r"<h3><a [^>]+>([^<]+)</a>", page)
    assert sorted(titles) == ["Music of the North", "Physics of Strings"]
    assert 'href="/courses/NorthU+MUS101"' in page


def test_courses_that_nobody_may_see_are_not_named(visitor: Client) -> None:
    program = Program.objects.get(title="Sound and Sense")
    for key in ("NorthU+UNP", "NorthU+HID", "NorthU+RES"):
        ProgramCourse.objects.create(program=program, course=Course.objects.get(key=key))
    page = page_of(visitor, "Sound and Sense")
    assert "Music of the North" in page
    for title in ("Music unpublished", "Music hidden", "Music restricted"):
        assert title not in page


@pytest.mark.parametrize("title", ["Program hidden", "Program inactive", "Program foreign"])
def test_what_nobody_may_see_is_not_found(visitor: Client, title: str) -> None:
    assert "There is nothing here" in page_of(visitor, title, status=404)


def test_what_there_is_not_is_not_found(visitor: Client) -> None:
    assert visitor.get(f"/programs/{uuid4()}/").status_code == 404
    assert visitor.get("/programs/x/").status_code == 404
