"""What bodies tell of courses, and what is taken of it. Unknown names change nothing."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.fields import SkipField, empty

from course_discovery.api.v1.picture_body import PictureField
from course_discovery.api.v1.write_errors import Reasons
from course_discovery.course_metadata.models.additional_metadata import (
    ExternalCourseMarketingType,
    ProductStatus,
)
from course_discovery.course_metadata.models.location_restriction import RestrictionKind
from course_discovery.publisher.operations.course_values import CourseEdit

_SMALLEST, _LARGEST = -(2**31), 2**31 - 1
_NO_TEXT = {"required": False, "allow_null": True, "allow_blank": True}


class Body(serializers.Serializer[Any]):
    """The known part of a body, or of an object in it."""


class Text(serializers.CharField):
    """A text that may be empty, or null."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**_NO_TEXT, **options})


class Flag(serializers.BooleanField):
    """A yes or no."""

    def __init__(self) -> None:
        super().__init__(required=False)


class Moment(serializers.DateTimeField):
    """A time that databases can hold."""

    def __init__(self) -> None:
        super().__init__(required=False, allow_null=True)

    def to_internal_value(self, value: Any) -> Any:
        """The time; None for an empty text."""
        if value == "":
            return None
        moment = super().to_internal_value(value)
        try:
            return moment.astimezone(UTC)
        except OverflowError as error:
            raise serializers.ValidationError(_("Out of the range of times.")) from error


class Number(serializers.IntegerField):
    """A whole number."""

    def __init__(self) -> None:
        super().__init__(required=False, allow_null=True, min_value=_SMALLEST, max_value=_LARGEST)


class Price(serializers.DecimalField):
    """A price; none for an empty text."""

    def __init__(self) -> None:
        super().__init__(max_digits=10, decimal_places=2, min_value=0, allow_null=True)

    def to_internal_value(self, data: Any) -> Any:
        """The price."""
        return None if data == "" else super().to_internal_value(data)


class Texts(serializers.ListField):
    """Texts; the empty ones are left out, and no list at all tells nothing."""

    def __init__(self, child: Any = None) -> None:
        super().__init__(child=child or Text(), required=False, max_length=1000)

    def run_validation(self, data: Any = empty) -> Any:
        """The texts. Raises SkipField where there is no list."""
        if data is None:
            raise SkipField
        return super().run_validation(data)

    def to_internal_value(self, data: Any) -> list[Any]:
        """The texts."""
        return [each for each in super().to_internal_value(data) if each]


class BlurbBody(Body):
    """A text with its heading."""

    heading = Text()
    blurb = Text()


class ProductMetaBody(Body):
    """What search engines are told."""

    title = Text()
    description = Text()
    keywords = Texts()


class TaxiFormBody(Body):
    """A lead form."""

    form_id = Text()
    grouping = Text()
    title = Text()
    subtitle = Text()
    post_submit_url = Text()


class AdditionalMetadataBody(Body):
    """The provider's side of an external course."""

    external_url = Text()
    external_identifier = Text()
    lead_capture_form_url = Text()
    organic_url = Text()
    start_date = Moment()
    end_date = Moment()
    registration_deadline = Moment()
    variant_id = serializers.UUIDField(required=False, allow_null=True)
    course_term_override = Text()
    product_status = serializers.ChoiceField(ProductStatus.choices, required=False)
    external_course_marketing_type = serializers.ChoiceField(
        ExternalCourseMarketingType.choices, required=False, allow_null=True, allow_blank=True
    )
    display_on_org_page = Flag()
    facts = BlurbBody(many=True, required=False, allow_null=True)
    certificate_info = BlurbBody(required=False, allow_null=True)
    product_meta = ProductMetaBody(required=False, allow_null=True)
    taxi_form = TaxiFormBody(required=False, allow_null=True)


class GeoLocationBody(Body):
    """A place."""

    lat = Text()
    lng = Text()
    location_name = Text()


class LocationRestrictionBody(Body):
    """Where a course is offered, or is not."""

    restriction_type = serializers.ChoiceField(
        RestrictionKind.choices, required=False, allow_null=True, allow_blank=True
    )
    countries = Texts()
    states = Texts()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Places mean nothing without a kind."""
        if (attrs.get("countries") or attrs.get("states")) and not attrs.get("restriction_type"):
            reason = _("A restriction type is needed with countries or states.")
            raise serializers.ValidationError({"Restriction Type": [reason]})
        return attrs


class ProductValueBody(Body):
    """What a visitor is worth within a year."""

    per_click_international = Number()
    per_click_usa = Number()
    per_lead_international = Number()
    per_lead_usa = Number()


class CourseVideoBody(Body):
    """A video by its address; an empty one takes it away."""

    src = Text()


class CourseBody(Body):
    """What may be told of a course that is there."""

    draft = serializers.BooleanField(
        required=False, help_text="false = publish the published runs, still open, anew"
    )
    title = Text()
    short_description = Text(help_text="HTML")
    full_description = Text(help_text="HTML")
    outcome = Text(help_text="HTML")
    prerequisites_raw = Text(help_text="HTML")
    syllabus_raw = Text(help_text="HTML")
    faq = Text(help_text="HTML")
    learner_testimonials = Text(help_text="HTML")
    additional_information = Text()
    card_image_url = Text()
    organization_short_code_override = Text()
    excluded_from_search = Flag()
    excluded_from_seo = Flag()
    key_for_reruns = Text()
    type = serializers.UUIDField(required=False, help_text="uuid of the course type")
    prices = serializers.DictField(
        child=Price(), required=False, help_text="prices by the slugs of what is sold"
    )
    level_type = Text(help_text="name of a level")
    product_source = Text(help_text="slug of a product source")
    subjects = Texts()
    topics = Texts()
    collaborators = Texts(serializers.UUIDField())
    watchers = Texts(serializers.EmailField(allow_blank=True))
    video = CourseVideoBody(required=False, allow_null=True)
    image = PictureField(help_text="data:image/...;base64,..., anything else is ignored")
    organization_logo_override = PictureField(extensions=("png",))
    url_slug = Text()
    additional_metadata = AdditionalMetadataBody(required=False, allow_null=True)
    geolocation = GeoLocationBody(required=False, allow_null=True)
    location_restriction = LocationRestrictionBody(required=False, allow_null=True)
    in_year_value = ProductValueBody(required=False, allow_null=True)


class NewCourseBody(Body):
    """What a new course is made of."""

    title = Text()
    number = Text()
    org = Text(help_text="key of an organization")
    type = Text(help_text="uuid of a course type")
    product_source = Text(help_text="slug of a product source")
    url_slug = Text()
    prices = serializers.DictField(child=Price(), required=False)
    collaborators = Texts(serializers.UUIDField())
    course_run = serializers.DictField(
        required=False, allow_null=True, help_text="its first run, as in course_runs/"
    )


def course_edit(told: Mapping[str, Any]) -> CourseEdit:
    """The edit that a valid body means, its pictures apart."""
    edit = {name: told[name] for name in told if name in _EDITED}
    for name in ("organization_short_code_override", "key_for_reruns", "url_slug"):
        if name in edit:
            edit[name] = edit[name] or ""
    if "prices" in told:
        edit["prices"] = known_prices(told)
    if "video" in told:
        edit["video"] = (told["video"] or {}).get("src")
    edit |= _product(told)
    return cast("CourseEdit", edit)


def known_prices(told: Mapping[str, Any]) -> dict[str, Any]:
    """The prices that are told."""
    prices = told.get("prices") or {}
    return {name: price for name, price in prices.items() if price is not None}


def reasons_of(errors: Any) -> Reasons:
    """The reasons of a serializer's errors by field, those of inner fields as `outer/inner`."""
    found: dict[str, Sequence[str]] = {}
    for name, inner in _inner(errors):
        if isinstance(inner, Mapping) or (
            isinstance(inner, list) and any(isinstance(each, Mapping) for each in inner)
        ):
            for more, reasons in reasons_of(inner).items():
                found[f"{name}/{more}"] = reasons
        elif inner:
            found[name] = [str(each) for each in (inner if isinstance(inner, list) else [inner])]
    return found


_EDITED = CourseEdit.__annotations__.keys() - {
    "prices", "video", "image", "organization_logo_override", "additional_metadata",
    "geolocation", "location_restriction", "in_year_value",
}  # fmt: skip
_NESTED = ("facts", "certificate_info", "product_meta", "taxi_form")


def _inner(errors: Any) -> list[tuple[str, Any]]:
    pairs = errors.items() if isinstance(errors, Mapping) else enumerate(errors)
    return [(str(name), inner) for name, inner in pairs]


def _product(told: Mapping[str, Any]) -> dict[str, Any]:
    """What a course has as a product; what is empty is ignored, as clients expect."""
    found: dict[str, Any] = {}
    if metadata := told.get("additional_metadata"):
        kept = {n: v for n, v in metadata.items() if v or n not in _NESTED}
        found["additional_metadata"] = kept
    place = told.get("geolocation") or {}
    if all(place.get(name) for name in ("lat", "lng", "location_name")):
        found["geolocation"] = place
    restriction = told.get("location_restriction") or {}
    if any(restriction.values()):
        found["location_restriction"] = restriction
    if told.get("in_year_value"):
        found["in_year_value"] = told["in_year_value"]
    return found
