"""How tests ask for learner pathways."""

from typing import Any

from rest_framework.test import APIClient

URL = "/api/v1/learner-pathway/"
STEPS, COURSES, PROGRAMS, BLOCKS = (
    f"/api/v1/learner-pathway-{name}/" for name in ("step", "course", "program", "block")
)
LISTS = (URL, STEPS, COURSES, PROGRAMS, BLOCKS)


def results(client: APIClient, url: str, **parameters: Any) -> list[Any]:
    answer = client.get(url, parameters)
    assert answer.status_code == 200, answer.json()
    found: list[Any] = answer.json()["results"]
    return found


def titles(client: APIClient, **parameters: Any) -> list[str]:
    return [each["title"] for each in results(client, URL, **parameters)]


def holding(client: APIClient, *courses: str, programs: Any = ()) -> list[str]:
    answer = client.get(f"{URL}uuids/", {"course_keys": courses, "program_uuids": programs})
    assert answer.status_code == 200, answer.json()
    found: list[str] = answer.json()
    return found
