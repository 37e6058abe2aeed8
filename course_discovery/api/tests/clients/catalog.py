"""A course as it is sold: an organization, a subject, a level, seats, runs in each state."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseUrlSlug,
    Organization,
    RestrictedCourseRun,
)
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    LevelTypeFactory,
    OrganizationFactory,
    ProgramFactory,
    SeatFactory,
    SubjectFactory,
)

DAY = timedelta(days=1)


def organization(partner: Partner, key: str = "NorthU") -> Organization:
    """The organization of that key."""
    found = Organization.objects.filter(partner=partner, key=key).first()
    made: Organization = found or OrganizationFactory(partner=partner, key=key)
    return made


def sold_course(partner: Partner, key: str = "NorthU+PHY101", **values: Any) -> Course:
    """An official course with an address, an entitlement and a program."""
    course: Course = CourseFactory(
        partner=partner,
        key=key,
        organizations=[organization(partner, key.partition("+")[0])],
        subjects_in_order=[SubjectFactory(partner=partner, name="Physics")],
        level_type=LevelTypeFactory(),
        **{"title": "Waves", "card_image_url": "https://img.example.com/waves.png", **values},
    )
    CourseEntitlementFactory(course=course, price=199, sku="4C1F0A7")
    CourseUrlSlug.objects.create(
        course=course, partner=partner, url_slug=f"waves-{course.pk}", is_active=True
    )
    ProgramFactory(partner=partner, title="Physics for all", courses_in_order=[course])
    return course


def sold_run(course: Course, number: str = "1T2030", **values: Any) -> CourseRun:
    """A run that is under way, with an audit and a verified seat."""
    now = timezone.now()
    run: CourseRun = CourseRunFactory(
        course=course,
        key=f"course-v1:{course.key}+{number}",
        **{
            "start": now - 10 * DAY, "end": now + 90 * DAY, "enrollment_end": now + 80 * DAY,
            "min_effort": 2, "max_effort": 4, "weeks_to_complete": 10, "language_id": "en",
            "pacing_type": "self_paced", **values,
        },
    )  # fmt: skip
    SeatFactory(course_run=run, type_id="audit", price=0)
    SeatFactory(course_run=run, price=49, upgrade_deadline=now + 70 * DAY, sku="9B3E7D2")
    return run


def restricted(run: CourseRun, restriction_type: str = "custom-b2b-enterprise") -> CourseRun:
    """Make a run visible only to those who ask for that type."""
    RestrictedCourseRun.everything.create(course_run=run, restriction_type=restriction_type)
    return run
