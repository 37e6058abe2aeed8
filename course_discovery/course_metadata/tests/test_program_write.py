"""Programs written by their uuid or marketing slug."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from course_discovery.core.changes.models import Change
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    FAQ,
    CorporateEndorsement,
    Endorsement,
    ExpectedLearningItem,
    GeoLocation,
    LevelType,
    Program,
    TaxiForm,
)
from course_discovery.course_metadata.operations.course_link import UnknownOrganization
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.program import (
    MarketingSlugTaken,
    OtherPartnersProgram,
    create_or_update_program,
)
from course_discovery.course_metadata.operations.program_values import ProgramValues
from course_discovery.course_metadata.operations.references import (
    UnknownCourseKey,
    UnknownCourseRunKey,
    UnknownPerson,
    UnknownProgramType,
    UnknownReference,
)
from course_discovery.course_metadata.operations.running import Outcome, Refusal, Written
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    FAQFactory,
    OrganizationFactory,
    PartnerFactory,
    PersonFactory,
    ProgramFactory,
    SubjectFactory,
)

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
LATER = datetime(2027, 1, 11, 12, tzinfo=UTC)


@pytest.fixture
def partner(db: None) -> Partner:
    partner: Partner = PartnerFactory.create()
    for key in ("NorthU", "SouthU"):
        OrganizationFactory.create(partner=partner, key=key)
    course = CourseFactory.create(partner=partner, key="NorthU+A")
    CourseRunFactory.create(course=course, key="course-v1:NorthU+A+1")
    CourseFactory.create(partner=partner, key="NorthU+B")
    SubjectFactory.create(partner=partner, slug="music")
    LevelType.objects.create(name="Introductory")
    for slug in ("ada-lovelace", "alan-turing"):
        PersonFactory.create(partner=partner, slug=slug)
    return partner


def write(
    partner: Partner, values: ProgramValues, slug: str | None = "harmony", now: datetime = NOW
) -> Written[Program]:
    return create_or_update_program(partner=partner, marketing_slug=slug, values=values, now=now)


def everything() -> ProgramValues:
    return {
        "title": "Harmony", "subtitle": "Four chords", "type": "MicroMasters", "status": "active",
        "courses": ["northu+b", "NorthU+A"], "order_courses_by_start_date": False,
        "excluded_course_runs": ["course-v1:NorthU+A+1"], "product_source": None,
        "overview": "<p onclick=x>All of it</p>", "total_hours_of_effort": 40,
        "organizations": ["SouthU", "NorthU"], "credit_backing_organizations": ["NorthU"],
        "video": {"src": "https://v.example.com/1"}, "expected_learning_items": ["Hear", "Play"],
        "faq": [{"question": "<p>Why?</p>", "answer": "<p>So.</p>"}],
        "instructors": ["alan-turing", "ADA-Lovelace"],
        "individual_endorsements": [{"endorser": "ada-lovelace", "quote": "<p>Good.</p>"}],
        "corporate_endorsements": [
            {
                "corporation_name": "Strings Inc.", "statement": "<p>Fine.</p>",
                "image": {"src": "https://i.example.com/1.png"},
                "individual_endorsements": [{"endorser": "alan-turing", "quote": "<p>Yes.</p>"}],
            }
        ],
        "job_outlook_items": ["Conductor"], "one_click_purchase_enabled": False, "hidden": True,
        "credit_value": 3, "primary_subject_override": "music",
        "level_type_override": "introductory", "language_override": "en-us",
        "geolocation": {"lat": 52.5, "lng": "13.4", "location_name": "Berlin"},
        "in_year_value": {"per_lead_usa": 7}, "excluded_from_search": True,
        "location_restriction": {"restriction_type": "blocklist", "countries": ["fr", "de"]},
        "taxi_form": {"form_id": "F1"}, "program_duration_override": "2 years",
        "labels": ["Arts", "New"], "has_ofac_restrictions": False, "ofac_comment": "none",
    }  # fmt: skip


def test_new_program_has_all_that_was_told(partner: Partner) -> None:
    written = write(partner, everything())
    program = Program.objects.get()
    assert written == (program, Outcome.CREATED)
    assert program.marketing_slug == "harmony"
    assert program.overview == "<p>All of it</p>"
    assert program.type is not None
    assert program.type.slug == "micromasters"
    assert [link.course.key for link in program.course_links.all()] == ["NorthU+B", "NorthU+A"]
    assert [run.key for run in program.excluded_course_runs.all()] == ["course-v1:NorthU+A+1"]
    assert [link.organization.key for link in program.author_links.all()] == ["SouthU", "NorthU"]
    assert [link.organization.key for link in program.credit_backer_links.all()] == ["NorthU"]
    assert [link.person.slug for link in program.instructor_links.all()] == [
        "alan-turing", "ada-lovelace",
    ]  # fmt: skip
    items = [link.expected_learning_item.value for link in program.learning_item_links.all()]
    assert items == ["Hear", "Play"]
    assert program.faq.get().answer == "<p>So.</p>"
    assert program.job_outlook_items.get().value == "Conductor"
    assert program.individual_endorsements.get().endorser.slug == "ada-lovelace"
    corporate = program.corporate_endorsements.get()
    assert corporate.image is not None
    assert corporate.individual_endorsements.get().endorser.slug == "alan-turing"
    assert program.geolocation == GeoLocation.objects.get()
    assert program.in_year_value is not None
    assert program.in_year_value.per_lead_usa == 7
    assert program.location_restriction.countries == ["FR", "DE"]
    assert program.taxi_form == TaxiForm.objects.get()
    assert program.language_override_id == "en-us"
    assert sorted(program.labels.names()) == ["Arts", "New"]
    assert program.data_modified_timestamp == NOW


def test_second_telling_writes_nothing(partner: Partner) -> None:
    write(partner, everything())
    changes, history = Change.objects.count(), Program.history.count()
    assert write(partner, everything(), slug="HARMONY", now=LATER).outcome is Outcome.UNCHANGED
    assert (Change.objects.count(), Program.history.count()) == (changes, history)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"}, {"type": "xseries"}, {"type": None}, {"status": "retired"},
        {"courses": ["NorthU+A"]}, {"courses": ["NorthU+A", "NorthU+B"]}, {"courses": []},
        {"excluded_course_runs": []}, {"overview": None}, {"total_hours_of_effort": None},
        {"organizations": ["NorthU"]}, {"credit_backing_organizations": []}, {"video": None},
        {"expected_learning_items": ["Play", "Hear"]}, {"faq": []},
        {"faq": [{"question": "<p>Why?</p>", "answer": "<p>Because.</p>"}]},
        {"instructors": ["ada-lovelace"]}, {"individual_endorsements": []},
        {"individual_endorsements": [{"endorser": "alan-turing", "quote": "<p>Good.</p>"}]},
        {"corporate_endorsements": []},
        {"corporate_endorsements": [{"corporation_name": "Strings Inc.", "image": None}]},
        {
            "corporate_endorsements": [
                {"corporation_name": "Strings Inc.", "individual_endorsements": []}
            ]
        },
        {"job_outlook_items": ["Soloist"]}, {"primary_subject_override": None},
        {"level_type_override": None}, {"language_override": "fr"}, {"geolocation": None},
        {"geolocation": {"lat": "52.5", "lng": "13.5"}},
        {"in_year_value": {"per_lead_usa": 8}}, {"location_restriction": None},
        {"location_restriction": {"countries": ["fr"]}}, {"taxi_form": None},
        {"taxi_form": {"form_id": "F2"}}, {"labels": ["New"]}, {"has_ofac_restrictions": None},
        {"marketing_slug": "other"},
    ],
)  # fmt: skip
def test_each_change_is_seen_and_written(partner: Partner, change: ProgramValues) -> None:
    program = write(partner, everything()).row

    def tell(now: datetime) -> Outcome:
        return create_or_update_program(
            partner=partner, uuid=program.uuid, values=change, now=now
        ).outcome

    assert tell(LATER) is Outcome.UPDATED
    program.refresh_from_db()
    assert program.data_modified_timestamp == LATER
    assert tell(NOW) is Outcome.UNCHANGED


def test_rows_that_leave_a_list_go_unless_another_program_has_them(partner: Partner) -> None:
    shared = FAQFactory.create(question="<p>Who?</p>", answer="<p>I.</p>")
    ProgramFactory.create(partner=partner).faq_links.create(faq=shared)
    program = write(partner, everything()).row
    program.faq_links.create(faq=shared, sort_value=9)
    write(partner, {"faq": [], "expected_learning_items": ["Hear"], "corporate_endorsements": []})
    assert list(FAQ.objects.all()) == [shared]
    assert [item.value for item in ExpectedLearningItem.objects.all()] == ["Hear"]
    assert not CorporateEndorsement.objects.exists()
    assert Endorsement.objects.count() == 1


def test_uuid_finds_a_program_whose_slug_changed(partner: Partner) -> None:
    mark = uuid.uuid4()
    told: dict[str, Any] = {"partner": partner, "uuid": mark, "now": NOW}
    first = create_or_update_program(marketing_slug="one", values={"title": "T"}, **told)
    second = create_or_update_program(marketing_slug="two", values={}, **told)
    assert (first.outcome, second.outcome) == (Outcome.CREATED, Outcome.UPDATED)
    assert Program.objects.get().marketing_slug == "two"


def test_slug_and_uuid_of_others_are_refused(partner: Partner) -> None:
    write(partner, {"title": "T"})
    other = PartnerFactory.create()
    with pytest.raises(OtherPartnersProgram):
        write(other, {"title": "T"}, slug="Harmony")
    with pytest.raises(OtherPartnersProgram):
        create_or_update_program(partner=other, uuid=Program.objects.get().uuid, values={}, now=NOW)
    with pytest.raises(MarketingSlugTaken):
        create_or_update_program(
            partner=partner, uuid=uuid.uuid4(), marketing_slug="HARMONY",
            values={"title": "T"}, now=NOW,
        )  # fmt: skip
    told: ProgramValues = {"title": "T", "marketing_slug": "Harmony"}
    with pytest.raises(MarketingSlugTaken):
        create_or_update_program(partner=partner, values=told, now=NOW)
    assert Program.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"title": ""}, UnfitValue), ({"title": "x" * 256}, UnfitValue),
        ({"type": "magic"}, UnknownProgramType), ({"status": "magic"}, UnfitValue),
        ({"organizations": ["Nobody"]}, UnknownOrganization),
        ({"courses": ["NorthU+A", "NorthU+Z"]}, UnknownCourseKey),
        ({"excluded_course_runs": ["course-v1:NorthU+Z+1"]}, UnknownCourseRunKey),
        ({"instructors": ["nobody"]}, UnknownPerson),
        ({"individual_endorsements": [{"endorser": "nobody", "quote": "Q"}]}, UnknownPerson),
        ({"product_source": "magic"}, UnknownReference),
        ({"level_type_override": "magic"}, UnknownReference),
        ({"language_override": "magic"}, UnknownReference),
        ({"geolocation": {"lat": 91, "lng": 0}}, UnfitValue),
        ({"geolocation": {"lat": 1}}, UnfitValue),
        ({"geolocation": {"lat": "nan", "lng": 1}}, UnfitValue),
        ({"geolocation": {}}, UnfitValue),
        ({"location_restriction": {"countries": ["Atlantis"]}}, UnfitValue),
        ({"location_restriction": {"restriction_type": "magic"}}, UnfitValue),
        ({"marketing_slug": "a b"}, UnfitValue), ({"marketing_slug": "/a"}, UnfitValue),
        ({"total_hours_of_effort": -1}, UnfitValue),
    ],
)  # fmt: skip
def test_unfit_value_is_refused_and_nothing_written(
    partner: Partner, values: dict[str, Any], refusal: type[Refusal]
) -> None:
    changes = Change.objects.count()
    told: Any = {"title": "Harmony", **values}
    with pytest.raises(refusal):
        write(partner, told, slug=None)
    assert Change.objects.count() == changes
    assert not Program.objects.exists()


@pytest.mark.parametrize(
    ("type_slug", "slug"),
    [
        ("micromasters", "masters/micromasters/southu-harmony"),
        ("microbachelors", "bachelors/microbachelors/southu-harmony"),
        ("professional-certificate", "certificates/professional-certificate/southu-harmony"),
        ("masters", "masters/southu-harmony"),
        ("xseries", "xseries/southu-harmony"),
    ],
)
def test_address_is_made_of_type_author_and_title(
    partner: Partner, type_slug: str, slug: str
) -> None:
    authors: ProgramValues = {"organizations": ["SouthU", "NorthU"]}
    made = write(partner, {"title": "Harmony", "type": type_slug, **authors}, slug=None).row
    assert made.marketing_slug == slug
    twin = write(partner, {"title": "Harmony", "type": type_slug, **authors}, slug=None).row
    assert twin.marketing_slug == f"{slug}-2"
    # It was made once.
    create_or_update_program(
        partner=partner, uuid=made.uuid, values={"organizations": ["NorthU"]}, now=LATER
    )
    assert Program.objects.get(pk=made.pk).marketing_slug == slug


def test_plain_address_follows_new_authors_unless_it_was_told(partner: Partner) -> None:
    program = ProgramFactory.create(partner=partner, title="Harmony", marketing_slug="harmony")
    authors: ProgramValues = {"organizations": ["NorthU"]}
    assert write(partner, authors).row.marketing_slug == "harmony"
    create_or_update_program(
        partner=partner, uuid=program.uuid, values={"organizations": ["SouthU"]}, now=NOW
    )
    program.refresh_from_db()
    assert program.marketing_slug == "masters/micromasters/southu-harmony"
