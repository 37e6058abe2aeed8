"""Programs as they are rendered: what they say of their courses, and what they hold."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests.factories import (
    CorporateEndorsementFactory,
    CourseEntitlementFactory,
    CurriculumFactory,
    DegreeFactory,
    EndorsementFactory,
    ExpectedLearningItemFactory,
    FAQFactory,
    GeoLocationFactory,
    JobOutlookItemFactory,
    LevelTypeFactory,
    OrganizationFactory,
    PartnerFactory,
    PathwayFactory,
    PersonFactory,
    ProductValueFactory,
    ProgramFactory,
    SubjectFactory,
    TaxiFormFactory,
    VideoFactory,
)
from course_discovery.projections.pathway import render_pathways
from course_discovery.projections.program import render_programs
from course_discovery.projections.tests.programs import (
    DAY,
    NOW,
    keys,
    make_course,
    make_run,
    rendered,
    run_keys,
)

pytestmark = pytest.mark.django_db


def test_courses_come_in_the_order_in_which_they_start() -> None:
    late, early, never = (make_course(f"A+{name}", runs=0) for name in ("late", "early", "never"))
    make_run(late, start=NOW + 5 * DAY)
    make_run(early, start=NOW + DAY)
    program = ProgramFactory(courses_in_order=[never, late, early])
    assert keys(rendered(program)) == ["A+early", "A+late", "A+never"]
    program.order_courses_by_start_date = False
    program.save()
    assert keys(rendered(program)) == ["A+never", "A+late", "A+early"]


def test_excluded_runs_are_not_there_and_do_not_count() -> None:
    course, other = make_course("A+1", runs=2), make_course("A+2", runs=0)
    first, second = course.course_runs.order_by("start")
    make_run(other, start=NOW + timedelta(hours=1), language_id="es", weeks_to_complete=9)
    first.language_id, first.weeks_to_complete = "fr", 5
    first.save()
    program = ProgramFactory(courses_in_order=[course, other])
    program.excluded_course_runs.add(first)
    found = rendered(program)
    assert keys(found) == ["A+2", "A+1"]
    assert run_keys(found["courses"][1]) == [second.key]
    assert found["languages"] == ["es"]
    assert found["weeks_to_complete_max"] is None
    assert found["price_ranges"] == []


def test_restricted_runs_are_there_and_do_not_count() -> None:
    course = make_course("A+1", runs=2)
    first, second = course.course_runs.order_by("start")
    models.RestrictedCourseRun.everything.create(
        course_run=first, restriction_type="custom-b2c", draft=False
    )
    first.status, first.language_id = "reviewed", "fr"
    first.save()
    program = ProgramFactory(courses_in_order=[course])
    found = rendered(program)
    assert run_keys(found["courses"][0]) == [first.key, second.key]
    assert (
        found["course_run_statuses"] == found["courses"][0]["course_run_statuses"] == ["published"]
    )
    assert found["courses"][0]["_restricted_statuses"] == {"custom-b2c": ["reviewed"]}
    assert found["languages"] == []
    assert found["price_ranges"] == []  # the restricted run is the canonical one


def test_drafts_are_no_part_of_programs() -> None:
    draft = make_course("A+1", draft=True)
    program = ProgramFactory(courses_in_order=[draft])
    assert rendered(program)["courses"] == []


def test_a_program_sums_up_its_courses() -> None:
    partner = PartnerFactory()
    art, law = (SubjectFactory(partner=partner, slug=slug) for slug in ("art", "law"))
    one = make_course("A+1", partner=partner, subjects_in_order=[law, art])
    two = make_course("A+2", partner=partner, subjects_in_order=[law])
    CourseEntitlementFactory(course=one, price=149)
    one.topics.add("zoology", "botany")
    two.topics.add("botany")
    ada, bob, cid = (PersonFactory(partner=partner, given_name=name) for name in "ABC")
    for course, staff in ((one, [bob, ada]), (two, [cid, bob])):
        run = course.course_runs.get()
        run.language_id, run.weeks_to_complete = "es", 4
        run.save()
        run.transcript_languages.set(models.LanguageTag.objects.filter(pk__in=["fr", "de"]))
        for place, person in enumerate(staff):
            models.CourseRunStaff.objects.create(course_run=run, person=person, sort_value=place)
    found = rendered(ProgramFactory(partner=partner, courses_in_order=[one, two]))
    assert [subject["slug"] for subject in found["subjects"]] == ["law", "art"]
    assert found["topics"] == ["botany", "zoology"]
    assert [person["given_name"] for person in found["staff"]] == ["B", "A", "C"]
    assert found["languages"] == ["es"]
    assert found["transcript_languages"] == ["de", "fr"]
    assert found["weeks_to_complete_min"] == found["weeks_to_complete_max"] == 4
    assert found["price_ranges"] == [{"currency": "USD", "min": 49.0, "max": 149.0, "total": 198.0}]
    assert found["is_program_eligible_for_one_click_purchase"] is True


def test_a_program_that_may_not_be_bought_at_once_is_not_eligible() -> None:
    program = ProgramFactory(
        courses_in_order=[make_course("A+1")], one_click_purchase_enabled=False
    )
    assert rendered(program)["is_program_eligible_for_one_click_purchase"] is False


def test_everything_that_hangs_on_a_program_is_told() -> None:
    partner = PartnerFactory()
    north, south = (OrganizationFactory(partner=partner, key=key) for key in ("North", "South"))
    program = ProgramFactory(
        partner=partner,
        organizations=[south, north],
        video=VideoFactory(),
        geolocation=GeoLocationFactory(lat="1.5", lng="-2.25"),
        in_year_value=ProductValueFactory(per_click_usa=7),
        taxi_form=TaxiFormFactory(form_id="f1"),
        primary_subject_override=SubjectFactory(partner=partner, slug="art"),
        level_type_override=LevelTypeFactory(name="Advanced", sort_value=3),
        language_override_id="es",
        product_source=models.Source.objects.create(name="Own", slug="own"),
        banner_image="media/programs/banner_images/b.png",
        card_image="media/programs/card_images/c.png",
        organization_logo_override="organization/logo_override/l.png",
    )
    program.labels.add("new", "best")
    models.ProgramLocationRestriction.objects.create(
        program=program, restriction_type="blocklist", countries=["CU"]
    )
    subscription = models.ProgramSubscription.objects.create(
        program=program, subscription_eligible=True
    )
    models.ProgramSubscriptionPrice.objects.create(program_subscription=subscription, price=39)
    found = rendered(program)
    assert [each["key"] for each in found["authoring_organizations"]] == ["South", "North"]
    assert found["video"]["src"] == program.video.src
    assert found["geolocation"]["lat"] == "1.50000000000"
    assert found["in_year_value"]["per_click_usa"] == 7
    assert found["taxi_form"]["form_id"] == "f1"
    assert found["primary_subject_override"]["slug"] == "art"
    assert found["level_type_override"] == {"name": "Advanced", "sort_value": 3}
    assert found["language_override"] == "es"
    assert found["product_source"] == {"name": "Own", "slug": "own", "description": ""}
    assert found["labels"] == ["best", "new"]
    assert found["location_restriction"] == {
        "restriction_type": "blocklist", "countries": ["CU"], "states": [],
    }  # fmt: skip
    assert found["subscription_eligible"] is True
    assert found["subscription_prices"] == [{"price": "39.00", "currency": "USD"}]
    assert list(found["banner_image"]) == ["large", "medium", "small", "x-small"]
    assert found["banner_image"]["medium"]["url"].endswith("banner_images/b.medium.png")
    assert found["card_image_url"].endswith("card_images/c.png")
    assert found["organization_logo_override_url"].endswith("l.png")


def test_lists_of_a_program_keep_their_order() -> None:
    program, partner = ProgramFactory(), PartnerFactory()
    items = [ExpectedLearningItemFactory(value=value) for value in ("learn b", "learn a")]
    jobs = [JobOutlookItemFactory(value=value) for value in ("job b", "job a")]
    questions = [FAQFactory(question=f"<p>{name}?</p>") for name in ("b", "a")]
    people = [PersonFactory(partner=partner, given_name=name) for name in ("Zoe", "Amy")]
    backer = OrganizationFactory(partner=partner)
    said, also_said = EndorsementFactory(endorser=people[0]), EndorsementFactory()
    corporate = CorporateEndorsementFactory()
    models.CorporateEndorsementVoice.objects.create(
        corporate_endorsement=corporate, endorsement=said
    )
    links = models.program_link
    for place in (0, 1):
        at: dict[str, Any] = {"program": program, "sort_value": place}
        links.ProgramLearningItem.objects.create(expected_learning_item=items[place], **at)
        links.ProgramJobOutlookItem.objects.create(job_outlook_item=jobs[place], **at)
        links.ProgramFaq.objects.create(faq=questions[place], **at)
        links.ProgramInstructor.objects.create(person=people[place], **at)
    links.ProgramCreditBacker.objects.create(program=program, organization=backer)
    links.ProgramEndorsement.objects.create(program=program, endorsement=also_said)
    links.ProgramCorporateEndorsement.objects.create(
        program=program, corporate_endorsement=corporate
    )
    found = rendered(program)
    assert found["expected_learning_items"] == ["learn b", "learn a"]
    assert found["job_outlook_items"] == ["job b", "job a"]
    assert [each["question"] for each in found["faq"]] == ["<p>b?</p>", "<p>a?</p>"]
    assert [each["given_name"] for each in found["instructor_ordering"]] == ["Zoe", "Amy"]
    assert [each["key"] for each in found["credit_backing_organizations"]] == [backer.key]
    assert [each["quote"] for each in found["individual_endorsements"]] == [also_said.quote]
    voice = found["corporate_endorsements"][0]
    assert voice["corporation_name"] == corporate.corporation_name
    assert voice["image"]["src"] == corporate.image.src
    assert voice["individual_endorsements"][0]["endorser"]["given_name"] == "Zoe"


def test_a_program_without_anything_is_rendered() -> None:
    found = rendered(ProgramFactory(type=None, marketing_slug="alone"))
    assert found["type"] is found["type_attrs"] is found["marketing_url"] is None
    assert found["courses"] == found["curricula"] == found["applicable_seat_types"] == []
    assert found["degree"] is found["video"] is found["subscription_eligible"] is None
    assert found["_next_boundary"] is None


def test_types_and_levels_are_named_in_the_language_asked_for() -> None:
    program = ProgramFactory(level_type_override=LevelTypeFactory(name="Advanced"))
    for translated, name in ((program.type, "Micromáster"), (program.level_type_override, "Alto")):
        translated.set_current_language("es")
        translated.name_t = name
        translated.save()
    found = render_programs([program.pk], now=NOW, language="es")[program.pk]
    assert found["type"] == "Micromáster"
    assert found["level_type_override"]["name"] == "Alto"
    assert rendered(program)["type"] == "MicroMasters"


def make_everything(count: int) -> None:
    for number in range(count):
        name = f"{models.Program.objects.count()}-{number}"
        course = make_course(f"A+{name}", runs=2)
        nested = ProgramFactory(courses_in_order=[course], organizations=[OrganizationFactory()])
        degree = DegreeFactory(courses_in_order=[course], level_type_override=LevelTypeFactory())
        CurriculumFactory(program=nested, programs_in=[ProgramFactory()])
        CurriculumFactory(program=degree, programs_in=[nested], courses_in=[course])
        models.DegreeCost.objects.create(degree=degree, description="Tuition", amount="$1")
        links = models.program_link
        links.ProgramEndorsement.objects.create(program=degree, endorsement=EndorsementFactory())
        links.ProgramFaq.objects.create(program=degree, faq=FAQFactory())
        PathwayFactory(partner=degree.partner, programs_in_order=[degree])


def cost_of_rendering() -> list[int]:
    costs = []
    for render, model in ((render_programs, models.Program), (render_pathways, models.Pathway)):
        pks = list(model.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as queries:
            assert len(render(pks, now=NOW)) == len(pks)
        costs.append(len(queries))
    return costs


def test_cost_does_not_depend_on_the_number_of_programs() -> None:
    make_everything(2)
    few = cost_of_rendering()
    make_everything(8)
    assert cost_of_rendering() == few
    assert max(few) <= 100
