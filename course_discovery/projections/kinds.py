"""What is projected: one line for each resource.

A new resource is a line here and its render function. Its name is that of the change log, whose
owner tables say which model it is and what shows it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.db.models import Model

from course_discovery.core.changes import registry
from course_discovery.core.revision import revision_of
from course_discovery.projections.collaborator import render_collaborators
from course_discovery.projections.course import render_courses
from course_discovery.projections.course_run import render_course_runs
from course_discovery.projections.learner_pathway import (
    render_learner_pathway_blocks,
    render_learner_pathway_courses,
    render_learner_pathway_programs,
    render_learner_pathway_steps,
    render_learner_pathways,
)
from course_discovery.projections.level_type import render_level_types
from course_discovery.projections.organization import render_organizations
from course_discovery.projections.pathway import render_pathways
from course_discovery.projections.person import render_people
from course_discovery.projections.program import render_programs
from course_discovery.projections.program_type import render_program_types
from course_discovery.projections.source import render_sources
from course_discovery.projections.subject import render_subjects
from course_discovery.projections.topic import render_topics

Rendered = dict[str, Any]
# Primary keys, now, language; the rendered objects by primary key, without those that are gone.
Render = Callable[[Collection[int], datetime, str], dict[int, Rendered]]


@dataclass(frozen=True, eq=False)
class Kind:
    """A projected resource.

    `render` takes a batch, in a number of queries that does not depend on it. Of what it gives,
    keys that start with an underscore are never served; `_next_boundary` says when time alone
    changes the object (as `values.moment` writes it; None or without the key: never). A
    `data_modified_timestamp` is moved on by changes that the column does not know of. `translated`
    says whether the language matters.

    `shows_of` names kinds of which these objects show own values only, with the kinds whose values
    they show by them all the same: a change of a course is a change of its programs, but not of
    the other courses that name those programs.
    """

    name: str
    render: Render
    translated: bool = False
    shows_of: Mapping[str, Collection[str]] = field(default_factory=dict)

    @property
    def model(self) -> type[Model]:
        """The model of the objects."""
        return registry.kind_named(self.name).model

    def language(self, asked: str | None) -> str:
        """The language to read in: the one asked for if it exists, else the default one.

        "" where the language does not matter.
        """
        return known_language(asked) if self.translated else ""


_PROGRAMS = {"program": ("program_type", "partner")}
_LINES = (
    Kind(
        "course",
        lambda pks, now, code: render_courses(pks, now=now, language=code),
        translated=True,
        shows_of=_PROGRAMS,
    ),
    Kind(
        "course_run",
        lambda pks, now, code: render_course_runs(pks, now=now, language=code),
        translated=True,
        shows_of=_PROGRAMS,
    ),
    Kind("organization", lambda pks, now, code: render_organizations(list(pks))),
    Kind(
        "subject",
        lambda pks, now, code: render_subjects(list(pks), language=code),
        translated=True,
    ),
    Kind(
        "level_type",
        lambda pks, now, code: render_level_types(pks, language=code),
        translated=True,
    ),
    Kind(
        "topic",
        lambda pks, now, code: render_topics(pks, language=code),
        translated=True,
    ),
    Kind("person", lambda pks, now, code: render_people(pks)),
    Kind(
        "program",
        lambda pks, now, code: render_programs(pks, now=now, language=code),
        translated=True,
    ),
    Kind(
        "pathway",
        lambda pks, now, code: render_pathways(pks, now=now, language=code),
        translated=True,
    ),
    Kind(
        "program_type",
        lambda pks, now, code: render_program_types(pks, language=code),
        translated=True,
    ),
    Kind("source", lambda pks, now, code: render_sources(pks)),
    Kind("collaborator", lambda pks, now, code: render_collaborators(pks)),
    Kind("learner_pathway", lambda pks, now, code: render_learner_pathways(pks)),
    Kind("learner_pathway_step", lambda pks, now, code: render_learner_pathway_steps(pks)),
    Kind(
        "learner_pathway_course",
        lambda pks, now, code: render_learner_pathway_courses(pks),
        shows_of={"course": ("course_run",)},
    ),
    Kind(
        "learner_pathway_program",
        lambda pks, now, code: render_learner_pathway_programs(pks),
        shows_of={"program": ("course", "course_run")},
    ),
    Kind("learner_pathway_block", lambda pks, now, code: render_learner_pathway_blocks(pks)),
)
KINDS = {kind.name: kind for kind in _LINES}


def known_language(asked: str | None) -> str:
    """`asked` if the settings know it, else the default language.

    So the number of languages that are stored is bounded, whatever callers ask for. A variant of
    the default language (en-gb) is one of its own only where translations into it are configured.
    """
    default = str(settings.PARLER_DEFAULT_LANGUAGE_CODE).lower()
    code = (asked or default).lower()
    # Read late: deployment tooling changes this in place.
    translated_into = {
        each["code"].lower()
        for site, languages in settings.PARLER_LANGUAGES.items()
        if site != "default"
        for each in languages
    }
    if code in translated_into:
        return code
    known = {each.lower() for each, _name in settings.LANGUAGES}
    return code if code in known and code.partition("-")[0] != default else default


def revision() -> str:
    """Which code and settings shape a rendering: under another revision all is rendered anew."""
    code = revision_of(
        "course_discovery.projections",
        "course_discovery.course_metadata.queries",
        "learner_pathway.queries",
    )
    shaping = f"{code} {settings.MEDIA_URL} {settings.PARLER_DEFAULT_LANGUAGE_CODE}"
    return blake2b(shaping.encode(), digest_size=8).hexdigest()
