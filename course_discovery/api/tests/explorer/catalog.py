"""A little catalog to explore: what everybody may see, and what nobody may."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseRunStaff,
    LevelType,
    Organization,
    Program,
    Subject,
)
from course_discovery.course_metadata.models.course_run import CourseRunPacing, CourseRunStatus
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    LevelTypeFactory,
    OrganizationFactory,
    PartnerFactory,
    PersonFactory,
    PositionFactory,
    ProgramFactory,
    SeatFactory,
    SubjectFactory,
)
from search.tests.catalog import restrict

DAY = timedelta(days=1)
SCRIPT = "<script>document.title = 'taken'</script>"
# Titles of what nobody may see; each has a word that no other thing has.
UNSEEN = (
    "Music unpublished", "Music hidden", "Music restricted", "Music draft", "Music foreign",
    "Music retired", "Program hidden", "Program inactive", "Program foreign",
)  # fmt: skip


def make_course(partner: Partner, key: str, title: str, **values: Any) -> Course:
    """An official course of NorthU, without runs."""
    organization = Organization.objects.filter(partner=partner, key="NorthU").first()
    subject = values.pop("subject", "Music")
    level = values.pop("level", "Introductory")
    course: Course = CourseFactory(
        partner=partner,
        key=key,
        title=title,
        organizations=[organization or OrganizationFactory(partner=partner, key="NorthU")],
        subjects_in_order=[
            Subject.objects.filter(partner=partner, slug=subject.lower()).first()
            or SubjectFactory(partner=partner, slug=subject.lower(), name=subject)
        ],
        level_type=LevelType.objects.filter(name=level).first() or LevelTypeFactory(name=level),
        **values,
    )
    return course


def make_run(course: Course, name: str = "1", *, starts: int = -10, **values: Any) -> CourseRun:
    """A published run of 90 days that starts in so many days and has a free and a paid seat."""
    start = timezone.now() + starts * DAY
    given = {"start": start, "end": start + 90 * DAY, "pacing_type": CourseRunPacing.SELF} | values
    run: CourseRun = CourseRunFactory(course=course, key=f"course-v1:{course.key}+{name}", **given)
    SeatFactory(course_run=run, draft=run.draft)
    SeatFactory(course_run=run, draft=run.draft, type_id="audit", price=0)
    return run


def make_catalog(partner: Partner) -> None:
    """Three courses and a program that everybody may see, among others."""
    music = make_course(
        partner,
        "NorthU+MUS101",
        "Music of the North",
        short_description="<p>Songs &amp; fjords.</p>",
        full_description=f"<p>Every <strong>song</strong>.</p>{SCRIPT}",
    )
    run = make_run(music, "now", language_id="en", weeks_to_complete=6, min_effort=2, max_effort=4)
    make_run(music, "later", starts=200)
    make_run(music, "past", starts=-300)
    person = PersonFactory(partner=partner, given_name="Ada", family_name="Noter")
    PositionFactory(person=person, title="Professor of Songs")
    CourseRunStaff.objects.create(course_run=run, person=person)
    physics = make_course(
        partner, "NorthU+PHY101", "Physics of Strings", subject="Physics", level="Advanced"
    )
    make_run(physics, starts=300)
    mixed = make_course(partner, "NorthU+MIX101", "Mixed Feelings")
    make_run(mixed, "seen")
    make_run(mixed, "u", status=CourseRunStatus.UNPUBLISHED)
    make_run(mixed, "h", hidden=True)
    restrict(make_run(mixed, "r"))
    organization = Organization.objects.get(partner=partner, key="NorthU")
    make_program(partner, "Sound and Sense", music, physics, organizations=[organization])
    make_unseen(partner, music)


def make_program(partner: Partner, title: str, *courses: Course, **values: Any) -> Program:
    """An active MicroMasters."""
    program: Program = ProgramFactory(
        partner=partner, title=title, courses_in_order=list(courses), **values
    )
    return program


def make_unseen(partner: Partner, seen: Course) -> None:
    """What nobody may see."""
    foreign = PartnerFactory(short_code="other")
    make_run(
        make_course(partner, "NorthU+UNP", "Music unpublished"), status=CourseRunStatus.UNPUBLISHED
    )
    make_run(make_course(partner, "NorthU+HID", "Music hidden"), hidden=True)
    restrict(make_run(make_course(partner, "NorthU+RES", "Music restricted")))
    make_run(make_course(partner, "NorthU+DRA", "Music draft", draft=True))
    make_run(make_course(foreign, "NorthU+FOR", "Music foreign"))
    make_course(partner, "NorthU+RET", "Music retired")  # all of its runs are gone
    make_program(partner, "Program hidden", seen, hidden=True)
    make_program(partner, "Program inactive", seen, status=ProgramStatus.UNPUBLISHED)
    make_program(foreign, "Program foreign", seen)
