"""What hangs on courses and runs is in their answers, and new at once when it changes."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.api.tests.test_contract_keys import compare, fits
from course_discovery.api.v1.shapes.course import CourseShape
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import (
    Course,
    CourseCollaborator,
    CourseEditor,
    CourseLearningItem,
    CourseRun,
    CourseRunStaff,
    CourseUrlRedirect,
)
from course_discovery.course_metadata.tests import factories as make

URL = "/api/v1/courses/NorthU+PHY101/"
RUN_URL = "/api/v1/course_runs/course-v1:NorthU+PHY101+1/"


@pytest.fixture
def course(partner: Partner) -> Course:
    north = make.OrganizationFactory(partner=partner, key="NorthU")
    made: Course = make.CourseFactory(partner=partner, key="NorthU+PHY101", organizations=[north])
    make.CourseRunFactory(course=made, key="course-v1:NorthU+PHY101+1")
    return made


@pytest.fixture
def run(course: Course) -> CourseRun:
    found: CourseRun = course.course_runs.get()
    return found


def shown(client: APIClient, key: str) -> Any:
    return client.get(URL).json()[key]


def edit(row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def test_the_image_is_the_small_copy_and_the_original(
    as_alice: APIClient, course: Course, run: CourseRun
) -> None:
    edit(course, card_image_url="https://images.example.com/card.png")
    others: dict[str, Any] = {"description": None, "height": None, "width": None}
    card = {"src": "https://images.example.com/card.png", **others}
    body = as_alice.get(URL).json()
    assert (body["image"], body["original_image"]) == (card, None)
    Course.everything.filter(pk=course.pk).update(image="media/course/image/picture.png")
    body = as_alice.get(URL).json()
    assert body["image"] == {"src": "/media/media/course/image/picture.small.png", **others}
    assert body["original_image"] == {"src": "/media/media/course/image/picture.png", **others}
    assert body["course_runs"][0]["image"] == body["image"]
    assert as_alice.get(RUN_URL).json()["image"] == body["image"]
    assert body["card_image_url"] == "https://images.example.com/card.png"


def test_lists_are_in_order(as_alice: APIClient, course: Course, partner: Partner) -> None:
    for place, name in ((2, "last"), (1, "first")):
        CourseCollaborator.objects.create(
            course=course, collaborator=make.CollaboratorFactory(name=name), sort_value=place
        )
        CourseLearningItem.objects.create(
            course=course,
            expected_learning_item=make.ExpectedLearningItemFactory(value=name),
            sort_value=place,
        )
        CourseUrlRedirect.objects.create(course=course, partner=partner, value=f"way/{name}")
        course.topics.add(f"zoo {place}", f"ape {place}")
        course.prerequisites.add(make.PrerequisiteFactory(name=name))
    body = as_alice.get(URL).json()
    assert [each["name"] for each in body["collaborators"]] == ["first", "last"]
    assert body["expected_learning_items"] == ["first", "last"]
    assert body["url_redirects"] == ["way/last", "way/first"]
    assert body["topics"] == ["ape 1", "ape 2", "zoo 1", "zoo 2"]
    assert body["prerequisites"] == [{"name": "last"}, {"name": "first"}]


def test_what_is_single_is_whole(as_alice: APIClient, course: Course) -> None:
    edit(
        course,
        extra_description=make.AdditionalPromoAreaFactory(title="More", description="Of it."),
        geolocation=make.GeoLocationFactory(
            location_name="Graz", lat=Decimal("47.07"), lng=Decimal("-15.4")
        ),
        location_restriction=make.CourseLocationRestrictionFactory(
            restriction_type="blocklist", countries=["IR", "CU"], states=[]
        ),
        in_year_value=make.ProductValueFactory(per_lead_usa=2, per_click_usa=None),
        organization_logo_override="organization/logo_override/own.png",
        watchers=["ann@example.com", "bob@example.com"],
    )
    body = as_alice.get(URL).json()
    assert body["extra_description"] == {"title": "More", "description": "Of it."}
    assert body["geolocation"] == {
        "lat": "47.07000000000", "lng": "-15.40000000000", "location_name": "Graz"
    }  # fmt: skip
    assert body["location_restriction"] == {
        "restriction_type": "blocklist", "countries": ["IR", "CU"], "states": []
    }  # fmt: skip
    assert body["in_year_value"] == {
        "per_click_international": 5, "per_click_usa": None, "per_lead_international": 0,
        "per_lead_usa": 2,
    }  # fmt: skip
    assert body["organization_logo_override_url"] == "/media/organization/logo_override/own.png"
    assert body["watchers"] == ["ann@example.com", "bob@example.com"]
    assert (body["skill_names"], body["skills"]) == ([], [])


def test_a_place_without_coordinates(as_alice: APIClient, course: Course) -> None:
    edit(course, geolocation=make.GeoLocationFactory(location_name=None, lat=None, lng=None))
    assert shown(as_alice, "geolocation") == {"lat": None, "lng": None, "location_name": None}


def test_additional_metadata(as_alice: APIClient, course: Course) -> None:
    metadata = make.AdditionalMetadataFactory(
        external_url="https://provider.example.com/course",
        external_identifier="e1",
        start_date=datetime(2030, 2, 1, tzinfo=UTC),
        variant_id=UUID(int=7),
        certificate_info=make.CertificateInfoFactory(heading="Diploma", blurb="<p>Real.</p>"),
        product_meta=make.ProductMetaFactory(title="T", description="D"),
        taxi_form=make.TaxiFormFactory(form_id="f", grouping="g", title=None),
        external_course_marketing_type="sprint",
    )
    metadata.product_meta.keywords.add("two", "one")
    for heading in ("First", "Second"):
        metadata.facts.add(make.FactFactory(heading=heading, blurb=None))
    edit(course, additional_metadata=metadata)
    assert shown(as_alice, "additional_metadata") == {
        "external_identifier": "e1",
        "external_url": "https://provider.example.com/course",
        "lead_capture_form_url": "",
        "facts": [{"heading": "First", "blurb": None}, {"heading": "Second", "blurb": None}],
        "certificate_info": {"heading": "Diploma", "blurb": "<p>Real.</p>"},
        "organic_url": "",
        "start_date": "2030-02-01T00:00:00Z",
        "end_date": None,
        "registration_deadline": None,
        "variant_id": "00000000-0000-0000-0000-000000000007",
        "course_term_override": None,
        "product_status": "published",
        "product_meta": {"title": "T", "description": "D", "keywords": ["one", "two"]},
        "external_course_marketing_type": "sprint",
        "display_on_org_page": True,
        "taxi_form": {
            "form_id": "f", "grouping": "g", "title": None, "subtitle": None,
            "post_submit_url": None,
        },
    }  # fmt: skip


def test_additional_metadata_with_nothing(as_alice: APIClient, course: Course) -> None:
    bare = make.AdditionalMetadataFactory(certificate_info=None, product_meta=None, taxi_form=None)
    edit(course, additional_metadata=bare)
    body = shown(as_alice, "additional_metadata")
    assert [body[key] for key in ("facts", "certificate_info", "product_meta", "taxi_form")] == [
        [], None, None, None
    ]  # fmt: skip


def test_a_run_names_its_staff_in_order(
    as_alice: APIClient, run: CourseRun, partner: Partner
) -> None:
    for place, name in ((2, "Zoe"), (1, "Bo")):
        person = make.PersonFactory(partner=partner, given_name=name, published=False)
        CourseRunStaff.objects.create(course_run=run, person=person, sort_value=place)
    alone = as_alice.get(RUN_URL).json()["staff"]
    assert [person["given_name"] for person in alone] == ["Bo", "Zoe"]
    assert shown(as_alice, "course_runs")[0]["staff"] == alone
    assert as_alice.get(f"/api/v1/people/{alone[0]['uuid']}/").json() == alone[0]


def test_what_a_run_is_expected_to_be(as_alice: APIClient, run: CourseRun) -> None:
    languages = {"translation_languages": [{"code": "fr", "label": "French"}],
                 "transcription_languages": []}  # fmt: skip
    edit(
        run,
        expected_program_type=make.ProgramTypeFactory(slug="nano"),
        expected_program_name="Physics for all",
        ai_languages=languages,
    )
    body = as_alice.get(RUN_URL).json()
    assert (body["expected_program_type"], body["ai_languages"]) == ("nano", languages)


@pytest.mark.parametrize(
    ("names", "full_name"),
    [
        ({"full_name": "Ann Lee", "first_name": "A", "last_name": "L"}, "Ann Lee"),
        ({"first_name": "Ann", "last_name": "Lee"}, "Ann Lee"),
        ({"first_name": "Ann"}, "Ann"),
        ({}, "ann"),
    ],
)
def test_editors_are_named(
    as_alice: APIClient, course: Course, names: dict[str, str], full_name: str
) -> None:
    ann = User.objects.create_user("ann", "ann@example.com", **names)
    editor = CourseEditor.objects.create(course=course, user=ann)
    assert shown(as_alice, "editors") == [
        {
            "id": editor.pk,
            "user": {"id": ann.pk, "full_name": full_name, "email": "ann@example.com"},
            "course": str(course.uuid),
        }
    ]


def test_draft_and_official_rows_have_their_own(as_sam: APIClient, course: Course) -> None:
    draft = make.CourseFactory(
        partner=course.partner, key=course.key, uuid=course.uuid, draft=True, title="Draft"
    )
    edit(course, draft_version=draft)
    CourseEditor.objects.create(course=draft, user=User.objects.create_user("ann"))
    draft.topics.add("new")
    assert (shown(as_sam, "editors"), shown(as_sam, "topics")) == ([], [])
    body = as_sam.get(f"{URL}?editable=1").json()
    assert (len(body["editors"]), body["topics"]) == (1, ["new"])


# What is changed, by what it is a part of the course's answer as.
CHANGES: dict[str, Callable[[Any], None]] = {
    "editor renamed": lambda all_: edit(all_.ann, full_name="Ann of Green Gables"),
    "editor's mail": lambda all_: User.objects.filter(pk=all_.ann.pk).update(email="a@b.com"),
    "editor's user name": lambda all_: edit(all_.ann, username="anna"),
    "editor gone": lambda all_: all_.ann.delete(),
    "person renamed": lambda all_: edit(all_.person, given_name="Eve"),
    "person's area": lambda all_: make.PersonAreaOfExpertiseFactory(person=all_.person),
    "person's address": lambda all_: make.PersonSocialNetworkFactory(person=all_.person),
    "person's position": lambda all_: edit(all_.person.position, title="Dean"),
    "person's organization": lambda all_: edit(all_.south, name="Far South"),
    "person's partner": lambda all_: edit(
        all_.south.partner, marketing_site_url_root="https://new.example.com"
    ),
    "staff gone": lambda all_: all_.run.staff.clear(),
    "collaborator renamed": lambda all_: edit(all_.collaborator, name="New"),
    "collaborator gone": lambda all_: all_.collaborator.delete(),
    "prerequisite renamed": lambda all_: edit(all_.prerequisite, name="Algebra II"),
    "prerequisite gone": lambda all_: all_.course.prerequisites.clear(),
    "learning item": lambda all_: edit(all_.item, value="New"),
    "topic renamed": lambda all_: edit(all_.course.topics.get(), name="renamed"),
    "topic gone": lambda all_: all_.course.topics.clear(),
    "tag of the owner": lambda all_: all_.north.tags.add("new"),
    "redirect": lambda all_: edit(all_.redirect, value="another/way"),
    "promotion": lambda all_: edit(all_.course.extra_description, title="New"),
    "place": lambda all_: edit(all_.course.geolocation, location_name="New"),
    "restriction": lambda all_: edit(all_.course.location_restriction, countries=["AT"]),
    "value": lambda all_: edit(all_.course.in_year_value, per_lead_usa=77),
    "external url": lambda all_: edit(
        all_.course.additional_metadata, external_url="https://new.example.com"
    ),
    "fact": lambda all_: edit(all_.course.additional_metadata.facts.get(), heading="New"),
    "fact gone": lambda all_: all_.course.additional_metadata.facts.clear(),
    "certificate": lambda all_: edit(
        all_.course.additional_metadata.certificate_info, heading="New"
    ),
    "product meta": lambda all_: edit(all_.course.additional_metadata.product_meta, title="New"),
    "keyword": lambda all_: all_.course.additional_metadata.product_meta.keywords.add("new"),
    "lead form": lambda all_: edit(all_.course.additional_metadata.taxi_form, title="New"),
    "expected program type": lambda all_: edit(all_.run.expected_program_type, slug="new"),
    "languages by machine": lambda all_: edit(all_.run, ai_languages=None),
}  # fmt: skip


class Everything:
    """A course of which every part is there."""

    def __init__(self, course: Course) -> None:
        partner = course.partner
        self.course, self.run = course, course.course_runs.get()
        self.north = course.authoring_organizations.get()
        self.south = make.OrganizationFactory(partner=partner, key="SouthU")
        self.ann = User.objects.create_user("ann", "ann@example.com")
        CourseEditor.objects.create(course=course, user=self.ann)
        self.person = make.PersonFactory(partner=partner)
        make.PositionFactory(person=self.person, organization=self.south)
        CourseRunStaff.objects.create(course_run=self.run, person=self.person)
        self.collaborator = make.CollaboratorFactory()
        CourseCollaborator.objects.create(course=course, collaborator=self.collaborator)
        self.prerequisite = make.PrerequisiteFactory()
        course.prerequisites.add(self.prerequisite)
        self.item = make.ExpectedLearningItemFactory()
        CourseLearningItem.objects.create(course=course, expected_learning_item=self.item)
        course.topics.add("optics")
        self.redirect = CourseUrlRedirect.objects.create(
            course=course, partner=partner, value="old/way"
        )
        metadata = make.AdditionalMetadataFactory()
        metadata.facts.add(make.FactFactory())
        metadata.product_meta.keywords.add("light")
        edit(
            course,
            additional_metadata=metadata,
            extra_description=make.AdditionalPromoAreaFactory(),
            geolocation=make.GeoLocationFactory(),
            location_restriction=make.CourseLocationRestrictionFactory(),
            in_year_value=make.ProductValueFactory(),
        )
        edit(
            self.run,
            expected_program_type=make.ProgramTypeFactory(),
            ai_languages={"translation_languages": [], "transcription_languages": []},
        )


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_at_once(as_alice: APIClient, course: Course, change: str) -> None:
    everything = Everything(course)
    before = as_alice.get(URL)
    CHANGES[change](everything)
    after = as_alice.get(URL)
    assert after.json() != before.json()
    assert after["ETag"] != before["ETag"]


def test_a_sign_in_of_an_editor_changes_nothing(as_alice: APIClient, course: Course) -> None:
    everything = Everything(course)
    before = as_alice.get(URL)
    everything.ann.last_login = datetime(2030, 1, 1, tzinfo=UTC)
    everything.ann.save(update_fields=["last_login"])
    after = as_alice.get(URL, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 304


def test_everything_has_its_shape(as_alice: APIClient, course: Course) -> None:
    Everything(course)
    fits(as_alice.get(URL).json(), CourseShape(), "course")


@needs_samples
@pytest.mark.parametrize("sample", ["course_detail", "catalog_courses", "course_editable_detail"])
def test_keys_order_and_types_are_those_recorded(
    as_alice: APIClient, course: Course, sample: str
) -> None:
    Everything(course)
    path = sample_path(sample)
    recorded = json.loads(path.read_text(encoding="utf-8"))["body"]
    ours = as_alice.get(URL).json()
    for each in recorded.get("results", [recorded]):
        same = [key for key in ours if key in each and key != "course_runs"]
        compare({key: ours[key] for key in same}, {key: each[key] for key in same}, sample)
