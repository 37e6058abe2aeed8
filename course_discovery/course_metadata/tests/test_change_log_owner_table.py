"""Every model of the core and the catalog keeps the promises of the change log."""

from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.db.models import ManyToManyField, Model

from course_discovery.core.changes import registry
from course_discovery.core.changes.logged import LoggedModel, LoggedQuerySet
from course_discovery.core.changes.tests.entries import entry, in_order, recorded
from course_discovery.core.changes.tests.owner_table import (  # noqa: F401 - the suite
    Case,
    cases_of,
    check_many_to_many,
    many_to_many_of,
    test_a_rolled_back_write_leaves_no_entry,
    test_a_row_that_moves_is_told_to_the_object_that_it_left,
    test_creating_a_row_leaves_one_entry_of_its_owner,
    test_deleting_rows_leaves_entries_of_them_and_of_what_shows_them,
    test_updating_rows_leaves_one_entry_of_each_owner,
    unregistered,
)
from course_discovery.core.models import Currency, Partner, User
from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests import factories, owner_cases

_numbers = count(1)


def _mark() -> str:
    return f"n{next(_numbers)}"


def _course(**values: Any) -> Any:
    return factories.CourseFactory(**values)


def _course_run(**values: Any) -> Any:
    return factories.CourseRunFactory(**values)


def _seat_type() -> Any:
    return models.SeatType.objects.create(name="Seat type", slug=_mark())


def _mode() -> Any:
    return models.Mode.objects.create(name="Mode", slug=_mark())


def _course_type() -> Any:
    return models.CourseType.objects.create(name="Type", slug=_mark())


def _course_run_type() -> Any:
    return models.CourseRunType.objects.create(name="Run type", slug=_mark())


def _language() -> Any:
    return models.LanguageTag.objects.create(code=_mark(), name="Klingon")


def _address() -> str:
    return f"https://media.example.com/{_mark()}"


def _of_course(row: Any) -> Any:
    return row.course


def _of_run(row: Any) -> Any:
    return row.course_run


def _of_master(row: Any) -> Any:
    return row.master


NAMES = ("One", "Other")
FLAGS = (True, False)
PLACES = (7, 8)
TO_COURSE = (("course", _course),)
TO_RUN = (("course_run", _course_run),)

CASES: dict[type[Model], Case] = {
    Currency: Case(lambda: Currency(code=_mark()[:6], name="Doubloon"), "name", NAMES),
    User: Case(factories.UserFactory.build, "full_name", NAMES),
    Partner: Case(
        lambda: factories.PartnerFactory.build(site=factories.SiteFactory()), "studio_url", NAMES
    ),
    models.Organization: Case(
        lambda: factories.OrganizationFactory.build(partner=factories.PartnerFactory()),
        "name",
        NAMES,
    ),
    models.Subject: Case(
        lambda: factories.SubjectFactory.build(partner=factories.PartnerFactory()),
        "banner_image_url",
        NAMES,
    ),
    models.SubjectTranslation: Case(
        lambda: models.SubjectTranslation(
            master=factories.SubjectFactory(), language_code="eo", name="Fiziko"
        ),
        "name",
        NAMES,
        kind="subject",
        owner=_of_master,
        elsewhere=(("master", factories.SubjectFactory),),
    ),
    models.LevelType: Case(factories.LevelTypeFactory.build, "sort_value", PLACES),
    models.LevelTypeTranslation: Case(
        lambda: models.LevelTypeTranslation(
            master=factories.LevelTypeFactory(), language_code="eo", name_t=_mark()
        ),
        "language_code",
        ("es", "fr"),
        kind="level_type",
        owner=_of_master,
        elsewhere=(("master", factories.LevelTypeFactory),),
    ),
    models.LanguageTag: Case(
        lambda: models.LanguageTag(code=_mark(), name="Klingon"), "name", NAMES
    ),
    models.LanguageTagTranslation: Case(
        lambda: models.LanguageTagTranslation(
            master=_language(), language_code="eo", name_t="Klingona"
        ),
        "name_t",
        NAMES,
        kind="language_tag",
        owner=_of_master,
        elsewhere=(("master", _language),),
    ),
    models.Source: Case(lambda: models.Source(name="Source", slug=_mark()), "name", NAMES),
    models.Image: Case(lambda: models.Image(src=_address()), "description", NAMES),
    models.Video: Case(lambda: models.Video(src=_address()), "description", NAMES),
    models.SeatType: Case(lambda: models.SeatType(name="Seat", slug=_mark()), "name", NAMES),
    models.Mode: Case(lambda: models.Mode(name="Mode", slug=_mark()), "name", NAMES),
    models.Track: Case(lambda: models.Track(mode=_mode()), "seat_type", (None, None)),
    models.CourseRunType: Case(
        lambda: models.CourseRunType(name="Run type", slug=_mark()), "is_marketable", FLAGS
    ),
    models.CourseType: Case(lambda: models.CourseType(name="Type", slug=_mark()), "rank", PLACES),
    models.CourseTypeRunType: Case(
        lambda: models.CourseTypeRunType(
            course_type=_course_type(), course_run_type=_course_run_type()
        ),
        "sort_value",
        PLACES,
        kind="course_type",
        owner=lambda row: row.course_type,
        elsewhere=(("course_type", _course_type),),
    ),
    models.Course: Case(
        lambda: factories.CourseFactory.build(partner=factories.PartnerFactory()), "title", NAMES
    ),
    models.CourseAuthor: Case(
        lambda: models.CourseAuthor(course=_course(), organization=factories.OrganizationFactory()),
        "sort_value",
        PLACES,
        kind="course",
        owner=_of_course,
        elsewhere=TO_COURSE,
    ),
    models.CourseSponsor: Case(
        lambda: models.CourseSponsor(
            course=_course(draft=True), organization=factories.OrganizationFactory()
        ),
        "sort_value",
        PLACES,
        kind="course",
        owner=_of_course,
        elsewhere=TO_COURSE,
    ),
    models.CourseSubject: Case(
        lambda: models.CourseSubject(course=_course(), subject=factories.SubjectFactory()),
        "sort_value",
        PLACES,
        kind="course",
        owner=_of_course,
        elsewhere=TO_COURSE,
    ),
    models.CourseUrlSlug: Case(
        lambda: models.CourseUrlSlug(
            course=_course(), partner=factories.PartnerFactory(), url_slug=_mark()
        ),
        "is_active",
        FLAGS,
        kind="course",
        owner=_of_course,
        elsewhere=TO_COURSE,
    ),
    models.CourseEntitlement: Case(
        lambda: factories.CourseEntitlementFactory.build(course=_course()),
        "price",
        PLACES,
        kind="course",
        owner=_of_course,
        elsewhere=TO_COURSE,
    ),
    models.CourseRun: Case(
        lambda: factories.CourseRunFactory.build(course=_course()),
        "title_override",
        NAMES,
        elsewhere=TO_COURSE,
        shown=lambda row: [("course", row.course)],
    ),
    models.Seat: Case(
        lambda: factories.SeatFactory.build(course_run=_course_run()),
        "price",
        PLACES,
        kind="course_run",
        owner=_of_run,
        elsewhere=TO_RUN,
    ),
    models.RestrictedCourseRun: Case(
        lambda: models.RestrictedCourseRun(course_run=_course_run(), draft=False),
        "restriction_type",
        ("custom-b2c", "custom-b2b-enterprise"),
        kind="course_run",
        owner=_of_run,
        elsewhere=TO_RUN,
    ),
    **owner_cases.CASES,
}
# A degree is two rows and two objects, and the course of a curriculum is an object of its own that
# the curriculum shows: both are in test_change_log_nested.py.
DEGREE = models.Degree
NESTED = {*DEGREE._meta.local_many_to_many, models.Curriculum._meta.get_field("courses")}


@pytest.fixture(
    params=[
        each
        for each in (*cases_of("core", CASES), *cases_of("course_metadata", CASES))
        if each.id != DEGREE.__name__
    ]
)
def case(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.mark.parametrize(
    "field", [f for f in many_to_many_of("course_metadata") if f.values[0] not in NESTED]
)
def test_many_to_many_changes_are_told_to_the_owner(
    db: None, field: "ManyToManyField[Any, Any]"
) -> None:
    check_many_to_many(field, CASES[field.model], CASES[field.related_model])


@pytest.mark.parametrize(
    ("app", "reasons"),
    [
        ("core", {"UserThrottleRate": "how often an account may call is no part of the catalog"}),
        ("course_metadata", {"ExternalKeyClaim": "who holds a key is seen on the run itself"}),
    ],
)
def test_every_model_is_in_the_owner_table_or_has_a_reason(
    app: str, reasons: dict[str, str]
) -> None:
    assert unregistered(app, reasons) == []


def test_managers_of_registered_models_record() -> None:
    for rule in registry.rules():
        if not rule.model._meta.auto_created:
            assert issubclass(rule.model, LoggedModel), rule
            assert isinstance(rule.model._base_manager.all(), LoggedQuerySet), rule
            assert isinstance(rule.model._default_manager.all(), LoggedQuerySet), rule


@pytest.mark.parametrize("model", [models.Track, models.Source, models.Organization, models.Seat])
def test_creating_in_bulk_tells_all_where_the_database_does_not_tell_keys(
    db: None, model: type[Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on MySQL; MariaDB, PostgreSQL and SQLite do tell.
    features = type(connection.features)
    monkeypatch.setattr(features, "can_return_rows_from_bulk_insert", False)
    one = CASES[model]
    rows = [one.build(), one.build()]
    with recorded() as entries:
        model._base_manager.bulk_create(rows)
    assert entries == in_order([each for row in rows for each in one.told(row, "create")])


def test_objects_that_may_conflict_are_not_created_in_bulk(db: None) -> None:
    rows = [models.Source(name="S", slug="s")]
    with pytest.raises(NotImplementedError, match="source"):
        models.Source.objects.bulk_create(rows, ignore_conflicts=True)
    with pytest.raises(NotImplementedError, match="source"):
        models.Source.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["slug"], update_fields=["name"]
        )


def test_parts_that_conflict_tell_their_owner(db: None) -> None:
    link = CASES[models.CourseAuthor].saved()
    twin = models.CourseAuthor(course=link.course, organization=link.organization)
    with recorded() as entries:
        models.CourseAuthor.objects.bulk_create([twin], ignore_conflicts=True)
    assert entries == [entry("course", link.course)]
