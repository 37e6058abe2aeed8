"""What tests of writing courses share."""

from typing import Any

from rest_framework.test import APIClient

from course_discovery.course_metadata.models import CourseType

URL = "/api/v1/courses/"
# The smallest PNG.
PNG = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def new_course(**more: Any) -> dict[str, Any]:
    """A body that makes a course of North."""
    return {
        "title": "Night skies", "number": "AST1", "org": "NorthU", "product_source": "edx",
        "type": type_uuid("verified-audit"), "prices": {"verified": "49.99"}, **more,
    }  # fmt: skip


def type_uuid(slug: str) -> str:
    """The uuid of a course type."""
    return str(CourseType.objects.get(slug=slug).uuid)


def patch(client: APIClient, key: str = "NorthU+A", **body: Any) -> Any:
    """The answer to an edit."""
    return client.patch(f"{URL}{key}/", body, format="json")


def edited(client: APIClient, key: str = "NorthU+A", **body: Any) -> dict[str, Any]:
    """What the draft says after an edit, which is taken."""
    answer = patch(client, key, **body)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found
