"""The kinds of things that are indexed."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from elasticsearch.dsl import Index

from course_discovery.course_metadata.models import Course, CourseRun, Person, Program
from learner_pathway.models import LearnerPathway
from search.documents import course, course_run, learner_pathway, person, program
from search.documents.base import Body, CatalogDocument


@dataclass(frozen=True)
class Kind:
    """One kind: what its documents are like and how they are made.

    `name` is that of the change log and of the setting with the alias; `content_type` is what
    documents and clients call it. `rows` are the rows that have a document, `bodies` makes the
    documents of rows by uuid, which is also their id in the index.
    """

    name: str
    content_type: str
    model: type[Model]
    document: type[CatalogDocument]
    rows: Callable[[], QuerySet[Any]]
    bodies: Callable[[Collection[int], datetime], dict[str, Body]]

    @property
    def alias(self) -> str:
        """The name under which the index in use is asked; read late, operators override it."""
        names = {
            path.rpartition(".")[2]: alias
            for path, alias in settings.ELASTICSEARCH_INDEX_NAMES.items()
        }
        return str(names.get(self.name, self.name))

    def definition(self) -> dict[str, Any]:
        """The settings and mappings of a new index."""
        index = Index(self.name)
        index.settings(
            **settings.ELASTICSEARCH_DSL_INDEX_SETTINGS,
            max_result_window=settings.MAX_RESULT_WINDOW,
        )
        # The document's own index holds the mapping; `document` adds it to this one.
        index.document(self.document)
        return index.to_dict()


COURSE = Kind(
    "course",
    course.CONTENT_TYPE,
    Course,
    course.CourseDocument,
    course.indexed_courses,
    course.course_bodies,
)
COURSE_RUN = Kind(
    "course_run",
    course_run.CONTENT_TYPE,
    CourseRun,
    course_run.CourseRunDocument,
    course_run.indexed_runs,
    course_run.run_bodies,
)
PROGRAM = Kind(
    "program",
    program.CONTENT_TYPE,
    Program,
    program.ProgramDocument,
    program.indexed_programs,
    program.program_bodies,
)
PERSON = Kind(
    "person",
    person.CONTENT_TYPE,
    Person,
    person.PersonDocument,
    person.indexed_people,
    person.person_bodies,
)
LEARNER_PATHWAY = Kind(
    "learner_pathway",
    learner_pathway.CONTENT_TYPE,
    LearnerPathway,
    learner_pathway.LearnerPathwayDocument,
    learner_pathway.indexed_learner_pathways,
    learner_pathway.learner_pathway_bodies,
)
KINDS = (COURSE, COURSE_RUN, PROGRAM, PERSON, LEARNER_PATHWAY)


def kind_of(content_type: str) -> Kind:
    """The kind that a document's content type names.

    Raises KeyError for another.
    """
    return {kind.content_type: kind for kind in KINDS}[content_type]
