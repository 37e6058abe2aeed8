"""Editors change courses and runs in the admin."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from course_discovery.core.admin.tests.page import add_row, errors_of, fields_of
from course_discovery.core.models import User
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.operations.course_url_slug import active_url_slug
from course_discovery.course_metadata.tests import factories as make


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ada"))
    return client


def address_of(row: Any) -> str:
    return reverse(f"admin:course_metadata_{row._meta.model_name}_change", args=[row.pk])


def save(editor: Client, row: Any, **values: str | list[str]) -> list[str]:
    fields = fields_of(editor.get(address_of(row)))
    fields |= {n: v if isinstance(v, list) else [v] for n, v in values.items()}
    return errors_of(editor.post(address_of(row), fields))


def test_what_the_workflow_owns_stays(editor: Client) -> None:
    run = make.CourseRunFactory(status="unpublished")
    assert save(editor, run, status="published", key="course-v1:A+B+C", draft="on") == []
    stored = CourseRun.everything.get()
    assert (stored.status, stored.key, stored.draft) == ("unpublished", run.key, False)
    assert save(editor, run.course, key="A+B", draft="on") == []
    assert (Course.everything.get().key, Course.everything.get().draft) == (run.course.key, False)


def test_parts_of_a_draft_are_drafts_and_the_course_is_touched(editor: Client) -> None:
    run = make.CourseRunFactory(course=make.CourseFactory(draft=True))
    fields = fields_of(editor.get(address_of(run)))
    add_row(fields, "seats", type="verified", price="49", currency="USD")
    assert errors_of(editor.post(address_of(run), fields)) == []
    assert run.seats.get().draft is True
    assert Course.everything.get().data_modified_timestamp is not None


def test_a_seat_twice_is_refused(editor: Client) -> None:
    run = make.SeatFactory().course_run
    fields = fields_of(editor.get(address_of(run)))
    add_row(fields, "seats", type="verified", price="5", currency="USD")
    assert errors_of(editor.post(address_of(run), fields))
    assert run.seats.count() == 1


def test_a_course_gets_a_new_address_and_keeps_the_old_one(editor: Client) -> None:
    course = make.CourseFactory()
    assert save(editor, course, url_slug="sea") == []
    assert save(editor, course, url_slug="learn/sea") == []
    assert active_url_slug(course) == "learn/sea"
    assert course.url_slug_history.count() == 2


def test_an_address_that_another_course_has_is_refused(editor: Client) -> None:
    course = make.CourseFactory()
    other = make.CourseFactory(partner=course.partner)
    assert save(editor, course, url_slug="sea") == []
    (error,) = save(editor, other, url_slug="SEA", title="Kept in the form")
    assert "another course has it" in error
    assert Course.everything.get(pk=other.pk).title != "Kept in the form"
    assert save(editor, other, url_slug="a b")[0].startswith("url_slug: ")


def test_redirects_are_unique_in_any_case(editor: Client) -> None:
    course = make.CourseFactory()
    course.url_redirects.create(partner=course.partner, value="old/sea")
    other = make.CourseFactory(partner=course.partner)
    fields = fields_of(editor.get(address_of(other)))
    add_row(fields, "url_redirects", value="OLD/sea")
    (error,) = errors_of(editor.post(address_of(other), fields))
    assert error.startswith("url_redirects-0-value: ")
    fields["url_redirects-0-value"] = ["old/ocean"]
    assert errors_of(editor.post(address_of(other), fields)) == []
    assert other.url_redirects.get().partner == course.partner


def test_watchers_stand_on_lines(editor: Client) -> None:
    course = make.CourseFactory()
    assert (
        save(editor, course, watchers="a@example.com\r\n\r\n b@example.com \r\na@example.com") == []
    )
    assert Course.everything.get().watchers == ["a@example.com", "b@example.com"]
    shown = fields_of(editor.get(address_of(course)))["watchers"]
    assert shown == ["a@example.com\nb@example.com"]
    assert save(editor, course, watchers="nobody")[0].startswith("watchers: ")
    assert save(editor, course, watchers="") == []
    assert Course.everything.get().watchers == []


def test_languages_by_machine_stand_on_lines(editor: Client) -> None:
    run = make.CourseRunFactory()
    told = {"ai_languages_0": "es: Spanish\r\nfr: French", "ai_languages_1": "de: German"}
    assert save(editor, run, **told) == []
    assert CourseRun.everything.get().ai_languages == {
        "translation_languages": [
            {"code": "es", "label": "Spanish"}, {"code": "fr", "label": "French"},
        ],
        "transcription_languages": [{"code": "de", "label": "German"}],
    }  # fmt: skip
    assert save(editor, run) == []
    assert save(editor, run, ai_languages_0="Spanish")[0].startswith("ai_languages: ")
    assert save(editor, run, ai_languages_0="", ai_languages_1="") == []
    assert CourseRun.everything.get().ai_languages is None


def test_the_canonical_run_is_one_of_the_course(editor: Client) -> None:
    run, other = make.CourseRunFactory(), make.CourseRunFactory()
    assert save(editor, run.course, canonical_course_run=str(run.pk)) == []
    assert Course.everything.get(pk=run.course_id).canonical_course_run == run
    (error,) = save(editor, run.course, canonical_course_run=str(other.pk))
    assert error.startswith("canonical_course_run: ")


def test_keys_of_organizations_are_unique_in_any_case(editor: Client) -> None:
    organization = make.OrganizationFactory(key="NorthU")
    add = reverse("admin:course_metadata_organization_add")
    fields = fields_of(editor.get(add))
    fields |= {"partner": [str(organization.partner_id)], "key": ["northu"], "name": ["N"]}
    (error,) = errors_of(editor.post(add, fields))
    assert error.startswith("key: ")
    fields["key"] = ["SouthU"]
    assert errors_of(editor.post(add, fields)) == []
    assert organization.partner.organization_set.get(key="SouthU").slug == "southu"
