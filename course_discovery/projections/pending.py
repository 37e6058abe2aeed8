"""Keys of the contract whose models do not exist yet, and what stands in for them.

The one list of what is missing: a key leaves it when its model comes.
"""

from typing import Any

COURSE: dict[str, Any] = {
    "prerequisites": [],
    "expected_learning_items": [],
    "original_image": None,
    "extra_description": None,
    "additional_metadata": None,
    "topics": [],
    "url_redirects": [],
    "editors": [],
    "collaborators": [],
    "skill_names": [],
    "skills": [],
    "organization_logo_override_url": None,
    "geolocation": None,
    "location_restriction": None,
    "in_year_value": None,
    "watchers": [],
    "programs": [],
}
COURSE_RUN: dict[str, Any] = {
    "staff": [],
    "expected_program_type": None,
    "ai_languages": None,
    "programs": [],
}
ORGANIZATION: dict[str, Any] = {"tags": []}
