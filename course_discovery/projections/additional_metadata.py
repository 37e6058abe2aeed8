"""What providers know of external courses, as readers see it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from course_discovery.course_metadata.models import AdditionalMetadata, ProductMetaKeyword
from course_discovery.projections.tag import tag_names
from course_discovery.projections.taxi_form import render_taxi_forms
from course_discovery.projections.values import moment

_COLUMNS = (
    "pk", "external_identifier", "external_url", "lead_capture_form_url", "organic_url",
    "start_date", "end_date", "registration_deadline", "variant_id", "course_term_override",
    "product_status", "external_course_marketing_type", "display_on_org_page",
    "certificate_info_id", "certificate_info__heading", "certificate_info__blurb",
    "product_meta_id", "product_meta__title", "product_meta__description", "taxi_form_id",
)  # fmt: skip


def render_additional_metadata(pks: Collection[int]) -> dict[int, dict[str, Any]]:
    """The additional metadata of courses by its primary key; at most four queries."""
    rows = list(AdditionalMetadata.objects.filter(pk__in=pks).values(*_COLUMNS))
    keywords = tag_names(
        ProductMetaKeyword, [row["product_meta_id"] for row in rows if row["product_meta_id"]]
    )
    facts = _facts(pks)
    forms = render_taxi_forms({row["taxi_form_id"] for row in rows} - {None})
    return {
        row["pk"]: _render(row, facts[row["pk"]], keywords[row["product_meta_id"]])
        | {"taxi_form": forms.get(row["taxi_form_id"])}
        for row in rows
    }


def _render(
    row: Mapping[str, Any], facts: list[dict[str, Any]], keywords: list[str]
) -> dict[str, Any]:
    return {
        "external_identifier": row["external_identifier"],
        "external_url": row["external_url"],
        "lead_capture_form_url": row["lead_capture_form_url"],
        "facts": facts,
        "certificate_info": {
            "heading": row["certificate_info__heading"],
            "blurb": row["certificate_info__blurb"],
        }
        if row["certificate_info_id"]
        else None,
        "organic_url": row["organic_url"],
        "start_date": moment(row["start_date"]),
        "end_date": moment(row["end_date"]),
        "registration_deadline": moment(row["registration_deadline"]),
        "variant_id": str(row["variant_id"]) if row["variant_id"] else None,
        "course_term_override": row["course_term_override"],
        "product_status": row["product_status"],
        "product_meta": {
            "title": row["product_meta__title"],
            "description": row["product_meta__description"],
            "keywords": keywords,
        }
        if row["product_meta_id"]
        else None,
        "external_course_marketing_type": row["external_course_marketing_type"],
        "display_on_org_page": row["display_on_org_page"],
    }


def _facts(metadata: Collection[int]) -> defaultdict[int, list[dict[str, Any]]]:
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    links = AdditionalMetadata.facts.through.objects.filter(additionalmetadata_id__in=metadata)
    for owner, heading, blurb in links.order_by("fact__created", "fact_id").values_list(
        "additionalmetadata_id", "fact__heading", "fact__blurb"
    ):
        found[owner].append({"heading": heading, "blurb": blurb})
    return found
