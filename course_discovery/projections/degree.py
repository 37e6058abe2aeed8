"""What degrees tell beside what they tell as programs."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet

from course_discovery.core.images import described
from course_discovery.course_metadata.models import (
    Degree,
    DegreeCost,
    DegreeDeadline,
    DegreeRanking,
    DegreeSpecialization,
    IconTextPairing,
)
from course_discovery.course_metadata.models.degree import MICROMASTERS_VARIATIONS
from course_discovery.course_metadata.models.program import BANNER_VARIATIONS
from course_discovery.projections.values import absolute_media_url

# Written as they are stored.
_TEXTS = (
    "application_requirements", "apply_url", "banner_border_color", "lead_capture_list_name",
    "overall_ranking", "prerequisite_coursework", "micromasters_url", "micromasters_long_title",
    "micromasters_long_description", "micromasters_org_name_override", "costs_fine_print",
    "deadlines_fine_print", "hubspot_lead_capture_form_id", "program_duration_override",
    "display_on_org_page", "excluded_from_search", "excluded_from_seo",
)  # fmt: skip
_COLUMNS = (
    *_TEXTS, "pk", "campus_image", "title_background_image", "lead_capture_image",
    "micromasters_background_image", "additional_metadata__external_identifier",
    "additional_metadata__external_url", "additional_metadata__organic_url",
    "search_card_ranking", "search_card_cost", "search_card_courses",
)  # fmt: skip
Lists = defaultdict[int, list[Any]]


def render_degrees(programs: Collection[int]) -> dict[int, dict[str, Any]]:
    """The degrees among programs by primary key; six queries."""
    rows = Degree.objects.filter(pk__in=programs).values(*_COLUMNS)
    lists = _lists(programs)
    return {
        row["pk"]: _render(row, {name: each[row["pk"]] for name, each in lists.items()})
        for row in rows
    }


def _render(row: Mapping[str, Any], lists: Mapping[str, list[Any]]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in _TEXTS},
        **lists,
        "campus_image": absolute_media_url(row["campus_image"]),
        "title_background_image": absolute_media_url(row["title_background_image"]),
        "lead_capture_image": described(
            row["lead_capture_image"], BANNER_VARIATIONS, absolute_media_url
        ),
        "micromasters_path": _path(row["micromasters_url"]),
        "micromasters_background_image": described(
            row["micromasters_background_image"], MICROMASTERS_VARIATIONS, absolute_media_url
        ),
        "additional_metadata": _additional_metadata(row),
        "_search_card": [row[f"search_card_{name}"] for name in ("ranking", "cost", "courses")],
    }


def _path(url: str | None) -> str | None:
    """An address without its scheme and host."""
    return urlsplit(url)._replace(scheme="", netloc="").geturl() if url else None


def _additional_metadata(row: Mapping[str, Any]) -> dict[str, Any] | None:
    if row["additional_metadata__external_identifier"] is None:
        return None
    return {
        "external_identifier": row["additional_metadata__external_identifier"],
        "external_url": row["additional_metadata__external_url"],
        "organic_url": row["additional_metadata__organic_url"],
    }


def _lists(degrees: Collection[int]) -> dict[str, Lists]:
    """What degrees list, by the name under which they list it."""
    of = {"degree_id__in": degrees}
    specializations = DegreeSpecialization.objects.filter(**of)
    by_degree: Lists = defaultdict(list)
    for degree, value in _in_place(specializations).values_list(
        "degree_id", "specialization__value"
    ):
        by_degree[degree].append(value)
    return {
        "costs": _dicts(
            DegreeCost.objects.filter(**of).order_by("created", "pk"), "description", "amount"
        ),
        "deadlines": _dicts(
            DegreeDeadline.objects.filter(**of).order_by("created", "pk"),
            "semester", "name", "date", "time",
        ),
        "quick_facts": _dicts(
            IconTextPairing.objects.filter(**of).order_by("pk"), "text", "icon"
        ),
        "rankings": _dicts(
            _in_place(DegreeRanking.objects.filter(**of)),
            "ranking__rank", "ranking__description", "ranking__source",
        ),
        "specializations": by_degree,
    }  # fmt: skip


def _in_place(links: "QuerySet[Any]") -> "QuerySet[Any]":
    return links.order_by("degree_id", "sort_value", "pk")


def _dicts(rows: "QuerySet[Any]", *columns: str) -> Lists:
    """The columns of rows by degree; those of another table are called as they are there."""
    found: Lists = defaultdict(list)
    for row in rows.values("degree_id", *columns):
        degree = row.pop("degree_id")
        found[degree].append({name.rpartition("__")[2]: value for name, value in row.items()})
    return found
