"""Reading learner pathways, their steps and their nodes."""

import uuid
from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.learner_pathway.asking import (
    BLOCKS,
    COURSES,
    LISTS,
    PROGRAMS,
    STEPS,
    URL,
    results,
    titles,
)
from course_discovery.course_metadata.models import Course, Program, RestrictedCourseRun
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.tests.factories import (
    CourseRunFactory,
    PartnerFactory,
)
from learner_pathway.models import LearnerPathway, LearnerPathwayStatus
from learner_pathway.tests.factories import (
    LearnerPathwayFactory,
)


def test_a_pathway_is_answered_with_its_steps_and_nodes(
    as_alice: APIClient, pathway: LearnerPathway, program: Program
) -> None:
    first, second = pathway.steps.all()
    assert as_alice.get(f"{URL}{pathway.uuid}/").json() == {
        "id": pathway.pk,
        "uuid": str(pathway.uuid),
        "title": "To the stars",
        "status": "active",
        "banner_image": None,
        "card_image": None,
        "overview": "<p>Where it leads.</p>",
        "steps": [
            {
                "uuid": str(first.uuid),
                "min_requirement": 2,
                "courses": [
                    {
                        "key": "NorthU+PHY101",
                        "course_runs": [{"key": "course-v1:NorthU+PHY101+1"}],
                        "title": "Physics",
                        "short_description": "<p>Forces.</p>",
                        "card_image_url": "https://img.example.com/physics.jpg",
                        "content_type": "course",
                    }
                ],
                "programs": [],
            },
            {
                "uuid": str(second.uuid),
                "min_requirement": 1,
                "courses": [],
                "programs": [
                    {
                        "uuid": str(program.uuid),
                        "title": "Mathematics",
                        "short_description": "All of it",
                        "card_image_url": None,
                        "content_type": "program",
                        "courses": [
                            {
                                "key": "NorthU+MAT2",
                                "course_runs": [{"key": "course-v1:NorthU+MAT2+1"}],
                            },
                            {
                                "key": "NorthU+MAT1",
                                "course_runs": [{"key": "course-v1:NorthU+MAT1+1"}],
                            },
                        ],
                    }
                ],
            },
        ],
    }


def test_list_detail_and_snapshot_say_the_same(as_alice: APIClient, pathway: Any) -> None:
    detail = as_alice.get(f"{URL}{pathway.uuid}/").json()
    assert results(as_alice, URL) == [detail]
    assert as_alice.get(f"{URL}{pathway.uuid}/snapshot/").json() == detail


@pytest.mark.parametrize("end", ["", "/"])
def test_addresses_work_with_and_without_their_final_slash(
    as_alice: APIClient, pathway: Any, end: str
) -> None:
    one = f"/api/v1/learner-pathway/{pathway.uuid}"
    for address in (one, f"{one}/snapshot", "/api/v1/learner-pathway", f"{URL}uuids"):
        assert as_alice.get(f"{address}{end}").status_code == 200, address


def test_inactive_pathways_are_neither_listed_nor_found(as_sam: APIClient, pathway: Any) -> None:
    pathway.status = LearnerPathwayStatus.INACTIVE
    pathway.save()
    assert results(as_sam, URL) == []
    assert as_sam.get(f"{URL}{pathway.uuid}/").status_code == 404
    assert as_sam.get(f"{URL}{pathway.uuid}/snapshot/").status_code == 404
    # Their steps and nodes are.
    assert len(results(as_sam, STEPS)) == 2
    assert len(results(as_sam, COURSES)) == 1


@pytest.mark.parametrize("name", ["zzz", "uuid", str(uuid.UUID(int=1)), "-" * 36])
@pytest.mark.parametrize("url", LISTS)
def test_what_is_not_there_is_404(as_alice: APIClient, pathway: Any, url: str, name: str) -> None:
    assert as_alice.get(f"{url}{name}/").status_code == 404


def test_pathways_of_all_partners_are_listed(as_alice: APIClient, db: None) -> None:
    for number, partner in enumerate((None, PartnerFactory(), PartnerFactory())):
        LearnerPathwayFactory(title=str(number), partner=partner)
    assert titles(as_alice) == ["0", "1", "2"]


def test_uuid_chooses(as_alice: APIClient, db: None) -> None:
    made = [LearnerPathwayFactory(title=str(number)) for number in range(3)]
    assert titles(as_alice, uuid=f"{made[2].uuid}, {made[0].uuid}") == ["0", "2"]
    assert titles(as_alice, uuid=str(uuid.uuid4())) == []
    answer = as_alice.get(URL, {"uuid": f"{made[0].uuid},zzz"})
    assert (answer.status_code, answer.json()) == (400, {"uuid": ["'zzz' is not a UUID."]})


def test_both_ways_of_paging(as_alice: APIClient, db: None) -> None:
    for number in range(5):
        LearnerPathwayFactory(title=str(number))
    body = as_alice.get(URL, {"limit": 2, "offset": 2}).json()
    assert (body["count"], [each["title"] for each in body["results"]]) == (5, ["2", "3"])
    assert body["next"].endswith("&limit=2&offset=4")
    assert body["previous"].endswith("/api/v1/learner-pathway/?limit=2")
    assert titles(as_alice, page=2, page_size=3) == ["3", "4"]
    assert as_alice.get(URL, {"page": 9}).status_code == 404


def test_runs_are_published_and_open_unless_their_restriction_is_named(
    as_alice: APIClient, pathway: Any, course: Course, program: Program
) -> None:
    for of in (course, program.courses.get(key="NorthU+MAT1")):
        CourseRunFactory(course=of, status=CourseRunStatus.UNPUBLISHED)
        run = CourseRunFactory(course=of, key=f"course-v1:{of.key}+closed")
        RestrictedCourseRun.everything.create(course_run=run, restriction_type="custom-b2c")

    def runs(**parameters: str) -> list[list[str]]:
        first, second = as_alice.get(f"{URL}{pathway.uuid}/", parameters).json()["steps"]
        parts = (first["courses"][0], second["programs"][0]["courses"][1])
        return [[run["key"].rpartition("+")[2] for run in each["course_runs"]] for each in parts]

    assert runs() == [["1"], ["1"]]
    assert runs(include_restricted="custom-b2b-enterprise") == [["1"], ["1"]]
    wanted = {"include_restricted": "custom-b2b-enterprise,custom-b2c"}
    assert runs(**wanted) == [["1", "closed"], ["1", "closed"]]
    (node,) = results(as_alice, COURSES, **wanted)
    assert len(node["course_runs"]) == 2
    (node,) = results(as_alice, PROGRAMS)
    assert len(node["courses"][1]["course_runs"]) == 1


def test_images_of_a_pathway_have_whole_addresses(as_alice: APIClient, pathway: Any) -> None:
    LearnerPathway.objects.update(banner_image="media/b.png", card_image="media/c.png")
    body = as_alice.get(f"{URL}{pathway.uuid}/").json()
    assert body["banner_image"] == "http://testserver/media/media/b.png"
    assert body["card_image"] == "http://testserver/media/media/c.png"


def test_images_of_nodes_are_small_copies(
    as_alice: APIClient, pathway: Any, course: Course, program: Program
) -> None:
    Course.everything.filter(pk=course.pk).update(image="media/course/image/p.png")
    Program.objects.update(card_image="media/programs/card_images/q.png")
    first, second = as_alice.get(f"{URL}{pathway.uuid}/").json()["steps"]
    assert first["courses"][0]["card_image_url"] == "/media/media/course/image/p.small.png"
    assert second["programs"][0]["card_image_url"] == "/media/media/programs/card_images/q.card.png"


def test_nodes_and_steps_are_found_by_their_own_uuid(
    as_alice: APIClient, pathway: Any, course: Course, program: Program
) -> None:
    first, second = pathway.steps.all()
    body = as_alice.get(f"{URL}{pathway.uuid}/").json()["steps"]
    assert as_alice.get(f"{STEPS}{first.uuid}/").json() == body[0]
    node = first.course_nodes.get()
    assert as_alice.get(f"{COURSES}{node.uuid}/").json() == body[0]["courses"][0]
    assert as_alice.get(f"{COURSES}{course.uuid}/").status_code == 404
    node = second.program_nodes.get()
    assert as_alice.get(f"{PROGRAMS}{node.uuid}/").json() == body[1]["programs"][0]
    assert as_alice.get(f"{PROGRAMS}{program.uuid}/").status_code == 404
    block = first.block_nodes.get()
    assert as_alice.get(f"{BLOCKS}{block.uuid}").json() == {
        "uuid": str(block.uuid),
        "step": first.pk,
        "course": course.pk,
        "block_id": block.block_id,
    }


def test_no_more_nodes_are_required_than_are_left(
    as_alice: APIClient, pathway: Any, course: Course
) -> None:
    pathway.steps.first().block_nodes.all().delete()
    assert results(as_alice, STEPS)[0]["min_requirement"] == 1


def test_changes_of_content_are_seen_at_once(
    as_alice: APIClient, pathway: Any, course: Course, program: Program
) -> None:
    def body() -> Any:
        return as_alice.get(f"{URL}{pathway.uuid}/").json()["steps"]

    body()
    course.title = "Astronomy"
    course.save()
    assert body()[0]["courses"][0]["title"] == "Astronomy"
    course.course_runs.get().delete()
    assert body()[0]["courses"][0]["course_runs"] == []
    program.subtitle = "Much of it"
    program.save()
    assert body()[1]["programs"][0]["short_description"] == "Much of it"
    member = program.courses.get(key="NorthU+MAT1")
    CourseRunFactory(course=member, key="course-v1:NorthU+MAT1+2")
    assert len(body()[1]["programs"][0]["courses"][1]["course_runs"]) == 2
    program.course_links.get(course=member).delete()
    assert len(body()[1]["programs"][0]["courses"]) == 1
    pathway.steps.last().delete()
    assert len(body()) == 1
