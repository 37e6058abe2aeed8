"""Editors make and change programs in the admin."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from course_discovery.core.admin.tests.page import Fields, add_row, errors_of, fields_of
from course_discovery.core.models import User
from course_discovery.course_metadata.models import Program
from course_discovery.course_metadata.tests import factories as make

ADD = "admin:course_metadata_program_add"


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ada"))
    return client


def address_of(row: Any) -> str:
    return reverse(f"admin:course_metadata_{row._meta.model_name}_change", args=[row.pk])


def new_program(editor: Client, partner: Any, **values: str) -> Fields:
    fields = fields_of(editor.get(reverse(ADD)))
    told = {"partner": partner.pk, "title": "Sea life", "status": "active"} | values
    return fields | {name: [str(value)] for name, value in told.items()}


def test_a_new_program_is_named_after_its_type_author_and_title(editor: Client) -> None:
    author = make.OrganizationFactory(key="NorthU")
    type_ = make.ProgramTypeFactory(slug="masters-of-sea")
    fields = new_program(editor, author.partner, type=str(type_.pk))
    add_row(fields, "author_links", organization=author.pk)

    assert errors_of(editor.post(reverse(ADD), fields)) == []

    assert Program.objects.get().marketing_slug == "masters-of-sea/northu-sea-life"


def test_an_address_that_somebody_gave_stays(editor: Client) -> None:
    author = make.OrganizationFactory()
    fields = new_program(editor, author.partner, marketing_slug="the-sea")
    add_row(fields, "author_links", organization=author.pk)
    assert errors_of(editor.post(reverse(ADD), fields)) == []
    assert Program.objects.get().marketing_slug == "the-sea"


@pytest.mark.parametrize("slug", ["a b", "/sea", "sea/", "sea//life", "séa"])
def test_an_address_that_is_none_is_refused(editor: Client, slug: str) -> None:
    fields = new_program(editor, make.PartnerFactory(), marketing_slug=slug)
    assert "marketing_slug" in errors_of(editor.post(reverse(ADD), fields))[0]
    assert not Program.objects.exists()


def test_an_address_that_another_program_has_is_refused_in_any_case(editor: Client) -> None:
    degree = make.DegreeFactory(marketing_slug="The-Sea")
    program = make.ProgramFactory()
    for row, taken in ((program, degree), (degree, program)):
        fields = fields_of(editor.get(address_of(row)))
        fields["marketing_slug"] = [taken.marketing_slug.swapcase()]
        (error,) = errors_of(editor.post(address_of(row), fields))
        assert error.startswith("marketing_slug: ")


def test_dragging_changes_the_order_of_courses(editor: Client) -> None:
    partner = make.PartnerFactory()
    first, second = make.CourseFactory(partner=partner), make.CourseFactory(partner=partner)
    program = make.ProgramFactory(partner=partner, courses_in_order=[first, second])
    page = editor.get(address_of(program))
    assert "adminsortable2" in page.content.decode()
    fields = fields_of(page)
    fields |= {"course_links-0-sort_value": ["2"], "course_links-1-sort_value": ["1"]}

    assert errors_of(editor.post(address_of(program), fields)) == []

    links = program.course_links.order_by("sort_value")
    assert [link.course for link in links] == [second, first]


def test_only_official_courses_of_the_partner_are_taken(editor: Client) -> None:
    program = make.ProgramFactory()
    for course in (make.CourseFactory(partner=program.partner, draft=True), make.CourseFactory()):
        fields = fields_of(editor.get(address_of(program)))
        add_row(fields, "course_links", course=course.pk)
        (error,) = errors_of(editor.post(address_of(program), fields))
        assert error.startswith("course_links-0-course: ")
    assert not program.course_links.exists()


def test_readers_hear_of_changes_and_only_of_those(editor: Client) -> None:
    program = make.ProgramFactory()
    editor.post(address_of(program), fields_of(editor.get(address_of(program))))
    program.refresh_from_db()
    assert program.data_modified_timestamp is None
    fields = fields_of(editor.get(address_of(program)))
    add_row(fields, "job_outlook_links", job_outlook_item=make.JobOutlookItemFactory().pk)
    assert errors_of(editor.post(address_of(program), fields)) == []
    program.refresh_from_db()
    assert program.data_modified_timestamp is not None


def test_countries_are_chosen_by_name(editor: Client) -> None:
    program = make.ProgramFactory()
    page = editor.get(address_of(program))
    assert "Austria" in page.content.decode()
    fields = fields_of(page)
    add_row(fields, "location_restriction", restriction_type="blocklist")
    fields["location_restriction-0-countries"] = ["AT", "CH"]
    fields["location_restriction-0-states"] = ["TX"]
    assert errors_of(editor.post(address_of(program), fields)) == []
    program = Program.objects.get()
    assert program.location_restriction.countries == ["AT", "CH"]
    assert program.location_restriction.states == ["TX"]
    fields = fields_of(editor.get(address_of(program)))
    fields["location_restriction-0-countries"] = ["ZZ"]
    (error,) = errors_of(editor.post(address_of(program), fields))
    assert error.startswith("location_restriction-0-countries: ")


def test_runs_of_its_courses_are_excluded(editor: Client) -> None:
    run, other = make.CourseRunFactory(), make.CourseRunFactory()
    program = make.ProgramFactory(partner=run.course.partner, courses_in_order=[run.course])
    page = reverse("excluded_course_runs", args=[program.pk])
    assert page == f"/admin/course_metadata/update_course_runs/{program.pk}/"
    shown = editor.get(page).content.decode()
    assert run.key.replace("+", "&#43;") in shown or run.key in shown
    assert other.key not in shown

    assert editor.post(page, {"excluded_course_runs": [run.pk]}).status_code == 302
    assert list(program.excluded_course_runs.all()) == [run]
    for junk in (other.pk, "zzz", "9" * 30):
        assert editor.post(page, {"excluded_course_runs": [junk]}).status_code == 200
    assert list(program.excluded_course_runs.all()) == [run]
    assert editor.post(page, {}).status_code == 302
    assert not program.excluded_course_runs.exists()


def test_excluded_runs_are_for_staff(db: None, editor: Client) -> None:
    page = reverse("excluded_course_runs", args=[make.ProgramFactory().pk])
    learner, anonymous = Client(), Client()
    learner.force_login(User.objects.create_user("bob"))
    for client in (learner, anonymous):
        assert client.get(page).status_code == client.post(page, {}).status_code == 404
    gone = reverse("excluded_course_runs", args=[10**18])
    assert editor.get(gone).status_code == 404


def test_pathways_take_programs_of_their_partner(editor: Client) -> None:
    pathway = make.PathwayFactory()
    stranger = make.ProgramFactory()
    fields = fields_of(editor.get(address_of(pathway)))
    add_row(fields, "program_links", program=stranger.pk)
    (error,) = errors_of(editor.post(address_of(pathway), fields))
    assert error.startswith("program_links-0-program: ")
    fields["program_links-0-program"] = [str(make.ProgramFactory(partner=pathway.partner).pk)]
    assert errors_of(editor.post(address_of(pathway), fields)) == []


def test_a_curriculum_knows_since_when_it_is_active(editor: Client) -> None:
    curriculum = make.CurriculumFactory()
    fields = fields_of(editor.get(address_of(curriculum)))
    editor.post(address_of(curriculum), fields)
    curriculum.refresh_from_db()
    assert curriculum.activated_at is not None
    fields.pop("is_active")
    editor.post(address_of(curriculum), fields)
    curriculum.refresh_from_db()
    assert curriculum.deactivated_at is not None


def test_a_person_is_named_after_the_names(editor: Client) -> None:
    partner = make.PartnerFactory()
    add = reverse("admin:course_metadata_person_add")
    for expected in ("ada-lovelace", "ada-lovelace-2"):
        fields = fields_of(editor.get(add))
        told = {"partner": partner.pk, "given_name": "Ada", "family_name": "Lovelace"}
        fields |= {name: [str(value)] for name, value in told.items()}
        assert errors_of(editor.post(add, fields)) == []
        assert partner.person_set.order_by("pk").last().slug == expected


def test_a_refusal_of_the_catalog_is_told_in_the_form(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    curriculum = make.CurriculumFactory()
    membership = make.ProgramFactory(partner=curriculum.program.partner)
    make.CurriculumFactory(program=membership, programs_in=[curriculum.program])
    fields = fields_of(editor.get(address_of(curriculum)))
    add_row(fields, "program_memberships", program=membership.pk)

    answer = editor.post(address_of(curriculum), fields)

    assert errors_of(answer)
    assert curriculum.program_memberships.count() == 0
    shown = fields_of(answer)
    assert shown["program_memberships-0-program"] == [str(membership.pk)]


def test_uuids_are_shown_and_not_asked_for(editor: Client) -> None:
    program = make.ProgramFactory()
    fields = fields_of(editor.get(address_of(program))) | {"uuid": [str(uuid.uuid4())]}
    editor.post(address_of(program), fields)
    assert Program.objects.get().uuid == program.uuid
