"""Learner pathways of steps with courses and programs."""

from collections.abc import Iterator

from django.db.models import Model

from course_discovery.course_metadata.models import Course, Program
from course_discovery.loaders.reference_catalog.dice import Dice
from course_discovery.loaders.reference_catalog.size import Size
from course_discovery.loaders.reference_catalog.vocabulary import Vocabulary
from learner_pathway import models


def learner_pathways(
    size: Size, vocabulary: Vocabulary, courses: list[Course], programs: list[Program], dice: Dice
) -> Iterator[Model]:
    """Rows of learner pathways; one in five is out of use."""
    pathways = [
        models.LearnerPathway(
            uuid=dice.uuid(),
            partner=vocabulary.partner,
            title=dice.title(4),
            overview=dice.html(300),
            status="inactive" if number % 5 == 4 else "active",
        )
        for number in range(size.learner_pathways)
    ]
    yield from pathways
    steps = [
        models.LearnerPathwayStep(uuid=dice.uuid(), pathway=each, sort_value=place)
        for each in pathways
        for place in range(3)
    ]
    yield from steps
    for step in steps:
        for place, course in enumerate(dice.some(courses, 1, 4)):
            yield models.LearnerPathwayCourse(
                uuid=dice.uuid(), step=step, course=course, sort_value=place
            )
    for step in steps[::3]:
        yield models.LearnerPathwayProgram(
            uuid=dice.uuid(), step=step, program=dice.one(programs), sort_value=9
        )
