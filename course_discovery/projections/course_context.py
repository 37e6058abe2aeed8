"""What a course gives to its own rendering and to that of its runs."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from course_discovery.core.images import variation_name
from course_discovery.course_metadata.models import (
    Course,
    CourseAuthor,
    CourseSponsor,
    CourseSubject,
    Video,
)
from course_discovery.projections.level_type import level_names
from course_discovery.projections.nested_program import programs_of_courses
from course_discovery.projections.organization import render_organizations
from course_discovery.projections.subject import render_subjects
from course_discovery.projections.values import legacy_image, media_url

_COLUMNS = (
    "pk", "uuid", "key", "title", "draft", "draft_version_id", "official_version", "partner_id",
    "short_description", "full_description", "outcome", "prerequisites_raw", "syllabus_raw",
    "faq", "learner_testimonials", "additional_information", "course_length", "level_type_id",
    "level_type__name", "card_image_url", "video_id", "enrollment_count", "modified",
    "recent_enrollment_count", "organization_short_code_override", "key_for_reruns",
    "enterprise_subscription_inclusion", "excluded_from_search", "excluded_from_seo",
    "data_modified_timestamp", "partner__short_code", "partner__marketing_site_url_root",
    "type__uuid", "type__slug", "product_source__name", "product_source__slug",
    "product_source__description", "canonical_course_run__key", "image",
    "organization_logo_override", "watchers", "extra_description_id", "additional_metadata_id",
    "geolocation_id", "location_restriction_id", "in_year_value_id",
)  # fmt: skip


@dataclass
class CourseContext:
    """One course row with what hangs on it, rendered where it is served as it is."""

    row: dict[str, Any]
    level_type: str | None = None
    video: dict[str, Any] | None = None
    owners: list[dict[str, Any]] = field(default_factory=list)
    sponsors: list[dict[str, Any]] = field(default_factory=list)
    subjects: list[dict[str, Any]] = field(default_factory=list)
    programs: list[dict[str, Any]] = field(default_factory=list)

    @property
    def image(self) -> dict[str, Any] | None:
        """The small copy of the course's image, else what stands in for it; runs show it too."""
        own = self.row["image"]
        small = media_url(variation_name(own, "small")) if own else None
        return legacy_image(small or self.row["card_image_url"])

    @property
    def marketing_root(self) -> str | None:
        """The partner's marketing site without a final slash, None without one."""
        root: str | None = self.row["partner__marketing_site_url_root"]
        return root.rstrip("/") if root else None


def course_contexts(pks: Collection[int], language: str | None) -> dict[int, CourseContext]:
    """The contexts of courses by primary key; fifteen queries, whatever the number of courses."""
    rows = Course.everything.filter(pk__in=pks).order_by("pk").values(*_COLUMNS)
    contexts = {row["pk"]: CourseContext(row) for row in rows}
    authors = _links(CourseAuthor.objects.filter(course_id__in=pks), "organization_id")
    sponsors = _links(CourseSponsor.objects.filter(course_id__in=pks), "organization_id")
    subjects = _links(CourseSubject.objects.filter(course_id__in=pks), "subject_id")
    organizations = render_organizations(_targets(authors, sponsors))
    rendered_subjects = render_subjects(_targets(subjects), language=language)
    levels = level_names(
        {each.row["level_type_id"] for each in contexts.values()} - {None}, language
    )
    videos = render_videos({each.row["video_id"] for each in contexts.values()})
    programs = programs_of_courses(pks, language)
    for pk, context in contexts.items():
        context.level_type = (
            levels.get(context.row["level_type_id"]) or context.row["level_type__name"]
        )
        context.video = videos.get(context.row["video_id"])
        context.owners = [organizations[each] for each in authors[pk] if each in organizations]
        context.sponsors = [organizations[each] for each in sponsors[pk] if each in organizations]
        context.subjects = [rendered_subjects[e] for e in subjects[pk] if e in rendered_subjects]
        context.programs = programs[pk]
    return contexts


def render_videos(pks: Collection[int | None]) -> dict[int | None, dict[str, Any]]:
    """Videos with their images by primary key; one query."""
    rows = Video.objects.filter(pk__in=[pk for pk in pks if pk is not None]).values(
        "pk", "src", "description", "image_id", "image__src", "image__description",
        "image__height", "image__width",
    )  # fmt: skip
    return {
        row["pk"]: {
            "src": row["src"],
            "description": row["description"],
            "image": {
                "src": row["image__src"],
                "description": row["image__description"],
                "height": row["image__height"],
                "width": row["image__width"],
            }
            if row["image_id"]
            else None,
        }
        for row in rows
    }


def _links(queryset: Any, target: str) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for course_id, target_id in queryset.order_by("course_id", "sort_value", "pk").values_list(
        "course_id", target
    ):
        found[course_id].append(target_id)
    return found


def _targets(*links: dict[int, list[int]]) -> list[int]:
    return sorted({target for each in links for targets in each.values() for target in targets})
