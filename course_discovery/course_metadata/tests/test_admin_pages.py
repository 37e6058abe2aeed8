"""Every registered model has pages in the admin that open and save."""

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from course_discovery.core.models import User
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseSubject,
    Image,
    Organization,
    RestrictedCourseRun,
    Source,
    Video,
)
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    PartnerFactory,
    SeatFactory,
    SubjectFactory,
)

OURS = ("core", "course_metadata", "publisher")
REGISTERED = [model for model in admin.site._registry if model._meta.app_label in OURS]


@pytest.fixture
def root(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root", "root@example.com", "root"))
    return client


@pytest.fixture
def rows(db: None) -> None:
    organization = OrganizationFactory()
    subject = SubjectFactory(partner=organization.partner)
    course = CourseFactory(partner=organization.partner, organizations=[organization])
    CourseSubject.objects.create(course=course, subject=subject)
    CourseEntitlementFactory(course=course)
    run = CourseRunFactory(course=course, language_id="es")
    SeatFactory(course_run=run)
    RestrictedCourseRun.everything.create(course_run=run, restriction_type="custom-b2c")
    image = Image.objects.create(src="https://example.com/i.png")
    Video.objects.create(src="https://example.com/v.mp4", image=image)
    Source.objects.create(name="edX", slug="edx")


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.model_name)
def test_pages_open(root: Client, rows: None, model: type[Model]) -> None:
    meta = model._meta
    name = f"admin:{meta.app_label}_{meta.model_name}"
    assert root.get(reverse(f"{name}_changelist"), {"q": "x"}).status_code == 200
    by_hand = model not in (Course, CourseRun)
    assert root.get(reverse(f"{name}_add")).status_code == (200 if by_hand else 403)
    row = model._base_manager.first()
    if row is not None:
        assert root.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200


def test_every_model_of_the_catalog_is_registered() -> None:
    from django.apps import apps

    # Parts that are edited inside their owners.
    inside = {
        "CourseAuthor", "CourseSponsor", "CourseSubject", "CourseTypeRunType",
        "SubjectTranslation", "LevelTypeTranslation", "LanguageTagTranslation",
    }  # fmt: skip
    missing = {
        model.__name__
        for model in apps.get_app_config("course_metadata").get_models()
        if model not in admin.site._registry and not model.__name__.startswith("Historical")
    }
    assert missing == inside


def test_a_seat_added_to_a_draft_is_a_draft_and_the_course_is_touched(root: Client) -> None:
    run = CourseRunFactory(course=CourseFactory(draft=True))
    page = root.get(reverse("admin:course_metadata_courserun_change", args=[run.pk]))
    form = page.context["adminform"].form
    data = {
        name: value
        for name in form.fields
        if (value := form[name].value()) is not None and value is not False and value != []
    }
    data |= {
        "seats-TOTAL_FORMS": "1", "seats-INITIAL_FORMS": "0", "seats-0-type": "verified",
        "seats-0-price": "49", "seats-0-currency": "USD", "seats-0-course_run": str(run.pk),
        "restricted_run-TOTAL_FORMS": "0", "restricted_run-INITIAL_FORMS": "0",
    }  # fmt: skip
    answer = root.post(page.wsgi_request.path, data)
    assert answer.status_code == 302, (
        answer.context["adminform"].form.errors,
        [each.formset.errors for each in answer.context["inline_admin_formsets"]],
    )
    seat = run.seats.get()
    assert seat.draft is True
    assert Course.everything.get(pk=run.course_id).data_modified_timestamp is not None


def test_an_organization_added_by_hand_gets_its_slug(root: Client) -> None:
    partner = PartnerFactory()
    answer = root.post(
        reverse("admin:course_metadata_organization_add"),
        {"partner": partner.pk, "key": "NorthU", "name": "North University",
         "auto_generate_course_run_keys": "on"},
    )  # fmt: skip
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    assert Organization.objects.get().slug == "northu"
