"""Publishing a draft: what its official rows say afterwards."""

import random
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from course_discovery.course_metadata.models import (
    AdditionalMetadata,
    Course,
    CourseEntitlement,
    CourseRun,
    CourseRunStaff,
    CourseSubject,
    Fact,
    LanguageTag,
    RestrictedCourseRun,
    Seat,
    SeatType,
)
from course_discovery.course_metadata.operations.course_product import (
    CourseProductValues,
    update_course_product,
)
from course_discovery.course_metadata.operations.course_url_slug import (
    active_url_slug,
    set_active_url_slug,
)
from course_discovery.course_metadata.operations.drafts import ensure_course_drafts
from course_discovery.course_metadata.operations.external_key import ExternalKeyTaken
from course_discovery.course_metadata.operations.publication import (
    NothingDrafted,
    write_official_course,
    write_official_course_run,
)
from course_discovery.course_metadata.tests.drafted import NOW, official_course
from course_discovery.course_metadata.tests.factories import (
    CourseRunFactory,
    LevelTypeFactory,
    PersonFactory,
    ProgramFactory,
    SeatFactory,
    SubjectFactory,
    VideoFactory,
)
from course_discovery.publisher.queries.unpublished_changes import has_unpublished_changes

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def draft(db: None) -> Course:
    """The draft of an official course with three runs."""
    return ensure_course_drafts(course=official_course(runs=3), now=NOW)


def run_of(draft: Course, number: int = 0) -> CourseRun:
    return CourseRun.everything.select_related("course").get(
        course=draft, key__endswith=f"+{number}"
    )


def unpublished(model: Any) -> list[str]:
    """The keys of rows with unpublished changes."""
    rows = model.everything.filter(has_unpublished_changes(model))
    return sorted(rows.values_list("key", flat=True))


def publish(draft: Course, number: int = 0) -> CourseRun:
    return write_official_course_run(draft=run_of(draft, number), now=LATER)


def course_set(**values: Any) -> Callable[[Course], None]:
    def edit(draft: Course) -> None:
        Course.everything.filter(pk=draft.pk).update(**values)

    return edit


def run_set(**values: Any) -> Callable[[Course], None]:
    def edit(draft: Course) -> None:
        CourseRun.everything.filter(pk=run_of(draft).pk).update(**values)

    return edit


def set_product(draft: Course, values: CourseProductValues) -> None:
    update_course_product(course=Course.everything.get(pk=draft.pk), values=values, now=NOW)


EDITS: dict[str, Callable[[Course], Any]] = {
    "a title": course_set(title="Waves and Optics"),
    "html": course_set(outcome="<p>Physics</p>"),
    "no title": course_set(title=None),
    "a level": lambda draft: course_set(level_type=LevelTypeFactory())(draft),
    "a video": lambda draft: course_set(video=VideoFactory())(draft),
    "an image": course_set(image="media/course/image/waves.png"),
    "watchers": course_set(watchers=["watcher@example.com"]),
    "another subject": lambda draft: CourseSubject.objects.create(
        course=draft, subject=SubjectFactory(), sort_value=9
    ),
    "a subject less": lambda draft: draft.subject_links.filter(sort_value=0).delete(),
    "the order of subjects": lambda draft: draft.subject_links.filter(
        subject__slug__startswith="physics"
    ).update(sort_value=7),
    "no authors": lambda draft: draft.author_links.all().delete(),
    "topics": lambda draft: draft.topics.set(["light", "waves"]),
    "no topics": lambda draft: draft.topics.clear(),
    "a price": lambda draft: draft.entitlements.update(price=Decimal("249.50")),
    "no entitlement": lambda draft: draft.entitlements.all().delete(),
    "an address": lambda draft: set_active_url_slug(course=draft, url_slug="light", now=NOW),
    "the provider's name": lambda draft: set_product(
        draft,
        {"additional_metadata": {"external_identifier": "W2", "facts": [{"heading": "Light"}]}},
    ),
    "no provider": lambda draft: set_product(draft, {"additional_metadata": None}),
    "a place": lambda draft: set_product(draft, {"geolocation": {"lat": 1.5, "lng": 2.5}}),
    "places it is offered in": lambda draft: set_product(
        draft, {"location_restriction": {"restriction_type": "allowlist", "countries": ["CH"]}}
    ),
    "a run's title": run_set(title_override="Waves, again"),
    "a run's end": run_set(end=NOW + timedelta(days=300)),
    "a run's status": run_set(status="reviewed"),
    "a run's key outside": run_set(external_key="W-1"),
    "a language": lambda draft: run_of(draft).transcript_languages.set(
        [LanguageTag.objects.get(code="fr")]
    ),
    "a teacher": lambda draft: CourseRunStaff.objects.create(
        course_run=run_of(draft), person=PersonFactory(), sort_value=5
    ),
    "no teachers": lambda draft: run_of(draft).staff_links.all().delete(),
    "a tag": lambda draft: run_of(draft).tags.add("light"),
    "a seat's price": lambda draft: (
        run_of(draft).seats.filter(type__slug="verified").update(price=50)
    ),
    "a seat more": lambda draft: SeatFactory(course_run=run_of(draft), type_id="honor"),
    "a seat less": lambda draft: run_of(draft).seats.filter(type__slug="audit").delete(),
    "a restriction": lambda draft: RestrictedCourseRun.everything.create(
        course_run=run_of(draft), draft=True, restriction_type="custom-b2b-enterprise"
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_any_edit_is_official_once_it_is_published(draft: Course, edit: str) -> None:
    official = course_as_served(draft)
    EDITS[edit](draft)
    assert unpublished(Course) == [draft.key]
    assert course_as_served(draft) == official
    publish(draft)
    assert unpublished(Course) == unpublished(CourseRun) == []


@pytest.mark.parametrize("seed", range(8))
def test_many_edits_at_once_too_and_other_runs_stay(draft: Course, seed: int) -> None:
    chosen = random.Random(seed).sample(sorted(EDITS), 12)
    for edit in chosen:
        EDITS[edit](draft)
    other = run_of(draft, 1)
    CourseRun.everything.filter(pk=other.pk).update(title_override="Not yet")
    other.seats.update(price=1)
    before = run_as_stored(other.official_version.pk)
    publish(draft)
    assert unpublished(CourseRun) == [other.key], chosen
    assert run_as_stored(other.official_version.pk) == before


def course_as_served(draft: Course) -> list[Any]:
    """What the official course says, what it shares with its draft included."""
    pk = draft.official_version.pk
    rows = Course.everything.filter(pk=pk)
    return [
        list(rows.values()),
        list(rows.values("additional_metadata__external_identifier", "location_restriction")),
        list(Fact.objects.filter(additionalmetadata__courses=pk).values("heading", "blurb")),
        list(rows.values("entitlements__price", "subject_links", "author_links", "topics__name")),
        sorted(draft.official_version.url_slug_history.values_list("url_slug", "is_active")),
        run_as_stored(run_of(draft).official_version.pk),
    ]


def run_as_stored(pk: int) -> list[Any]:
    rows = CourseRun.everything.filter(pk=pk)
    parts = ("seats__price", "staff_links", "tags__name", "restricted_run__restriction_type")
    return [list(rows.values()), list(rows.order_by(*parts).values(*parts))]


def test_a_first_publication_makes_every_official_row(draft: Course) -> None:
    forget_official(draft)
    skus: dict[Seat | CourseEntitlement, str] = {
        seat: f"S-{seat.type_id}" for seat in run_of(draft).seats.all()
    }
    official = write_official_course_run(draft=run_of(draft), now=LATER, skus=skus)
    assert unpublished(CourseRun) == [run_of(draft, 1).key, run_of(draft, 2).key]
    assert (official.uuid, official.slug) == (run_of(draft).uuid, run_of(draft).slug)
    course = Course.objects.get(key=draft.key)
    assert course.draft_version == draft
    assert course.canonical_course_run == official
    draft.refresh_from_db()
    assert draft.canonical_course_run == run_of(draft)
    assert active_url_slug(course) == active_url_slug(draft) == "waves-101"
    for row in (official, run_of(draft)):
        assert set(row.seats.values_list("sku", flat=True)) == {"S-audit", "S-verified"}


def forget_official(draft: Course) -> None:
    CourseRun.objects.all().delete()
    Course.objects.all().delete()
    draft.refresh_from_db()


def test_an_entitlement_that_is_no_offer_of_a_course_stays_a_draft(draft: Course) -> None:
    draft.entitlements.update(mode=SeatType.objects.get(slug="audit"))
    publish(draft)
    assert not CourseEntitlement.objects.exists()


def test_what_nobody_leads_to_is_deleted(draft: Course) -> None:
    old = AdditionalMetadata.objects.get()
    EDITS["the provider's name"](draft)
    assert AdditionalMetadata.objects.count() == 2
    publish(draft)
    assert AdditionalMetadata.objects.get() != old
    assert [fact.heading for fact in Fact.objects.all()] == ["Light"]


def test_a_past_address_leads_on(draft: Course) -> None:
    EDITS["an address"](draft)
    publish(draft)
    history = Course.objects.get().url_slug_history
    assert set(history.values_list("url_slug", "is_active", "is_active_on_draft")) == {
        ("waves-101", False, False),
        ("light", True, True),
    }


def test_a_new_run_takes_no_part_in_retired_programs(draft: Course) -> None:
    retired, active = (
        ProgramFactory(
            partner=draft.partner, status=status, courses_in_order=[draft.official_version]
        )
        for status in ("retired", "active")
    )
    new = CourseRunFactory(course=draft, key=f"course-v1:{draft.key}+9", status="reviewed")
    official = write_official_course_run(draft=new, now=LATER)
    assert list(retired.excluded_course_runs.all()) == [official]
    assert not active.excluded_course_runs.exists()


def test_an_external_key_that_is_taken_is_refused_and_nothing_written(draft: Course) -> None:
    EDITS["a title"](draft)
    forget_official(draft)
    # As a catalog may have it that came from elsewhere: two drafts that claim one key.
    QuerySet(CourseRun).filter(course=draft).update(external_key="W-1")
    publish(draft)
    with pytest.raises(ExternalKeyTaken):
        publish(draft, 1)
    assert CourseRun.objects.count() == 1


def test_publishing_again_writes_nothing(draft: Course) -> None:
    EDITS["a title"](draft)
    publish(draft)
    modified = list(CourseRun.everything.values_list("modified", "course__modified"))
    with CaptureQueriesContext(connection) as queries:
        write_official_course_run(draft=run_of(draft), now=LATER + timedelta(days=1))
    assert [each["sql"] for each in queries if each["sql"].startswith(("UPD", "INS", "DEL"))] == []
    assert list(CourseRun.everything.values_list("modified", "course__modified")) == modified


def test_a_course_is_published_alone(draft: Course) -> None:
    forget_official(draft)
    course = write_official_course(draft=draft, now=LATER)
    assert course.title == draft.title
    assert course.canonical_course_run is None
    assert course.entitlements.get().price == Decimal("199.99")
    assert not CourseRun.objects.exists()


def test_without_a_draft_there_is_nothing_to_publish() -> None:
    with pytest.raises(NothingDrafted):
        write_official_course(draft=official_course(), now=NOW)


def queries_of(publish: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        publish()
    return sum("SAVEPOINT" not in each["sql"] for each in queries)


@pytest.mark.parametrize("runs", [1, 15])
def test_what_publishing_costs(runs: int) -> None:
    draft = ensure_course_drafts(course=official_course(runs=runs), now=NOW)
    run_set(title_override="Waves, again")(draft)
    row = run_of(draft)
    assert queries_of(lambda: write_official_course_run(draft=row, now=LATER)) <= 25
    forget_official(draft)
    again = run_of(draft)
    assert queries_of(lambda: write_official_course_run(draft=again, now=LATER)) <= 52


def test_what_drafts_cost() -> None:
    few, many = (official_course(runs=runs, key=f"NorthU+PHY10{runs}") for runs in (2, 9))
    cost = queries_of(lambda: ensure_course_drafts(course=few, now=NOW))
    assert queries_of(lambda: ensure_course_drafts(course=many, now=NOW)) == cost <= 70
