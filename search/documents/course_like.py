"""What the documents of courses and of course runs are filled with alike."""

from collections.abc import Iterable

from search.documents.base import Body, Rendered
from search.documents.values import (
    distinct,
    joined,
    named,
    organization_bodies,
    organization_of,
    skills,
)


def shared_values(rendered: Rendered, course: Rendered) -> Body:
    """The fields of CourseLikeDocument; `rendered` is the course itself or one of its runs."""
    return {
        "authoring_organization_bodies": organization_bodies(course["owners"]),
        "authoring_organizations": named(course["owners"]),
        "full_description": rendered["full_description"],
        "image_url": rendered["image"]["src"] if rendered["image"] else None,
        "key": rendered["key"],
        "level_type": rendered["level_type"],
        "logo_image_urls": [
            each["logo_image_url"] for each in course["owners"] if each["logo_image_url"]
        ],
        "org": organization_of(rendered["key"]),
        "organizations": distinct(named([*course["owners"], *course["sponsors"]])),
        "outcome": rendered["outcome"],
        "partner": rendered["_partner"],
        "pk": rendered["_pk"],
        "short_description": rendered["short_description"],
        "skill_names": distinct(skill["name"] for skill in course["skills"]),
        "skills": skills(course),
        "sponsoring_organizations": named(course["sponsors"]),
        "subject_uuids": [each["uuid"] for each in course["subjects"]],
        "subjects": [each["name"] for each in course["subjects"]],
        "title": rendered["title"],
        "uuid": rendered["uuid"],
    }


def shared_text(rendered: Rendered, course: Rendered, more: Iterable[str | None]) -> str:
    """The text that a search without a field looks through: what a reader could remember."""
    return joined(
        [
            rendered["uuid"],
            rendered["title"],
            rendered["short_description"],
            rendered["full_description"],
            rendered["level_type"],
            rendered["marketing_url"],
            *course["expected_learning_items"],
            *named([*course["owners"], *course["sponsors"]]),
            *(each["name"] for each in course["prerequisites"]),
            *(each["name"] for each in course["subjects"]),
            *(each["title"] for each in course["programs"]),
            *more,
        ]
    )
