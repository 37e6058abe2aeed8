"""The course and the run that the table of roles is about, and how one sees what became of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from course_discovery.core.models import User
from course_discovery.course_metadata.models import (
    Course,
    CourseEditor,
    CourseEntitlement,
    CourseRun,
    CourseUrlSlug,
    Organization,
    RestrictedCourseRun,
    Seat,
    Source,
)
from course_discovery.course_metadata.operations.course_url_slug import set_active_url_slug
from course_discovery.course_metadata.tests.factories import CourseEntitlementFactory, SeatFactory
from course_discovery.publisher.tests.course_runs import draft_course, run_of
from course_discovery.publisher.tests.people import edits, person, works_for
from course_discovery.publisher.tests.persons import cast
from course_discovery.publisher.tests.roles_matrix import REVIEW

STATUSES = {
    "unpublished": "unpublished", "legal": "review_by_legal", "internal": "review_by_internal",
    "reviewed": "reviewed", "published": "published", "archived": "published",
    "orphaned": "unpublished",
}  # fmt: skip
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
# What is told, and looked for afterwards.
TITLE, WEEKS, WATCHERS, SLUG = "Another", 9, ["wanda@example.com"], "another"
PRICE = Decimal("77.00")
LATER = datetime(2031, 1, 1, tzinfo=UTC)
RESTRICTION = "custom-b2b-enterprise"
COMMENT = "no embargo"
_WATCHED = (
    Course, CourseRun, CourseEditor, CourseEntitlement, CourseUrlSlug, Seat, RestrictedCourseRun,
)  # fmt: skip
_DATES = {"modified", "data_modified_timestamp"}


@dataclass(frozen=True)
class Stage:
    """One course in a state, with one run; Nina works for its organization and edits nothing."""

    state: str
    course: Course
    run: CourseRun
    people: Mapping[str, Any]
    nina: User

    @property
    def stored_course(self) -> Course:
        """The draft, read anew."""
        return Course.everything.select_related("partner", "type").get(pk=self.course.pk)

    @property
    def stored_run(self) -> CourseRun:
        """The draft, read anew."""
        return CourseRun.everything.select_related("course__partner").get(pk=self.run.pk)

    @property
    def official_run(self) -> CourseRun | None:
        """The official row, read anew."""
        return CourseRun.objects.filter(uuid=self.run.uuid).first()

    @property
    def editor(self) -> CourseEditor:
        """The one who is an editor by name: Carol, or Frank who has left."""
        return CourseEditor.objects.get(
            course=self.course, user=self.people["frank" if self.state == "orphaned" else "carol"]
        )


def staged(organization: Organization, state: str) -> Stage:
    """The course and the run in this state, and everybody."""
    course = draft_course(organization)
    values: dict[str, Any] = {"weeks_to_complete": 5}
    if state in REVIEW:
        values["go_live_date"] = LONG_AGO
    if state == "archived":
        values |= {"start": LONG_AGO, "end": LONG_AGO.replace(month=6)}
    run = run_of(course, STATUSES.get(state, "unpublished"), **values)
    Course.everything.update(title="Official")
    for row in CourseRun.everything.all():
        SeatFactory(course_run=row, price=49)
        SeatFactory(course_run=row, price=0, type_id="audit")
        CourseEntitlementFactory(course=row.course, price=49)
        set_active_url_slug(course=row.course, url_slug="before", now=LONG_AGO)
        Course.everything.filter(pk=row.course_id).update(canonical_course_run=row)
    _join(Seat, "type_id")
    _join(CourseEntitlement, "mode_id")
    if state != "reviewed":  # what was reviewed is official
        Course.everything.filter(draft=True).update(title="Draft")
        CourseRun.everything.filter(draft=True).update(weeks_to_complete=6)
    Source.objects.get_or_create(slug="edx", defaults={"name": "edX"})
    people = cast(organization, None if state == "orphaned" else course)
    if state == "orphaned":
        edits(people["frank"], course)
    nina = works_for(person("nina"), organization)
    return Stage(state, course, run, people, nina)


def _join(model: type[Seat] | type[CourseEntitlement], name: str) -> None:
    """Let official parts point to those of the draft, as publishing does."""
    rows: Any = model.everything
    for draft in rows.filter(draft=True):
        same = {name: getattr(draft, name)}
        rows.filter(draft=False, **same).update(draft_version=draft)


class Trace:
    """Whether anything was written that an act could have changed, but for when it was changed."""

    def __init__(self) -> None:
        self._before = _everything()
        self._written = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Notice what is written meanwhile, and take it back."""
        self._written = False
        with transaction.atomic(), connection.execute_wrapper(self._notice):
            yield
            transaction.set_rollback(True)

    def is_left(self) -> bool:
        """Whether the rows differ from what they were."""
        return self._written and _everything() != self._before

    def _notice(self, execute: Any, sql: str, *rest: Any) -> Any:
        self._written |= sql.startswith(("INSERT", "UPDATE", "DELETE"))
        return execute(sql, *rest)


def _rows_of(model: type[Model]) -> Iterable[dict[str, Any]]:
    rows: QuerySet[Any] = getattr(model, "everything", model._default_manager).all()
    return rows.order_by("pk").values()


def _everything() -> dict[str, list[Any]]:
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in _DATES}
            for row in _rows_of(model)
        ]
        for model in _WATCHED
    }


def _draft(stage: Stage) -> CourseRun:
    return stage.stored_run


def _title_of_course(stage: Stage) -> bool:
    done = stage.stored_course.title == TITLE
    if stage.state == "reviewed":
        official = stage.official_run
        done &= _draft(stage).status == "unpublished"
        done &= official is not None and official.status == "unpublished"
    return done


def _submitted_course(stage: Stage) -> bool:
    official = Course.objects.filter(uuid=stage.course.uuid).first()
    public = official.title if official else None
    open_and_public = stage.state == "published"
    return _title_of_course(stage) and (public == TITLE) is open_and_public


def _edited_run(stage: Stage) -> bool:
    taken_back = stage.state == "reviewed"
    draft, official = _draft(stage), stage.official_run
    done = draft.title_override == TITLE
    if taken_back:
        done &= (draft.status, official and official.status) == ("unpublished", "unpublished")
    return done


def _submitted_run(stage: Stage) -> bool:
    draft, official = _draft(stage), stage.official_run
    if stage.state in ("unpublished", "orphaned"):
        return draft.status == "review_by_legal" and official is None
    return official is not None and official.weeks_to_complete == draft.weeks_to_complete


def _submitted_change(stage: Stage) -> bool:
    draft, official = _draft(stage), stage.official_run
    if draft.title_override != TITLE:
        return False
    if stage.state in ("published", "archived"):
        return official is not None and official.title_override == TITLE
    return draft.status == "review_by_legal"


def _seat(stage: Stage) -> Seat:
    return Seat.everything.get(course_run=stage.run, type__slug="verified")


# Whether an act has done what it does, by its name.
DONE: dict[str, Callable[[Stage, Any], bool]] = {
    "course create all": lambda stage, user: CourseEditor.objects.filter(
        course__key="NorthU+NEW1", course__draft=True, user=user
    ).exists(),
    "course add-run all": lambda stage, user: (
        CourseRun.everything.filter(course=stage.course).count() == 2
    ),
    "course edit reviewed": lambda stage, user: _title_of_course(stage),
    "course edit unreviewed": lambda stage, user: stage.stored_course.watchers == WATCHERS,
    "course edit address": lambda stage, user: CourseUrlSlug.objects.filter(
        course__uuid=stage.course.uuid, url_slug=SLUG, is_active=True
    ).exists(),
    "course edit prices": lambda stage, user: (
        CourseEntitlement.everything.get(course=stage.course).price == PRICE
    ),
    "course submit reviewed": lambda stage, user: _submitted_course(stage),
    "course delete all": lambda stage, user: (
        not (
            Course.everything.filter(pk=stage.course.pk).exists()
            or CourseRun.everything.filter(pk=stage.run.pk).exists()
        )
    ),
    "course add-editor -": lambda stage, user: CourseEditor.objects.filter(
        course=stage.course, user=stage.nina
    ).exists(),
    "course remove-editor -": lambda stage, user: (
        not CourseEditor.objects.filter(course=stage.course)
        .exclude(user=stage.people["frank"])
        .exists()
        if stage.state != "orphaned"
        else not CourseEditor.objects.filter(course=stage.course).exists()
    ),
    "run edit unreviewed": lambda stage, user: _draft(stage).weeks_to_complete == WEEKS,
    "run edit reviewed": lambda stage, user: _edited_run(stage),
    "run schedule go-live": lambda stage, user: _draft(stage).go_live_date == LATER,
    "run edit prices": lambda stage, user: _seat(stage).price == PRICE,
    "run edit deadline": lambda stage, user: _seat(stage).upgrade_deadline_override == LATER,
    "run edit restriction": lambda stage, user: RestrictedCourseRun.everything.filter(
        course_run=stage.run, restriction_type=RESTRICTION
    ).exists(),
    "run submit unreviewed": lambda stage, user: _submitted_run(stage),
    "run submit reviewed": lambda stage, user: _submitted_change(stage),
    "run legal-review embargo": lambda stage, user: (
        (_draft(stage).status, _draft(stage).ofac_comment) == ("review_by_internal", COMMENT)
    ),
    "run publish status": lambda stage, user: (
        _draft(stage).status == "published"
        and stage.official_run is not None
        and stage.official_run.status == "published"
    ),
    "run delete all": lambda stage, user: not CourseRun.everything.filter(pk=stage.run.pk).exists(),
}
