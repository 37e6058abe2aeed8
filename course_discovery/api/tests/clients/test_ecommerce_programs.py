"""The shop names the program of a bundle, and leads to its page."""

from rest_framework.test import APIClient

from course_discovery.api.tests.clients.reading import has
from course_discovery.api.tests.programs import make_program
from course_discovery.core.models import Partner


def test_the_program_of_a_bundle(as_alice: APIClient, partner: Partner) -> None:
    made = make_program(partner, "A+1", marketing_slug="first-steps")
    program = as_alice.get(f"/api/v1/programs/{made.uuid}/").json()
    has(program, "title")
    assert (program["type_attrs"]["slug"], program["marketing_slug"]) == (
        "micromasters",
        "first-steps",
    )
