"""Programs as they are answered: by themselves, in lists, and inside other things."""

from typing import Any

from rest_framework import serializers

from course_discovery.api.v1.nested import (
    EntitlementShape,
    ImageShape,
    LegacyImage,
    LevelTypeShape,
    OrganizationMinShape,
    OrganizationShape,
    Shape,
    SourceShape,
    SubjectShape,
    VideoShape,
)
from course_discovery.api.v1.shapes.course_run import CourseRunMinShape
from course_discovery.api.v1.shapes.degree import DegreeShape
from course_discovery.api.v1.shapes.person import CopiesField, PersonShape
from course_discovery.api.v1.shapes.product import (
    GeoLocationShape,
    LocationRestrictionShape,
    ProductValueShape,
    TaxiFormShape,
)
from course_discovery.core.rest.picture import PictureField
from course_discovery.course_metadata.models.program import ProgramStatus

Fields = dict[str, serializers.Field[Any, Any, Any, Any]]
_Texts = serializers.ListField


class ProgramTypeAttrsShape(Shape):
    """What programs tell of their type beside its name."""

    uuid = serializers.UUIDField()
    slug = serializers.CharField()
    coaching_supported = serializers.BooleanField()


class ProgramCourseShape(Shape):
    """A course inside a program or a curriculum."""

    key = serializers.CharField()
    uuid = serializers.UUIDField()
    title = serializers.CharField(allow_null=True)
    course_runs = CourseRunMinShape(
        many=True, help_text="with everything they have under use_full_course_serializer=1"
    )
    entitlements = EntitlementShape(many=True)
    owners = OrganizationMinShape(many=True)
    image = LegacyImage(allow_null=True)
    short_description = serializers.CharField(allow_null=True)
    type = serializers.UUIDField(help_text="uuid of the course type")
    url_slug = serializers.CharField(allow_null=True, help_text="always null")
    course_type = serializers.CharField(help_text="slug of the course type")
    enterprise_subscription_inclusion = serializers.BooleanField(allow_null=True)
    excluded_from_seo = serializers.BooleanField()
    excluded_from_search = serializers.BooleanField()
    course_run_statuses = _Texts(child=serializers.CharField())


class CurriculumShape(Shape):
    """A curriculum, with the programs inside it two levels deep."""

    uuid = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    marketing_text = serializers.CharField(allow_null=True, help_text="HTML")
    marketing_text_brief = serializers.CharField(allow_null=True, help_text="HTML")
    is_active = serializers.BooleanField()
    courses = ProgramCourseShape(many=True)

    def get_fields(self) -> Fields:
        """The fields; programs, which have curricula in turn, come last."""
        return super().get_fields() | {"programs": ProgramMinShape(many=True)}


class _CommonShape(Shape):
    """What every answer tells of a program first."""

    uuid = serializers.UUIDField()
    title = serializers.CharField()
    subtitle = serializers.CharField(allow_blank=True)
    type = serializers.CharField(allow_null=True, help_text="name of the program type")
    type_attrs = ProgramTypeAttrsShape(allow_null=True)
    status = serializers.ChoiceField(ProgramStatus.choices)
    marketing_slug = serializers.CharField()
    marketing_url = serializers.CharField(allow_null=True)
    banner_image = CopiesField()
    hidden = serializers.BooleanField()
    courses = ProgramCourseShape(many=True)
    authoring_organizations = OrganizationMinShape(many=True)
    card_image_url = serializers.CharField(allow_null=True)
    is_program_eligible_for_one_click_purchase = serializers.BooleanField()
    degree = DegreeShape(allow_null=True, help_text="null for programs that are no degree")
    curricula = CurriculumShape(many=True)
    marketing_hook = serializers.CharField(allow_blank=True)
    total_hours_of_effort = serializers.IntegerField(allow_null=True)
    recent_enrollment_count = serializers.IntegerField()
    organization_short_code_override = serializers.CharField(allow_blank=True)
    organization_logo_override_url = serializers.CharField(allow_null=True)
    primary_subject_override = SubjectShape(allow_null=True)
    level_type_override = LevelTypeShape(allow_null=True)
    language_override = serializers.CharField(allow_null=True)
    labels = _Texts(child=serializers.CharField())
    taxi_form = TaxiFormShape(allow_null=True)
    program_duration_override = serializers.CharField(allow_null=True)
    data_modified_timestamp = serializers.DateTimeField(allow_null=True)
    excluded_from_search = serializers.BooleanField()
    excluded_from_seo = serializers.BooleanField()
    has_ofac_restrictions = serializers.BooleanField(allow_null=True)
    ofac_comment = serializers.CharField(allow_blank=True)
    course_run_statuses = _Texts(child=serializers.CharField())


class SubscriptionPriceShape(Shape):
    """What a subscription to a program costs in one currency."""

    price = serializers.CharField(help_text="decimal string of two places")
    currency = serializers.CharField()


class ProgramMinShape(_CommonShape):
    """A program in lists and inside other things."""

    subscription_eligible = serializers.BooleanField(allow_null=True)
    subscription_prices = SubscriptionPriceShape(many=True)


class PriceRangeShape(Shape):
    """Prices in one currency."""

    currency = serializers.CharField()
    min = serializers.FloatField()
    max = serializers.FloatField()
    total = serializers.FloatField(help_text="what all courses together cost")


class ProgramExtendedShape(_CommonShape):
    """A program in a list with `extended`."""

    expected_learning_items = _Texts(child=serializers.CharField())
    price_ranges = PriceRangeShape(many=True)
    subscription_eligible = serializers.BooleanField(allow_null=True)
    subscription_prices = SubscriptionPriceShape(many=True)


class FaqShape(Shape):
    """A question with its answer."""

    question = serializers.CharField(help_text="HTML")
    answer = serializers.CharField(help_text="HTML")


class EndorsementShape(Shape):
    """What a person says of a program."""

    endorser = PersonShape()
    quote = serializers.CharField(help_text="HTML")


class CorporateEndorsementShape(Shape):
    """What a corporation says of a program, and people of it."""

    corporation_name = serializers.CharField()
    statement = serializers.CharField(allow_null=True, help_text="HTML")
    image = ImageShape(allow_null=True)
    individual_endorsements = EndorsementShape(many=True)


class ProgramShape(_CommonShape):
    """A program by itself."""

    overview = serializers.CharField(allow_null=True, help_text="HTML")
    weeks_to_complete = serializers.IntegerField(allow_null=True, help_text="deprecated")
    weeks_to_complete_min = serializers.IntegerField(allow_null=True)
    weeks_to_complete_max = serializers.IntegerField(allow_null=True)
    min_hours_effort_per_week = serializers.IntegerField(allow_null=True)
    max_hours_effort_per_week = serializers.IntegerField(allow_null=True)
    video = VideoShape(allow_null=True)
    expected_learning_items = _Texts(child=serializers.CharField())
    faq = FaqShape(many=True)
    credit_backing_organizations = OrganizationShape(many=True)
    corporate_endorsements = CorporateEndorsementShape(many=True)
    job_outlook_items = _Texts(child=serializers.CharField())
    individual_endorsements = EndorsementShape(many=True)
    languages = _Texts(child=serializers.CharField())
    transcript_languages = _Texts(child=serializers.CharField())
    subjects = SubjectShape(many=True)
    price_ranges = PriceRangeShape(many=True)
    staff = PersonShape(many=True, help_text="of the runs that its courses advertise")
    credit_redemption_overview = serializers.CharField(allow_null=True)
    applicable_seat_types = _Texts(child=serializers.CharField())
    instructor_ordering = PersonShape(many=True)
    enrollment_count = serializers.IntegerField()
    topics = _Texts(child=serializers.CharField())
    credit_value = serializers.IntegerField()
    enterprise_subscription_inclusion = serializers.BooleanField()
    geolocation = GeoLocationShape(allow_null=True)
    location_restriction = LocationRestrictionShape(allow_null=True)
    is_2u_degree_program = serializers.BooleanField()
    in_year_value = ProductValueShape(allow_null=True)
    skill_names = _Texts(child=serializers.CharField())
    skills = serializers.ListField(child=serializers.DictField())
    product_source = SourceShape(allow_null=True)
    subscription_eligible = serializers.BooleanField(allow_null=True)
    subscription_prices = SubscriptionPriceShape(many=True)

    def get_fields(self) -> Fields:
        """The fields; the organizations keep their place, with everything they have."""
        fields = super().get_fields()
        fields["authoring_organizations"] = OrganizationShape(many=True)
        return fields


class CardImageBody(Shape):
    """The picture of a card."""

    image = PictureField()
