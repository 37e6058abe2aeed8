"""Which courses somebody who likes one may like too."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from course_discovery.course_metadata.models import (
    Course,
    CourseAuthor,
    CourseRun,
    CourseSubject,
    ProgramCourse,
)
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.course_metadata.queries.course_run import MARKETABLE

_SHOWN = (ProgramStatus.ACTIVE, ProgramStatus.RETIRED)


def recommended_courses(
    course: int, *, among: QuerySet[Course], runs: Q, now: datetime, limit: int
) -> list[int]:
    """Primary keys of courses that go with a course: at most `limit`, two queries.

    First those of one of its programs, then those with one of its subjects and one of its authors;
    each once, and the course itself not. All have a run that may be marketed and fits `runs`.
    """
    marketable = CourseRun.objects.filter(runs, MARKETABLE.filter(now), course=OuterRef("pk"))
    candidates = among.filter(Exists(marketable)).exclude(pk=course).order_by("pk")
    by_program = candidates.filter(Exists(_of_same_program(course)))
    by_subject = candidates.filter(
        Exists(_sharing(CourseSubject, "subject", course)),
        Exists(_sharing(CourseAuthor, "organization", course)),
    )
    found = [
        pk for rows in (by_program, by_subject) for pk in rows.values_list("pk", flat=True)[:limit]
    ]
    return list(dict.fromkeys(found))[:limit]


def _of_same_program(course: int) -> QuerySet[ProgramCourse]:
    return ProgramCourse.objects.filter(
        course=OuterRef("pk"), program__courses=course, program__status__in=_SHOWN
    )


def _sharing(
    links: type[CourseSubject | CourseAuthor], target: str, course: int
) -> QuerySet[CourseSubject | CourseAuthor]:
    """Links of the outer course to what the course is linked with too."""
    own = links.objects.filter(course=course).values(target)
    return links.objects.filter(course=OuterRef("pk"), **{f"{target}__in": own})
