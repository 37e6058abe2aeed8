"""The enterprise plug-in of the platform: searches with a form, and the suggestions it shows."""

from typing import Any
from urllib.parse import urlencode

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.reading import has
from course_discovery.api.tests.searching import Everything, build_indexes, make_everything
from course_discovery.core.models import Partner

URL = "/api/v1/search/all/"
READ = {
    "course": "content_type key uuid title full_description",
    "courserun": "content_type key title full_description has_enrollable_seats",
    "program": "content_type uuid title is_program_eligible_for_one_click_purchase",
}


@pytest.fixture
def everything(no_index: Any, partner: Partner) -> Everything:
    made = make_everything(partner)
    build_indexes()
    return made


def test_a_form_repeats_the_names_of_lists(as_alice: APIClient, everything: Everything) -> None:
    form = [("content_type", kind) for kind in READ] + [("partner", "edx"), ("unheard", "of")]
    seen = []
    for page in range(1, 20):
        answer = as_alice.post(
            f"{URL}?page={page}&page_size=1&exclude_expired_course_run=True",
            urlencode(form),
            content_type="application/x-www-form-urlencoded",
        )
        body = answer.json()
        has(body, "count next previous results")
        for row in body["results"]:
            has(row, READ[row["content_type"]])
            seen.append(row["content_type"])
        if body["next"] is None:
            break
    assert set(seen) == set(READ)
    assert len(seen) == body["count"]
