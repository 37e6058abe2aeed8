"""What a change marks: everything that shows it, in its transaction, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from course_discovery.core.changes import recording
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.registry import object_of
from course_discovery.course_metadata.models import (
    Course,
    CourseAuthor,
    CourseRun,
    CourseSponsor,
    CourseType,
    LanguageTag,
    Organization,
    Seat,
    SeatType,
)
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
)
from course_discovery.projections.models import Projection
from course_discovery.projections.tests.conftest import NOW, Catalog
from course_discovery.projections.tests.places import among, marked, place, read_everything

pytestmark = pytest.mark.django_db
Write = Callable[[Catalog], Any]


def rename(row: Any, name: str = "name") -> None:
    setattr(row, name, "Renamed")
    row.save()


# What is written, and what of the catalog shows it.
CHANGES: dict[str, tuple[Write, Callable[[Catalog], list[Any]]]] = {
    "course": (lambda c: rename(c.course, "title"), lambda c: [c.course, c.run]),
    "run": (lambda c: rename(c.run, "title_override"), lambda c: [c.course, c.run]),
    "seat": (lambda c: c.seat.save(), lambda c: [c.course, c.run]),
    "seats in bulk": (
        lambda c: Seat.everything.filter(pk=c.seat.pk).update(price=1),
        lambda c: [c.course, c.run],
    ),
    "deleted seat": (lambda c: c.seat.delete(), lambda c: [c.course, c.run]),
    "entitlement": (lambda c: c.entitlement.save(), lambda c: [c.course, c.run]),
    "organization": (
        lambda c: rename(c.organization),
        lambda c: [c.organization, c.course, c.run],
    ),
    "organizations in bulk": (
        lambda c: Organization.objects.filter(pk=c.organization.pk).update(name="x"),
        lambda c: [c.organization, c.course, c.run],
    ),
    "an organization that nothing shows": (lambda c: rename(c.sponsor), lambda c: [c.sponsor]),
    "new sponsor": (
        lambda c: CourseSponsor.objects.create(course=c.course, organization=c.sponsor),
        lambda c: [c.course, c.run],
    ),
    "order of organizations": (
        lambda c: CourseAuthor.objects.filter(course=c.course).update(sort_value=7),
        lambda c: [c.course, c.run],
    ),
    "transcripts": (
        lambda c: c.run.transcript_languages.add(LanguageTag.objects.get(pk="zh-cmn")),
        lambda c: [c.course, c.run],
    ),
    "language": (
        lambda c: LanguageTag.objects.get(pk="es").save(),
        lambda c: [c.course, c.run],
    ),
    "translation of a subject": (
        lambda c: c.subject.translations.create(language_code="es", name="Física"),
        lambda c: [c.subject, c.course, c.run],
    ),
    "level": (lambda c: rename(c.level), lambda c: [c.level, c.course, c.run]),
    "seat type": (
        lambda c: SeatType.objects.get(slug="verified").save(),
        lambda c: [c.course, c.run, c.other, c.other_run],
    ),
    "course type": (
        lambda c: CourseType.objects.get(slug="verified-audit").save(),
        lambda c: [c.course, c.run, c.other, c.other_run],
    ),
    "a run that moves": (
        lambda c: CourseRun.everything.filter(pk=c.run.pk).update(course=c.other),
        lambda c: [c.course, c.run, c.other],
    ),
    "partner": (
        lambda c: c.course.partner.save(),
        lambda c: [
            c.organization,
            c.sponsor,
            c.subject,
            c.course,
            c.run,
            c.other,
            c.other_run,
        ],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_marks_what_shows_it(catalog: Catalog, name: str) -> None:
    write, shows = CHANGES[name]
    read_everything(NOW)
    assert marked() == set()
    write(catalog)
    # Vocabulary of the migrations may show it too.
    assert marked() & among(catalog.objects) == among(shows(catalog))


def test_a_draft_marks_no_official_row(catalog: Catalog) -> None:
    draft = CourseFactory(
        partner=catalog.course.partner, key="NorthU+PHY101", uuid=catalog.course.uuid, draft=True
    )
    run = CourseRunFactory(course=draft, key=catalog.run.key, uuid=catalog.run.uuid)
    read_everything(NOW)
    rename(run, "title_override")
    assert marked() == among([draft, run])


def test_a_deletion_marks_what_showed_the_object_and_the_object(catalog: Catalog) -> None:
    read_everything(NOW)
    gone = among([catalog.organization])
    catalog.organization.delete()
    assert marked() == gone | among([catalog.course, catalog.run])


def test_a_rolled_back_change_marks_nothing(catalog: Catalog) -> None:
    read_everything(NOW)
    with transaction.atomic():
        rename(catalog.course, "title")
        assert marked()
        transaction.set_rollback(True)
    assert marked() == set()


def test_a_savepoint_takes_its_mark_back_and_the_next_write_marks_again(catalog: Catalog) -> None:
    read_everything(NOW)
    with transaction.atomic():
        with transaction.atomic():
            rename(catalog.course, "title")
            transaction.set_rollback(True)
        assert marked() == set()
        catalog.course.save()
        assert marked() == among([catalog.course, catalog.run])


def test_one_transaction_marks_a_row_once(catalog: Catalog) -> None:
    read_everything(NOW)
    before = Projection.objects.get(kind="course", row=catalog.course.pk).version
    with transaction.atomic():
        for title in ("One", "Two"):
            catalog.course.title = title
            catalog.course.save()
    after = Projection.objects.get(kind="course", row=catalog.course.pk)
    assert after.version == before + 1
    assert after.changed_at == Change.objects.filter(kind="course").latest("pk").at


def test_a_run_that_moves_after_it_was_written_marks_where_it_goes(catalog: Catalog) -> None:
    read_everything(NOW)
    with transaction.atomic():
        catalog.run.save()
        catalog.run.course = catalog.other
        catalog.run.save()
    assert marked() == among([catalog.course, catalog.run, catalog.other])


def test_every_language_is_marked(catalog: Catalog) -> None:
    read_everything(NOW)
    read_everything(NOW, "es")
    rename(catalog.subject, "slug")
    stale = Projection.objects.filter(kind="subject", row=catalog.subject.pk, version=2)
    assert set(stale.values_list("language", flat=True)) == {"en", "es"}


def test_a_rebuild_marks_everything(catalog: Catalog) -> None:
    everything = set(read_everything(NOW))
    rule = object_of(Course)
    assert rule
    with transaction.atomic():
        recording.record([rule.identity_of(catalog.course)], Change.REBUILD)
    assert marked() == everything


@pytest.mark.parametrize("courses", [1, 60])
@pytest.mark.parametrize(
    ("name", "field", "levels"), [("course", "title", 3), ("organization", "name", 4)]
)
def test_what_a_change_costs_beside_itself(
    catalog: Catalog, courses: int, name: str, field: str, levels: int
) -> None:
    for _ in range(courses):
        CourseFactory(partner=catalog.course.partner, organizations=[catalog.organization])
    read_everything(NOW)
    with CaptureQueriesContext(connection) as queries:
        getattr(catalog, name).save(update_fields=[field])
    written = [each["sql"] for each in queries]
    ours = [sql for sql in written if "changes_change" in sql or "projection" in sql]
    # Its entry and the marks; before them what shows it, level by level.
    found = [sql for sql in written if "AS branch" in sql]
    assert len(ours) == 2
    assert 1 <= len(found) <= levels
    assert len(ours) + len(found) <= 6


def test_a_wide_change_renders_nothing(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    organization = OrganizationFactory(partner=catalog.course.partner)
    for _ in range(30):
        CourseFactory(partner=organization.partner, organizations=[organization])
    read_everything(NOW)
    monkeypatch.setattr("course_discovery.projections.kinds.KINDS", {})
    rename(organization)
    assert len(marked()) == 31
    assert place(organization) in marked()
