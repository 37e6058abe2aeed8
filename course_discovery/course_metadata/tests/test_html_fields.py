"""HTML is clean in the database, however it was written."""

import pytest

from course_discovery.course_metadata.models import Course, Organization
from course_discovery.course_metadata.tests.factories import CourseFactory, OrganizationFactory

pytestmark = pytest.mark.django_db
DIRTY = '<p onclick="x()">Waves<script>alert(1)</script></p>'
CLEAN = "<p>Waves</p>"


def stored(course: Course) -> str | None:
    return Course.everything.values_list("full_description", flat=True).get(pk=course.pk)


def test_save_cleans_the_row_too() -> None:
    course = CourseFactory(full_description=DIRTY)
    assert stored(course) == course.full_description == CLEAN


def test_bulk_writes_clean() -> None:
    course = CourseFactory()
    Course.everything.filter(pk=course.pk).update(full_description=DIRTY)
    assert stored(course) == CLEAN
    course.full_description = DIRTY.replace("Waves", "Optics")
    Course.everything.bulk_update([course], ["full_description"])
    assert stored(course) == "<p>Optics</p>"


def test_other_html_is_clean_as_well() -> None:
    organization = OrganizationFactory(description=DIRTY, description_es=DIRTY)
    found = Organization.objects.get(pk=organization.pk)
    assert (found.description, found.description_es) == (CLEAN, CLEAN)


def test_nothing_stays_nothing() -> None:
    assert stored(CourseFactory(full_description=None)) is None
