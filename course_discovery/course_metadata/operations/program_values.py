"""What may be told of a program, and as which columns it is stored."""

from collections.abc import Sequence
from typing import Any, TypedDict

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Program
from course_discovery.course_metadata.operations.course_link import subjects_by_slug
from course_discovery.course_metadata.operations.endorsement import (
    CorporateEndorsementValues,
    EndorsementValues,
)
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.geolocation import (
    GeoLocationValues,
    create_or_update_geolocation,
)
from course_discovery.course_metadata.operations.product import (
    LocationRestrictionValues,
    ProductValueValues,
    TaxiFormValues,
    product_value,
)
from course_discovery.course_metadata.operations.references import (
    Reference,
    language_tagged,
    level_named,
    product_source_named,
    program_type_named,
)
from course_discovery.course_metadata.operations.video import VideoValues, create_or_update_video


class FaqValues(TypedDict):
    """A question and its answer."""

    question: str
    answer: str


class ProgramValues(TypedDict, total=False):
    """What may be told of a program.

    `type`, `product_source` and `primary_subject_override` are slugs, `level_type_override` a
    name, `language_override` a tag; `organizations` (its authors) and
    `credit_backing_organizations` are keys, `courses` and `excluded_course_runs` too; instructors
    are uuids or slugs of people. Lists are told whole and keep their order.
    """

    marketing_slug: str
    title: str
    subtitle: str
    marketing_hook: str
    type: str | None
    status: str
    courses: Sequence[str]
    order_courses_by_start_date: bool
    excluded_course_runs: Sequence[str]
    product_source: str | None
    overview: str | None
    total_hours_of_effort: int | None
    weeks_to_complete: int | None
    min_hours_effort_per_week: int | None
    max_hours_effort_per_week: int | None
    organizations: Sequence[str]
    credit_backing_organizations: Sequence[str]
    video: VideoValues | None
    expected_learning_items: Sequence[str]
    faq: Sequence[FaqValues]
    instructors: Sequence[Reference]
    corporate_endorsements: Sequence[CorporateEndorsementValues]
    individual_endorsements: Sequence[EndorsementValues]
    job_outlook_items: Sequence[str]
    credit_redemption_overview: str | None
    one_click_purchase_enabled: bool
    hidden: bool
    credit_value: int
    enterprise_subscription_opted_out: bool
    organization_short_code_override: str
    primary_subject_override: str | None
    level_type_override: str | None
    language_override: str | None
    geolocation: GeoLocationValues | None
    in_year_value: ProductValueValues | None
    location_restriction: LocationRestrictionValues | None
    excluded_from_search: bool
    excluded_from_seo: bool
    taxi_form: TaxiFormValues | None
    program_duration_override: str | None
    labels: Sequence[str]
    has_ofac_restrictions: bool | None
    ofac_comment: str


# Told as lists, or as rows of their own.
LISTS = frozenset(
    {
        "courses", "excluded_course_runs", "organizations", "credit_backing_organizations",
        "expected_learning_items", "faq", "instructors", "corporate_endorsements",
        "individual_endorsements", "job_outlook_items", "labels", "taxi_form",
        "location_restriction",
    }
)  # fmt: skip
_REFERENCES = frozenset(
    {
        "type", "product_source", "video", "primary_subject_override", "level_type_override",
        "language_override", "geolocation", "in_year_value",
    }
)  # fmt: skip


def fit_program(values: ProgramValues) -> dict[str, Any]:
    """The plain columns among `values`. Raises UnfitValue."""
    special = LISTS | _REFERENCES
    return fitting(Program, {name: value for name, value in values.items() if name not in special})


def program_references(partner: Partner, values: ProgramValues) -> tuple[dict[str, Any], bool]:
    """The foreign keys among `values`, and whether a row that one leads to was written.

    Raises Refusal for what is unknown or unfit.
    """
    columns: dict[str, Any] = {}
    changed = False
    finders: dict[str, Any] = {
        "type": program_type_named,
        "product_source": product_source_named,
        "level_type_override": level_named,
        "language_override": language_tagged,
        "primary_subject_override": lambda slug: _subject(partner, slug),
        "in_year_value": lambda told: product_value(told) if told is not None else None,
    }
    told: dict[str, Any] = dict(values)
    for name, find in finders.items():
        if name in told:
            columns[name] = find(told[name])
    for name, write in (
        ("video", create_or_update_video),
        ("geolocation", create_or_update_geolocation),
    ):
        if name in told:
            written = write(values=told[name]) if told[name] is not None else None
            columns[name] = written.row if written else None
            changed |= bool(written and written.changed)
    return columns, changed


def _subject(partner: Partner, slug: str | None) -> Any:
    return subjects_by_slug(partner, [slug])[0] if slug and slug.strip() else None
