"""What a body of a new course means, and what is missing in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from course_discovery.api.v1.course_body import known_prices, reasons_of
from course_discovery.api.v1.projected import uuid_or_none
from course_discovery.api.v1.shapes.course_run_body import EXTRAS, ExtrasBody, NewCourseRunBody
from course_discovery.api.v1.write_errors import (
    COURSE_PREFIX,
    COURSE_RUN_PREFIX,
    WriteRefused,
)
from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseType, Organization, Source
from course_discovery.course_metadata.operations.planned_offer import UNCHANGED
from course_discovery.publisher.operations.course_creating import (
    FirstRun,
    NewCourse,
    create_course,
)
from course_discovery.publisher.operations.course_run.values import ToldRun

_REQUIRED = ("title", "number", "org", "type")


def new_course(*, partner: Partner, told: Mapping[str, Any], by: Any, now: datetime) -> Course:
    """The course that a valid body tells of. Raises WriteRefused, and as `create_course`."""
    values = _values(partner, told)
    run = told.get("course_run")
    first_run = _first_run(run, values["prices"]) if run else None
    return create_course(values=values, first_run=first_run, by=by, now=now)


def _first_run(body: Mapping[str, Any], prices: Mapping[str, Any]) -> FirstRun:
    """The first run that a body tells of, sold as its course is. Raises WriteRefused."""
    # Its course is the one that is being made.
    parsed = NewCourseRunBody(data={**body, "course": "-"})
    extras = ExtrasBody(data={name: body[name] for name in EXTRAS if name in body})
    parsed.is_valid()
    extras.is_valid()
    if errors := {**parsed.errors, **extras.errors}:
        reasons = {f"course_run/{name}": texts for name, texts in reasons_of(errors).items()}
        raise WriteRefused.by_fields(COURSE_PREFIX + COURSE_RUN_PREFIX, reasons)
    values, more = dict(parsed.validated_data), extras.validated_data
    term = values.pop("term", None)
    for name in ("course", "rerun"):
        values.pop(name, None)
    run_values: Any = values
    restriction = more.get("restriction_type")
    told = ToldRun(
        values=run_values,
        prices=prices,
        restriction_type=UNCHANGED if restriction is None else restriction,
        upgrade_deadline_override=more.get("upgrade_deadline_override", UNCHANGED),
        submitted=False,
    )
    return FirstRun(told, term)


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
