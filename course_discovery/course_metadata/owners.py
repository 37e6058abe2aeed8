"""The owner table of the catalog: whose change each row is, and what shows it."""

from course_discovery.core.changes.receivers import connect
from course_discovery.core.changes.registry import Object, Part
from course_discovery.course_metadata import models

# What each kind is shown by: (kind, the look-up from that kind's model to this one).
_TABLE: tuple[Object | Part, ...] = (
    Object(
        "organization",
        models.Organization,
        shown_by=(
            ("course", "authoring_organizations"),
            ("course", "sponsoring_organizations"),
            ("course_run", "course__authoring_organizations"),
            ("course_run", "course__sponsoring_organizations"),
        ),
    ),
    Object(
        "subject",
        models.Subject,
        key="slug",
        shown_by=(("course", "subjects"), ("course_run", "course__subjects")),
    ),
    Part(models.SubjectTranslation, "master", "subject"),
    Object(
        "level_type",
        models.LevelType,
        key="name",
        uuid=None,
        shown_by=(("course", "level_type"), ("course_run", "course__level_type")),
    ),
    Part(models.LevelTypeTranslation, "master", "level_type"),
    Object(
        "language_tag",
        models.LanguageTag,
        key="code",
        uuid=None,
        shown_by=(
            ("course_run", "language"),
            ("course_run", "transcript_languages"),
            ("course", "course_runs__language"),
            ("course", "course_runs__transcript_languages"),
        ),
    ),
    Part(models.LanguageTagTranslation, "master", "language_tag"),
    Object(
        "source",
        models.Source,
        key="slug",
        uuid=None,
        shown_by=(("course", "product_source"),),
    ),
    Object(
        "image",
        models.Image,
        key="src",
        uuid=None,
        shown_by=(
            ("course", "video__image"),
            ("course_run", "video__image"),
            ("course_run", "course__video__image"),
            ("course", "course_runs__video__image"),
        ),
    ),
    Object(
        "video",
        models.Video,
        key="src",
        uuid=None,
        shown_by=(
            ("course", "video"),
            ("course_run", "video"),
            ("course_run", "course__video"),
            ("course", "course_runs__video"),
        ),
    ),
    Object(
        "seat_type",
        models.SeatType,
        key="slug",
        uuid=None,
        shown_by=(
            ("track", "seat_type"),
            ("course_type", "entitlement_types"),
            ("course_run", "seats__type"),
            ("course", "entitlements__mode"),
        ),
    ),
    Object("mode", models.Mode, key="slug", uuid=None, shown_by=(("track", "mode"),)),
    Object(
        "track",
        models.Track,
        key="pk",
        uuid=None,
        shown_by=(("course_run_type", "tracks"),),
    ),
    Object(
        "course_run_type",
        models.CourseRunType,
        key="slug",
        shown_by=(("course_run", "type"), ("course", "course_runs__type")),
    ),
    Object(
        "course_type",
        models.CourseType,
        key="slug",
        shown_by=(("course", "type"), ("course_run", "course__type")),
    ),
    Part(models.CourseTypeRunType, "course_type", "course_type"),
    Object("course", models.Course, draft="draft", shown_by=(("course_run", "course"),)),
    Part(models.CourseAuthor, "course", "course"),
    Part(models.CourseSponsor, "course", "course"),
    Part(models.CourseSubject, "course", "course"),
    Part(models.CourseUrlSlug, "course", "course"),
    Part(models.CourseEntitlement, "course", "course"),
    Object(
        "course_run",
        models.CourseRun,
        draft="draft",
        shown_by=(("course", "course_runs"),),
        moves={"course": "course"},
    ),
    Part(models.Seat, "course_run", "course_run"),
    Part(models.RestrictedCourseRun, "course_run", "course_run"),
)


def register() -> None:
    """Put the catalog's models into the owner table."""
    connect(*_TABLE)
