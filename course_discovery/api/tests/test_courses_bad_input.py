"""Courses and runs, asked for with anything: never a fault of ours, and a reason for a no."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import run_with_draft, with_draft
from course_discovery.api.v1.course import COURSE_PARAMETERS, CourseFilters
from course_discovery.api.v1.course_run import RUN_PARAMETERS, CourseRunFilters
from course_discovery.core.models import Partner
from course_discovery.course_metadata.tests.factories import OrganizationFactory

NAMES = sorted(
    {*CourseFilters.base_filters, *CourseRunFilters.base_filters, "page", "page_size", "limit",
     "offset", "ordering", "fields[]"}
    | {parameter.name for parameter in (*COURSE_PARAMETERS, *RUN_PARAMETERS)}
)  # fmt: skip
VALUES = st.text(max_size=30) | st.sampled_from(
    ["0", "1", "-1", "9" * 30, "9" * 5_000, "1e9", "\x00", "null", "[]", "%", "%s", ",", "me",
     "me,1", "published", "true", "2030-01-01T00:00:00Z", "*", "key", "-start", "custom-b2c"]
)  # fmt: skip


@pytest.fixture
def catalog(partner: Partner, indexes: Any) -> None:
    run_with_draft(with_draft(OrganizationFactory(partner=partner, key="NorthU"), "NorthU+A"))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    address=st.sampled_from(
        ["courses/", "course_runs/", "courses/NorthU+A/", "course_runs/course-v1:NorthU+A+1/"]
    ),
    parameters=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5),
)
def test_no_parameter_breaks_an_answer(
    as_sam: APIClient, catalog: None, address: str, parameters: dict[str, str]
) -> None:
    answer = as_sam.get(f"/api/v1/{address}", parameters)
    assert answer.status_code in {200, 400, 404}, (answer.status_code, answer.content[:300])
    if answer.status_code == 400:
        assert set(answer.json()) <= {*parameters, "detail"}


@pytest.mark.parametrize("parameter", ["uuids", "course_run_statuses", "editors"])
def test_a_reason_repeats_what_was_wrong(as_sam: APIClient, catalog: None, parameter: str) -> None:
    for value in ("100%", "%s", "%(part)r"):
        answer = as_sam.get("/api/v1/courses/", {parameter: value})
        assert answer.status_code == 400
        assert f"'{value}'" in answer.json()[parameter][0]
