"""A catalog in which everything hangs together."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Model

from course_discovery.course_metadata.models import (
    Course,
    CourseEntitlement,
    CourseRun,
    LevelType,
    Organization,
    Seat,
    Subject,
)
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    LevelTypeFactory,
    OrganizationFactory,
    PartnerFactory,
    SeatFactory,
    SubjectFactory,
)

NOW = datetime(2030, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class Catalog:
    """A course with a run, and another course that shares nothing with it but the partner."""

    organization: Organization
    sponsor: Organization
    subject: Subject
    level: LevelType
    course: Course
    run: CourseRun
    seat: Seat
    entitlement: CourseEntitlement
    other: Course
    other_run: CourseRun

    @property
    def objects(self) -> list[Model]:
        """Those of them that are projected."""
        return [
            self.organization, self.sponsor, self.subject, self.level, self.course, self.run,
            self.other, self.other_run,
        ]  # fmt: skip


@pytest.fixture
def catalog(db: None) -> Catalog:
    """The catalog, with nothing stored."""
    partner = PartnerFactory()
    organization = OrganizationFactory(partner=partner, key="NorthU")
    subject = SubjectFactory(partner=partner, slug="physics", name="Physics")
    level = LevelTypeFactory(name="Introductory")
    course = CourseFactory(
        partner=partner,
        key="NorthU+PHY101",
        organizations=[organization],
        subjects_in_order=[subject],
        level_type=level,
    )
    run = CourseRunFactory(
        course=course,
        key="course-v1:NorthU+PHY101+1",
        start=NOW + 10 * DAY,
        end=NOW + 100 * DAY,
        language_id="es",
    )
    other = CourseFactory(partner=partner, key="SouthU+BIO1")
    return Catalog(
        organization=organization,
        sponsor=OrganizationFactory(partner=partner, key="Sponsor"),
        subject=subject,
        level=level,
        course=course,
        run=run,
        seat=SeatFactory(course_run=run),
        entitlement=CourseEntitlementFactory(course=course),
        other=other,
        other_run=CourseRunFactory(course=other, key="course-v1:SouthU+BIO1+1"),
    )
