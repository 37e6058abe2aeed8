"""Rendering costs the same number of queries for three rows and for thirty."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests import factories as make
from course_discovery.projections.kinds import KINDS

NOW = datetime(2030, 1, 1, tzinfo=UTC)
# At most as many queries for a batch, whatever its size.
BOUNDS = {
    "course": 42, "course_run": 22, "organization": 2, "subject": 2, "level_type": 2, "topic": 2,
    "person": 3, "collaborator": 1,
}  # fmt: skip


def make_course() -> None:
    """A course that has every part, with two runs that two people teach."""
    organization = make.OrganizationFactory()
    partner = organization.partner
    organization.tags.add("tag")
    metadata = make.AdditionalMetadataFactory()
    metadata.facts.add(make.FactFactory())
    metadata.product_meta.keywords.add("keyword")
    course = make.CourseFactory(
        partner=partner,
        organizations=[organization],
        subjects_in_order=[make.SubjectFactory(partner=partner)],
        level_type=make.LevelTypeFactory(),
        video=make.VideoFactory(),
        additional_metadata=metadata,
        extra_description=make.AdditionalPromoAreaFactory(),
        geolocation=make.GeoLocationFactory(),
        location_restriction=make.CourseLocationRestrictionFactory(),
        in_year_value=make.ProductValueFactory(),
    )
    make.CourseEntitlementFactory(course=course)
    make.TopicFactory(partner=partner)
    course.topics.add("topic")
    course.prerequisites.add(make.PrerequisiteFactory())
    models.CourseCollaborator.objects.create(course=course, collaborator=make.CollaboratorFactory())
    models.CourseLearningItem.objects.create(
        course=course, expected_learning_item=make.ExpectedLearningItemFactory()
    )
    models.CourseUrlRedirect.objects.create(course=course, partner=partner, value=f"r{course.pk}")
    models.CourseEditor.objects.create(course=course, user=make.UserFactory())
    for _ in range(2):
        run = make.CourseRunFactory(
            course=course, language_id="es", expected_program_type=make.ProgramTypeFactory()
        )
        run.transcript_languages.add("es")
        make.SeatFactory(course_run=run)
        for _ in range(2):
            person = make.PositionFactory(person__partner=partner, organization=organization).person
            make.PersonAreaOfExpertiseFactory(person=person)
            make.PersonSocialNetworkFactory(person=person)
            models.CourseRunStaff.objects.create(course_run=run, person=person)


def costs() -> dict[str, int]:
    found = {}
    for name in BOUNDS:
        kind = KINDS[name]
        pks = list(kind.model._base_manager.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as queries:
            assert len(kind.render(pks, NOW, "en")) == len(pks)
        found[name] = len(queries)
    return found


@pytest.mark.django_db
def test_cost_does_not_depend_on_the_number_of_rows() -> None:
    for _ in range(2):
        make_course()
    few = costs()
    for _ in range(9):
        make_course()
    assert costs() == few
    assert {name: cost for name, cost in few.items() if cost > BOUNDS[name]} == {}
