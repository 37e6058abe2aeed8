"""A course with everything that has a draft of its own, and edits of it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from course_discovery.core.models import User
from course_discovery.course_metadata.models import (
    AdditionalMetadata,
    Collaborator,
    Course,
    CourseCollaborator,
    CourseEditor,
    CourseRun,
    CourseRunStaff,
    Fact,
    LanguageTag,
    RestrictedCourseRun,
)
from course_discovery.course_metadata.operations.course_url_slug import set_active_url_slug
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    PersonFactory,
    SeatFactory,
    SubjectFactory,
)

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)


def official_course(*, runs: int = 2, key: str = "NorthU+PHY101") -> Course:
    """An official course, with lists, a product, an address, and published runs with two seats."""
    organization = OrganizationFactory(key=f"Org{key[-3:]}")
    course: Course = CourseFactory(
        partner=organization.partner,
        key=key,
        title=f"Waves {key[-3:]}",
        organizations=[organization],
        subjects_in_order=[
            SubjectFactory(partner=organization.partner, slug=f"{slug}-{key[-3:]}")
            for slug in ("physics", "music", "art")
        ],
        additional_metadata=product(),
    )
    course.topics.add("waves", "optics")
    helper = Collaborator.objects.create(name=f"Lab {key}")
    CourseCollaborator.objects.create(course=course, collaborator=helper, sort_value=0)
    set_active_url_slug(course=course, now=NOW)
    CourseEntitlementFactory(course=course, price=Decimal("199.99"))
    CourseEditor.objects.create(course=course, user=User.objects.create(username=f"editor-{key}"))
    made = [official_run(course, number) for number in range(runs)]
    Course.everything.filter(pk=course.pk).update(canonical_course_run=made[-1] if made else None)
    return Course.everything.get(pk=course.pk)


def official_run(course: Course, number: int, **values: Any) -> CourseRun:
    """One more official run of the course."""
    run: CourseRun = CourseRunFactory(
        course=course,
        key=f"course-v1:{course.key}+{number}",
        start=NOW + timedelta(days=number),
        end=NOW + timedelta(days=100 + number),
        **values,
    )
    SeatFactory(course_run=run, type_id="audit", price=0)
    SeatFactory(course_run=run, price=Decimal("49.99"), sku=f"SKU{number}")
    run.transcript_languages.add(LanguageTag.objects.get(code="es"))
    run.tags.add("physics")
    for place in range(2):
        person = PersonFactory(partner=course.partner)
        CourseRunStaff.objects.create(course_run=run, person=person, sort_value=place)
    if number == 1:
        RestrictedCourseRun.everything.create(course_run=run, restriction_type="custom-b2c")
    return run


def product() -> AdditionalMetadata:
    """An outside provider's side, with a fact."""
    made = AdditionalMetadata.objects.create(
        external_url="https://provider.example.com/waves", external_identifier="W1"
    )
    made.facts.add(Fact.objects.create(heading="Waves", blurb="<p>carry energy</p>"))
    return made
