"""Organizations as readers see them."""

from collections.abc import Mapping, Sequence
from typing import Any

from course_discovery.course_metadata.models import Organization
from course_discovery.projections import pending
from course_discovery.projections.values import media_url, moment


def render_organizations(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Organizations by primary key; one query."""
    rows = Organization.objects.filter(pk__in=pks).values(
        "pk", "uuid", "key", "name", "auto_generate_course_run_keys", "certificate_logo_image",
        "logo_image", "organization_hex_color", "data_modified_timestamp", "description",
        "description_es", "homepage_url", "slug", "banner_image",
        "enterprise_subscription_inclusion", "partner__marketing_site_url_root",
    )  # fmt: skip
    return {row["pk"]: _render(row) for row in rows}


def _render(row: Mapping[str, Any]) -> dict[str, Any]:
    root = row["partner__marketing_site_url_root"]
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
        "tags": pending.ORGANIZATION["tags"],
        "marketing_url": f"{root.rstrip('/')}/school/{row['slug']}" if root else None,
        "slug": row["slug"],
        "banner_image_url": media_url(row["banner_image"]),
        "enterprise_subscription_inclusion": row["enterprise_subscription_inclusion"],
    }
