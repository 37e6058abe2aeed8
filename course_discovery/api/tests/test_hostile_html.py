"""Hostile HTML, whichever way it comes in, is harmless wherever it comes out."""

from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from course_discovery.api.tests.course_team import as_bob, bob, course, north
from course_discovery.api.tests.course_writing import edited
from course_discovery.api.tests.drafts import run_with_draft
from course_discovery.api.tests.explorer.conftest import catalog, visitor
from course_discovery.core.fields import HtmlField
from course_discovery.core.models import User
from course_discovery.core.tests.hostile_html import HOSTILE, all_at_once, harm, scheme_of
from course_discovery.course_metadata.models import Course, CourseRun, Organization
from course_discovery.course_metadata.tests.factories import CourseFactory
from course_discovery.publisher.mails.composing import compose
from course_discovery.publisher.mails.table import MAILS

__all__ = ["as_bob", "bob", "catalog", "course", "north", "visitor"]

Rows = tuple[Course, Course]
HTML = all_at_once()
# Elements of a page of ours that no text of the catalog may bring.
_RUNNING = {"script", "style", "iframe", "object", "embed", "svg", "math", "form", "base", "link"}


class _Page(HTMLParser):
    """What runs in a page: elements and handlers, and what leads to scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.running: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _RUNNING:
            self.running.append(tag)
        for name, value in attrs:
            if name.startswith("on") or scheme_of(value or "").endswith("script"):
                self.running.append(f"{tag} {name}={value}")


def running(page: str) -> list[str]:
    """What runs in a page."""
    parser = _Page()
    parser.feed(page)
    parser.close()
    return parser.running


def html_columns(model: Any) -> list[str]:
    """The columns of a model that hold HTML."""
    return [each.name for each in model._meta.concrete_fields if isinstance(each, HtmlField)]


def stored_harm(model: Any) -> list[str]:
    """What is harmful in the database, and how much of it there is."""
    rows: Iterable[Any] = model.everything.values_list(*html_columns(model))
    return [each for row in rows for text in row if text for each in harm(text)]


def test_a_write_of_a_course(as_bob: APIClient, course: Rows) -> None:
    names = [name for name in html_columns(Course) if name != "additional_information"]
    body = edited(as_bob, **dict.fromkeys(names, HTML))
    assert names
    for name in names:
        assert harm(body[name]) == []
        assert len(body[name]) > 1000
    assert stored_harm(Course) == []


def test_a_write_of_a_run(as_bob: APIClient, course: Rows) -> None:
    draft, _official = run_with_draft(course)
    told = dict.fromkeys(("short_description", "full_description", "outcome"), HTML)
    answer = as_bob.patch(
        f"/api/v1/course_runs/{draft.key}/", {**told, "draft": False}, format="json"
    )
    assert answer.status_code == 200, answer.content
    for name in told:
        assert harm(answer.json()[name]) == []
    assert CourseRun.objects.get(uuid=draft.uuid).outcome_override
    assert stored_harm(CourseRun) == []


def test_writes_in_bulk(north: Organization) -> None:
    names = html_columns(Course)
    rows = [
        Course(key=f"NorthU+{number}", partner=north.partner, type=CourseFactory().type,
               **dict.fromkeys(names, text))
        for number, text in enumerate(text for text in HOSTILE if "\x00" not in text)
    ]  # fmt: skip
    Course.everything.bulk_create(rows)
    assert stored_harm(Course) == []
    made = list(Course.everything.filter(key__startswith="NorthU+")[:9])
    for row in made:
        row.faq = HTML
    Course.everything.bulk_update(made, ["faq"])
    assert stored_harm(Course) == []
    Course.everything.update(outcome=HTML)
    assert stored_harm(Course) == []


def test_every_column_of_html_cleans_what_is_written() -> None:
    found = [
        each
        for model in apps.get_models()
        for each in model._meta.concrete_fields
        if isinstance(each, HtmlField)
    ]
    assert len(found) > 20
    for each in found:
        assert harm(each.get_prep_value(HTML)) == []


def test_a_page_of_the_explorer(visitor: Client) -> None:
    address = "/courses/NorthU+PHY101/"
    before = running(visitor.get(address).content.decode())
    Course.objects.filter(key="NorthU+PHY101").update(
        title="<script>x()</script>", **dict.fromkeys(html_columns(Course), HTML)
    )
    page = visitor.get(address).content.decode()
    assert "good.example" in page
    assert running(page) == before


@pytest.mark.parametrize("name", sorted(MAILS))
def test_a_mail(course: Rows, name: str, sam: User) -> None:
    hostile = "</title></style><script>x()</script><img src=x onerror=x()>"
    draft, _official = run_with_draft(course)
    before = running(compose(mail=MAILS[name], run=draft, now=timezone.now()).html)
    Course.everything.update(title=hostile, **dict.fromkeys(html_columns(Course), HTML))
    Organization.objects.update(name=hostile)
    CourseRun.everything.update(title_override=hostile)
    run = CourseRun.everything.select_related("course__partner").get(pk=draft.pk)
    mail = compose(mail=MAILS[name], run=run, now=timezone.now())
    assert running(mail.html) == before
    assert "\n" not in mail.subject
