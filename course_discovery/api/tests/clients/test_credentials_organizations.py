"""The credentials service copies all organizations, page by page."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.core.models import Partner
from course_discovery.course_metadata.tests.factories import OrganizationFactory

URL = "/api/v1/organizations/"


def copied(client: APIClient, **parameters: Any) -> list[tuple[Any, ...]]:
    """What the client keeps of all pages; it follows the count, not the links."""
    found: list[tuple[Any, ...]] = []
    page = 1
    while True:
        body = client.get(URL, {"exclude_utm": 1, "page": page, **parameters}).json()
        found += [
            (each["uuid"], each["key"], each["name"], each["certificate_logo_image_url"])
            for each in body["results"]
        ]
        if not body["next"]:
            return found
        page += 1


@pytest.mark.parametrize("parameters", [{}, {"page_size": 7}, {"page_size": ""}])
def test_every_organization_is_copied_once(
    as_sam: APIClient, partner: Partner, parameters: dict[str, Any]
) -> None:
    made = [
        OrganizationFactory(
            partner=partner, certificate_logo_image="organization/certificate_logos/1.png"
        )
        for _ in range(25)
    ]
    logo = "/media/organization/certificate_logos/1.png"
    assert copied(as_sam, **parameters) == [
        (str(each.uuid), each.key, each.name, logo) for each in made
    ]
