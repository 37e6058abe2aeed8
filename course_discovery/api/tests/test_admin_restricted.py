"""Restricted internal users in the admin (decision 17): what they only read, and what is left."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from course_discovery.core.models import Partner, User
from course_discovery.course_metadata import models as catalog
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.tests.factories import CourseFactory, OrganizationFactory
from course_discovery.publisher.admin_gate import COURSES, PEOPLE, may_write_in_admin
from course_discovery.publisher.tests.people import person
from course_discovery.publisher.tests.persons import cast

PROGRAMS = "programs are not among what decision 17 names"
VOCABULARY = "words that all objects choose from"
OPERATION = "how the service runs"
RIGHTS = "who may do what: Django's permissions say who gives it"
PAGES = "pages that nobody writes on"
# What restricted users write as Django's permissions say, and why.
OUTSIDE = {
    "auth.Group": RIGHTS,
    "catalogs.Catalog": "queries, which name courses and say nothing of them",
    "core.Currency": VOCABULARY,
    "core.Partner": OPERATION,
    "core.User": RIGHTS,
    "core.UserThrottleRate": OPERATION,
    "course_metadata.CorporateEndorsement": PROGRAMS,
    "course_metadata.CourseRunType": VOCABULARY,
    "course_metadata.CourseType": VOCABULARY,
    "course_metadata.Curriculum": PROGRAMS,
    "course_metadata.CurriculumCourseMembership": PROGRAMS,
    "course_metadata.CurriculumCourseRunExclusion": PROGRAMS,
    "course_metadata.CurriculumProgramMembership": PROGRAMS,
    "course_metadata.Degree": PROGRAMS,
    "course_metadata.DegreeAdditionalMetadata": PROGRAMS,
    "course_metadata.DegreeCost": PROGRAMS,
    "course_metadata.DegreeDeadline": PROGRAMS,
    "course_metadata.Endorsement": PROGRAMS,
    "course_metadata.ExternalKeyClaim": PAGES,
    "course_metadata.FAQ": PROGRAMS,
    "course_metadata.JobOutlookItem": PROGRAMS,
    "course_metadata.LanguageTag": VOCABULARY,
    "course_metadata.LevelType": VOCABULARY,
    "course_metadata.Mode": VOCABULARY,
    "course_metadata.Organization": "organizations are not among what decision 17 names",
    "course_metadata.OrganizationMapping": "organizations are not among what decision 17 names",
    "course_metadata.Pathway": PROGRAMS,
    "course_metadata.Program": PROGRAMS,
    "course_metadata.ProgramLocationRestriction": PROGRAMS,
    "course_metadata.ProgramSubscription": PROGRAMS,
    "course_metadata.ProgramType": VOCABULARY,
    "course_metadata.Ranking": PROGRAMS,
    "course_metadata.SeatType": VOCABULARY,
    "course_metadata.Source": VOCABULARY,
    "course_metadata.Specialization": PROGRAMS,
    "course_metadata.SubVertical": VOCABULARY,
    "course_metadata.Subject": VOCABULARY,
    "course_metadata.Tag": VOCABULARY,
    "course_metadata.Topic": VOCABULARY,
    "course_metadata.Track": VOCABULARY,
    "course_metadata.Vertical": VOCABULARY,
    "learner_pathway.LearnerPathway": "pathways name courses and say nothing of them",
    "learner_pathway.LearnerPathwayStep": "pathways name courses and say nothing of them",
    "loaders.LoadRun": PAGES,
    "loaders.LoadedSource": PAGES,
    "loaders.RefusedRow": PAGES,
    "publisher.Errand": OPERATION,
    "publisher.OrganizationExtension": RIGHTS,
    "publisher.OrganizationUserRole": RIGHTS,
    "publisher.PublisherRoleAssignment": RIGHTS,
    "publisher.UserAttributes": RIGHTS,
    "search.IndexRecord": OPERATION,
    "search.SynonymGroup": OPERATION,
    "sites.Site": OPERATION,
    "social_django.Association": OPERATION,
    "social_django.Nonce": OPERATION,
    "social_django.UserSocialAuth": RIGHTS,
    "waffle.Flag": OPERATION,
    "waffle.Sample": OPERATION,
    "waffle.Switch": OPERATION,
}


@pytest.fixture
def course(partner: Partner, settings: Any) -> Course:
    """A draft of North's, while internal users are restricted."""
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = True
    north = OrganizationFactory(partner=partner, key="NorthU")
    made: Course = CourseFactory(partner=partner, key="NorthU+A", draft=True, organizations=[north])
    made.additional_metadata = catalog.AdditionalMetadata.objects.create(
        external_identifier="A",
        certificate_info=catalog.CertificateInfo.objects.create(heading="A certificate"),
        taxi_form=catalog.TaxiForm.objects.create(title="A form"),
        product_meta=catalog.ProductMeta.objects.create(title="A title"),
    )
    made.additional_metadata.facts.add(catalog.Fact.objects.create(heading="A fact"))
    made.location_restriction = catalog.CourseLocationRestriction.objects.create()
    made.geolocation = catalog.GeoLocation.objects.create(location_name="Here", lat=1, lng=2)
    made.in_year_value = catalog.ProductValue.objects.create()
    made.extra_description = catalog.AdditionalPromoArea.objects.create(title="More")
    made.video = catalog.Video.objects.create(
        src="https://example.com/v", image=catalog.Image.objects.create(src="https://example.com/i")
    )
    made.save()
    made.prerequisites.add(catalog.Prerequisite.objects.create(name="Counting"))
    return made


SHARED = [
    catalog.AdditionalMetadata, catalog.AdditionalPromoArea, catalog.CertificateInfo,
    catalog.CourseLocationRestriction, catalog.Fact, catalog.GeoLocation, catalog.Image,
    catalog.Prerequisite, catalog.ProductMeta, catalog.ProductValue, catalog.TaxiForm,
    catalog.Video,
]  # fmt: skip


def test_each_model_of_the_admin_is_inside_or_outside_for_a_reason() -> None:
    registered = {each._meta.label for each in admin.site._registry}
    inside = {each._meta.label for each in (*COURSES, *PEOPLE)}
    assert not inside & OUTSIDE.keys()
    assert registered == inside | OUTSIDE.keys()
    assert all(OUTSIDE.values())


def test_new_rows_are_for_who_is_free(course: Course) -> None:
    people = cast(course.authoring_organizations.get(), course)
    for model in COURSES:
        able = {each for each in ("sam", "connie", "erin", "paula") if _may(people[each], model)}
        assert able == {"paula"}, model


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model.__name__)
def test_what_a_course_shows_is_for_who_may_edit_it(course: Course, model: Any) -> None:
    row = model.objects.get()
    people = cast(course.authoring_organizations.get())
    assert not _may(people["sam"], model, row)
    assert _may(people["paula"], model, row)
    assert _may(people["connie"], model, row)


def test_every_row_that_courses_show_is_found(course: Course) -> None:
    people = cast(course.authoring_organizations.get())
    for model, paths in COURSES.items():
        assert not _may(people["sam"], model, model(pk=0)), paths
        assert _may(people["connie"], model, model(pk=0)) is False, paths


def test_what_another_course_shows_too_is_not(course: Course) -> None:
    people = cast(course.authoring_organizations.get())
    CourseFactory(
        partner=course.partner, key="OtherU+A", draft=True, geolocation=course.geolocation,
        organizations=[OrganizationFactory(partner=course.partner, key="FarU")],
    )  # fmt: skip
    assert not _may(people["connie"], catalog.GeoLocation, course.geolocation)


@pytest.mark.parametrize("model", SHARED[:2], ids=lambda model: model.__name__)
def test_pages_are_read_and_not_written(course: Course, model: Any) -> None:
    root = person("root", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(root)
    row = model.objects.get()
    address = reverse(f"admin:course_metadata_{model._meta.model_name}_change", args=[row.pk])
    shown = client.get(address)
    assert shown.status_code == 200
    assert b'name="_save"' not in shown.content
    assert client.post(address, {}).status_code == 403


def _may(user: User, model: Any, row: Any = None) -> bool:
    return may_write_in_admin(user, model, row)
