"""What course teams write into the draft of a course."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypedDict, cast
from uuid import UUID

from course_discovery.course_metadata.models import Collaborator, Course, CourseType
from course_discovery.course_metadata.operations import course_link
from course_discovery.course_metadata.operations.additional_metadata import (
    AdditionalMetadataValues,
)
from course_discovery.course_metadata.operations.course_product import (
    CourseProductValues,
    update_course_product,
)
from course_discovery.course_metadata.operations.course_rerun_key import fit_key_for_reruns
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.geolocation import GeoLocationValues
from course_discovery.course_metadata.operations.ordered import set_targets
from course_discovery.course_metadata.operations.planned_offer import (
    entitlements_change,
    planned_entitlements,
    write_planned_entitlements,
)
from course_discovery.course_metadata.operations.product import (
    LocationRestrictionValues,
    ProductValueValues,
)
from course_discovery.course_metadata.operations.references import (
    level_named,
    product_source_named,
)
from course_discovery.course_metadata.operations.running import Refusal, write_differences
from course_discovery.course_metadata.operations.tag import set_tags
from course_discovery.course_metadata.operations.video import create_or_update_video


class CourseEdit(TypedDict, total=False):
    """What a course team may tell of a course; what is not told stays as it is.

    `type` is the uuid of a course type, `prices` are by the slug of what is sold, `subjects` and
    `product_source` are slugs, `level_type` is a name, `video` an address, `image` and
    `organization_logo_override` are names of stored files. None takes a value away.
    """

    title: str | None
    short_description: str | None
    full_description: str | None
    outcome: str | None
    prerequisites_raw: str | None
    syllabus_raw: str | None
    faq: str | None
    learner_testimonials: str | None
    additional_information: str | None
    card_image_url: str | None
    organization_short_code_override: str
    excluded_from_search: bool
    excluded_from_seo: bool
    key_for_reruns: str
    type: UUID
    prices: Mapping[str, Decimal]
    level_type: str | None
    product_source: str | None
    subjects: Sequence[str]
    topics: Sequence[str]
    collaborators: Sequence[UUID]
    watchers: Sequence[str]
    video: str | None
    image: str
    organization_logo_override: str
    url_slug: str
    additional_metadata: AdditionalMetadataValues
    geolocation: GeoLocationValues
    location_restriction: LocationRestrictionValues
    in_year_value: ProductValueValues


_PLAIN = frozenset(
    {
        "title", "short_description", "full_description", "outcome", "prerequisites_raw",
        "syllabus_raw", "faq", "learner_testimonials", "additional_information", "card_image_url",
        "organization_short_code_override", "excluded_from_search", "excluded_from_seo",
    }
)  # fmt: skip
_PRODUCT = ("additional_metadata", "geolocation", "location_restriction", "in_year_value")


class UnknownType(Refusal):
    """A uuid that no course type has."""


class UnknownCollaborator(Refusal):
    """A uuid that no collaborator has."""


def write_reviewed_values(draft: Course, edit: CourseEdit) -> bool:
    """Write what reviewers read; whether anything differed.

    A part of a larger operation. Raises Refusal.
    """
    values: Mapping[str, Any] = edit
    columns = fitting(Course, {name: values[name] for name in values if name in _PLAIN})
    if "key_for_reruns" in edit:
        columns["key_for_reruns"] = fit_key_for_reruns(draft, edit["key_for_reruns"])
    if "level_type" in edit:
        columns["level_type"] = level_named(edit["level_type"])
    if "product_source" in edit:
        columns["product_source"] = product_source_named(edit["product_source"])
    changed = _write_offer(draft, edit)
    changed |= write_differences(draft, columns)
    for name, write in _LISTS.items():
        if name in values:
            changed |= write(draft, values[name])
    return changed


def write_other_values(draft: Course, edit: CourseEdit, now: datetime) -> bool:
    """Write what nobody reviews, the address apart; whether anything differed.

    A part of a larger operation. Raises Refusal.
    """
    values: Mapping[str, Any] = edit
    names = ("image", "organization_logo_override")
    columns = {name: values[name] for name in names if name in values}
    if "watchers" in edit:
        told = list(dict.fromkeys(edit["watchers"]))
        columns |= fitting(Course, {"watchers": told}) if told else {"watchers": []}
    if "video" in edit:
        src = (edit["video"] or "").strip()
        columns["video"] = create_or_update_video(values={"src": src}).row if src else None
    changed = write_differences(draft, columns)
    product = {name: values[name] for name in _PRODUCT if name in values}
    if "additional_metadata" in product and draft.type.slug not in CourseType.EXTERNAL:
        del product["additional_metadata"]
    if product:
        told_product = cast("CourseProductValues", product)
        changed |= update_course_product(course=draft, values=told_product, now=now)
    return changed


def course_type_of(uuid: UUID) -> CourseType:
    """The course type with this uuid. Raises UnknownType."""
    found = CourseType.objects.filter(uuid=uuid).first()
    if found is None:
        raise UnknownType(f"type: there is no course type {uuid}")
    return found


def set_collaborators(draft: Course, uuids: Sequence[UUID]) -> bool:
    """Let exactly these be the course row's collaborators; whether any differed.

    Raises UnknownCollaborator.
    """
    found = {row.uuid: row for row in Collaborator.objects.filter(uuid__in=uuids)}
    for uuid in uuids:
        if uuid not in found:
            raise UnknownCollaborator(f"collaborators: there is no collaborator {uuid}")
    return set_targets(draft.collaborator_links, "collaborator", [found[uuid] for uuid in uuids])


def _write_offer(draft: Course, edit: CourseEdit) -> bool:
    if "type" not in edit and "prices" not in edit:
        return False
    course_type = course_type_of(edit["type"]) if "type" in edit else draft.type
    plan = planned_entitlements(
        course=draft, course_type=course_type, prices=edit.get("prices", {})
    )
    changed = write_differences(draft, {"type": course_type})
    if entitlements_change(course=draft, entitlements=plan):
        changed |= write_planned_entitlements(course=draft, entitlements=plan)
    return changed


def _set_subjects(draft: Course, slugs: Sequence[str]) -> bool:
    return course_link.set_subjects(draft, course_link.subjects_by_slug(draft.partner, slugs))


def _set_topics(draft: Course, names: Sequence[str]) -> bool:
    return set_tags(draft.topics, names)


_LISTS: Mapping[str, Callable[[Course, Any], bool]] = {
    "subjects": _set_subjects,
    "topics": _set_topics,
    "collaborators": set_collaborators,
}
