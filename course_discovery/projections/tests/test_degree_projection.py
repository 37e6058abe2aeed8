"""What degrees tell beside what they tell as programs."""

import pytest

from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests.factories import (
    DegreeFactory,
)
from course_discovery.projections.tests.programs import rendered

pytestmark = pytest.mark.django_db


def test_a_degree_tells_what_degrees_have() -> None:
    degree = DegreeFactory(
        micromasters_url="https://mm.example.com/a/b?c=d#e",
        lead_capture_image="media/degree_marketing/lead_capture_images/l.png",
        campus_image="media/degree_marketing/campus_images/c.png",
        search_card_ranking="#1",
    )
    for name, date in (("First", "May 1"), ("Second", "June 1")):
        models.DegreeDeadline.objects.create(degree=degree, semester="Fall", name=name, date=date)
        models.DegreeCost.objects.create(degree=degree, description=name, amount="$1")
    models.IconTextPairing.objects.create(degree=degree, icon="fa-book", text="Books")
    models.DegreeRanking.objects.create(
        degree=degree,
        ranking=models.Ranking.objects.create(rank="#8", description="of all", source="QS"),
    )
    for place, value in enumerate(("Zoology", "Botany")):
        models.DegreeSpecialization.objects.create(
            degree=degree,
            specialization=models.Specialization.objects.create(value=value),
            sort_value=place,
        )
    plain = rendered(degree)
    assert plain["is_2u_degree_program"] is False
    found = plain["degree"]
    assert found["micromasters_path"] == "/a/b?c=d#e"
    assert [each["name"] for each in found["deadlines"]] == ["First", "Second"]
    assert found["deadlines"][0] == {
        "semester": "Fall", "name": "First", "date": "May 1", "time": "",
    }  # fmt: skip
    assert found["costs"][1] == {"description": "Second", "amount": "$1"}
    assert found["quick_facts"] == [{"text": "Books", "icon": "fa-book"}]
    assert found["rankings"] == [{"rank": "#8", "description": "of all", "source": "QS"}]
    assert found["specializations"] == ["Zoology", "Botany"]
    assert found["campus_image"].endswith("/campus_images/c.png")
    assert found["title_background_image"] is None
    assert found["lead_capture_image"]["x-small"]["width"] == 348
    assert found["micromasters_background_image"] == {}
    assert found["additional_metadata"] is None
    assert found["_search_card"] == ["#1", None, None]
    models.DegreeAdditionalMetadata.objects.create(
        degree=degree, external_identifier="D1", external_url="https://out.example.com/"
    )
    known = rendered(degree)
    assert known["is_2u_degree_program"] is True
    assert known["degree"]["additional_metadata"] == {
        "external_identifier": "D1", "external_url": "https://out.example.com/",
        "organic_url": "",
    }  # fmt: skip
