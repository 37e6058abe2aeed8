"""Courses as they are answered."""

from rest_framework import serializers

from course_discovery.api.v1.nested import (
    EntitlementShape,
    LegacyImage,
    NestedProgramShape,
    OrganizationShape,
    Shape,
    SourceShape,
    SubjectShape,
    VideoShape,
)
from course_discovery.api.v1.shapes.collaborator import CollaboratorShape
from course_discovery.api.v1.shapes.course_editor import CourseEditorShape
from course_discovery.api.v1.shapes.course_run import CourseRunShape
from course_discovery.api.v1.shapes.product import (
    AdditionalMetadataShape,
    GeoLocationShape,
    LocationRestrictionShape,
    PrerequisiteShape,
    ProductValueShape,
    PromoAreaShape,
)


class CourseShape(Shape):
    """A course with its runs."""

    key = serializers.CharField()
    uuid = serializers.UUIDField()
    title = serializers.CharField(allow_null=True)
    course_runs = CourseRunShape(many=True)
    entitlements = EntitlementShape(many=True)
    owners = OrganizationShape(many=True)
    image = LegacyImage(allow_null=True)
    short_description = serializers.CharField(allow_null=True)
    type = serializers.UUIDField(help_text="uuid of the course type")
    url_slug = serializers.CharField(allow_null=True)
    course_type = serializers.CharField(help_text="slug of the course type")
    enterprise_subscription_inclusion = serializers.BooleanField(allow_null=True)
    excluded_from_seo = serializers.BooleanField()
    excluded_from_search = serializers.BooleanField()
    course_run_statuses = serializers.ListField(child=serializers.CharField())
    full_description = serializers.CharField(allow_null=True)
    level_type = serializers.CharField(allow_null=True)
    subjects = SubjectShape(many=True)
    prerequisites = PrerequisiteShape(many=True)
    prerequisites_raw = serializers.CharField(allow_null=True)
    expected_learning_items = serializers.ListField(child=serializers.CharField())
    video = VideoShape(allow_null=True)
    sponsors = OrganizationShape(many=True)
    modified = serializers.DateTimeField()
    marketing_url = serializers.CharField(allow_null=True)
    syllabus_raw = serializers.CharField(allow_null=True)
    outcome = serializers.CharField(allow_null=True)
    original_image = LegacyImage(allow_null=True)
    card_image_url = serializers.CharField(allow_null=True)
    canonical_course_run_key = serializers.CharField(allow_null=True)
    extra_description = PromoAreaShape(allow_null=True)
    additional_information = serializers.CharField(allow_null=True)
    additional_metadata = AdditionalMetadataShape(allow_null=True)
    faq = serializers.CharField(allow_null=True)
    learner_testimonials = serializers.CharField(allow_null=True)
    enrollment_count = serializers.IntegerField()
    recent_enrollment_count = serializers.IntegerField()
    topics = serializers.ListField(child=serializers.CharField())
    key_for_reruns = serializers.CharField(allow_blank=True)
    url_slug_history = serializers.ListField(child=serializers.CharField())
    url_redirects = serializers.ListField(child=serializers.CharField())
    editors = CourseEditorShape(many=True)
    collaborators = CollaboratorShape(many=True)
    skill_names = serializers.ListField(child=serializers.CharField(), help_text="always []")
    skills = serializers.ListField(child=serializers.DictField(), help_text="always []")
    organization_short_code_override = serializers.CharField(allow_blank=True)
    organization_logo_override_url = serializers.CharField(allow_null=True)
    geolocation = GeoLocationShape(allow_null=True)
    location_restriction = LocationRestrictionShape(allow_null=True)
    in_year_value = ProductValueShape(allow_null=True)
    product_source = SourceShape(allow_null=True)
    data_modified_timestamp = serializers.DateTimeField(allow_null=True)
    watchers = serializers.ListField(child=serializers.CharField())
    programs = NestedProgramShape(many=True)
    course_run_keys = serializers.ListField(child=serializers.CharField())
    editable = serializers.BooleanField(help_text="whether the caller may edit it")
    advertised_course_run_uuid = serializers.UUIDField(allow_null=True)


class CourseAnswer(CourseShape):
    """A course, with what `editable=1` adds."""

    has_unpublished_changes = serializers.BooleanField(
        required=False, help_text="whether its draft differs from what is published; editable=1"
    )
