"""A catalog with something of every kind to search in, for the API's tests."""

from dataclasses import dataclass
from typing import Any

from django.core.management import call_command

from course_discovery.api.tests.programs import make_full_degree
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseRun, Degree, Person
from learner_pathway.models import LearnerPathway
from learner_pathway.tests.factories import LearnerPathwayFactory, LearnerPathwayStepFactory

V1, V2 = "/api/v1/search", "/api/v2/search"
EXTENSION = "/extensions/api/v1/search/all/facets"
NAMES = ("all", "limited", "courses", "course_runs", "programs", "people")
LISTS = (*(f"{V1}/{name}/" for name in NAMES), f"{V2}/all/")


@dataclass(frozen=True)
class Everything:
    """One thing of each kind; the degree has the course, and the person teaches its run."""

    course: Course
    run: CourseRun
    degree: Degree
    person: Person
    pathway: LearnerPathway

    def uuid_in(self, address: str) -> str:
        """The uuid of something that can be found at a list's address."""
        found: dict[str, Any] = {
            "course_runs": self.run, "programs": self.degree, "people": self.person,
        }  # fmt: skip
        return str(found.get(address.rstrip("/").rpartition("/")[2], self.course).uuid)


def make_everything(partner: Partner) -> Everything:
    """One thing of each kind, not indexed yet."""
    degree = make_full_degree(partner)
    course = Course.objects.get(key="NorthU+PHY101")
    pathway = LearnerPathwayFactory(title="To the stars", partner=partner)
    LearnerPathwayStepFactory(pathway=pathway, courses=[course], programs=[degree])
    return Everything(course, course.course_runs.get(), degree, Person.objects.get(), pathway)


def build_indexes() -> None:
    """Index everything there is."""
    call_command("update_index", disable_change_limit=True, verbosity=0)
