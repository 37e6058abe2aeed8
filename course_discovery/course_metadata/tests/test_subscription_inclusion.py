"""Who is part of enterprise subscriptions, whoever writes (decision 12)."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from course_discovery.core.changes.models import Change
from course_discovery.core.changes.registry import kind_named
from course_discovery.core.changes.settling import settle
from course_discovery.course_metadata.models import (
    Course,
    CourseAuthor,
    CourseRun,
    CourseType,
    Organization,
    Program,
    ProgramCourse,
    ProgramType,
)
from course_discovery.course_metadata.operations.running import operation
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    ProgramFactory,
)

pytestmark = pytest.mark.django_db
ALLOWED = {
    "xseries", "professional-certificate", "professional-program-wl", "microbachelors",
}  # fmt: skip


def flags_that_the_rule_gives() -> dict[Any, bool]:
    """The rule once more, in plain words."""
    flags: dict[Any, bool] = {}
    for course in Course.everything.select_related("type"):
        authors = [link.organization for link in course.author_links.select_related("organization")]
        flags[course] = (
            bool(authors)
            and all(author.enterprise_subscription_inclusion for author in authors)
            and course.type.slug not in {"executive-education-2u", "bootcamp-2u"}
            and not course.enterprise_subscription_opted_out
        )
    for run in CourseRun.everything.select_related("course"):
        flags[run] = flags[run.course] and run.pacing_type != "instructor_paced"
    for program in Program.objects.select_related("type"):
        courses = [link.course for link in program.course_links.select_related("course")]
        flags[program] = (
            bool(courses)
            and all(flags[course] for course in courses)
            and program.type is not None
            and program.type.slug in ALLOWED
            and not program.enterprise_subscription_opted_out
        )
    return flags


def assert_flags_are_right() -> None:
    for row, flag in flags_that_the_rule_gives().items():
        assert row.enterprise_subscription_inclusion is flag, row


@pytest.fixture
def catalog() -> None:
    """Organizations, courses with drafts, runs, programs."""
    CourseType.objects.create(slug="bootcamp-2u", name="Boot camp")
    organizations = [OrganizationFactory.create() for _ in range(3)]
    for number in range(3):
        draft = CourseFactory.create(
            key=f"Org+{number}", draft=True, organizations=organizations[:number]
        )
        official = CourseFactory.create(
            partner=draft.partner, key=draft.key, uuid=draft.uuid, draft_version=draft,
            organizations=organizations[number:],
        )  # fmt: skip
        for course in (draft, official):
            CourseRunFactory.create(course=course, key=f"course-v1:Org+{number}+1")
    for slug in ("microbachelors", "micromasters"):
        ProgramFactory.create(type=ProgramType.objects.get(slug=slug), courses_in_order=[official])


def pick(rows: Any, choice: random.Random) -> Any:
    found = list(rows.order_by("pk"))
    return choice.choice(found) if found else None


def set_organization(choice: random.Random) -> None:
    row = pick(Organization.objects.all(), choice)
    row.enterprise_subscription_inclusion = choice.random() < 0.8
    row.save()


def let_all_organizations_in(choice: random.Random) -> None:
    Organization.objects.update(enterprise_subscription_inclusion=True)


def change_course(choice: random.Random) -> None:
    row = pick(Course.everything.all(), choice)
    row.enterprise_subscription_opted_out = choice.random() < 0.3
    row.type = CourseType.objects.get(slug=choice.choice(["verified-audit", "bootcamp-2u"]))
    # A row that somebody read long ago.
    row.enterprise_subscription_inclusion = choice.random() < 0.5
    row.save()


def change_courses_in_bulk(choice: random.Random) -> None:
    Course.everything.update(enterprise_subscription_opted_out=choice.random() < 0.3)


def add_author(choice: random.Random) -> None:
    course, organization = pick(Course.everything.all(), choice), pick(Organization.objects, choice)
    CourseAuthor.objects.get_or_create(course=course, organization=organization)


def remove_author(choice: random.Random) -> None:
    if link := pick(CourseAuthor.objects.all(), choice):
        link.delete()


def clear_authors(choice: random.Random) -> None:
    pick(Course.everything.all(), choice).authoring_organizations.clear()


def change_run(choice: random.Random) -> None:
    row = pick(CourseRun.everything.all(), choice)
    row.pacing_type = choice.choice(["self_paced", "instructor_paced", None])
    row.enterprise_subscription_inclusion = choice.random() < 0.5
    row.save(update_fields=["pacing_type", "enterprise_subscription_inclusion"])


def change_program(choice: random.Random) -> None:
    row = pick(Program.objects.all(), choice)
    row.type = choice.choice([None, *ProgramType.objects.all()])
    row.enterprise_subscription_opted_out = choice.random() < 0.3
    row.save()


def add_course(choice: random.Random) -> None:
    program, course = pick(Program.objects.all(), choice), pick(Course.objects.all(), choice)
    ProgramCourse.objects.get_or_create(program=program, course=course)


def remove_courses(choice: random.Random) -> None:
    if link := pick(ProgramCourse.objects.all(), choice):
        ProgramCourse.objects.filter(course=link.course_id).delete()


def several_at_once(choice: random.Random) -> None:
    @operation
    def write() -> None:
        for _ in range(3):
            choice.choice(EDITS[:-1])(choice)

    write()


EDITS: list[Callable[[random.Random], None]] = [
    set_organization, let_all_organizations_in, change_course, change_courses_in_bulk, add_author,
    remove_author, clear_authors, change_run, change_program, add_course, remove_courses,
    several_at_once,
]  # fmt: skip


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    edits=st.lists(st.sampled_from(EDITS), min_size=1, max_size=8),
    choice=st.randoms(use_true_random=False),
)
def test_flags_follow_the_rule_after_any_edits(
    catalog: None, edits: list[Callable[[random.Random], None]], choice: random.Random
) -> None:
    with transaction.atomic():
        for edit in edits:
            note(edit.__name__)
            edit(choice)
            assert_flags_are_right()
        transaction.set_rollback(True)


def test_course_that_was_out_because_of_its_organization_comes_back() -> None:
    organization = OrganizationFactory.create(enterprise_subscription_inclusion=True)
    run = CourseRunFactory.create(course=CourseFactory.create(organizations=[organization]))
    for flag in (False, True):
        Organization.objects.update(enterprise_subscription_inclusion=flag)
        run.refresh_from_db()
        assert run.enterprise_subscription_inclusion is flag
        assert run.course.enterprise_subscription_inclusion is flag


def test_readers_hear_of_what_followed() -> None:
    organization = OrganizationFactory.create()
    course = CourseFactory.create(organizations=[organization])
    CourseRunFactory.create(course=course)
    Change.objects.all().delete()
    organization.enterprise_subscription_inclusion = True
    organization.save()
    heard = set(Change.objects.values_list("kind", flat=True))
    assert heard == {"organization", "course", "course_run"}
    course.refresh_from_db()
    assert course.data_modified_timestamp is not None


def test_what_a_concurrent_transaction_left_is_settled_after_its_commit(
    drain: Callable[[], None],
) -> None:
    organization = OrganizationFactory.create(enterprise_subscription_inclusion=True)
    course = CourseFactory.create(organizations=[organization])
    # As it is when the author was written before the organization's flag could be seen.
    QuerySet(Course).filter(pk=course.pk).update(enterprise_subscription_inclusion=False)
    drain()
    assert_flags_are_right()


def test_edit_of_a_course_that_concerns_no_flag_costs_three_look_ups(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    course = kind_named("course").identity_of(CourseFactory.create())
    with django_assert_num_queries(3):
        settle([course])
