from datetime import UTC, datetime

import pytest

from course_discovery.course_metadata.models import Course, CourseUrlSlug
from course_discovery.course_metadata.operations.course_url_slug import (
    UrlSlugTaken,
    active_url_slug,
    add_url_slug_redirect,
    set_active_url_slug,
)
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.course_metadata.tests.factories import CourseFactory, PartnerFactory

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
Slugs = set[tuple[str, bool, bool, bool]]

pytestmark = pytest.mark.django_db


def set_slug(course: Course, slug: str | None = None) -> Outcome:
    return set_active_url_slug(course=course, url_slug=slug, now=NOW).outcome


def slugs() -> Slugs:
    """(slug, of the draft row, active, active on the draft)"""
    return {
        (row.url_slug, row.course.draft, row.is_active, row.is_active_on_draft)
        for row in CourseUrlSlug.objects.all()
    }


def twins(**values: str) -> tuple[Course, Course]:
    draft = CourseFactory.create(draft=True, **values)
    official = CourseFactory.create(
        partner=draft.partner, key=draft.key, uuid=draft.uuid, draft_version=draft, **values
    )
    return draft, official


def test_slug_comes_from_the_title_and_is_numbered_where_taken() -> None:
    partner = PartnerFactory.create()
    for key, title in (("a+1", "Été & Law"), ("a+2", "ete law"), ("a+3", "ETE LAW")):
        set_slug(CourseFactory.create(partner=partner, key=key, title=title))
    assert {row.url_slug for row in CourseUrlSlug.objects.all()} == {
        "ete-law", "ete-law-2", "ete-law-3",
    }  # fmt: skip
    for number in range(30):
        set_slug(CourseFactory.create(partner=partner, key=f"b+{number}", title="Ete law"))
    assert CourseUrlSlug.objects.filter(url_slug="ete-law-33").exists()


def test_title_without_latin_letters_gives_a_slug_of_the_key() -> None:
    set_slug(CourseFactory.create(key="Todai+JP1", title="日本語"))
    assert CourseUrlSlug.objects.get().url_slug == "todaijp1"


def test_new_official_slug_keeps_the_old_one_as_redirect() -> None:
    course = CourseFactory.create()
    assert set_slug(course, "one") is Outcome.CREATED
    assert set_slug(course, "two") is Outcome.CREATED
    assert slugs() == {("one", False, False, False), ("two", False, True, True)}
    assert set_slug(course, "one") is Outcome.UPDATED
    assert slugs() == {("one", False, True, True), ("two", False, False, False)}
    assert set_slug(course, "one") is Outcome.UNCHANGED
    assert active_url_slug(course) == "one"


def test_draft_without_official_has_one_slug_of_its_own() -> None:
    draft = CourseFactory.create(draft=True)
    set_slug(draft, "one")
    assert set_slug(draft, "two") is Outcome.UPDATED
    assert slugs() == {("two", True, True, False)}


def test_draft_marks_a_slug_of_the_official_row() -> None:
    draft, official = twins()
    set_slug(official, "one")
    set_slug(official, "two")
    assert active_url_slug(draft) == "two"
    set_slug(draft, "one")
    assert slugs() == {("one", False, False, True), ("two", False, True, False)}
    assert active_url_slug(draft) == "one"


def test_new_slug_of_a_draft_is_its_own_until_it_is_published() -> None:
    draft, official = twins()
    set_slug(official, "one")
    set_slug(draft, "new")
    assert slugs() == {("one", False, True, False), ("new", True, True, False)}
    assert (active_url_slug(draft), active_url_slug(official)) == ("new", "one")
    set_slug(official, "new")
    assert slugs() == {("one", False, False, False), ("new", False, True, True)}
    set_slug(draft, "third")
    set_slug(draft, "one")
    assert slugs() == {("one", False, False, True), ("new", False, True, False)}


def test_slug_of_another_course_is_refused_without_case() -> None:
    course = CourseFactory.create()
    other = CourseFactory.create(partner=course.partner)
    set_slug(course, "Mine")
    set_slug(course, "second")
    with pytest.raises(UrlSlugTaken):
        set_slug(other, "mine")
    set_slug(CourseFactory.create(), "mine")


@pytest.mark.parametrize("slug", ["x" * 256, "a\x00"])
def test_unfit_slug_is_refused(slug: str) -> None:
    with pytest.raises(UnfitValue):
        set_slug(CourseFactory.create(), slug)


def test_redirect_is_added_once_and_never_taken_from_others() -> None:
    course = CourseFactory.create()
    other = CourseFactory.create(partner=course.partner)
    assert add_url_slug_redirect(course=course, url_slug="run-1")
    assert not add_url_slug_redirect(course=course, url_slug="RUN-1")
    assert not add_url_slug_redirect(course=other, url_slug="run-1")
    assert slugs() == {("run-1", False, False, False)}
    assert CourseUrlSlug.objects.get().course == course
