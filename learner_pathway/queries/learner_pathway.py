"""Which pathways are listed, and which hold some courses or programs."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import Course, CourseRun
from learner_pathway.models import (
    LearnerPathway,
    LearnerPathwayCourse,
    LearnerPathwayProgram,
    LearnerPathwayScope,
    LearnerPathwayStatus,
    ScopeKind,
)


def active_pathways() -> QuerySet[LearnerPathway]:
    """The pathways that are offered, in the order in which they were made."""
    return LearnerPathway.objects.filter(status=LearnerPathwayStatus.ACTIVE)


def listed_pathways(scopes: Mapping[ScopeKind, Collection[UUID]]) -> QuerySet[LearnerPathway]:
    """The pathways without a scope, and those for one of these enterprises or groups."""
    any_scope = LearnerPathwayScope.objects.filter(pathway=OuterRef("pk"))
    named = Q()
    for kind, uuids in scopes.items():
        if uuids:
            named |= Q(kind=kind, uuid__in=uuids)
    listed = ~Exists(any_scope)
    return LearnerPathway.objects.filter(
        listed | Q(Exists(any_scope.filter(named))) if named else listed
    )


def pathways_holding(
    *, course_keys: Collection[str], program_uuids: Collection[UUID]
) -> QuerySet[LearnerPathway]:
    """The pathways with a step that has one of the courses, or programs, as a node.

    A course may be named by the key of one of its runs; case does not matter. What a program
    holds, and courses of which there is a block only, do not count.
    """
    keys = [fold(key) for key in course_keys]
    runs = CourseRun.objects.filter(key_folded__in=keys)
    courses = Course.objects.filter(Q(key_folded__in=keys) | Q(pk__in=runs.values("course")))
    by_course = LearnerPathwayCourse.objects.filter(course__in=courses.values("pk"))
    by_program = LearnerPathwayProgram.objects.filter(program__uuid__in=program_uuids)
    return LearnerPathway.objects.filter(
        Q(pk__in=by_course.values("step__pathway")) | Q(pk__in=by_program.values("step__pathway"))
    )
