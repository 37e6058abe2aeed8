"""Programs for the API's tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from course_discovery.core.models import Partner
from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests.factories import (
    CorporateEndorsementFactory,
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    CurriculumFactory,
    DegreeFactory,
    EndorsementFactory,
    ExpectedLearningItemFactory,
    FAQFactory,
    GeoLocationFactory,
    JobOutlookItemFactory,
    LevelTypeFactory,
    OrganizationFactory,
    PathwayFactory,
    PersonFactory,
    PositionFactory,
    ProductValueFactory,
    ProgramFactory,
    SeatFactory,
    SubjectFactory,
    TaxiFormFactory,
    VideoFactory,
)

START = datetime(2030, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def make_course(partner: Partner, key: str, *, runs: int = 1, **values: Any) -> models.Course:
    """An official course with open runs that verified seats are sold for.

    The first is canonical.
    """
    course = CourseFactory(partner=partner, key=key, **values)
    for number in range(runs):
        run = CourseRunFactory(
            course=course, key=f"course-v1:{key}+{number}", start=START + number * DAY
        )
        SeatFactory(course_run=run, sku=f"{number}A0B1C2")
    course.canonical_course_run = course.course_runs.order_by("start").first()
    course.save()
    return course


def make_program(partner: Partner, *keys: str, **values: Any) -> models.Program:
    """An active MicroMasters of courses with these keys."""
    courses = [make_course(partner, key) for key in keys]
    program: models.Program = ProgramFactory(partner=partner, courses_in_order=courses, **values)
    return program


def restrict(run: models.CourseRun, restriction: str = "custom-b2b-enterprise") -> None:
    """Hide a run from those who do not ask for its restriction."""
    models.RestrictedCourseRun.everything.create(
        course_run=run, restriction_type=restriction, draft=run.draft
    )


def make_full_degree(partner: Partner) -> models.Degree:
    """A degree that has everything a degree can have."""
    organization = OrganizationFactory(partner=partner, key="NorthU")
    course = make_course(
        partner,
        "NorthU+PHY101",
        organizations=[organization],
        subjects_in_order=[SubjectFactory(partner=partner, slug="physics")],
    )
    CourseEntitlementFactory(course=course, price=149)
    course.topics.add("waves")
    portrait = "media/people/profile_images/p.png"
    person = PositionFactory(person=PersonFactory(partner=partner, profile_image=portrait)).person
    run = course.course_runs.get()
    run.language_id, run.weeks_to_complete = "es", 4
    run.save()
    run.transcript_languages.add(models.LanguageTag.objects.get(pk="fr"))
    models.CourseRunStaff.objects.create(course_run=run, person=person)
    degree: models.Degree = DegreeFactory(
        partner=partner,
        title="Physics",
        type=models.ProgramType.objects.get(slug="micromasters"),
        courses_in_order=[course],
        organizations=[organization],
        video=VideoFactory(),
        geolocation=GeoLocationFactory(),
        in_year_value=ProductValueFactory(),
        taxi_form=TaxiFormFactory(),
        primary_subject_override=SubjectFactory(partner=partner, slug="waves"),
        level_type_override=LevelTypeFactory(name="Advanced"),
        product_source=models.Source.objects.create(name="Own", slug="own"),
        banner_image="media/programs/banner_images/b.png",
        card_image="media/programs/card_images/c.png",
        micromasters_url="https://mm.example.com/a",
        overview="<p>All of it.</p>",
    )
    degree.labels.add("new")
    _fill_lists(degree, person, organization)
    _fill_degree(degree)
    CurriculumFactory(
        program=degree,
        courses_in=[course],
        programs_in=[ProgramFactory(partner=partner, courses_in_order=[course])],
    )
    return degree


def _fill_lists(
    degree: models.Degree, person: models.Person, organization: models.Organization
) -> None:
    links = models.program_link
    said, corporate = EndorsementFactory(endorser=person), CorporateEndorsementFactory()
    models.CorporateEndorsementVoice.objects.create(
        corporate_endorsement=corporate, endorsement=said
    )
    for link, target in (
        (links.ProgramLearningItem, {"expected_learning_item": ExpectedLearningItemFactory()}),
        (links.ProgramJobOutlookItem, {"job_outlook_item": JobOutlookItemFactory()}),
        (links.ProgramFaq, {"faq": FAQFactory()}),
        (links.ProgramInstructor, {"person": person}),
        (links.ProgramCreditBacker, {"organization": organization}),
        (links.ProgramEndorsement, {"endorsement": said}),
        (links.ProgramCorporateEndorsement, {"corporate_endorsement": corporate}),
    ):
        link.objects.create(program=degree, **target)
    models.ProgramLocationRestriction.objects.create(program=degree, countries=["CU"])
    subscription = models.ProgramSubscription.objects.create(program=degree)
    models.ProgramSubscriptionPrice.objects.create(program_subscription=subscription, price=39)


def _fill_degree(degree: models.Degree) -> None:
    models.DegreeDeadline.objects.create(degree=degree, semester="Fall", name="One", date="May 1")
    models.DegreeCost.objects.create(degree=degree, description="Tuition", amount="$1")
    models.IconTextPairing.objects.create(degree=degree, icon="fa-book", text="Books")
    ranking = models.Ranking.objects.create(rank="#8", description="of all", source="QS")
    models.DegreeRanking.objects.create(degree=degree, ranking=ranking)
    field = models.Specialization.objects.create(value="Optics")
    models.DegreeSpecialization.objects.create(degree=degree, specialization=field)
    models.DegreeAdditionalMetadata.objects.create(
        degree=degree, external_identifier="D1", external_url="https://out.example.com/"
    )


def make_pathway(partner: Partner, *programs: models.Program, **values: Any) -> models.Pathway:
    """A published credit pathway."""
    pathway: models.Pathway = PathwayFactory(
        partner=partner, programs_in_order=list(programs), **values
    )
    return pathway
