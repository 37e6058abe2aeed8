"""Endorsements of programs as readers see them."""

from collections.abc import Collection
from typing import Any

from course_discovery.course_metadata.models import (
    CorporateEndorsement,
    CorporateEndorsementVoice,
    Endorsement,
)
from course_discovery.projections.person import render_people

_IMAGE = ("src", "description", "height", "width")


def render_endorsements(pks: Collection[int]) -> dict[int, dict[str, Any]]:
    """What people say by primary key; four queries."""
    rows = list(Endorsement.objects.filter(pk__in=pks).values("pk", "endorser_id", "quote"))
    people = render_people({row["endorser_id"] for row in rows})
    return {
        row["pk"]: {"endorser": people[row["endorser_id"]], "quote": row["quote"]}
        for row in rows
        if row["endorser_id"] in people
    }


def voices(corporate_endorsements: Collection[int]) -> list[tuple[int, int]]:
    """Pairs of a corporate endorsement and an individual one that is part of it, in order."""
    links = CorporateEndorsementVoice.objects.filter(
        corporate_endorsement_id__in=corporate_endorsements
    ).order_by("sort_value", "pk")
    return list(links.values_list("corporate_endorsement_id", "endorsement_id"))


def render_corporate_endorsements(
    pks: Collection[int],
    *,
    spoken: Collection[tuple[int, int]],
    endorsements: dict[int, dict[str, Any]],
) -> dict[int, dict[str, Any]]:
    """What corporations say by primary key, with the rendered endorsements that `voices` names."""
    rows = CorporateEndorsement.objects.filter(pk__in=pks).values(
        "pk", "corporation_name", "statement", "image_id", *(f"image__{name}" for name in _IMAGE)
    )
    return {
        row["pk"]: {
            "corporation_name": row["corporation_name"],
            "statement": row["statement"],
            "image": {name: row[f"image__{name}"] for name in _IMAGE} if row["image_id"] else None,
            "individual_endorsements": [
                endorsements[each]
                for corporate, each in spoken
                if corporate == row["pk"] and each in endorsements
            ],
        }
        for row in rows
    }
