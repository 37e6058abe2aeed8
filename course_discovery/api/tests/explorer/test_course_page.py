"""The page of a course."""

import pytest
from django.test import Client

from course_discovery.api.tests.explorer.catalog import SCRIPT
from course_discovery.course_metadata.models import Course

MUSIC = "/courses/NorthU+MUS101/"


@pytest.fixture
def music(visitor: Client) -> str:
    """The page of a course that has everything."""
    return visitor.get(MUSIC).content.decode()


def test_the_page_shows_runs_programs_and_staff(music: str) -> None:
    assert '<h1 dir="auto">Music of the North</h1>' in music
    for key in ("now", "later", "past"):
        assert f"course-v1:NorthU+MUS101+{key}" in music
    assert "1 date that is over" in music
    assert "2–4 hours a week" in music
    assert "6 weeks" in music
    assert "49 USD" in music
    assert "Sound and Sense" in music
    assert "Ada Noter" in music
    assert "Professor of Songs" in music


def test_descriptions_are_html_without_scripts(music: str) -> None:
    assert "Every <strong>song</strong>." in music
    assert "<p>Songs &amp; fjords.</p>" in music
    assert SCRIPT not in music


def test_html_that_came_past_all_cleaning_is_cleaned(visitor: Client) -> None:
    Course.objects.filter(key="NorthU+PHY101").update(
        full_description=f"<p onclick='x()'>All.</p>{SCRIPT}", outcome="a < b & <b>c</b>"
    )
    page = visitor.get("/courses/NorthU+PHY101/").content.decode()
    assert "<p>All.</p>" in page or "Physics" in page
    assert "onclick" not in page
    assert SCRIPT not in page


def test_programs_that_nobody_may_see_are_not_named(music: str) -> None:
    assert "Program hidden" not in music
    assert "Program inactive" not in music
    assert "Program foreign" not in music


def test_runs_that_nobody_may_see_are_not_named(visitor: Client) -> None:
    page = visitor.get("/courses/NorthU+MIX101/").content.decode()
    assert "NorthU+MIX101+seen" in page
    for key in "uhr":
        assert f"NorthU+MIX101+{key}" not in page


def test_the_key_in_any_case_and_the_uuid_lead_there(visitor: Client) -> None:
    course = Course.objects.get(key="NorthU+MUS101")
    for name in ("northu+mus101", str(course.uuid), course.uuid.hex):
        for slash in ("", "/"):
            assert visitor.get(f"/courses/{name}{slash}").status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "NorthU+UNP", "NorthU+HID", "NorthU+RES", "NorthU+DRA", "NorthU+FOR", "NorthU+RET",
        "No+Such", "org/num", "00000000-0000-0000-0000-000000000000", "-" * 36, "a+%00", "x",
    ],
)  # fmt: skip
def test_what_nobody_may_see_is_not_found(visitor: Client, name: str) -> None:
    answer = visitor.get(f"/courses/{name}/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_drafts_have_no_page(visitor: Client) -> None:
    draft = Course.everything.get(key="NorthU+DRA")
    assert visitor.get(f"/courses/{draft.uuid}/").status_code == 404


def test_the_page_follows_what_changes(visitor: Client, music: str) -> None:
    course = Course.objects.get(key="NorthU+MUS101")
    course.title = "Music of the South"
    course.save()
    assert '<h1 dir="auto">Music of the South</h1>' in visitor.get(MUSIC).content.decode()
    course.course_runs.update(hidden=True)
    for run in course.course_runs.all():
        run.save()
    assert visitor.get(MUSIC).status_code == 404


@pytest.mark.parametrize(("root", "is_linked"), [("testserver", False), ("www.example.com", True)])
def test_a_marketing_site_of_its_own_is_linked(
    visitor: Client, root: str, *, is_linked: bool
) -> None:
    course = Course.objects.get(key="NorthU+MUS101")
    course.partner.marketing_site_url_root = f"http://{root}/"
    course.partner.save()
    page = visitor.get(MUSIC).content.decode()
    assert (f'href="http://{root}/course/' in page) is is_linked
