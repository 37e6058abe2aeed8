"""What hangs on courses and runs can be found, and is shown beside hits."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from course_discovery.course_metadata.models import (
    Course,
    CourseLearningItem,
    CourseRunStaff,
    Person,
)
from course_discovery.course_metadata.tests import factories as make
from search.documents.kinds import COURSE, COURSE_RUN
from search.queries.page import find_one
from search.queries.rows import Flags, result_row
from search.tests.catalog import NOW, make_course
from search.tests.finding import asking, found, listed

pytestmark = pytest.mark.django_db
COURSES = (COURSE, COURSE_RUN)
KEY = "MITx+6.00x"
RUN = f"course-v1:{KEY}+1T2030"


@pytest.fixture
def ada(indexes: Settings, drain: Callable[[], None]) -> Person:
    """Teaches the run of a course that has every part that is found by."""
    course = make_course(
        KEY,
        runs=1,
        additional_metadata=make.AdditionalMetadataFactory(external_course_marketing_type="sprint"),
    )
    person: Person = make.PersonFactory(
        partner=course.partner, given_name="Ada", family_name="Okafor", profile_image="ada.png"
    )
    CourseRunStaff.objects.create(course_run=course.course_runs.get(), person=person)
    course.prerequisites.add(make.PrerequisiteFactory(name="Algebra"))
    CourseLearningItem.objects.create(
        course=course, expected_learning_item=make.ExpectedLearningItemFactory(value="Juggling")
    )
    make_course("MITx+other", partner=course.partner, runs=1)
    drain()
    return person


@pytest.mark.parametrize(
    ("words", "keys"),
    [("Okafor", [RUN]), ("Juggling", [KEY, RUN]), ("Algebra", [KEY, RUN]), ("Nobody", [])],
)
def test_people_and_parts_are_searched(ada: Person, words: str, keys: list[str]) -> None:
    assert sorted(found(COURSES, q=words)) == sorted(keys)


def test_documents_carry_them(ada: Person) -> None:
    row = ada.staff_links.get().course_run
    run = COURSE_RUN.bodies([row.pk], NOW)[str(row.uuid)]
    course = COURSE.bodies([row.course_id], NOW)[str(row.course.uuid)]
    assert run["staff_uuids"] == run["stored"]["row"]["staff_uuids"] == [str(ada.uuid)]
    assert course["prerequisites"] == ["Algebra"]
    assert course["expected_learning_items"] == ["Juggling"]
    assert course["external_course_marketing_type"] == "sprint"


@pytest.mark.parametrize("root", ["https://catalog.example.com", ""])
def test_pictures_of_staff_are_under_the_callers_host(ada: Person, root: str) -> None:
    hit = find_one(asking([COURSE]), KEY)
    assert hit
    asked = asking(detail_fields="1")
    flags = Flags.of(listed({"detail_fields": "1"}), asked, root=root)
    [person] = result_row(hit, flags)["course_runs"][0]["staff"]
    assert person["profile_image"]["medium"]["url"] == f"{root}/media/ada.medium.png"
    assert person["given_name"] == "Ada"


def test_a_new_name_is_found_when_the_log_is_drained(
    ada: Person, drain: Callable[[], None]
) -> None:
    ada.family_name = "Mwangi"
    ada.save()
    drain()
    everywhere = [RUN, str(ada.uuid)]
    assert (sorted(found(q="Mwangi")), found(q="Okafor")) == (sorted(everywhere), [])
    Course.everything.get(key=KEY).prerequisites.clear()
    drain()
    assert found(q="Algebra") == []
