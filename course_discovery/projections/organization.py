"""Organizations as readers see them."""

from collections.abc import Collection, Mapping
from typing import Any

from course_discovery.course_metadata.models import Organization, OrganizationTag
from course_discovery.projections.tag import tag_names
from course_discovery.projections.values import media_url, moment


def render_organizations(pks: Collection[int]) -> dict[int, dict[str, Any]]:
    """Organizations by primary key; two queries."""
    tags = tag_names(OrganizationTag, pks)
    rows = Organization.objects.filter(pk__in=pks).values(
        "pk", "uuid", "key", "name", "auto_generate_course_run_keys", "certificate_logo_image",
        "logo_image", "organization_hex_color", "data_modified_timestamp", "description",
        "description_es", "homepage_url", "slug", "banner_image",
        "enterprise_subscription_inclusion", "partner__marketing_site_url_root",
    )  # fmt: skip
    return {row["pk"]: _render(row, tags[row["pk"]]) for row in rows}


def school_url(root: str | None, slug: str | None) -> str | None:
    """The address of an organization on the marketing site; None where there is none."""
    return f"{root.rstrip('/')}/school/{slug}" if root and slug else None


def _render(row: Mapping[str, Any], tags: list[str]) -> dict[str, Any]:
    return {
        "uuid": str(row["uuid"]),
        "key": row["key"],
        "name": row["name"],
        "auto_generate_course_run_keys": row["auto_generate_course_run_keys"],
        "certificate_logo_image_url": media_url(row["certificate_logo_image"]),
        "logo_image_url": media_url(row["logo_image"]),
        "organization_hex_color": row["organization_hex_color"],
        "data_modified_timestamp": moment(row["data_modified_timestamp"]),
        "description": row["description"],
        "description_es": row["description_es"],
        "homepage_url": row["homepage_url"],
        "tags": tags,
        "marketing_url": school_url(row["partner__marketing_site_url_root"], row["slug"]),
        "slug": row["slug"],
        "banner_image_url": media_url(row["banner_image"]),
        "enterprise_subscription_inclusion": row["enterprise_subscription_inclusion"],
    }
