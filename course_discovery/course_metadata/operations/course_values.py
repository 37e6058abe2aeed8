"""What may be told of a course, and whether that is what is stored."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.operations.course_entitlement import (
    EntitlementValues,
    course_entitlements_differ,
)
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.running import differences
from course_discovery.course_metadata.operations.video import VideoValues, video_differs

_SPECIAL = frozenset(
    {
        "type", "level", "organizations", "sponsors", "subjects", "video", "url_slug",
        "entitlements",
    }
)  # fmt: skip


class CourseValues(TypedDict, total=False):
    """What may be told of a course.

    `type` is a slug, `level` a name, `organizations` and `sponsors` are keys, `subjects` slugs.
    """

    title: str
    short_description: str | None
    full_description: str | None
    outcome: str | None
    prerequisites_raw: str | None
    syllabus_raw: str | None
    faq: str | None
    learner_testimonials: str | None
    additional_information: str | None
    course_length: str
    card_image_url: str | None
    type: str
    level: str | None
    organizations: Sequence[str]
    sponsors: Sequence[str]
    subjects: Sequence[str]
    video: VideoValues | None
    url_slug: str
    entitlements: Sequence[EntitlementValues]


def fit_course(values: CourseValues) -> dict[str, Any]:
    """The plain columns among `values`. Raises UnfitValue."""
    plain = {name: value for name, value in values.items() if name not in _SPECIAL}
    return fitting(Course, plain)


def stored_courses(partner: Partner, keys: Iterable[str]) -> dict[str, list[Course]]:
    """The rows of courses by casefolded key, with all that `course_differs` looks at.

    A number of queries that does not depend on how many keys there are.
    """
    rows = (
        Course.everything.filter(partner=partner, key_folded__in=[fold(key) for key in keys])
        .select_related("type", "level_type", "video")
        .prefetch_related(
            "author_links__organization",
            "sponsor_links__organization",
            "subject_links__subject",
            "entitlements__mode",
            "url_slug_history",
        )
    )
    found: dict[str, list[Course]] = {}
    for row in rows:
        found.setdefault(row.key_folded, []).append(row)
    return found


def course_differs(row: Course, values: CourseValues) -> bool:
    """Whether a course row would change by being told `values`. Raises UnfitValue."""
    if differences(row, fit_course(values)):
        return True
    return any(
        name in values and differs(row, values)
        for name, differs in (
            ("type", lambda row, told: fold(row.type.slug) != fold(told["type"])),
            ("level", _level_differs),
            ("video", lambda row, told: video_differs(row.video, told["video"])),
            ("organizations", _links_differ("author_links", "organization", "organizations")),
            ("sponsors", _links_differ("sponsor_links", "organization", "sponsors")),
            ("subjects", _links_differ("subject_links", "subject", "subjects")),
            ("entitlements", _entitlements_differ),
            ("url_slug", _url_slug_differs),
        )
    )


def _level_differs(row: Course, values: Mapping[str, Any]) -> bool:
    stored = row.level_type.name if row.level_type else ""
    return fold(stored) != fold((values["level"] or "").strip())


def _links_differ(relation: str, target: str, name: str) -> Any:
    def differ(row: Course, values: Mapping[str, Any]) -> bool:
        column = "slug" if target == "subject" else "key"
        links = sorted(getattr(row, relation).all(), key=lambda link: (link.sort_value, link.pk))
        stored = [fold(getattr(getattr(link, target), column)) for link in links]
        return stored != list(dict.fromkeys(fold(each) for each in values[name]))

    return differ


def _entitlements_differ(row: Course, values: Mapping[str, Any]) -> bool:
    return course_entitlements_differ(row, values["entitlements"])


def _url_slug_differs(row: Course, values: Mapping[str, Any]) -> bool:
    """Only official rows are asked: setting theirs sets the draft's too."""
    active = [slug.url_slug for slug in row.url_slug_history.all() if slug.is_active]
    return not row.draft and active != [values["url_slug"].strip()]
