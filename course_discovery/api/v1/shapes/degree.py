"""Degrees as programs answer them."""

from rest_framework import serializers

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.shapes.person import CopiesField


class DegreeCostShape(Shape):
    """Something that a degree costs."""

    description = serializers.CharField()
    amount = serializers.CharField()


class DegreeDeadlineShape(Shape):
    """A date that applicants must keep, as the university writes it."""

    semester = serializers.CharField()
    name = serializers.CharField()
    date = serializers.CharField()
    time = serializers.CharField(allow_blank=True)


class QuickFactShape(Shape):
    """A quick fact."""

    text = serializers.CharField()
    icon = serializers.CharField()


class RankingShape(Shape):
    """A place that somebody gives to a degree."""

    rank = serializers.CharField()
    description = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment] # a field of this name


class DegreeAdditionalMetadataShape(Shape):
    """The provider's side of a degree that lives elsewhere."""

    external_identifier = serializers.CharField()
    external_url = serializers.CharField()
    organic_url = serializers.CharField(allow_blank=True)


class DegreeShape(Shape):
    """What a degree tells beside what it tells as a program."""

    application_requirements = serializers.CharField(help_text="HTML")
    apply_url = serializers.CharField(allow_blank=True)
    banner_border_color = serializers.CharField(allow_blank=True)
    campus_image = serializers.CharField(allow_null=True)
    title_background_image = serializers.CharField(allow_null=True)
    costs = DegreeCostShape(many=True)
    deadlines = DegreeDeadlineShape(many=True)
    lead_capture_list_name = serializers.CharField()
    quick_facts = QuickFactShape(many=True)
    overall_ranking = serializers.CharField(allow_blank=True)
    prerequisite_coursework = serializers.CharField(help_text="HTML")
    rankings = RankingShape(many=True)
    lead_capture_image = CopiesField()
    micromasters_path = serializers.CharField(
        allow_null=True, help_text="`micromasters_url` without scheme and host"
    )
    micromasters_url = serializers.CharField(allow_null=True)
    micromasters_long_title = serializers.CharField(allow_null=True)
    micromasters_long_description = serializers.CharField(allow_null=True)
    micromasters_background_image = CopiesField()
    micromasters_org_name_override = serializers.CharField(allow_null=True)
    costs_fine_print = serializers.CharField(allow_null=True)
    deadlines_fine_print = serializers.CharField(allow_null=True)
    hubspot_lead_capture_form_id = serializers.CharField(allow_null=True)
    additional_metadata = DegreeAdditionalMetadataShape(allow_null=True)
    specializations = serializers.ListField(child=serializers.CharField())
    program_duration_override = serializers.CharField(allow_null=True)
    display_on_org_page = serializers.BooleanField()
    excluded_from_search = serializers.BooleanField()
    excluded_from_seo = serializers.BooleanField()
