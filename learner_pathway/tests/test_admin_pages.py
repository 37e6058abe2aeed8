"""Curators make and change pathways in the admin."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from course_discovery.core.models import User
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    ProgramFactory,
    SeatFactory,
)
from learner_pathway.models import LearnerPathway, LearnerPathwayStep
from learner_pathway.tests.factories import (
    LearnerPathwayBlockFactory,
    LearnerPathwayCourseFactory,
    LearnerPathwayFactory,
    LearnerPathwayProgramFactory,
    LearnerPathwayScopeFactory,
    LearnerPathwayStepFactory,
)

PATHWAYS = "admin:learner_pathway_learnerpathway"
STEPS = "admin:learner_pathway_learnerpathwaystep"
KINDS = ("course_nodes", "program_nodes", "block_nodes")


@pytest.fixture
def root(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root", "root@example.com", "root"))
    return client


def timed_course(hours: int, **values: Any) -> Any:
    """A course whose advertised run takes these hours, one a week."""
    run = CourseRunFactory(
        course=CourseFactory(**values), min_effort=1, max_effort=1, weeks_to_complete=hours
    )
    SeatFactory(course_run=run)
    return run.course


def forms(**kinds: list[dict[str, Any]]) -> dict[str, Any]:
    """The fields of node formsets: rows with an `id` are stored ones."""
    data: dict[str, Any] = {}
    for kind in KINDS:
        rows = kinds.get(kind, [])
        data[f"{kind}-TOTAL_FORMS"] = len(rows)
        data[f"{kind}-INITIAL_FORMS"] = sum("id" in row for row in rows)
        for number, row in enumerate(rows):
            data |= {f"{kind}-{number}-{name}": value for name, value in row.items()}
    return data


def errors(answer: Any) -> list[str]:
    """What a page refuses, and what was written stays in it."""
    assert answer.status_code == 200
    found = [answer.context["adminform"].form.errors.as_text()]
    found += [
        f"{each.formset.non_form_errors().as_text()} {each.formset.errors}"
        for each in answer.context["inline_admin_formsets"]
    ]
    return found


def test_pages_open(root: Client) -> None:
    pathway = LearnerPathwayFactory()
    step = LearnerPathwayStepFactory(pathway=pathway, courses=[CourseFactory()])
    for name, row in ((PATHWAYS, pathway), (STEPS, step)):
        assert root.get(reverse(f"{name}_changelist"), {"q": "x"}).status_code == 200
        assert root.get(reverse(f"{name}_add")).status_code == 200
        assert root.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200


def test_a_pathway_is_made(root: Client) -> None:
    data = {
        "title": "To the stars",
        "status": "inactive",
        "overview": "<script>x</script><p>Up</p>",
    }
    data |= {
        f"{kind}-{name}_FORMS": "0" for kind in ("steps", "scopes") for name in ("TOTAL", "INITIAL")
    }
    answer = root.post(reverse(f"{PATHWAYS}_add"), data)
    assert answer.status_code == 302, errors(answer)
    assert LearnerPathway.objects.get().overview == "<p>Up</p>"


def test_a_step_is_made_with_its_nodes_as_the_last_one(root: Client) -> None:
    pathway = LearnerPathwayFactory()
    LearnerPathwayStepFactory(pathway=pathway, sort_value=7)
    course, program = CourseFactory(key="NorthU+PHY101"), ProgramFactory()
    answer = root.post(
        reverse(f"{STEPS}_add"),
        {"pathway": pathway.pk, "min_requirement": 3}
        | forms(
            course_nodes=[{"course": course.pk}],
            program_nodes=[{"program": program.pk}],
            block_nodes=[
                {
                    "course": course.pk,
                    "block_id": "block-v1:NorthU+PHY101+1T2030+type@video+block@intro",
                }
            ],
        ),
    )
    assert answer.status_code == 302, errors(answer)
    assert answer.headers["Location"] == reverse(f"{PATHWAYS}_change", args=[pathway.pk])
    step = pathway.steps.last()
    assert step is not None
    assert (step.sort_value, step.min_requirement) == (8, 3)
    assert step.course_nodes.get().course == course
    assert step.program_nodes.get().program == program
    assert step.block_nodes.get().course == course


@pytest.mark.parametrize("required", [2, 0])
def test_a_step_cannot_require_what_it_does_not_have(root: Client, required: int) -> None:
    pathway, course = LearnerPathwayFactory(), CourseFactory(key="NorthU+PHY101")
    answer = root.post(
        reverse(f"{STEPS}_add"),
        {"pathway": pathway.pk, "min_requirement": required}
        | forms(course_nodes=[{"course": course.pk}]),
    )
    assert any("min_requirement" in each for each in errors(answer))
    assert LearnerPathwayStep.objects.count() == 0
    # What was chosen is still there.
    assert f'<option value="{course.pk}" selected' in answer.content.decode()


def test_a_step_needs_a_node(root: Client) -> None:
    answer = root.post(
        reverse(f"{STEPS}_add"),
        {"pathway": LearnerPathwayFactory().pk, "min_requirement": 1} | forms(),
    )
    assert "requires 1 of its 0 nodes" in " ".join(errors(answer))


def test_removing_nodes_that_are_required_is_refused(root: Client) -> None:
    step = LearnerPathwayStepFactory(courses=[CourseFactory(), CourseFactory()], min_requirement=2)
    rows = [
        {"id": node.pk, "step": step.pk, "course": node.course_id, "sort_value": place}
        for place, node in enumerate(step.course_nodes.all())
    ]
    rows[0]["DELETE"] = "on"
    page = reverse(f"{STEPS}_change", args=[step.pk])
    refused = root.post(page, {"min_requirement": 2} | forms(course_nodes=rows))
    assert "requires 2 of its 1 nodes" in " ".join(errors(refused))
    assert step.course_nodes.count() == 2
    taken = root.post(page, {"min_requirement": 1} | forms(course_nodes=rows))
    assert taken.status_code == 302, errors(taken)
    assert step.course_nodes.count() == 1


@pytest.mark.parametrize(
    ("key", "block_id", "reason"),
    [
        ("NorthU+PHY101", "zzz", "no usage key"),
        ("NorthU+PHY101", "lib-block-v1:org+lib+type@html+block@x", "no block of a course"),
        ("NorthU+PHY101", "block-v1:NorthU+MAT1+1+type@video+block@x", "not of the course"),
    ],
)
def test_a_block_must_be_of_its_course(root: Client, key: str, block_id: str, reason: str) -> None:
    block = {"course": CourseFactory(key=key).pk, "block_id": block_id}
    answer = root.post(
        reverse(f"{STEPS}_add"),
        {"pathway": LearnerPathwayFactory().pk, "min_requirement": 1} | forms(block_nodes=[block]),
    )
    assert reason in " ".join(errors(answer))


def test_drafts_cannot_be_nodes(root: Client) -> None:
    answer = root.post(
        reverse(f"{STEPS}_add"),
        {"pathway": LearnerPathwayFactory().pk, "min_requirement": 1}
        | forms(course_nodes=[{"course": CourseFactory(draft=True).pk}]),
    )
    assert "Select a valid choice" in " ".join(errors(answer))


def test_dragging_changes_the_order_of_steps(root: Client) -> None:
    pathway = LearnerPathwayFactory()
    first, second = (LearnerPathwayStepFactory(pathway=pathway) for _ in range(2))
    page = reverse(f"{PATHWAYS}_change", args=[pathway.pk])
    opened = root.get(page).content.decode()
    assert "sortable" in opened
    data = {
        "title": pathway.title, "status": pathway.status, "overview": "",
        "scopes-TOTAL_FORMS": 0, "scopes-INITIAL_FORMS": 0,
        "steps-TOTAL_FORMS": 2, "steps-INITIAL_FORMS": 2,
        "steps-0-id": first.pk, "steps-0-pathway": pathway.pk, "steps-0-sort_value": 2,
        "steps-1-id": second.pk, "steps-1-pathway": pathway.pk, "steps-1-sort_value": 1,
    }  # fmt: skip
    answer = root.post(page, data)
    assert answer.status_code == 302, errors(answer)
    assert list(pathway.steps.all()) == [second, first]
    assert LearnerPathwayStep.objects.get(pk=first.pk).min_requirement == 1


def test_courses_and_programs_are_found_while_typing(root: Client) -> None:
    def found(model: str, field: str) -> list[str]:
        answer = root.get(
            reverse("admin:autocomplete"),
            {
                "term": "phys", "app_label": "learner_pathway",
                "model_name": model, "field_name": field,
            },
        )  # fmt: skip
        return [each["id"] for each in answer.json()["results"]]

    course = CourseFactory(key="NorthU+PHY101", title="Physics")
    CourseFactory(key="NorthU+PHY102", title="Physics", draft=True)
    program = ProgramFactory(title="Physics")
    ProgramFactory(title="Biology")
    assert found("learnerpathwaycourse", "course") == [str(course.pk)]
    assert found("learnerpathwayblock", "course") == [str(course.pk)]
    assert found("learnerpathwayprogram", "program") == [str(program.pk)]


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_time_is_told_and_cannot_be_changed(root: Client) -> None:
    pathway = LearnerPathwayFactory()
    courses = [timed_course(hours) for hours in (10, 20, 30)]
    step = LearnerPathwayStepFactory(pathway=pathway, courses=courses, min_requirement=2)
    LearnerPathwayStepFactory(pathway=pathway, courses=[timed_course(5, key="NorthU+SHORT")])
    page = text_of(root.get(reverse(f"{PATHWAYS}_change", args=[pathway.pk])))
    assert "35-55 h (45 h), 1 h a week" in page
    assert "30-50 h (40 h), 1 h a week" in page
    assert "2 of 3 nodes are required" in page
    assert "NorthU+SHORT: " in page
    assert 'name="estimated_time"' not in page
    page = text_of(root.get(reverse(f"{STEPS}_change", args=[step.pk])))
    assert "30-50 h (40 h)" in page


def fill(pathway: LearnerPathway, steps: int) -> None:
    for _ in range(steps):
        course = timed_course(3)
        step = LearnerPathwayStepFactory(
            pathway=pathway,
            courses=[course, timed_course(4)],
            programs=[ProgramFactory(courses_in_order=[course])],
        )
        LearnerPathwayBlockFactory(step=step, course=course)
        LearnerPathwayScopeFactory(pathway=pathway)


def cost(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def test_the_page_of_a_pathway_costs_the_same_however_many_steps(root: Client) -> None:
    pathway = LearnerPathwayFactory()
    page = reverse(f"{PATHWAYS}_change", args=[pathway.pk])
    fill(pathway, 2)
    few = cost(root, page)
    fill(pathway, 9)
    assert cost(root, page) == few
    assert few < 30


def test_the_page_of_a_step_costs_the_same_however_many_nodes(root: Client) -> None:
    pathway = LearnerPathwayFactory()
    fill(pathway, 1)
    step = pathway.steps.get()
    page = reverse(f"{STEPS}_change", args=[step.pk])
    few = cost(root, page)
    for _ in range(5):
        course = timed_course(2)
        LearnerPathwayCourseFactory(step=step, course=course)
        LearnerPathwayProgramFactory(step=step, program=ProgramFactory(courses_in_order=[course]))
        LearnerPathwayBlockFactory(step=step, course=course)
    assert cost(root, page) == few
    assert few < 30
