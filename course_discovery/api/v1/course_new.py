"""What a body of a new course means, and what is missing in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from course_discovery.api.v1.course_body import known_prices
from course_discovery.api.v1.projected import uuid_or_none
from course_discovery.api.v1.write_errors import COURSE_PREFIX, WriteRefused
from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseType, Organization, Source
from course_discovery.publisher.operations.course import NewCourse, create_course

_REQUIRED = ("title", "number", "org", "type")


def new_course(*, partner: Partner, told: Mapping[str, Any], by: Any, now: datetime) -> Course:
    """The course that a valid body tells of. Raises WriteRefused, and as `create_course`."""
    values = _values(partner, told)
    return create_course(values=values, by=by, now=now)


def organization_of(partner: Partner, key: Any) -> Organization | None:
    """The organization of the partner with this key."""
    if not isinstance(key, str) or "\0" in key:
        return None
    return Organization.objects.filter(partner=partner, key_folded=fold(key)).first()


def _values(partner: Partner, told: Mapping[str, Any]) -> NewCourse:
    source = Source.objects.filter(slug=told.get("product_source") or "").first()
    if source is None:
        text = _("Source matching query does not exist.")
        raise WriteRefused(f"{COURSE_PREFIX}{text}", {"product_source": [text]})
    reasons = {
        name: [_("Missing value for: [{name}].").format(name=name)]
        for name in _REQUIRED
        if not told.get(name)
    }
    organization = organization_of(partner, told.get("org"))
    if organization is None and told.get("org"):
        reasons["org"] = [_("Organization [{org}] does not exist.").format(org=told["org"])]
    uuid = uuid_or_none(told.get("type") or "")
    course_type = CourseType.objects.filter(uuid=uuid).first() if uuid else None
    if course_type is None and told.get("type"):
        reasons["type"] = [_("Course Type [{type}] does not exist.").format(type=told["type"])]
    if organization is None or course_type is None or reasons:
        texts = " ".join(text for name in _REQUIRED for text in reasons.get(name, ()))
        raise WriteRefused(_("Incorrect data sent. {reasons}").format(reasons=texts), reasons)
    return {
        "title": told["title"], "number": told["number"], "organization": organization,
        "type": course_type, "product_source": source, "url_slug": told.get("url_slug"),
        "prices": known_prices(told), "collaborators": told.get("collaborators", ()),
    }  # fmt: skip
