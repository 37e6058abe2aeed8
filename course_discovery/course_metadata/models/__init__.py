"""What the catalog holds. One file for each concept."""

from course_discovery.course_metadata.models.course import (
    Course,
    CourseAuthor,
    CourseSponsor,
    CourseSubject,
)
from course_discovery.course_metadata.models.course_entitlement import CourseEntitlement
from course_discovery.course_metadata.models.course_run import CourseRun
from course_discovery.course_metadata.models.course_run_type import CourseRunType
from course_discovery.course_metadata.models.course_type import CourseType, CourseTypeRunType
from course_discovery.course_metadata.models.course_url_slug import CourseUrlSlug
from course_discovery.course_metadata.models.image import Image
from course_discovery.course_metadata.models.language_tag import LanguageTag, LanguageTagTranslation
from course_discovery.course_metadata.models.level_type import LevelType, LevelTypeTranslation
from course_discovery.course_metadata.models.mode import Mode
from course_discovery.course_metadata.models.organization import Organization
from course_discovery.course_metadata.models.restricted_course_run import RestrictedCourseRun
from course_discovery.course_metadata.models.seat import Seat
from course_discovery.course_metadata.models.seat_type import SeatType
from course_discovery.course_metadata.models.source import Source
from course_discovery.course_metadata.models.subject import Subject, SubjectTranslation
from course_discovery.course_metadata.models.track import Track
from course_discovery.course_metadata.models.video import Video

__all__ = [
    "Course",
    "CourseAuthor",
    "CourseEntitlement",
    "CourseRun",
    "CourseRunType",
    "CourseSponsor",
    "CourseSubject",
    "CourseType",
    "CourseTypeRunType",
    "CourseUrlSlug",
    "Image",
    "LanguageTag",
    "LanguageTagTranslation",
    "LevelType",
    "LevelTypeTranslation",
    "Mode",
    "Organization",
    "RestrictedCourseRun",
    "Seat",
    "SeatType",
    "Source",
    "Subject",
    "SubjectTranslation",
    "Track",
    "Video",
]
