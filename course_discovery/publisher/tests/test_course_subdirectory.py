"""Addresses move to subdirectories: by submitting a run, and by `migrate_course_slugs`."""

from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from waffle.testutils import override_switch

from course_discovery.course_metadata.models import Course, CourseType, CourseUrlSlug, Source
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.operations.course_url_slug import (
    active_url_slug,
    set_active_url_slug,
)
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    OrganizationFactory,
    SubjectFactory,
)
from course_discovery.publisher.operations.course_run.editing import edit_course_run
from course_discovery.publisher.operations.course_run.values import CourseRunTexts, ToldRun
from course_discovery.publisher.operations.course_subdirectory import (
    NoSubdirectory,
    move_into_subdirectory,
)
from course_discovery.publisher.tests.course_runs import NOW, run_of
from course_discovery.publisher.tests.people import person

pytestmark = pytest.mark.django_db

OPEN = "course_metadata.is_subdirectory_slug_format_enabled"
EXEC_ED = "course_metadata.is_subdirectory_slug_format_for_exec_ed_enabled"
BOOTCAMP = "course_metadata.is_subdirectory_slug_format_for_bootcamp_enabled"


def make(key: str = "NorthU+PHY1", *, kind: str | None = None, **values: Any) -> Course:
    """A course with a subject, of the default source unless told otherwise, called Waves."""
    organization = values.pop("organization", None) or OrganizationFactory(name="North U.")
    if "subjects_in_order" not in values:
        subject = SubjectFactory(partner=organization.partner, slug=f"physics-{key[-1]}")
        values["subjects_in_order"] = [subject]
    values.setdefault("product_source", source("edx"))
    if kind is not None:
        values["type"] = CourseType.objects.get_or_create(slug=kind, defaults={"name": kind})[0]
    made: Course = CourseFactory(
        key=key, partner=organization.partner, organizations=[organization], title="Waves", **values
    )
    return made


def source(slug: str) -> Source:
    return Source.objects.get_or_create(slug=slug, defaults={"name": slug})[0]


def submit(course: Course) -> None:
    """Submit a run of the draft course for review."""
    run = run_of(course, CourseRunStatus.UNPUBLISHED)
    told = ToldRun(values=CourseRunTexts(title="Another"), submitted=True)
    edit_course_run(run=run, told=told, by=person("sam", is_staff=True), now=NOW)


@pytest.mark.parametrize(
    ("kind", "switch", "values", "expected"),
    [
        (None, OPEN, {}, "learn/physics-1/north-u-waves"),
        (None, OPEN, {"organization_short_code_override": "NU"}, "learn/physics-1/north-u-waves"),
        (CourseType.EXECUTIVE_EDUCATION, EXEC_ED, {}, "executive-education/north-u-waves"),
        (CourseType.BOOTCAMP, BOOTCAMP, {}, "boot-camps/physics-1/north-u-waves"),
        (
            CourseType.BOOTCAMP,
            BOOTCAMP,
            {"organization_short_code_override": "NU"},
            "boot-camps/physics-1/nu-waves",
        ),
        # Another kind's switch, and a course of another source.
        (None, EXEC_ED, {}, None),
        (CourseType.BOOTCAMP, OPEN, {}, None),
    ],
)
def test_submitting_moves_the_address(
    kind: str | None, switch: str, values: dict[str, Any], expected: str | None
) -> None:
    course = make(draft=True, kind=kind, **values)
    set_active_url_slug(course=course, now=NOW)
    with override_switch(switch, active=True):
        submit(course)
    assert active_url_slug(course) == (expected or "waves")


def test_submitting_moves_nothing_while_switched_off() -> None:
    course = make(draft=True)
    set_active_url_slug(course=course, now=NOW)
    submit(course)
    assert active_url_slug(course) == "waves"


def test_courses_of_other_sources_stay() -> None:
    course = make(product_source=source("elsewhere"))
    with override_switch(OPEN, active=True):
        assert move_into_subdirectory(course=course, now=NOW) is None


def test_the_chosen_address_of_an_open_course_is_kept_as_the_last_part() -> None:
    course = make()
    set_active_url_slug(course=course, url_slug="tides", now=NOW)
    with override_switch(OPEN, active=True):
        move_into_subdirectory(course=course, now=NOW)
        assert active_url_slug(course) == "learn/physics-1/north-u-tides"
        assert move_into_subdirectory(course=course, now=NOW) is None


def test_an_address_that_another_course_has_is_numbered() -> None:
    first = make(organization=(organization := OrganizationFactory(name="North U.")))
    second = make("NorthU+PHY2", organization=organization)
    second.subjects.set(first.subjects.all())
    with override_switch(OPEN, active=True):
        for course in (first, second):
            move_into_subdirectory(course=course, now=NOW)
    assert active_url_slug(first) == "learn/physics-1/north-u-waves"
    assert active_url_slug(second) == "learn/physics-1/north-u-waves-2"


@pytest.mark.parametrize("missing", ["subject", "organization"])
def test_a_course_that_lacks_what_its_address_is_made_of_is_not_submitted(missing: str) -> None:
    course = make(draft=True)
    if missing == "subject":
        course.subjects.clear()
    else:
        course.authoring_organizations.clear()
    with override_switch(OPEN, active=True), pytest.raises(NoSubdirectory, match=missing):
        submit(course)
    assert set(course.course_runs.values_list("status", flat=True)) <= {CourseRunStatus.UNPUBLISHED}


def migrate(*args: str) -> str:
    out = StringIO()
    call_command("migrate_course_slugs", *args, stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def published(db: None) -> Course:
    """An official course with its draft, at `waves`."""
    draft = make(draft=True)
    course = make(
        uuid=draft.uuid,
        draft_version=draft,
        organization=draft.authoring_organizations.get(),
        subjects_in_order=list(draft.subjects.all()),
    )
    set_active_url_slug(course=course, now=NOW)
    return course


def draft_of(course: Course) -> Course:
    return Course.everything.get(uuid=course.uuid, draft=True)


def test_the_command_moves_official_addresses_and_keeps_the_old_ones(published: Course) -> None:
    new = "learn/physics-1/north-u-waves"
    with override_switch(OPEN, active=True):
        assert migrate("--dry_run") == f"NorthU+PHY1: waves -> {new}\n1 would be moved, 0 failed.\n"
        assert active_url_slug(published) == "waves"
        assert migrate() == f"NorthU+PHY1: waves -> {new}\n1 moved, 0 failed.\n"
        assert migrate() == "0 moved, 0 failed.\n"
    assert {active_url_slug(published), active_url_slug(draft_of(published))} == {new}
    assert set(CourseUrlSlug.objects.values_list("url_slug", "is_active")) == {
        ("waves", False),
        (new, True),
    }


def test_the_command_leaves_an_address_that_waits_for_publication(published: Course) -> None:
    set_active_url_slug(course=draft_of(published), url_slug="tides", now=NOW)
    out = StringIO()
    with override_switch(OPEN, active=True), pytest.raises(CommandError, match="1 courses"):
        call_command("migrate_course_slugs", stdout=out, stderr=out)
    assert "not moved: Its draft has another address" in out.getvalue()
    assert active_url_slug(draft_of(published)) == "tides"


def test_the_command_takes_some_courses_only() -> None:
    organization = OrganizationFactory(name="North U.")
    first, second = (make(key, organization=organization) for key in ("N+1", "N+2"))
    with override_switch(OPEN, active=True):
        assert migrate("--limit", "1", "--dry-run").endswith("1 would be moved, 0 failed.\n")
        assert migrate("--course-type", "none") == "0 moved, 0 failed.\n"
        assert migrate("--product-source", "none") == "0 moved, 0 failed.\n"
        assert migrate("--course-uuids", str(second.uuid)).startswith("N+2: ")
        for bad in (["--limit", "0"], ["--course-uuids", str(uuid4())]):
            with pytest.raises(CommandError):
                migrate(*bad)
    assert active_url_slug(first) is None
