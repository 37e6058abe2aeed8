"""Companies' portals show one program, and find its type by the slug."""

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.reading import has
from course_discovery.api.tests.programs import make_full_degree
from course_discovery.core.models import Partner


def test_one_program_and_its_type(as_alice: APIClient, partner: Partner) -> None:
    degree = make_full_degree(partner)
    program = as_alice.get(f"/api/v1/programs/{degree.uuid}/").json()
    has(
        program,
        "uuid title subtitle type overview courses authoring_organizations"
        " corporate_endorsements expected_learning_items weeks_to_complete_min"
        " weeks_to_complete_max min_hours_effort_per_week max_hours_effort_per_week",
    )
    assert [course["key"] for course in program["courses"]] == ["NorthU+PHY101"]
    kind = as_alice.get(f"/api/v1/program_types/{program['type_attrs']['slug']}/").json()
    assert kind["name"] == program["type"]


@pytest.mark.parametrize(
    "path", ["programs/1d2aa3a1-0000-4000-8000-000000000000/", "program_types/unheard-of/"]
)
def test_what_there_is_not_is_404(as_alice: APIClient, partner: Partner, path: str) -> None:
    assert as_alice.get(f"/api/v1/{path}").status_code == 404
