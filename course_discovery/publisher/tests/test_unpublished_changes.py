"""Which drafts say something that their official rows do not."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from course_discovery.course_metadata.models import (
    Course,
    CourseAuthor,
    CourseRun,
    CourseSubject,
    CourseUrlSlug,
    LanguageTag,
    RestrictedCourseRun,
)
from course_discovery.course_metadata.operations.course import create_or_update_course
from course_discovery.course_metadata.operations.course_run import create_or_update_course_run
from course_discovery.course_metadata.operations.course_run_values import ToldCourseRun
from course_discovery.course_metadata.operations.course_values import CourseValues
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    SeatFactory,
    SubjectFactory,
)
from course_discovery.publisher.queries.unpublished_changes import has_unpublished_changes


def twin(make: Callable[..., Any], **values: Any) -> Any:
    """A draft of the values; its official row points to it and says the same."""
    owner = next((name for name in ("course", "course_run") if name in values), None)
    official = dict(values)
    if owner:
        official[owner] = values[owner].official_version
    draft = make(draft=True, **values)
    make(draft=False, draft_version=draft, **official)
    return draft


@pytest.fixture
def draft(db: None) -> Course:
    """A draft and its official row that say the same, with everything that hangs on them."""
    organization = OrganizationFactory()
    course: Course = twin(
        CourseFactory,
        partner=organization.partner,
        key="NorthU+PHY101",
        title="Waves",
        organizations=[organization],
        subjects_in_order=[
            SubjectFactory(partner=organization.partner, slug=slug) for slug in ("physics", "music")
        ],
    )
    twin(CourseEntitlementFactory, course=course, price=199)
    run = twin(CourseRunFactory, course=course, key="course-v1:NorthU+PHY101+1")
    twin(SeatFactory, course_run=run)
    twin(RestrictedCourseRun.everything.create, course_run=run, restriction_type="custom-b2c")
    CourseUrlSlug.objects.create(
        course=course.official_version, partner=course.partner, url_slug="waves",
        is_active=True, is_active_on_draft=True,
    )  # fmt: skip
    return course


def changed(model: Any) -> set[bool]:
    """What the rows of a model that have unpublished changes are: drafts (True), or official."""
    rows = model.everything.filter(has_unpublished_changes(model))
    return set(rows.values_list("draft", flat=True))


def test_a_draft_that_says_the_same_has_none(draft: Course) -> None:
    assert changed(Course) == changed(CourseRun) == set()


def test_neither_has_an_official_row_without_draft(db: None) -> None:
    CourseRunFactory()
    assert changed(Course) == changed(CourseRun) == set()


def update(model: Any, **values: Any) -> Callable[[Course], None]:
    return lambda draft: model.everything.filter(draft=True).update(**values)


CHANGES: dict[str, Callable[[Course], Any]] = {
    "a text": update(Course, title="Waves and Optics"),
    "the case of a letter": update(Course, title="waves"),
    "an accent": update(Course, title="Wavés"),
    "a text that was empty": update(Course, outcome="<p>Physics</p>"),
    "another subject": lambda draft: CourseSubject.objects.create(
        course=draft, subject=SubjectFactory(slug="art"), sort_value=2
    ),
    "one subject less": lambda draft: draft.subject_links.filter(sort_value=1).delete(),
    "the order of subjects": lambda draft: draft.subject_links.filter(
        subject__slug="physics"
    ).update(sort_value=7),
    "another author": lambda draft: CourseAuthor.objects.create(
        course=draft, organization=OrganizationFactory(), sort_value=1
    ),
    "a topic": lambda draft: draft.topics.add("waves"),
    "a watcher": update(Course, watchers=["watcher@example.com"]),
    "another price": lambda draft: draft.entitlements.update(price="199.01"),
    "no entitlement": lambda draft: draft.entitlements.all().delete(),
    "another address": lambda draft: draft.official_version.url_slug_history.create(
        partner=draft.partner, url_slug="optics", is_active_on_draft=True
    ),
    "a new run": lambda draft: CourseRunFactory(course=draft, status="unpublished"),
}
RUN_CHANGES: dict[str, Callable[[Course], Any]] = {
    "a date": update(CourseRun, end=datetime(2031, 1, 1, tzinfo=UTC)),
    "a run's status": update(CourseRun, status="review_by_legal"),
    "a language": lambda draft: draft.course_runs.get().transcript_languages.add(
        LanguageTag.objects.get(code="es")
    ),
    "a seat's price": lambda draft: draft.course_runs.get().seats.update(price=50),
    "another seat": lambda draft: SeatFactory(course_run=draft.course_runs.get(), type_id="audit"),
    "no seat": lambda draft: draft.course_runs.get().seats.all().delete(),
    "no restriction": lambda draft: draft.course_runs.get().restricted_run.delete(),
}


@pytest.mark.parametrize("change", CHANGES | RUN_CHANGES)
def test_any_change_of_a_draft_is_seen_on_its_course(draft: Course, change: str) -> None:
    (CHANGES | RUN_CHANGES)[change](draft)
    assert changed(Course) == {True}


@pytest.mark.parametrize("change", RUN_CHANGES)
def test_and_on_its_run(draft: Course, change: str) -> None:
    RUN_CHANGES[change](draft)
    assert changed(CourseRun) == {True}


def test_a_draft_that_never_was_official_is_all_unpublished(db: None) -> None:
    CourseRunFactory(course=CourseFactory(draft=True))
    assert changed(Course) == changed(CourseRun) == {True}


def test_counts_and_times_are_no_changes(draft: Course) -> None:
    Course.everything.filter(draft=True).update(
        enrollment_count=7, modified=datetime(2031, 1, 1, tzinfo=UTC)
    )
    assert changed(Course) == set()


def test_other_courses_do_not_count(draft: Course) -> None:
    other = twin(CourseFactory, key="NorthU+PHY102")
    twin(CourseRunFactory, course=other, key="course-v1:NorthU+PHY102+1")
    Course.everything.filter(pk=other.pk).update(title="Another")
    rows = Course.everything.filter(has_unpublished_changes(Course))
    assert list(rows.values_list("key", flat=True)) == ["NorthU+PHY102"]


def test_what_a_source_of_record_tells_of_both_rows_is_none(draft: Course) -> None:
    told = ToldCourseRun(
        "course-v1:NorthU+PHY101+1",
        {
            "title_override": "Waves, again",
            "end": datetime(2031, 1, 1, tzinfo=UTC),
            "transcript_languages": ["es"],
            "restriction_type": "custom-b2b-enterprise",
        },
        seats=[
            {"type": "audit", "price": Decimal(0)},
            {"type": "verified", "price": Decimal("99.50"), "sku": "ABC1234"},
        ],
    )
    create_or_update_course_run(partner=draft.partner, told=told, now=datetime.now(UTC))
    values: CourseValues = {
        "title": "Waves and Optics",
        "subjects": ["music"],
        "entitlements": [{"mode": "verified", "price": Decimal(250)}],
    }
    create_or_update_course(
        partner=draft.partner, key=draft.key, values=values, now=datetime.now(UTC)
    )
    assert Course.objects.get(key=draft.key).title == "Waves and Optics"
    assert CourseRun.objects.get(key=told.key).seats.count() == 2
    assert changed(Course) == set()
    assert changed(CourseRun) == set()
