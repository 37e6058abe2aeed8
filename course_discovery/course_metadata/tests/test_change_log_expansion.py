"""From entries of the change log to everything whose rendering may have changed."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from course_discovery.core.changes import registry
from course_discovery.core.changes.expansion import expand
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.owners import BATCH
from course_discovery.core.changes.registry import Identity
from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    SeatFactory,
    SubjectFactory,
)

pytestmark = pytest.mark.django_db


def identity(row: Model) -> Identity:
    rule = registry.object_of(type(row))
    assert rule
    return rule.identity_of(row)


def entries(*rows: Any, operation: str = "update") -> list[Change]:
    """Entries of rows, as a consumer gets them."""
    return [
        Change(
            kind=each.kind, uuid=each.uuid, key=each.key, draft=each.draft, operation=operation,
            at=timezone.now(),
        )
        for each in map(identity, rows)
    ]  # fmt: skip


def told(*rows: Model) -> set[Identity]:
    return {identity(row) for row in rows}


def test_an_object_that_nothing_shows_stands_alone() -> None:
    course = CourseFactory()
    assert expand(entries(course)) == told(course)
    assert expand([]) == set()


def test_a_course_takes_its_runs_along_and_a_run_its_course() -> None:
    run, other = CourseRunFactory(), CourseRunFactory()
    sibling = CourseRunFactory(course=run.course)
    assert expand(entries(run.course)) == told(run.course, run, sibling)
    assert expand(entries(run)) == told(run.course, run, sibling)
    assert expand(entries(run, other)) == told(run.course, run, sibling, other, other.course)


def test_drafts_and_official_rows_are_told_apart() -> None:
    draft = CourseFactory(draft=True)
    official = CourseFactory(
        key=draft.key, uuid=draft.uuid, partner=draft.partner, draft_version=draft
    )
    draft_run = CourseRunFactory(course=draft)
    run = CourseRunFactory(course=official, uuid=draft_run.uuid, key=draft_run.key)
    assert expand(entries(draft)) == told(draft, draft_run)
    # The draft shows the slug of its official row, and that there is one.
    assert expand(entries(official)) == told(official, run, draft, draft_run)
    assert expand(entries(draft, official)) == told(draft, draft_run, official, run)


def test_what_both_show_takes_both_along() -> None:
    organization = OrganizationFactory()
    draft = CourseFactory(draft=True, organizations=[organization])
    official = CourseFactory(organizations=[organization])
    assert expand(entries(organization)) == told(organization, draft, official)


def test_chains_are_followed_to_their_end() -> None:
    mode = models.Mode.objects.create(name="Mode", slug="mode")
    track = models.Track.objects.create(mode=mode)
    run_type = models.CourseRunType.objects.create(name="Type", slug="type")
    run_type.tracks.add(track)
    run = CourseRunFactory(type=run_type)
    CourseRunFactory()
    assert expand(entries(mode)) == told(mode, track, run_type, run, run.course)


@pytest.mark.parametrize(
    ("make", "link"),
    [
        (lambda: models.Source.objects.create(name="S", slug="s"), "product_source"),
        (lambda: models.LevelType.objects.create(name="L"), "level_type"),
        (lambda: models.Video.objects.create(src="https://v.example.com/"), "video"),
    ],
)
def test_kinds_without_a_uuid_are_found_by_their_key(make: Callable[[], Any], link: str) -> None:
    shown = make()
    course = CourseFactory(**{link: shown})
    assert expand(entries(shown)) == told(shown, course)


def test_languages_and_images_are_found_through_what_holds_them() -> None:
    run = CourseRunFactory()
    language = models.LanguageTag.objects.get(code="nl")
    run.transcript_languages.add(language)
    assert expand(entries(language)) == told(language, run, run.course)
    image = models.Image.objects.create(src="https://i.example.com/")
    run.video = models.Video.objects.create(src="https://v.example.com/", image=image)
    run.save()
    assert expand(entries(image)) == told(image, run, run.course)


def test_a_seat_type_is_shown_by_everything_that_sells_it() -> None:
    seat = SeatFactory()
    verified = models.SeatType.objects.get(slug="verified")
    assert told(verified, seat.course_run, seat.course_run.course) <= expand(entries(verified))


def test_a_deleted_object_is_in_the_answer() -> None:
    course = CourseFactory()
    log = entries(course, operation="delete")
    gone = told(course)
    course.delete()
    assert expand(log) == gone


def test_a_renamed_object_has_its_present_key() -> None:
    subject = SubjectFactory(slug="old")
    log = entries(subject)
    subject.slug = "new"
    subject.save()
    assert [each.key for each in expand(log)] == ["new"]


def test_kinds_that_nobody_registered_are_passed_on() -> None:
    mark = uuid.uuid4()
    change = Change(kind="spaceship", uuid=mark, key="Nostromo", operation="update")
    assert expand([change]) == {Identity("spaceship", mark, "Nostromo", False)}


def test_everything_of_many_entries_is_found_in_a_bounded_number_of_queries() -> None:
    counts = []
    for size in (2, 40):
        organization, subject = OrganizationFactory(), SubjectFactory()
        runs = [
            CourseRunFactory(
                course=CourseFactory(organizations=[organization], subjects_in_order=[subject])
            )
            for _ in range(size)
        ]
        courses = [run.course for run in runs]
        with CaptureQueriesContext(connection) as queries:
            found = expand(entries(organization, subject, *courses, *runs))
        assert found == told(organization, subject, *courses, *runs)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    lines = sum(len(r.shown_by) for r in registry.rules() if isinstance(r, registry.Object))
    assert counts[0] <= registry.count_kinds() + lines


def test_more_rows_than_a_statement_holds_are_read_in_batches() -> None:
    models.Source.objects.bulk_create(
        models.Source(name="S", slug=f"s{n}") for n in range(2 * BATCH + 1)
    )
    sources = list(models.Source.objects.all())
    CourseFactory(product_source=sources[-1])
    assert len(expand(entries(*sources))) == len(sources) + 1


def test_keys_of_another_column_than_the_primary_one_are_followed(db: None) -> None:
    seat = SeatFactory(type_id="verified")
    verified = models.SeatType.objects.get(slug="verified")
    assert identity(seat.course_run) in expand(entries(verified))
