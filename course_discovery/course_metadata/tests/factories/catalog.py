"""Rows of courses and runs."""

from typing import Any

import factory
from django.contrib.sites.models import Site
from factory.django import DjangoModelFactory

from course_discovery.core.models import Partner
from course_discovery.course_metadata import models


class SiteFactory(DjangoModelFactory):
    """A site of its own host."""

    class Meta:
        model = Site

    domain = factory.Sequence(lambda n: f"site{n}.example.com")
    name = factory.SelfAttribute("domain")


class PartnerFactory(DjangoModelFactory):
    """A tenant."""

    class Meta:
        model = Partner
        django_get_or_create = ("short_code",)

    name = factory.Sequence(lambda n: f"Partner {n}")
    short_code = factory.Sequence(lambda n: f"p{n}")
    site = factory.SubFactory(SiteFactory)
    marketing_site_url_root = "https://www.example.com/"


class OrganizationFactory(DjangoModelFactory):
    """An organization of a partner."""

    class Meta:
        model = models.Organization

    partner = factory.SubFactory(PartnerFactory)
    key = factory.Sequence(lambda n: f"Org{n}")
    name = factory.LazyAttribute(lambda row: f"{row.key} University")
    slug = factory.LazyAttribute(lambda row: row.key.lower())


class SubjectFactory(DjangoModelFactory):
    """A subject, named in the default language."""

    class Meta:
        model = models.Subject
        skip_postgeneration_save = True

    partner = factory.SubFactory(PartnerFactory)
    slug = factory.Sequence(lambda n: f"subject-{n}")
    name = factory.LazyAttribute(lambda row: row.slug.title())


class LevelTypeFactory(DjangoModelFactory):
    """A level."""

    class Meta:
        model = models.LevelType

    name = factory.Sequence(lambda n: f"Level {n}")
    name_t = factory.SelfAttribute("name")
    sort_value = factory.Sequence(lambda n: n)


class CourseFactory(DjangoModelFactory):
    """An official course; `organizations=` and `subjects=` are kept in order."""

    class Meta:
        model = models.Course
        skip_postgeneration_save = True

    partner = factory.SubFactory(PartnerFactory)
    key = factory.Sequence(lambda n: f"Org{n}+CS{n}")
    title = factory.Sequence(lambda n: f"Course {n}")
    type = factory.LazyFunction(lambda: models.CourseType.objects.get(slug="verified-audit"))
    draft = False

    @classmethod
    def _get_manager(cls, model_class: Any) -> Any:
        return model_class.everything

    @factory.post_generation
    def organizations(self, create: bool, extracted: list[models.Organization] | None) -> None:
        for place, organization in enumerate(extracted or []):
            models.CourseAuthor.objects.create(
                course=self, organization=organization, sort_value=place
            )

    @factory.post_generation
    def subjects_in_order(self, create: bool, extracted: list[models.Subject] | None) -> None:
        for place, subject in enumerate(extracted or []):
            models.CourseSubject.objects.create(course=self, subject=subject, sort_value=place)


class CourseRunFactory(DjangoModelFactory):
    """An official, published run without seats."""

    class Meta:
        model = models.CourseRun
        skip_postgeneration_save = True

    course = factory.SubFactory(CourseFactory)
    key = factory.Sequence(lambda n: f"course-v1:Org{n}+CS{n}+1T2030")
    type = factory.LazyFunction(lambda: models.CourseRunType.objects.get(slug="verified-audit"))
    status = models.course_run.CourseRunStatus.PUBLISHED
    slug = factory.LazyAttribute(lambda row: row.key.lower().replace(":", "-").replace("+", "-"))
    draft = factory.LazyAttribute(lambda row: row.course.draft)

    @classmethod
    def _get_manager(cls, model_class: Any) -> Any:
        return model_class.everything


class SeatFactory(DjangoModelFactory):
    """A verified seat in US dollars."""

    class Meta:
        model = models.Seat

    course_run = factory.SubFactory(CourseRunFactory)
    type_id = "verified"
    price = 49
    draft = factory.LazyAttribute(lambda row: row.course_run.draft)

    @classmethod
    def _get_manager(cls, model_class: Any) -> Any:
        return model_class.everything


class CourseEntitlementFactory(DjangoModelFactory):
    """A verified entitlement in US dollars."""

    class Meta:
        model = models.CourseEntitlement

    course = factory.SubFactory(CourseFactory)
    mode = factory.LazyFunction(lambda: models.SeatType.objects.get(slug="verified"))
    partner = factory.SelfAttribute("course.partner")
    price = 49
    draft = factory.LazyAttribute(lambda row: row.course.draft)

    @classmethod
    def _get_manager(cls, model_class: Any) -> Any:
        return model_class.everything


class TopicFactory(DjangoModelFactory):
    """A topic, named in the default language."""

    class Meta:
        model = models.Topic

    partner = factory.SubFactory(PartnerFactory)
    slug = factory.Sequence(lambda n: f"topic-{n}")
    name = factory.LazyAttribute(lambda row: row.slug.title())


class ImageFactory(DjangoModelFactory):
    """An image elsewhere."""

    class Meta:
        model = models.Image

    src = factory.Sequence(lambda n: f"https://images.example.com/{n}.png")


class VideoFactory(DjangoModelFactory):
    """A video elsewhere."""

    class Meta:
        model = models.Video

    src = factory.Sequence(lambda n: f"https://videos.example.com/{n}")
