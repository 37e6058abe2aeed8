"""What recording a part costs, in queries, as `core.changes.logged` says."""

import pytest

from course_discovery.core.changes.tests.entries import statements
from course_discovery.course_metadata.models import CourseUrlSlug
from course_discovery.course_metadata.tests.factories import CourseFactory

pytestmark = pytest.mark.django_db


def test_a_part_asks_for_its_owner() -> None:
    course, other = CourseFactory(), CourseFactory()
    slug = CourseUrlSlug(course=course, partner=course.partner, url_slug="a")
    # Owner, entry.
    assert statements(slug.save) == ["INSERT", "SELECT", "INSERT"]
    # The owner that it had, row, owner, entry.
    assert statements(slug.save) == ["SELECT", "UPDATE", "SELECT", "INSERT"]
    # A save that cannot move it does not look where it was.
    assert statements(lambda: slug.save(update_fields=["is_active"])) == [
        "UPDATE", "SELECT", "INSERT",
    ]  # fmt: skip
    slug.course = other
    # And for the owner that it left: owner, entry.
    assert statements(slug.save) == ["SELECT", "UPDATE", "SELECT", "INSERT", "SELECT", "INSERT"]


@pytest.mark.parametrize("rows", [1, 80])
def test_parts_in_bulk_ask_for_their_owners_at_once(rows: int) -> None:
    course = CourseFactory()
    slugs = [
        CourseUrlSlug(course=course, partner=course.partner, url_slug=f"s{n}") for n in range(rows)
    ]
    assert statements(lambda: CourseUrlSlug.objects.bulk_create(slugs)) == [
        "INSERT", "SELECT", "INSERT",
    ]  # fmt: skip
    # Keys, owners before, rows, owner, entry.
    assert statements(lambda: CourseUrlSlug.objects.update(is_active=True)) == [
        "SELECT", "SELECT", "UPDATE", "SELECT", "INSERT",
    ]  # fmt: skip
