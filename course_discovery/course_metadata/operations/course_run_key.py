"""What the key of a course run says."""

import re
from dataclasses import dataclass

from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey
from opaque_keys.edx.locator import CourseLocator

from course_discovery.course_metadata.models.organization import KEY_PATTERN
from course_discovery.course_metadata.operations.running import Refusal

MAX_LENGTH = 255


class BadCourseRunKey(Refusal):
    """A key that names no course run."""


@dataclass(frozen=True)
class CourseRunKey:
    """The parts of `course-v1:ORG+NUMBER+RUN` or of the older `ORG/NUMBER/RUN`."""

    organization: str
    number: str
    run: str

    @property
    def course_key(self) -> str:
        """`ORG+NUMBER`, whatever the form of the run's key."""
        return f"{self.organization}+{self.number}"


def parse_course_run_key(key: str) -> CourseRunKey:
    """The parts of a run's key. Raises BadCourseRunKey."""
    if len(key) > MAX_LENGTH:
        raise BadCourseRunKey(f"the key has more than {MAX_LENGTH} characters")
    try:
        parsed = CourseKey.from_string(key)
    except InvalidKeyError:
        raise BadCourseRunKey("the key is not one of a course run") from None
    # Keys of branches, versions and libraries are course keys too, but name no run.
    if type(parsed) is not CourseLocator or parsed.branch or parsed.version_guid:
        raise BadCourseRunKey("the key is not one of a course run")
    organization, number, run = str(parsed.org), str(parsed.course), str(parsed.run)
    if str(parsed) != key:
        raise BadCourseRunKey("the key is not written as keys of course runs are")
    if not re.fullmatch(KEY_PATTERN, organization):
        raise BadCourseRunKey("the key's organization has characters that no organization may have")
    return CourseRunKey(organization, number, run)
