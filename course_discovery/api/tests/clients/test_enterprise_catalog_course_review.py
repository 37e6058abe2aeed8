"""The enterprise catalog reads all survey results, page by page."""

from rest_framework.test import APIClient

from course_discovery.course_metadata.tests.factories import CourseReviewFactory


def test_every_review_is_read_once(as_alice: APIClient) -> None:
    made = [CourseReviewFactory(course_key=f"NorthU+{number:02}") for number in range(45)]
    found, page = {}, 1
    while page:
        body = as_alice.get("/api/v1/course_review/", {"page": page}).json()
        for each in body["results"]:
            found[each["course_key"]] = (each["reviews_count"], each["avg_course_rating"])
        page = page + 1 if body["next"] else 0
    assert found == {each.course_key: (each.reviews_count, "4.500000") for each in made}
