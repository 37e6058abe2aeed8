"""A little catalog to search in."""

from datetime import UTC, datetime, timedelta
from typing import Any

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseRunStaff,
    CourseRunType,
    Organization,
    Person,
    Program,
)
from course_discovery.course_metadata.models.restricted_course_run import RestrictedCourseRun
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    PartnerFactory,
    PersonFactory,
    ProgramFactory,
    SeatFactory,
    SubjectFactory,
)
from learner_pathway.models import LearnerPathway
from learner_pathway.tests.factories import LearnerPathwayFactory, LearnerPathwayStepFactory

NOW = datetime(2030, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def partner(short_code: str = "edX") -> Partner:
    """The tenant of that short code."""
    found: Partner = PartnerFactory(short_code=short_code)
    return found


def make_course(key: str = "MITx+6.00x", *, runs: int = 0, **values: Any) -> Course:
    """An official course of an organization, with runs that have a seat each."""
    tenant = values.pop("partner", None) or partner()
    organization_key = key.partition("+")[0]
    found = Organization.objects.filter(partner=tenant, key=organization_key).first()
    organization = found or OrganizationFactory(partner=tenant, key=organization_key)
    subject = values.pop("subject", "Computer Science")
    course: Course = CourseFactory(
        key=key,
        partner=tenant,
        organizations=[organization],
        subjects_in_order=[SubjectFactory(partner=tenant, name=subject)],
        **values,
    )
    for place in range(runs):
        start = NOW + place * DAY
        make_run(course, f"course-v1:{key}+{place + 1}T2030", start=start, end=start + 90 * DAY)
    return course


def make_run(course: Course, key: str = "", **values: Any) -> CourseRun:
    """A run with a verified seat."""
    key = key or f"course-v1:{course.key}+1T2030"
    run: CourseRun = CourseRunFactory(course=course, key=key, **values)
    SeatFactory(course_run=run, draft=run.draft)
    return run


def restrict(run: CourseRun, restriction_type: str = "custom-b2c") -> CourseRun:
    """Make a run visible only to those who ask for that type."""
    RestrictedCourseRun.everything.create(
        course_run=run, restriction_type=restriction_type, draft=run.draft
    )
    return run


def unmarketable() -> CourseRunType:
    """A type whose runs are not shown to buyers."""
    return CourseRunType.objects.get_or_create(
        slug="unmarketable", defaults={"name": "Unmarketable", "is_marketable": False}
    )[0]


def make_program(*courses: Course, **values: Any) -> Program:
    """An active MicroMasters of the organizations that made its courses."""
    makers = {each.pk: each for course in courses for each in course.authoring_organizations.all()}
    given = {"partner": partner(), "organizations": list(makers.values())} | values
    program: Program = ProgramFactory(courses_in_order=list(courses), **given)
    return program


def make_person(*runs: CourseRun, **values: Any) -> Person:
    """A published person who teaches these runs."""
    person: Person = PersonFactory(**({"partner": partner()} | values))
    for run in runs:
        CourseRunStaff.objects.create(course_run=run, person=person)
    return person


def make_pathway(*nodes: Course | Program, **values: Any) -> LearnerPathway:
    """An active learner pathway with one step."""
    pathway: LearnerPathway = LearnerPathwayFactory(**({"partner": partner()} | values))
    LearnerPathwayStepFactory(
        pathway=pathway,
        courses=[node for node in nodes if isinstance(node, Course)],
        programs=[node for node in nodes if isinstance(node, Program)],
    )
    return pathway
