"""Reading survey results of courses."""

import json

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.api.tests.test_contract_keys import compare, fits
from course_discovery.api.v1.shapes.course_review import CourseReviewShape
from course_discovery.course_metadata.models.course_review import LearnerGoal
from course_discovery.course_metadata.tests.factories import CourseReviewFactory

URL = "/api/v1/course_review/"


def test_a_review_is_told_with_six_places(as_alice: APIClient) -> None:
    CourseReviewFactory(
        course_key="NorthU+PHY101",
        reviews_count=57,
        avg_course_rating="4.2",
        confident_learners_percentage="100",
        most_common_goal="changecareers",
        most_common_goal_learners_percentage="40.5",
        total_enrollments=4689,
    )
    body = as_alice.get(f"{URL}NorthU+PHY101/").json()
    assert body == {
        "course_key": "NorthU+PHY101",
        "reviews_count": 57,
        "avg_course_rating": "4.200000",
        "confident_learners_percentage": "100.000000",
        "most_common_goal": "Change careers",
        "most_common_goal_learners_percentage": "40.500000",
        "total_enrollments": 4689,
    }
    fits(body, CourseReviewShape(), "review")


@pytest.mark.parametrize(
    ("goal", "label"),
    [
        (LearnerGoal.JOB_ADVANCEMENT, "Job advancement"),
        (LearnerGoal.LEARN_VALUABLE_SKILLS, "Learn valuable skills"),
        (LearnerGoal.LEARN_FOR_FUN, "Learn for fun"),
        ("new goal", "new goal"),
    ],
)
def test_goals_are_named(as_alice: APIClient, goal: str, label: str) -> None:
    CourseReviewFactory(course_key="NorthU+PHY101", most_common_goal=goal)
    assert as_alice.get(f"{URL}NorthU+PHY101/").json()["most_common_goal"] == label


def test_reviews_come_by_key_in_pages(as_alice: APIClient) -> None:
    for number in range(5):
        CourseReviewFactory(course_key=f"NorthU+{9 - number}")
    body = as_alice.get(f"{URL}?page=2&page_size=2").json()
    assert [each["course_key"] for each in body["results"]] == ["NorthU+7", "NorthU+8"]
    assert body["count"] == 5
    assert "page=3" in body["next"]


@pytest.mark.parametrize(
    "name",
    ["NorthU+PHY101", "NorthU%2BPHY101", "northu+phy101", "NorthU+PHY.1x", "NorthU/PHY101"],
)
def test_keys_in_addresses(as_alice: APIClient, name: str) -> None:
    for key in ("NorthU+PHY101", "NorthU+PHY.1x", "NorthU/PHY101"):
        CourseReviewFactory(course_key=key)
    for slash in ("", "/"):
        body = as_alice.get(f"{URL}{name}{slash}").json()
        assert body["course_key"].lower() == name.replace("%2B", "+").lower()


def test_courses_without_reviews(as_alice: APIClient) -> None:
    answer = as_alice.get(f"{URL}NorthU+PHY101/")
    assert answer.status_code == 404
    assert "NorthU+PHY101" in answer.json()["detail"]


def test_what_did_not_change_is_not_sent_again(as_alice: APIClient) -> None:
    review = CourseReviewFactory(course_key="NorthU+PHY101")
    address = f"{URL}NorthU+PHY101/"
    tag = as_alice.get(address)["ETag"]
    assert as_alice.get(address, headers={"If-None-Match": tag}).status_code == 304
    review.total_enrollments += 1
    review.save()
    assert as_alice.get(address, headers={"If-None-Match": tag}).status_code == 200


@needs_samples
@pytest.mark.parametrize("sample", ["course_review_list", "course_review_detail"])
def test_keys_order_and_types_are_those_recorded(as_alice: APIClient, sample: str) -> None:
    CourseReviewFactory(course_key="NorthU+PHY101")
    path = sample_path(sample)
    recorded = json.loads(path.read_text(encoding="utf-8"))["body"]
    address = URL if "results" in recorded else f"{URL}NorthU+PHY101/"
    compare(as_alice.get(address).json(), recorded, sample)
