"""A whole reference catalog, row after row."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db.models import Model

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Person
from course_discovery.loaders.reference_catalog.courses import Courses
from course_discovery.loaders.reference_catalog.dice import Dice
from course_discovery.loaders.reference_catalog.learner_pathways import learner_pathways
from course_discovery.loaders.reference_catalog.people import people
from course_discovery.loaders.reference_catalog.programs import Programs
from course_discovery.loaders.reference_catalog.size import Size
from course_discovery.loaders.reference_catalog.vocabulary import Vocabulary

Tell = Callable[[str], None]


def reference_rows(
    partner: Partner, size: Size, *, seed: int, now: datetime, tell: Tell = lambda part: None
) -> Iterator[Model]:
    """The rows of a partner's reference catalog, unsaved, in the order of insertion.

    The same for the same seed and moment. A row refers to rows before it, which must have been
    inserted when the next one is asked for in a later batch. `tell` hears which part begins.
    """
    dice, vocabulary = Dice(seed, now), Vocabulary(partner)
    tell("organizations, subjects and types")
    yield from vocabulary.rows(size, dice)
    tell("people")
    known: list[Person] = []
    for row in people(size, vocabulary, dice):
        if isinstance(row, Person):
            known.append(row)
        yield row
    tell("courses")
    courses = Courses(size, vocabulary, known, dice)
    yield from courses.rows()
    tell("programs, degrees and pathways")
    programs = Programs(size, vocabulary, known, courses.official, dice)
    yield from programs.rows()
    tell("learner pathways")
    yield from learner_pathways(size, vocabulary, courses.official, programs.made, dice)
