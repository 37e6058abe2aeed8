"""Hostile HTML of a catalog feed."""

from course_discovery.core.tests.hostile_html import all_at_once, harm
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.loaders.tests.conftest import counts
from course_discovery.loaders.tests.test_catalog_feed_load import (
    LoadFeed,
    course,
    organization,
    run,
)

HTML = all_at_once()


def test_it_is_stored_harmless_and_a_second_load_writes_nothing(load_feed: LoadFeed) -> None:
    lines = (
        organization(),
        course(organizations=["edX"], short_description=HTML, full_description=HTML),
        run(course="edX+DemoX", short_description=HTML, full_description=HTML),
    )
    load_feed(*lines)
    found = Course.objects.get()
    assert harm(found.full_description or "") == []
    assert "good.example" in (found.full_description or "")
    overrides = CourseRun.objects.get()
    for text in (overrides.full_description_override, overrides.short_description_override):
        assert harm(text or "") == []
    assert counts(load_feed(*lines)) == (3, 0, 0, 3, 0)
