"""Learner pathways by the courses and programs that they hold."""

import uuid
from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.learner_pathway.asking import (
    URL,
    holding,
)
from course_discovery.api.v1 import learner_pathway as views
from course_discovery.course_metadata.models import Course, Program
from learner_pathway.models import LearnerPathway, LearnerPathwayStatus
from learner_pathway.tests.factories import (
    LearnerPathwayStepFactory,
)


def test_pathways_are_found_by_what_they_hold(
    as_alice: APIClient, pathway: Any, course: Course, program: Program
) -> None:
    mine = [str(pathway.uuid)]
    assert holding(as_alice, "NorthU+PHY101") == mine
    assert holding(as_alice, "northu+phy101") == mine
    assert holding(as_alice, "course-v1:NorthU+PHY101+1") == mine
    assert holding(as_alice, programs=[program.uuid]) == mine
    # Each pathway once, whatever it is found by.
    assert holding(as_alice, "X+Y", "NorthU+PHY101", course.key, programs=[program.uuid]) == mine


def test_what_no_pathway_holds_is_an_empty_list(as_alice: APIClient, pathway: Any) -> None:
    assert as_alice.get(f"{URL}uuids/").json() == []
    assert holding(as_alice, "X+Y", "course-v1:X+Y+Z", "") == []
    assert holding(as_alice, programs=[uuid.uuid4()]) == []
    # Parameters are repeated, not separated by commas; what a program holds does not count.
    assert holding(as_alice, "NorthU+PHY101,X+Y") == []
    assert holding(as_alice, "NorthU+MAT1") == []


def test_pathways_of_any_status_are_found_by_what_they_hold(
    as_alice: APIClient, pathway: Any
) -> None:
    LearnerPathway.objects.update(status=LearnerPathwayStatus.INACTIVE)
    assert holding(as_alice, "NorthU+PHY101") == [str(pathway.uuid)]


@pytest.mark.parametrize(
    ("parameter", "values"),
    [
        ("program_uuids", ["zzz"]),
        ("program_uuids", [str(uuid.uuid4())] * 501),
        ("course_keys", ["X+Y"] * 501),
        ("course_keys", ["X\x00Y"]),
        ("learner_group_uuid", ["zzz"]),
    ],
)
def test_bad_and_too_many_values_are_400(
    as_alice: APIClient, pathway: Any, parameter: str, values: list[str]
) -> None:
    wanted = {"course_keys": ["NorthU+PHY101"]} | {parameter: values}
    answer = as_alice.get(f"{URL}uuids/", wanted)
    assert (answer.status_code, list(answer.json())) == (400, [parameter])


def test_more_pathways_than_can_be_answered_are_400(
    as_alice: APIClient, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_FOUND", 2)
    for _ in range(2):
        LearnerPathwayStepFactory(courses=[course])
    assert len(holding(as_alice, course.key)) == 2
    LearnerPathwayStepFactory(courses=[course])
    answer = as_alice.get(f"{URL}uuids/", {"course_keys": course.key})
    assert (answer.status_code, answer.json()) == (
        400,
        ["More than 2 pathways hold these: ask for fewer."],
    )
