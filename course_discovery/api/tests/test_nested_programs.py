"""The programs that courses and runs name."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.programs import make_course
from course_discovery.core.models import Partner
from course_discovery.course_metadata import models
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.course_metadata.tests.factories import ProgramFactory

COURSE, RUN = "/api/v1/courses/A+1/", "/api/v1/course_runs/course-v1:A+1+0/"


@pytest.fixture
def course(partner: Partner) -> models.Course:
    """A course with two runs, part of a program of each status."""
    made = make_course(partner, "A+1", runs=2)
    for status in ProgramStatus.values:
        ProgramFactory(partner=partner, title=status, status=status, courses_in_order=[made])
    return made


def titles(client: APIClient, path: str, **parameters: Any) -> list[str]:
    answer = client.get(path, parameters)
    assert answer.status_code == 200, answer.content
    return [program["title"] for program in answer.json()["programs"]]


@pytest.mark.parametrize(
    ("path", "flags", "shown"),
    [
        (COURSE, [], ["unpublished", "active", "retired"]),
        (COURSE, ["deleted"], ["unpublished", "active", "retired", "deleted"]),
        (RUN, [], ["active"]),
        (RUN, ["deleted"], ["active", "deleted"]),
        (RUN, ["unpublished"], ["unpublished", "active"]),
        (RUN, ["retired"], ["active", "retired"]),
        (RUN, ["deleted", "unpublished", "retired"], list(ProgramStatus.values)),
    ],
)
def test_programs_are_shown_by_their_status(
    as_alice: APIClient, course: models.Course, path: str, flags: list[str], shown: list[str]
) -> None:
    parameters = {f"include_{name}_programs": 1 for name in flags}
    assert titles(as_alice, path, **parameters) == shown


def test_a_program_that_excludes_a_run_is_not_named_by_it(
    as_alice: APIClient, course: models.Course
) -> None:
    program = models.Program.objects.get(status="active")
    program.excluded_course_runs.add(course.course_runs.get(key__endswith="0"))
    assert titles(as_alice, RUN) == []
    assert titles(as_alice, RUN.replace("+0/", "+1/")) == ["active"]
    assert "active" in titles(as_alice, COURSE)


def test_a_program_is_named_with_its_type_and_the_number_of_its_courses(
    as_alice: APIClient, partner: Partner
) -> None:
    course = make_course(partner, "A+1")
    program = ProgramFactory(
        partner=partner, courses_in_order=[course, make_course(partner, "A+2")]
    )
    [named] = as_alice.get(COURSE).json()["programs"]
    assert named == {
        "uuid": str(program.uuid),
        "title": program.title,
        "type": "MicroMasters",
        "type_attrs": {
            "uuid": str(program.type.uuid), "slug": "micromasters", "coaching_supported": False,
        },
        "marketing_slug": program.marketing_slug,
        "marketing_url": f"https://www.example.com/micromasters/{program.marketing_slug}",
        "number_of_courses": 2,
    }  # fmt: skip
    assert as_alice.get(RUN).json()["programs"] == [named]


def test_a_course_that_leaves_a_program_does_not_name_it_any_more(
    as_alice: APIClient, course: models.Course
) -> None:
    assert len(titles(as_alice, COURSE)) == 3
    models.ProgramCourse.objects.filter(program__status="retired").delete()
    assert titles(as_alice, COURSE) == ["unpublished", "active"]
