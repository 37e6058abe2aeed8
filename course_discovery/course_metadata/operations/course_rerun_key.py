"""The key that new runs of a renamed course are made with (decision 6).

The key of the course itself never changes: data sets match by it.
"""

from datetime import datetime

from django.db.models import Q

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.operations.course import organization_of_course_key
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.running import (
    Refusal,
    locked,
    operation,
    write_differences,
)


class RerunKeyTaken(Refusal):
    """A key that another course has, or makes its own new runs with."""


@operation
def set_key_for_reruns(*, course: Course, key: str, now: datetime) -> bool:
    """Let new runs of the course carry `ORG+NUMBER` of this key; '' = its own. Whether it was new.

    Both rows say so. Raises BadCourseKey, RerunKeyTaken: a run of such a key could be of either
    course.
    """
    told = fit_key_for_reruns(course, key)
    rows = locked(Course.everything.filter(partner=course.partner_id, uuid=course.uuid))
    changed = [write_differences(row, {"key_for_reruns": told}) for row in rows]
    if any(changed):
        touch_course(course=course, now=now)
    return any(changed)


def fit_key_for_reruns(course: Course, key: str) -> str:
    """The key as the course may have it; '' = its own. Raises as `set_key_for_reruns`."""
    told = key.strip()
    if told and fold(told) != fold(course.key_for_reruns):
        organization_of_course_key(told)
        fitting(Course, {"key_for_reruns": told})
        _check_free(course, told)
    return told


def _check_free(course: Course, key: str) -> None:
    others = Course.everything.filter(partner=course.partner_id).exclude(uuid=course.uuid)
    taken = others.filter(Q(key_folded=fold(key)) | Q(key_for_reruns__iexact=key))
    for other in taken.values_list("key", flat=True)[:1]:
        raise RerunKeyTaken(f"key_for_reruns: {other} has it")
