"""Course runs as a source of record tells them: the official row and its draft twin alike."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseRun, CourseRunType, LanguageTag
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.operations.course import (
    create_official_course,
    update_course_rows,
)
from course_discovery.course_metadata.operations.course_run_key import parse_course_run_key
from course_discovery.course_metadata.operations.course_run_values import (
    ToldCourseRun,
    fit_course_run,
)
from course_discovery.course_metadata.operations.course_type import fits
from course_discovery.course_metadata.operations.course_url_slug import add_url_slug_redirect
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.restricted_course_run import write_restriction
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Refusal,
    Written,
    locked,
    operation,
    write_differences,
)
from course_discovery.course_metadata.operations.seat import (
    join_seats,
    move_upgrade_deadlines,
    write_seats,
)
from course_discovery.course_metadata.operations.slug import LONGEST, free_slug, slug_of
from course_discovery.course_metadata.operations.video import create_or_update_video


class OtherPartnersCourseRun(Refusal):
    """A run key that is in use at another partner."""


class OtherCoursesRun(Refusal):
    """A run that belongs to another course than the one told."""


class UnknownCourseRunType(Refusal):
    """A slug that no course run type has."""


class UnknownLanguage(Refusal):
    """A tag that the catalog has no language for."""


@operation
def create_or_update_course_run(
    *, partner: Partner, told: ToldCourseRun, now: datetime
) -> Written[CourseRun]:
    """The run with this key (case does not matter), made when there is none, its course too.

    A new run gets an official row, and a draft one if its course has a draft. Its slug, made from
    title and key, never changes again. An existing run keeps the rows it has, and all of them are
    updated. Raises Refusal for what the catalog cannot take, ExternalKeyTaken among it.
    """
    rows = locked(CourseRun.everything.filter(key_folded=fold(told.key)))
    created = not rows
    if created:
        rows = _create(partner, told, now)
    else:
        _check_place(rows[0], partner, told)
    changed = False
    # Drafts first: what is official points to them.
    for row in sorted(rows, key=lambda row: not row.draft):
        changed |= _write(row, told, now)
    official = next((row for row in rows if not row.draft), rows[0])
    if told.seats is not None and len(rows) == 2:
        join_seats(official, next(row for row in rows if row.draft))
    if created or changed:
        touch_course(course=official.course, now=now)
    return Written(official, Outcome.of(created=created, changed=changed))


def course_run_slug(*, title: str | None, key: str, run_uuid: uuid.UUID | None = None) -> str:
    """A slug for a run's page, from its title and key (decision 10), that no other run has."""
    key_part = slug_of(key)[: LONGEST - 8]
    title_part = slug_of(title)[: LONGEST - 9 - len(key_part)].strip("-")
    others = CourseRun.everything.exclude(uuid=run_uuid) if run_uuid else CourseRun.everything.all()

    def taken(slugs: list[str]) -> Collection[str]:
        return set(others.filter(slug__in=slugs).values_list("slug", flat=True))

    return free_slug("-".join(filter(None, (title_part, key_part))), taken)


def _check_place(row: CourseRun, partner: Partner, told: ToldCourseRun) -> None:
    course = row.course
    if course.partner_id != partner.pk:
        raise OtherPartnersCourseRun("another partner has a run with this key")
    if told.course_key is not None and fold(told.course_key) != course.key_folded:
        raise OtherCoursesRun(f"course: the run belongs to {course.key}")


def _create(partner: Partner, told: ToldCourseRun, now: datetime) -> list[CourseRun]:
    course_key = _course_key(partner, told)
    rows = Course.everything.filter(partner=partner, key_folded=fold(course_key))
    courses = locked(rows)
    if not any(not course.draft for course in courses):
        create_official_course(partner=partner, key=course_key, values=told.course_values, now=now)
        courses = locked(rows)
    title = told.values.get("title_override") or courses[0].title
    common: dict[str, Any] = {
        "key": told.key,
        "uuid": uuid.uuid4(),
        "slug": course_run_slug(title=title, key=told.key),
        "type": _first_type(courses[0], told),
    }
    columns = fit_course_run(told.values) | common
    draft = None
    made = []
    for course in sorted(courses, key=lambda course: not course.draft):
        run = CourseRun.everything.create(
            course=course,
            draft=course.draft,
            draft_version=None if course.draft else draft,
            **columns,
        )
        draft = run if course.draft else draft
        if course.canonical_course_run_id is None:
            write_differences(course, {"canonical_course_run": run})
        made.append(run)
    _lead_to_course(made[-1])
    return made


def _course_key(partner: Partner, told: ToldCourseRun) -> str:
    own = parse_course_run_key(told.key).course_key
    if told.course_key is not None:
        return told.course_key
    # A course that was renamed takes its new runs under the key they are made with (decision 6).
    renamed = Course.everything.filter(partner=partner, key_for_reruns__iexact=own)
    return renamed.order_by("draft", "pk").values_list("key", flat=True).first() or own


def _first_type(course: Course, told: ToldCourseRun) -> CourseRunType:
    """The type told, else that of the course's newest run if the seats allow, else none."""
    if "type" in told.values:
        return course_run_type_named(told.values["type"])
    newest = course.course_runs.order_by("-created", "-pk").select_related("type").first()
    if newest is not None:
        seats = {seat["type"].lower() for seat in told.seats or ()}
        if told.seats is None or fits(newest.type, seats):
            return newest.type
    return CourseRunType.objects.get(slug=CourseRunType.EMPTY)


def _write(row: CourseRun, told: ToldCourseRun, now: datetime) -> bool:
    """Write what differs in one row and its parts; whether anything did."""
    values = told.values
    end, status = row.end, row.status
    columns = fit_course_run(values)
    if "type" in values:
        columns["type"] = course_run_type_named(values["type"])
    if "language" in values:
        code = values["language"]
        columns["language"] = languages_tagged([code])[0] if code else None
    changed = False
    if "video" in values:
        video = values["video"]
        written = create_or_update_video(values=video) if video else None
        columns["video"] = written.row if written else None
        changed = bool(written and written.changed)
    changed |= write_differences(row, columns)
    changed |= _write_parts(row, told)
    if row.end != end:
        move_upgrade_deadlines(row)
    if told.seats is not None:
        changed |= write_seats(row, told.seats, keep_others=told.keep_other_seats)
    if row.status != status:
        _lead_to_course(row)
    if told.course_follows and row.course.canonical_course_run_id == row.pk:
        changed |= _write_course(row.course, told, now)
    return changed


def _write_parts(row: CourseRun, told: ToldCourseRun) -> bool:
    changed = False
    if "transcript_languages" in told.values:
        wanted = languages_tagged(told.values["transcript_languages"])
        if set(wanted) != set(row.transcript_languages.all()):
            row.transcript_languages.set(wanted)
            changed = True
    if "restriction_type" in told.values:
        changed |= write_restriction(row, told.values["restriction_type"])
    return changed


def _write_course(course: Course, told: ToldCourseRun, now: datetime) -> bool:
    rows = locked(Course.everything.filter(partner=course.partner_id, uuid=course.uuid))
    return update_course_rows(rows=rows, values=told.course_values, now=now)


def _lead_to_course(run: CourseRun) -> None:
    """Let the address of a published run lead to its course."""
    if run.status == CourseRunStatus.PUBLISHED and not run.draft and run.slug:
        add_url_slug_redirect(course=run.course, url_slug=run.slug)


def course_run_type_named(slug: str) -> CourseRunType:
    """The run type with this slug. Raises UnknownCourseRunType."""
    found = CourseRunType.objects.filter(slug__iexact=slug).first()
    if found is None:
        raise UnknownCourseRunType(f"there is no course run type {slug}")
    return found


def languages_tagged(codes: Collection[str] | Any) -> list[LanguageTag]:
    """The languages with these tags (case does not matter). Raises UnknownLanguage."""
    found = []
    for code in codes:
        tag = LanguageTag.objects.filter(code__iexact=code.strip()).first()
        if tag is None:
            raise UnknownLanguage(f"there is no language {code.strip()}")
        found.append(tag)
    return found
