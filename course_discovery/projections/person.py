"""People as readers see them, by themselves and as the staff of runs."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.utils import translation

from course_discovery.core.images import described
from course_discovery.course_metadata.models import (
    Person,
    PersonAreaOfExpertise,
    PersonSocialNetwork,
)
from course_discovery.course_metadata.models.person import SocialNetwork
from course_discovery.projections.organization import school_url
from course_discovery.projections.values import absolute_media_url, media_url

_COLUMNS = (
    "pk", "uuid", "salutation", "given_name", "family_name", "bio", "slug", "profile_image",
    "major_works", "published", "position__title", "position__organization_override",
    "position__organization_id", "position__organization__name", "position__organization__uuid",
    "position__organization__slug", "position__organization__logo_image",
    "position__organization__partner__marketing_site_url_root",
)  # fmt: skip
# The networks that have a place of their own in an answer.
_NAMED = (SocialNetwork.FACEBOOK, SocialNetwork.TWITTER, SocialNetwork.BLOG)


def render_people(pks: Collection[int]) -> dict[int, dict[str, Any]]:
    """People by primary key; three queries."""
    areas = _areas(pks)
    networks = _networks(pks)
    rows = Person.objects.filter(pk__in=pks).values(*_COLUMNS)
    return {row["pk"]: _render(row, areas[row["pk"]], networks[row["pk"]]) for row in rows}


def _render(
    row: Mapping[str, Any], areas: list[dict[str, Any]], networks: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "uuid": str(row["uuid"]),
        "salutation": row["salutation"],
        "given_name": row["given_name"],
        "family_name": row["family_name"],
        "bio": row["bio"],
        "slug": row["slug"],
        "position": None if row["position__title"] is None else _position(row),
        "areas_of_expertise": areas,
        "profile_image": described(row["profile_image"], Person.VARIATIONS, absolute_media_url),
        # The contract keeps the key; works are told in `major_works`.
        "works": [],
        "urls": {name.value: _first(networks, name) for name in _NAMED},
        "urls_detailed": networks,
        # Addresses of people are nobody's business.
        "email": None,
        "profile_image_url": media_url(row["profile_image"]),
        "major_works": row["major_works"],
        "published": row["published"],
    }


def _position(row: Mapping[str, Any]) -> dict[str, Any]:
    """The position of a person; of another organization than the catalog's only the name."""
    uuid = row["position__organization__uuid"]
    override = row["position__organization_override"]
    return {
        "title": row["position__title"],
        "organization_name": override or row["position__organization__name"],
        "organization_id": row["position__organization_id"],
        "organization_override": override,
        "organization_marketing_url": school_url(
            row["position__organization__partner__marketing_site_url_root"],
            row["position__organization__slug"],
        ),
        "organization_uuid": str(uuid) if uuid else None,
        "organization_logo_image_url": media_url(row["position__organization__logo_image"]),
    }


def _first(networks: list[dict[str, Any]], name: SocialNetwork) -> str | None:
    return next((each["url"] for each in networks if each["type"] == name), None)


def _areas(people: Collection[int]) -> defaultdict[int, list[dict[str, Any]]]:
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = PersonAreaOfExpertise.objects.filter(person_id__in=people).order_by("pk")
    for person, pk, value in rows.values_list("person_id", "pk", "value"):
        found[person].append({"id": pk, "value": value})
    return found


def _networks(people: Collection[int]) -> defaultdict[int, list[dict[str, Any]]]:
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for network in PersonSocialNetwork.objects.filter(person_id__in=people).order_by("pk"):
        found[network.person_id].append(
            {
                "id": network.pk,
                "type": network.type,
                "title": network.title,
                "display_title": _display_title(network),
                "url": network.url,
            }
        )
    return found


def _display_title(network: PersonSocialNetwork) -> str:
    # What is stored is the same for readers of every language.
    with translation.override(None):
        return str(network.display_title)
