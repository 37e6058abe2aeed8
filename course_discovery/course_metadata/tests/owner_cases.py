"""How to write rows of people, programs and what hangs on products, for the change log's suite."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.db.models import Model

from course_discovery.core.changes.tests.owner_table import Case
from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests import factories as make

NAMES = ("One", "Other")
PLACES = (7, 8)
FLAGS = (True, False)
MOMENTS = (datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
Make = Callable[..., Any]
_numbers = count(1)


def _mark() -> str:
    return f"n{next(_numbers)}"


def _tag() -> Any:
    return models.Tag.objects.create(name=_mark())


def _partner() -> Any:
    """One for all: what belongs together must have the same."""
    return make.PartnerFactory(short_code="cases")


def _of_partner(factory: Any, edit: str) -> Case:
    return Case(lambda: factory.build(partner=_partner()), edit, NAMES)


def _pathway() -> Any:
    return make.PathwayFactory(partner=_partner())


def _part(
    build: Make, link: str, owner: Make, kind: str, edit: str, values: tuple[Any, Any] = NAMES
) -> Case:
    """Rows of a part, whose column `link` holds its owner."""
    return Case(
        lambda: build(**{link: owner()}),
        edit,
        values,
        kind=kind,
        owner=lambda row: getattr(row, link),
        elsewhere=((link, owner),),
    )


def _place(model: type[Model], link: str, owner: Make, kind: str, **target: Make) -> Case:
    """Rows of an ordered list."""
    name, make_target = next(iter(target.items()))
    return _part(
        lambda **values: model(**values, **{name: make_target()}),
        link, owner, kind, "sort_value", PLACES,
    )  # fmt: skip


def _tagging(model: type[Model], owner: Make, kind: str) -> Case:
    """Rows that put a tag on something."""
    return _part(
        lambda **values: model(**values, tag=_tag()), "content_object", owner, kind, "tag",
        (_tag, _tag),
    )  # fmt: skip


def _translation(model: type[Model], owner: Make, kind: str, column: str) -> Case:
    return _part(
        lambda **values: model(**values, language_code="eo", **{column: _mark()}),
        "master", owner, kind, "language_code", ("es", "fr"),
    )  # fmt: skip


def _of_program(model: type[Model], **target: Make) -> Case:
    return _place(model, "program", make.ProgramFactory, "program", **target)


def _of_degree(build: Make, edit: str) -> Case:
    return _part(build, "degree", make.DegreeFactory, "degree", edit)


def _vertical() -> Any:
    return models.Vertical.objects.create(name=_mark(), slug=_mark())


def _subscription() -> Any:
    return models.ProgramSubscription.objects.create(program=make.ProgramFactory())


def _curriculum() -> Any:
    return make.CurriculumFactory(program=None)


def _membership() -> Any:
    return models.CurriculumCourseMembership.objects.create(
        curriculum=_curriculum(), course=make.CourseFactory()
    )


CASES: dict[type[Model], Case] = {
    models.Tag: Case(lambda: models.Tag(name=_mark(), slug=_mark()), "created", MOMENTS),
    models.OrganizationTag: _tagging(
        models.OrganizationTag, make.OrganizationFactory, "organization"
    ),
    models.CourseTopic: _tagging(models.CourseTopic, make.CourseFactory, "course"),
    models.CourseRunTag: _tagging(models.CourseRunTag, make.CourseRunFactory, "course_run"),
    models.ProductMetaKeyword: _tagging(
        models.ProductMetaKeyword, make.ProductMetaFactory, "product_meta"
    ),
    models.ProgramLabel: _tagging(models.ProgramLabel, make.ProgramFactory, "program"),
    models.Topic: _of_partner(make.TopicFactory, "banner_image_url"),
    models.TopicTranslation: _translation(
        models.TopicTranslation, make.TopicFactory, "topic", "name"
    ),
    models.Person: _of_partner(make.PersonFactory, "family_name"),
    models.PersonSocialNetwork: _part(
        make.PersonSocialNetworkFactory.build, "person", make.PersonFactory, "person", "url"
    ),
    models.PersonAreaOfExpertise: _part(
        make.PersonAreaOfExpertiseFactory.build, "person", make.PersonFactory, "person", "value"
    ),
    models.Position: _part(
        lambda **values: models.Position(**values, title="Dean"),
        "person", make.PersonFactory, "person", "title",
    ),
    models.Collaborator: Case(make.CollaboratorFactory.build, "name", NAMES),
    models.Prerequisite: Case(make.PrerequisiteFactory.build, "created", MOMENTS),
    models.ExpectedLearningItem: Case(make.ExpectedLearningItemFactory.build, "value", NAMES),
    models.JobOutlookItem: Case(make.JobOutlookItemFactory.build, "value", NAMES),
    models.FAQ: Case(make.FAQFactory.build, "answer", NAMES),
    models.Fact: Case(make.FactFactory.build, "heading", NAMES),
    models.CertificateInfo: Case(make.CertificateInfoFactory.build, "heading", NAMES),
    models.ProductMeta: Case(make.ProductMetaFactory.build, "title", NAMES),
    models.TaxiForm: Case(make.TaxiFormFactory.build, "title", NAMES),
    models.AdditionalMetadata: Case(
        lambda: models.AdditionalMetadata(
            external_url="https://example.com", external_identifier=_mark()
        ),
        "external_identifier",
        NAMES,
    ),
    models.AdditionalPromoArea: Case(make.AdditionalPromoAreaFactory.build, "title", NAMES),
    models.ProductValue: Case(make.ProductValueFactory.build, "per_click_usa", PLACES),
    models.GeoLocation: Case(make.GeoLocationFactory.build, "location_name", NAMES),
    models.CourseLocationRestriction: Case(
        make.CourseLocationRestrictionFactory.build, "restriction_type", ("blocklist", "allowlist")
    ),
    models.Endorsement: Case(
        lambda: make.EndorsementFactory.build(endorser=make.PersonFactory()), "quote", NAMES
    ),
    models.CorporateEndorsement: Case(
        lambda: models.CorporateEndorsement(corporation_name="Acme"), "corporation_name", NAMES
    ),
    models.CorporateEndorsementVoice: _place(
        models.CorporateEndorsementVoice, "corporate_endorsement",
        make.CorporateEndorsementFactory, "corporate_endorsement",
        endorsement=make.EndorsementFactory,
    ),
    models.OrganizationMapping: _part(
        lambda **values: models.OrganizationMapping(
            **values,
            source=models.Source.objects.create(name="S", slug=_mark()),
            organization_external_key=_mark(),
        ),
        "organization", make.OrganizationFactory, "organization", "organization_external_key",
    ),
    models.SourceOfacProgramType: _place(
        models.SourceOfacProgramType,
        "source", lambda: models.Source.objects.create(name="S", slug=_mark()), "source",
        program_type=make.ProgramTypeFactory,
    ),
    models.CourseReview: Case(make.CourseReviewFactory.build, "total_enrollments", PLACES),
    models.Vertical: Case(lambda: models.Vertical(name=_mark(), slug=_mark()), "is_active", FLAGS),
    models.SubVertical: Case(
        lambda: models.SubVertical(name=_mark(), slug=_mark(), vertical=_vertical()),
        "is_active",
        FLAGS,
    ),
    models.CourseVertical: _part(
        lambda **values: models.CourseVertical(**values),
        "course", make.CourseFactory, "course", "vertical", (_vertical, _vertical),
    ),
    models.CourseEditor: _part(
        lambda **values: models.CourseEditor(**values, user=make.UserFactory()),
        "course", make.CourseFactory, "course", "user", (make.UserFactory, make.UserFactory),
    ),
    models.CourseUrlRedirect: _part(
        lambda **values: models.CourseUrlRedirect(
            **values, partner=make.PartnerFactory(), value=_mark()
        ),
        "course", make.CourseFactory, "course", "partner",
        (make.PartnerFactory, make.PartnerFactory),
    ),
    models.CourseRecommendation: _part(
        lambda **values: models.CourseRecommendation(
            **values, recommended_course=make.CourseFactory()
        ),
        "course", make.CourseFactory, "course", "skills_intersection_length", PLACES,
    ),
    models.CourseCollaborator: _place(
        models.CourseCollaborator, "course", make.CourseFactory, "course",
        collaborator=make.CollaboratorFactory,
    ),
    models.CourseLearningItem: _place(
        models.CourseLearningItem, "course", make.CourseFactory, "course",
        expected_learning_item=make.ExpectedLearningItemFactory,
    ),
    models.CourseRunStaff: _place(
        models.CourseRunStaff, "course_run", make.CourseRunFactory, "course_run",
        person=make.PersonFactory,
    ),
    models.ProgramType: Case(make.ProgramTypeFactory.build, "coaching_supported", FLAGS),
    models.ProgramTypeTranslation: _translation(
        models.ProgramTypeTranslation, make.ProgramTypeFactory, "program_type", "name_t"
    ),
    models.Program: _of_partner(make.ProgramFactory, "title"),
    # A course names its programs, so it is told too.
    models.ProgramCourse: replace(
        _of_program(models.ProgramCourse, course=make.CourseFactory),
        others=lambda row: [("course", row.course)],
        elsewhere=(("program", make.ProgramFactory), ("course", make.CourseFactory)),
    ),
    models.ProgramAuthor: _of_program(models.ProgramAuthor, organization=make.OrganizationFactory),
    models.ProgramCreditBacker: _of_program(
        models.ProgramCreditBacker, organization=make.OrganizationFactory
    ),
    models.ProgramLearningItem: _of_program(
        models.ProgramLearningItem, expected_learning_item=make.ExpectedLearningItemFactory
    ),
    models.ProgramFaq: _of_program(models.ProgramFaq, faq=make.FAQFactory),
    models.ProgramInstructor: _of_program(models.ProgramInstructor, person=make.PersonFactory),
    models.ProgramCorporateEndorsement: _of_program(
        models.ProgramCorporateEndorsement, corporate_endorsement=make.CorporateEndorsementFactory
    ),
    models.ProgramEndorsement: _of_program(
        models.ProgramEndorsement, endorsement=make.EndorsementFactory
    ),
    models.ProgramJobOutlookItem: _of_program(
        models.ProgramJobOutlookItem, job_outlook_item=make.JobOutlookItemFactory
    ),
    models.ProgramLocationRestriction: _part(
        lambda **values: models.ProgramLocationRestriction(**values),
        "program", make.ProgramFactory, "program", "restriction_type", ("blocklist", "allowlist"),
    ),
    models.ProgramSubscription: Case(
        lambda: models.ProgramSubscription(program=make.ProgramFactory()),
        "subscription_eligible",
        FLAGS,
        elsewhere=(("program", make.ProgramFactory),),
        shown=lambda row: [("program", row.program)],
    ),
    models.ProgramSubscriptionPrice: _part(
        lambda **values: models.ProgramSubscriptionPrice(**values),
        "program_subscription", _subscription, "program_subscription", "price", PLACES,
    ),
    models.DegreeRanking: _place(
        models.DegreeRanking, "degree", make.DegreeFactory, "degree",
        ranking=lambda: models.Ranking.objects.create(rank="1", description="D", source="S"),
    ),
    models.DegreeSpecialization: _place(
        models.DegreeSpecialization, "degree", make.DegreeFactory, "degree",
        specialization=lambda: models.Specialization.objects.create(value="S"),
    ),
    models.DegreeAdditionalMetadata: _of_degree(
        lambda **values: models.DegreeAdditionalMetadata(
            **values, external_url="https://example.com", external_identifier=_mark()
        ),
        "external_identifier",
    ),
    models.IconTextPairing: _of_degree(
        lambda **values: models.IconTextPairing(**values, icon="fa-bell", text="T"), "text"
    ),
    models.DegreeDeadline: _of_degree(
        lambda **values: models.DegreeDeadline(**values, semester="S", name="N", date="D"), "name"
    ),
    models.DegreeCost: _of_degree(
        lambda **values: models.DegreeCost(**values, description="D", amount="$1"), "amount"
    ),
    models.Ranking: Case(
        lambda: models.Ranking(rank="1", description="D", source="S"), "source", NAMES
    ),
    models.Specialization: Case(lambda: models.Specialization(value="S"), "value", NAMES),
    models.Curriculum: Case(
        lambda: models.Curriculum(program=make.ProgramFactory()),
        "name",
        NAMES,
        elsewhere=(("program", make.ProgramFactory),),
        shown=lambda row: [("program", row.program)],
    ),
    models.CurriculumProgramMembership: _part(
        lambda **values: models.CurriculumProgramMembership(
            **values, program=make.ProgramFactory()
        ),
        "curriculum", _curriculum, "curriculum", "is_active", FLAGS,
    ),
    models.CurriculumCourseMembership: Case(
        lambda: models.CurriculumCourseMembership(
            curriculum=_curriculum(), course=make.CourseFactory()
        ),
        "is_active",
        FLAGS,
        elsewhere=(("curriculum", _curriculum),),
        shown=lambda row: [("curriculum", row.curriculum)],
    ),
    models.CurriculumCourseRunExclusion: _part(
        lambda **values: models.CurriculumCourseRunExclusion(
            **values, course_run=make.CourseRunFactory()
        ),
        "course_membership", _membership, "curriculum_course_membership", "course_run",
        (make.CourseRunFactory, make.CourseRunFactory),
    ),
    models.Pathway: _of_partner(make.PathwayFactory, "org_name"),
    models.PathwayProgram: _place(
        models.PathwayProgram, "pathway", _pathway, "pathway",
        program=lambda: make.ProgramFactory(partner=_partner()),
    ),
}  # fmt: skip
