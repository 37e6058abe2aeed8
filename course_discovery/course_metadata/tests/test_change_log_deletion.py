"""What a deletion leaves in the change log, and translations, which go with their row."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course_discovery.core.changes.tests.entries import entry, in_order, recorded
from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    LevelTypeFactory,
    OrganizationFactory,
    SeatFactory,
    SubjectFactory,
)

pytestmark = pytest.mark.django_db


def deletes(*rows: tuple[str, Any]) -> list[Any]:
    return [entry(kind, row, "delete") for kind, row in rows]


def updates(*rows: tuple[str, Any]) -> list[Any]:
    return [entry(kind, row) for kind, row in rows]


def deleting(row: Any) -> list[Any]:
    """The entries of a row's deletion."""
    with recorded() as entries:
        # Not the row itself: it forgets its key.
        type(row)._base_manager.get(pk=row.pk).delete()
    return entries


def full_course(runs: int = 1) -> Any:
    """A course with everything that hangs on one."""
    course = CourseFactory(
        organizations=[OrganizationFactory()],
        subjects_in_order=[SubjectFactory()],
        level_type=LevelTypeFactory(),
    )
    CourseEntitlementFactory(course=course)
    models.CourseUrlSlug.objects.create(
        course=course, partner=course.partner, url_slug=f"slug-{course.pk}"
    )
    for run in CourseRunFactory.create_batch(runs, course=course):
        SeatFactory(course_run=run)
        SeatFactory(course_run=run, type_id="audit")
        models.RestrictedCourseRun.objects.create(course_run=run)
        run.transcript_languages.add("en", "es")
    return course


def test_a_course_goes_with_its_runs_and_their_parts() -> None:
    course = full_course(runs=2)
    runs = [("course_run", run) for run in course.course_runs.all()]
    assert deleting(course) == in_order(deletes(("course", course), *runs))


def test_courses_in_bulk_go_the_same_way() -> None:
    one, two = full_course(), full_course()
    rows = [("course", each) for each in (one, two)]
    rows += [("course_run", each.course_runs.get()) for each in (one, two)]
    with recorded() as entries:
        models.Course.objects.filter(pk__in=[one.pk, two.pk]).delete()
    assert entries == in_order(deletes(*rows))


def test_a_draft_goes_and_its_official_row_hears() -> None:
    draft = CourseFactory(draft=True)
    official = CourseFactory(
        key=draft.key, uuid=draft.uuid, partner=draft.partner, draft_version=draft
    )
    assert deleting(draft) == in_order(deletes(("course", draft)) + updates(("course", official)))


def test_a_canonical_run_goes_and_courses_that_name_it_hear() -> None:
    run = CourseRunFactory()
    other = CourseFactory(canonical_course_run=run)
    assert deleting(run) == in_order(
        deletes(("course_run", run)) + updates(("course", run.course), ("course", other))
    )


def test_an_organization_goes_and_what_shows_it_hears() -> None:
    course = full_course()
    run, organization = course.course_runs.get(), course.authoring_organizations.get()
    course_type = models.CourseType.objects.get(slug="audit")
    course_type.white_listed_orgs.add(organization)
    assert deleting(organization) == in_order(
        deletes(("organization", organization))
        + updates(
            ("course", course),
            ("course_run", run),
            ("course_type", course_type),
        )
    )


def test_a_level_goes_and_its_courses_hear() -> None:
    course = full_course()
    assert deleting(course.level_type) == in_order(
        deletes(("level_type", course.level_type))
        + updates(("course", course), ("course_run", course.course_runs.get()))
    )


def test_an_image_goes_and_its_video_hears_and_what_shows_the_video() -> None:
    image = models.Image.objects.create(src="https://media.example.com/i.png")
    video = models.Video.objects.create(src="https://media.example.com/v.mp4", image=image)
    course = CourseFactory(video=video)
    assert deleting(image) == in_order(
        deletes(("image", image)) + updates(("video", video), ("course", course))
    )


def test_a_mode_goes_with_its_tracks_and_run_types_hear() -> None:
    mode = models.Mode.objects.create(name="Mode", slug="mode")
    track = models.Track.objects.create(mode=mode)
    run_type = models.CourseRunType.objects.get(slug="audit")
    run_type.tracks.add(track)
    assert deleting(mode) == in_order(
        deletes(("mode", mode), ("track", track)) + updates(("course_run_type", run_type))
    )


def test_a_partner_goes_with_everything_of_it() -> None:
    course = full_course()
    promised = deletes(
        ("partner", course.partner), ("course", course), ("course_run", course.course_runs.get())
    )
    # Its subject and organization are of other partners, which stay.
    assert deleting(course.partner) == in_order(promised)


def test_only_whole_rows_can_be_deleted() -> None:
    rows = models.Course.everything.all()
    for query in (rows[:1], rows.values("pk"), rows.values_list("pk"), rows.union(rows)):
        with pytest.raises(TypeError):
            query.delete()
    with pytest.raises(ValueError, match="not saved"):
        models.Source(slug="new").delete()


def test_deleting_one_course_costs_the_same_however_much_hangs_on_it() -> None:
    counts = []
    for runs in (2, 20):
        course = full_course(runs)
        with CaptureQueriesContext(connection) as queries:
            course.delete()
        # History writes one row for each row that goes.
        counts.append(sum("historical" not in each["sql"] for each in queries.captured_queries))
    assert counts[0] == counts[1]


def test_a_row_and_its_translations_are_one_change() -> None:
    subject = SubjectFactory(name="Physics")
    with recorded() as entries:
        subject.name, subject.slug = "Fysica", "fysica"
        subject.save()
    assert entries == updates(("subject", subject))
    with recorded() as entries:
        made = models.Subject.objects.create(partner=subject.partner, slug="art", name="Art")
    assert entries == [entry("subject", made, "create")]


@pytest.mark.parametrize(
    "write",
    [
        lambda row: row.create_translation("nl", name="Fysica"),
        lambda row: row.translations.filter(language_code="en").update(name="Optics"),
        lambda row: row.translations.get(language_code="en").delete(),
        lambda row: row.delete_translation("en"),
        lambda row: row.translations.all().delete(),
        lambda row: row.translations.add(
            models.SubjectTranslation(language_code="nl", name="Fysica"), bulk=False
        ),
    ],
)
def test_a_translation_is_a_change_of_its_row(write: Callable[[Any], Any]) -> None:
    subject = SubjectFactory(name="Physics")
    with recorded() as entries:
        write(subject)
    assert entries == updates(("subject", subject))


def test_related_managers_write_through_the_log() -> None:
    one, two = CourseFactory(), CourseFactory()
    slug = models.CourseUrlSlug.objects.create(course=one, partner=one.partner, url_slug="a")
    with recorded() as entries:
        two.url_slug_history.add(slug)
    assert entries == in_order(updates(("course", one), ("course", two)))
    with recorded() as entries:
        two.url_slug_history.update(is_active=True)
    assert entries == updates(("course", two))
