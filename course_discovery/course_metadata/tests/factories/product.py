"""Rows that hang on products."""

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from course_discovery.course_metadata import models


class CollaboratorFactory(DjangoModelFactory):
    """A collaborator without a picture."""

    class Meta:
        model = models.Collaborator

    name = factory.Sequence(lambda n: f"Collaborator {n}")


class ExpectedLearningItemFactory(DjangoModelFactory):
    """One item."""

    class Meta:
        model = models.ExpectedLearningItem

    value = factory.Sequence(lambda n: f"Learn thing {n}")


class JobOutlookItemFactory(DjangoModelFactory):
    """One item."""

    class Meta:
        model = models.JobOutlookItem

    value = factory.Sequence(lambda n: f"Become number {n}")


class PrerequisiteFactory(DjangoModelFactory):
    """A prerequisite."""

    class Meta:
        model = models.Prerequisite

    name = factory.Sequence(lambda n: f"Prerequisite {n}")


class FAQFactory(DjangoModelFactory):
    """A question with its answer."""

    class Meta:
        model = models.FAQ

    question = factory.Sequence(lambda n: f"Question {n}?")
    answer = factory.Sequence(lambda n: f"Answer {n}.")


class FactFactory(DjangoModelFactory):
    """A fact."""

    class Meta:
        model = models.Fact

    heading = factory.Sequence(lambda n: f"Fact {n}")
    blurb = "<p>So it is.</p>"


class CertificateInfoFactory(DjangoModelFactory):
    """What a certificate is worth."""

    class Meta:
        model = models.CertificateInfo

    heading = factory.Sequence(lambda n: f"Certificate {n}")
    blurb = "<p>Much.</p>"


class ProductMetaFactory(DjangoModelFactory):
    """Meta data of a page."""

    class Meta:
        model = models.ProductMeta

    title = factory.Sequence(lambda n: f"Page {n}")
    description = "A page."


class TaxiFormFactory(DjangoModelFactory):
    """A lead form."""

    class Meta:
        model = models.TaxiForm

    form_id = factory.Sequence(lambda n: f"form-{n}")
    grouping = "group"
    title = "Ask us"


class AdditionalMetadataFactory(DjangoModelFactory):
    """What a provider knows of an external course."""

    class Meta:
        model = models.AdditionalMetadata

    external_url = factory.Sequence(lambda n: f"https://provider.example.com/{n}")
    external_identifier = factory.Sequence(lambda n: f"external-{n}")
    certificate_info = factory.SubFactory(CertificateInfoFactory)
    product_meta = factory.SubFactory(ProductMetaFactory)
    taxi_form = factory.SubFactory(TaxiFormFactory)


class GeoLocationFactory(DjangoModelFactory):
    """A place."""

    class Meta:
        model = models.GeoLocation

    location_name = factory.Sequence(lambda n: f"Place {n}")
    lat = factory.Sequence(lambda n: Decimal(n % 90))
    lng = factory.Sequence(lambda n: Decimal(n % 180))


class CourseLocationRestrictionFactory(DjangoModelFactory):
    """Offered in two countries."""

    class Meta:
        model = models.CourseLocationRestriction

    restriction_type = "allowlist"
    countries = factory.LazyFunction(lambda: ["AT", "CH"])
    states = factory.LazyFunction(lambda: ["TX"])


class ProductValueFactory(DjangoModelFactory):
    """The usual value."""

    class Meta:
        model = models.ProductValue

    per_lead_usa = 20


class AdditionalPromoAreaFactory(DjangoModelFactory):
    """A second description."""

    class Meta:
        model = models.AdditionalPromoArea

    title = factory.Sequence(lambda n: f"More {n}")
    description = "More of it."


class CourseReviewFactory(DjangoModelFactory):
    """Survey results."""

    class Meta:
        model = models.CourseReview

    course_key = factory.Sequence(lambda n: f"Org{n}+CS{n}")
    reviews_count = 12
    avg_course_rating = Decimal("4.5")
    confident_learners_percentage = Decimal("91.25")
    most_common_goal = "learnforfun"
    most_common_goal_learners_percentage = Decimal("40")
    total_enrollments = 1200
