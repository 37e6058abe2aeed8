"""Rows of people."""

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from course_discovery.core.models import User
from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests.factories.catalog import (
    ImageFactory,
    OrganizationFactory,
    PartnerFactory,
)


class UserFactory(DjangoModelFactory):
    """An account."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    email = factory.LazyAttribute(lambda row: f"{row.username}@example.com")


class PersonFactory(DjangoModelFactory):
    """A published person."""

    class Meta:
        model = models.Person

    partner = factory.SubFactory(PartnerFactory)
    given_name = factory.Sequence(lambda n: f"Given {n}")
    family_name = factory.Sequence(lambda n: f"Family {n}")
    slug = factory.LazyAttribute(lambda row: slugify(f"{row.given_name} {row.family_name}"))
    bio = "A life in letters."
    published = True


class PositionFactory(DjangoModelFactory):
    """The position of a person."""

    class Meta:
        model = models.Position

    person = factory.SubFactory(PersonFactory)
    title = "Professor"
    organization = factory.SubFactory(
        OrganizationFactory, partner=factory.SelfAttribute("..person.partner")
    )


class PersonSocialNetworkFactory(DjangoModelFactory):
    """An address of a person."""

    class Meta:
        model = models.PersonSocialNetwork

    person = factory.SubFactory(PersonFactory)
    type = "blog"
    url = factory.Sequence(lambda n: f"https://blog.example.com/{n}")
    title = factory.Sequence(lambda n: f"Blog {n}")


class PersonAreaOfExpertiseFactory(DjangoModelFactory):
    """An area of expertise."""

    class Meta:
        model = models.PersonAreaOfExpertise

    person = factory.SubFactory(PersonFactory)
    value = factory.Sequence(lambda n: f"Area {n}")


class EndorsementFactory(DjangoModelFactory):
    """What a person says."""

    class Meta:
        model = models.Endorsement

    endorser = factory.SubFactory(PersonFactory)
    quote = "<p>Good.</p>"


class CorporateEndorsementFactory(DjangoModelFactory):
    """What a corporation says."""

    class Meta:
        model = models.CorporateEndorsement

    corporation_name = factory.Sequence(lambda n: f"Corporation {n}")
    statement = "<p>Very good.</p>"
    image = factory.SubFactory(ImageFactory)
