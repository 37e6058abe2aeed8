"""What editors write in the admin keeps the promises of the change log."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from course_discovery.core.admin.tests.page import errors_of, fields_of
from course_discovery.core.changes.tests.by_admin import (  # noqa: F401 - the suite
    Door,
    doors_of,
    editor,
    test_adding_in_the_admin_leaves_the_promised_entries,
    test_changing_in_the_admin_leaves_the_promised_entries,
    test_deleting_in_the_admin_leaves_the_promised_entries,
    told,
)
from course_discovery.core.changes.tests.entries import entry
from course_discovery.core.changes.tests.owner_table import Case
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests import factories
from course_discovery.course_metadata.tests.test_change_log_owner_table import CASES

# Courses and runs are neither made nor, once official, deleted by hand; addresses, excluded runs,
# tags and texts are fields of what they belong to; accounts have forms of Django's.
OTHERWISE: set[Any] = {
    Partner, User, models.Course, models.CourseRun, models.CourseUrlSlug,
    models.CurriculumCourseRunExclusion, models.Degree, models.CourseTopic, models.CourseRunTag,
    models.OrganizationTag, models.ProductMetaKeyword, models.ProgramLabel,
    models.SubjectTranslation, models.TopicTranslation, models.LevelTypeTranslation,
    models.LanguageTagTranslation, models.ProgramTypeTranslation,
}  # fmt: skip


def within_partner(row: Any) -> Any:
    """What the row leads to belongs to the partner of what it is a part of."""
    linked = [getattr(row, each.name) for each in row._meta.fields if each.remote_field]
    owner, *others = [each for each in linked if each is not None] or [None]
    partner = getattr(getattr(owner, "course", owner), "partner", None)
    for other in others:
        if partner and hasattr(other, "partner"):
            other.partner = partner
            other.save()
    return row


def with_values(case: Case, **values: Any) -> Case:
    """Rows that have these values from the beginning."""

    def build() -> Any:
        row = case.build()
        for name, value in values.items():
            setattr(row, name, value)
        return row

    return replace(case, build=build)


ADDRESSES = ("https://example.com/1", "https://example.com/2")
# What a form asks for, and the database does not.
ASKED: dict[Any, Case] = {
    models.LanguageTag: with_values(CASES[models.LanguageTag], name_t="Klingon"),
    models.ProgramSubscriptionPrice: with_values(CASES[models.ProgramSubscriptionPrice], price=3),
    models.RestrictedCourseRun: with_values(
        CASES[models.RestrictedCourseRun], restriction_type="custom-b2c"
    ),
    models.Subject: replace(CASES[models.Subject], values=ADDRESSES),
    models.Topic: replace(CASES[models.Topic], values=ADDRESSES),
}
IN_FORMS = {
    model: replace(case, build=lambda case=case: within_partner(case.build()))
    for model, case in (CASES | ASKED).items()
}


@pytest.fixture(
    params=[
        *doors_of("core", IN_FORMS, OTHERWISE),
        *doors_of("course_metadata", IN_FORMS, OTHERWISE),
    ]
)
def door(request: pytest.FixtureRequest) -> Door:
    door: Door = request.param
    return door


def address_of(row: Any, page: str = "change") -> str:
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[row.pk])


@pytest.mark.parametrize(
    ("make", "kind", "changed"),
    [
        (lambda: factories.CourseFactory(draft=True), "course", {"title": "Other"}),
        (lambda: factories.CourseFactory(), "course", {"topics": "art, music"}),
        (lambda: factories.CourseFactory(), "course", {"url_slug": "learn/other"}),
        (lambda: factories.CourseRunFactory(), "course_run", {"title_override": "Other"}),
        (lambda: factories.CourseRunFactory(), "course_run", {"tags": "art"}),
        (lambda: factories.ProgramFactory(), "program", {"labels": "art"}),
        (lambda: factories.OrganizationFactory(), "organization", {"tags": "art"}),
        (lambda: factories.ProductMetaFactory(), "product_meta", {"keywords": "art"}),
        (lambda: factories.SubjectFactory(), "subject", {"name": "Fiziko"}),
        (lambda: factories.TopicFactory(), "topic", {"name": "Fiziko"}),
        (lambda: factories.LevelTypeFactory(), "level_type", {"name_t": "Fiziko"}),
        (lambda: factories.ProgramTypeFactory(), "program_type", {"name_t": "Fiziko"}),
        (lambda: factories.PartnerFactory(), "partner", {"name": "Other"}),
        (lambda: factories.UserFactory(), "user", {"full_name": "Other"}),
    ],
)  # fmt: skip
def test_fields_of_a_page_are_told_to_its_row(
    editor: Client, make: Any, kind: str, changed: dict[str, str]  # noqa: F811 - the fixture
) -> None:  # fmt: skip
    row = make()
    page = editor.get(address_of(row))
    with told() as entries:
        answer = editor.post(address_of(row), fields_of(page) | changed)
        assert errors_of(answer) == []
    assert entry(kind, row) in entries


def test_a_degree_is_told_as_both(editor: Client) -> None:  # noqa: F811
    degree = factories.DegreeFactory()
    page = editor.get(address_of(degree))
    with told() as entries:
        assert errors_of(editor.post(address_of(degree), fields_of(page))) == []
    assert {entry("degree", degree), entry("program", degree)} <= set(entries)


def test_excluded_runs_are_told(editor: Client) -> None:  # noqa: F811
    run = factories.CourseRunFactory()
    membership = models.CurriculumCourseMembership.objects.create(
        curriculum=factories.CurriculumFactory(), course=run.course
    )
    program = factories.ProgramFactory(partner=run.course.partner, courses_in_order=[run.course])
    for address, kind, row in (
        (address_of(membership), "curriculum_course_membership", membership),
        (reverse("excluded_course_runs", args=[program.pk]), "program", program),
    ):
        with told() as entries:
            answer = editor.post(address, {"excluded_course_runs": [run.pk], "is_active": "on"})
            assert answer.status_code == 302
        assert entry(kind, row) in entries
    assert [each.course_run for each in membership.exclusions.all()] == [run]
    assert list(program.excluded_course_runs.all()) == [run]


def test_a_draft_that_goes_is_told(editor: Client) -> None:  # noqa: F811
    run = factories.CourseRunFactory(course=factories.CourseFactory(draft=True))
    for row, kind in ((run, "course_run"), (run.course, "course")):
        promised = entry(kind, row, "delete")
        with told() as entries:
            assert editor.post(address_of(row, "delete"), {"post": "yes"}).status_code == 302
        assert promised in entries
