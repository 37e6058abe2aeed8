"""What outside providers tell of their courses."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from course_discovery.course_metadata.models import (
    AdditionalMetadata,
    CertificateInfo,
    Course,
    Fact,
    ProductMeta,
)
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.product import TaxiFormValues, write_taxi_form
from course_discovery.course_metadata.operations.running import write_differences
from course_discovery.course_metadata.operations.tag import set_tags


class BlurbValues(TypedDict, total=False):
    """A text with its heading."""

    heading: str
    blurb: str | None


class ProductMetaValues(TypedDict, total=False):
    """What search engines are told; `keywords` are told whole."""

    title: str
    description: str
    keywords: Sequence[str]


class AdditionalMetadataValues(TypedDict, total=False):
    """What may be told of an outside provider's course.

    Facts are told whole, and those without a heading are left out. Of the other nested values only
    what is told changes; None takes them away.
    """

    external_url: str
    external_identifier: str
    lead_capture_form_url: str
    organic_url: str
    start_date: datetime | None
    end_date: datetime | None
    registration_deadline: datetime | None
    variant_id: UUID | None
    course_term_override: str | None
    product_status: str
    external_course_marketing_type: str | None
    display_on_org_page: bool
    facts: Sequence[BlurbValues]
    certificate_info: BlurbValues | None
    product_meta: ProductMetaValues | None
    taxi_form: TaxiFormValues | None


_NESTED = frozenset({"facts", "certificate_info", "product_meta", "taxi_form"})


def write_additional_metadata(course: Course, told: AdditionalMetadataValues) -> bool:
    """Write what differs; whether anything did.

    The row is the course's, and its twin's where that has it too: then both are changed. A course
    without one needs `external_url` and `external_identifier`. A part of a larger operation. Raises
    UnfitValue.
    """
    values: Mapping[str, Any] = told
    columns = fitting(AdditionalMetadata, {n: v for n, v in values.items() if n not in _NESTED})
    row = course.additional_metadata
    changed = row is None
    if row is None:
        needed = {name: values.get(name) for name in ("external_url", "external_identifier")}
        columns |= fitting(AdditionalMetadata, needed)
        row = AdditionalMetadata.objects.create(**columns)
        write_differences(course, {"additional_metadata": row})
    changed |= write_differences(row, columns)
    if "facts" in values:
        changed |= _write_facts(row, values["facts"])
    if "certificate_info" in values:
        changed |= _write_certificate(row, values["certificate_info"])
    if "product_meta" in values:
        changed |= _write_product_meta(row, values["product_meta"])
    if "taxi_form" in values:
        changed |= write_taxi_form(row, values["taxi_form"])
    return changed


def _write_facts(row: AdditionalMetadata, told: Sequence[BlurbValues]) -> bool:
    wanted = [fitting(Fact, each) for each in told if (each.get("heading") or "").strip()]
    stored = list(row.facts.all())
    changed = len(wanted) != len(stored)
    for fact, columns in zip(stored, wanted, strict=False):
        changed |= write_differences(fact, columns)
    for fact in stored[len(wanted) :]:
        fact.delete()
    for columns in wanted[len(stored) :]:
        row.facts.add(Fact.objects.create(**columns))
    return changed


def _write_certificate(row: AdditionalMetadata, told: BlurbValues | None) -> bool:
    stored = row.certificate_info
    if told is None:
        return _take_away(row, "certificate_info")
    columns = fitting(CertificateInfo, told)
    if stored is not None:
        return write_differences(stored, columns)
    return write_differences(row, {"certificate_info": CertificateInfo.objects.create(**columns)})


def _write_product_meta(row: AdditionalMetadata, told: ProductMetaValues | None) -> bool:
    if told is None:
        return _take_away(row, "product_meta")
    plain = {name: value for name, value in told.items() if name != "keywords"}
    columns = fitting(ProductMeta, plain)
    stored, changed = row.product_meta, False
    if stored is None:
        stored = ProductMeta.objects.create(**columns)
        changed = write_differences(row, {"product_meta": stored})
    changed |= write_differences(stored, columns)
    if "keywords" in told:
        changed |= set_tags(stored.keywords, told["keywords"])
    return changed


def _take_away(row: AdditionalMetadata, name: str) -> bool:
    stored = getattr(row, name)
    if stored is not None:
        stored.delete()
        setattr(row, name, None)
    return stored is not None
