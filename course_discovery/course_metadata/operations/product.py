"""What products have beside their texts: lead forms, values, restrictions to places."""

from collections.abc import Sequence
from typing import TypedDict

from course_discovery.course_metadata.models import (
    AdditionalMetadata,
    ProductValue,
    Program,
    ProgramLocationRestriction,
    TaxiForm,
)
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.running import write_differences


class TaxiFormValues(TypedDict, total=False):
    """What may be told of a lead form."""

    form_id: str
    grouping: str
    title: str | None
    subtitle: str | None
    post_submit_url: str | None


class ProductValueValues(TypedDict, total=False):
    """US dollars within a year for each lead and click."""

    per_lead_usa: int | None
    per_lead_international: int | None
    per_click_usa: int | None
    per_click_international: int | None


class LocationRestrictionValues(TypedDict, total=False):
    """`restriction_type` is allowlist or blocklist; places are ISO 3166-1 and US codes."""

    restriction_type: str | None
    countries: Sequence[str]
    states: Sequence[str]


def product_value(told: ProductValueValues) -> ProductValue:
    """A row with these values: one that is there, because rows are shared and never changed."""
    columns = fitting(ProductValue, told)
    usual = {
        field.name: field.default
        for field in ProductValue._meta.concrete_fields
        if field.name.startswith("per_")
    }
    wanted = usual | columns
    found = ProductValue.objects.filter(**wanted).order_by("pk").first()
    return found or ProductValue.objects.create(**wanted)


def write_taxi_form(owner: Program | AdditionalMetadata, told: TaxiFormValues | None) -> bool:
    """Let a program or an outside course have this lead form, or none; whether anything differed.

    A part of a larger operation. Raises UnfitValue.
    """
    stored = owner.taxi_form
    if not told:
        if stored is not None:
            stored.delete()
            owner.taxi_form = None
        return stored is not None
    columns = fitting(TaxiForm, told)
    if stored is not None:
        return write_differences(stored, columns)
    return write_differences(owner, {"taxi_form": TaxiForm.objects.create(**columns)})


def write_program_restriction(program: Program, told: LocationRestrictionValues | None) -> bool:
    """Let the program be offered there only, or not there; None = everywhere.

    Answers whether anything differed. A part of a larger operation. Raises UnfitValue.
    """
    stored = ProgramLocationRestriction.objects.filter(program=program).first()
    if not told:
        if stored is not None:
            stored.delete()
        return stored is not None
    columns = fit_restriction(told)
    if stored is not None:
        return write_differences(stored, columns)
    ProgramLocationRestriction.objects.create(program=program, **columns)
    return True


def fit_restriction(told: LocationRestrictionValues) -> dict[str, object]:
    """The columns of a restriction, codes in upper case. Raises UnfitValue for unknown codes."""
    columns: dict[str, object] = dict(told)
    for name in ("countries", "states"):
        if name in told:
            columns[name] = list(dict.fromkeys(code.strip().upper() for code in told[name]))
    return fitting(ProgramLocationRestriction, columns)
