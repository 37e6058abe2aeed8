"""Hostile HTML in the forms of the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from course_discovery.core.admin.tests.page import errors_of, fields_of
from course_discovery.core.models import User
from course_discovery.core.tests.hostile_html import all_at_once, harm
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.tests.factories import CourseFactory, CourseRunFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def root() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.mark.parametrize(
    ("row", "names"),
    [
        (CourseFactory, ("short_description", "full_description", "outcome", "faq")),
        (CourseRunFactory, ("short_description_override", "full_description_override")),
    ],
)
def test_it_is_stored_and_shown_harmless(
    root: Client, row: type[CourseFactory | CourseRunFactory], names: tuple[str, ...]
) -> None:
    made: Course | CourseRun = row(draft=True)
    address = reverse(
        f"admin:{made._meta.app_label}_{made._meta.model_name}_change", args=[made.pk]
    )
    fields = fields_of(root.get(address))
    assert fields.keys() >= set(names)
    answer = root.post(address, {**fields, **{name: [all_at_once()] for name in names}})
    assert errors_of(answer) == []
    made.refresh_from_db()
    for name in names:
        assert len(getattr(made, name)) > 1000
        assert harm(getattr(made, name)) == []
    # What the form shows next is what is stored, and no part of the page.
    assert [each.strip() for each in fields_of(root.get(address))[names[0]]] == [
        getattr(made, names[0])
    ]
