"""What courses and runs refer to."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from course_discovery.course_metadata import models
from course_discovery.loaders.reference_catalog.dice import Dice
from course_discovery.loaders.reference_catalog.vocabulary import Vocabulary

DRAFTS = 10  # every so manieth course has a draft
_WITH_TWO_AUTHORS = 15
_WITH_COLLABORATOR = 20


def author_of(number: int, vocabulary: Vocabulary) -> models.Organization:
    """The organization whose key the course's key begins with."""
    return vocabulary.organizations[number % len(vocabulary.organizations)]


def links_of_courses(
    courses: dict[int, models.Course], vocabulary: Vocabulary, dice: Dice
) -> Iterator[Model]:
    """Authors, subjects, items, tags, collaborators and slugs of courses by number."""
    yield from _authors(courses, vocabulary)
    for course in courses.values():
        for place, subject in enumerate(dice.some(vocabulary.subjects, 1, 3)):
            yield models.CourseSubject(course=course, subject=subject, sort_value=place)
    for course in courses.values():
        for place, item in enumerate(dice.some(vocabulary.learning_items, 0, 3)):
            yield models.CourseLearningItem(
                course=course, expected_learning_item=item, sort_value=place
            )
    for course in courses.values():
        for tag in dice.some(vocabulary.tags, 0, 2):
            yield models.CourseTopic(content_object=course, tag=tag)
    yield from _collaborators(courses, vocabulary, dice)
    yield from _slugs(courses)


def _authors(courses: dict[int, models.Course], vocabulary: Vocabulary) -> Iterator[Model]:
    for number, course in courses.items():
        authors = [author_of(number, vocabulary)]
        if number % _WITH_TWO_AUTHORS == 0:
            authors.append(author_of(number + 1, vocabulary))
        for place, author in enumerate(authors):
            yield models.CourseAuthor(course=course, organization=author, sort_value=place)


def _collaborators(
    courses: dict[int, models.Course], vocabulary: Vocabulary, dice: Dice
) -> Iterator[Model]:
    for number, course in courses.items():
        if number % _WITH_COLLABORATOR == 0:
            one = dice.one(vocabulary.collaborators)
            yield models.CourseCollaborator(course=course, collaborator=one)


def _slugs(courses: dict[int, models.Course]) -> Iterator[Model]:
    """Official rows own the slugs; their drafts use them too."""
    for number, course in courses.items():
        if not course.draft:
            yield models.CourseUrlSlug(
                course=course,
                partner=course.partner,
                is_active=True,
                is_active_on_draft=number % DRAFTS == 0,
                url_slug=f"generated-{number}",
            )


def links_of_runs(
    runs: list[models.CourseRun], vocabulary: Vocabulary, people: list[models.Person], dice: Dice
) -> Iterator[Model]:
    """Staff and transcript languages of runs."""
    for run in runs:
        for place, person in enumerate(dice.some(people, 1, 3)):
            yield models.CourseRunStaff(course_run=run, person=person, sort_value=place)
    through: Any = models.CourseRun.transcript_languages.through
    for run in runs:
        for language in dice.some(vocabulary.languages, 0, 2):
            yield through(courserun=run, languagetag=language)
