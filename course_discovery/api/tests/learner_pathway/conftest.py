"""A pathway that tests of the API read."""

import pytest

from course_discovery.course_metadata.models import Course, Program
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    ProgramFactory,
)
from learner_pathway.models import LearnerPathway
from learner_pathway.tests.factories import (
    LearnerPathwayBlockFactory,
    LearnerPathwayFactory,
    LearnerPathwayStepFactory,
)


@pytest.fixture
def course(db: None) -> Course:
    course = CourseFactory(
        key="NorthU+PHY101",
        title="Physics",
        short_description="<p>Forces.</p>",
        card_image_url="https://img.example.com/physics.jpg",
    )
    CourseRunFactory(course=course, key="course-v1:NorthU+PHY101+1")
    return course


@pytest.fixture
def program(db: None) -> Program:
    courses = [CourseFactory(key="NorthU+MAT2"), CourseFactory(key="NorthU+MAT1")]
    for each in courses:
        CourseRunFactory(course=each, key=f"course-v1:{each.key}+1")
    return ProgramFactory(title="Mathematics", subtitle="All of it", courses_in_order=courses)


@pytest.fixture
def pathway(course: Course, program: Program) -> LearnerPathway:
    """Two steps: a course or its video, then a program."""
    pathway = LearnerPathwayFactory(title="To the stars", partner=course.partner)
    first = LearnerPathwayStepFactory(pathway=pathway, courses=[course], min_requirement=2)
    LearnerPathwayBlockFactory(step=first, course=course)
    LearnerPathwayStepFactory(pathway=pathway, programs=[program])
    return pathway
