"""The result rows that documents carry, in the keys and the order in which they are served.

What a request's parameters decide (which runs a course shows, the detail fields) is left open
here: the facts that decide it stand beside the rows, and `search.queries.rows` applies them.
"""

from typing import Any

from search.documents.base import Body, Rendered

_OF_RUN = (
    "aggregation_key", "content_type", "authoring_organization_uuids", "availability", "end",
    "enrollment_end", "enrollment_start", "first_enrollable_paid_seat_sku",
    "first_enrollable_paid_seat_price", "full_description", "go_live_date",
    "has_enrollable_seats", "image_url", "is_enrollable", "key", "language", "level_type",
    "logo_image_urls", "marketing_url", "max_effort", "min_effort", "mobile_available", "number",
    "org", "pacing_type", "partner", "program_types", "published", "seat_types", "skill_names",
    "skills", "short_description", "staff_uuids", "start", "subject_uuids", "title",
    "transcript_languages", "type", "weeks_to_complete", "restriction_type", "fixed_price_usd",
)  # fmt: skip
_OF_COURSE = (
    "aggregation_key", "content_type", "full_description", "key", "short_description", "title",
    "card_image_url", "image_url", "course_runs", "uuid", "seat_types", "skill_names", "skills",
    "end_date", "course_ends", "subjects", "languages", "organizations", "outcome", "level_type",
    "modified", "course_type", "course_length", "enterprise_subscription_inclusion",
    "external_course_marketing_type", "product_source",
)  # fmt: skip
_OF_PROGRAM = (
    "aggregation_key", "content_type", "card_image_url", "language", "marketing_url", "partner",
    "published", "status", "subtitle", "title", "type", "uuid", "authoring_organization_uuids",
    "authoring_organizations", "hidden", "is_program_eligible_for_one_click_purchase",
    "max_hours_effort_per_week", "min_hours_effort_per_week", "staff_uuids", "subject_uuids",
    "skill_names", "skills", "weeks_to_complete_max", "weeks_to_complete_min",
    "search_card_display", "is_2u_degree_program", "excluded_from_search", "excluded_from_seo",
)  # fmt: skip
_OF_PERSON = (
    "aggregation_key", "content_type", "uuid", "salutation", "full_name", "bio", "bio_language",
    "profile_image_url", "position", "organizations", "partner",
)  # fmt: skip
_OF_LEARNER_PATHWAY = (
    "aggregation_key", "content_type", "uuid", "title", "status", "banner_image", "card_image",
    "overview", "published", "skills", "skill_names", "partner", "steps",
    "visible_via_association", "created",
)  # fmt: skip


def run_row(body: Body) -> dict[str, Any]:
    """The row of a course run, out of its document."""
    return {name: body[name] for name in _OF_RUN} | {
        "go_live_date": _with_offset(body["go_live_date"])
    }


def course_row(body: Body) -> dict[str, Any]:
    """The row of a course with its detail fields; its runs are put in when it is served."""
    return {name: body[name] for name in _OF_COURSE} | {
        "course_runs": [],
        "modified": _with_offset(body["modified"]),
    }


def program_row(body: Body, authors: list[Rendered]) -> dict[str, Any]:
    """The row of a program; the organizations that made it are told in full."""
    told = {**body, "authoring_organizations": authors}
    return {name: told[name] for name in _OF_PROGRAM}


def person_row(body: Body) -> dict[str, Any]:
    """The row of a person, out of the document."""
    told = {**body, "profile_image_url": body["get_profile_image_url"]}
    return {name: told[name] for name in _OF_PERSON}


def learner_pathway_row(body: Body, pathway: Rendered) -> dict[str, Any]:
    """The row of a learner pathway; each run in its steps bears its restriction as a fact."""
    told = {
        **body,
        "banner_image": pathway["_banner_image"],
        "card_image": pathway["_card_image"],
        "created": _whole_seconds(body["created"]),
        "partner": pathway["_partner"],
        "steps": pathway["steps"],
    }
    return {name: told[name] for name in _OF_LEARNER_PATHWAY}


def nested_run(run: Rendered) -> dict[str, Any]:
    """A run inside a course's row, and the facts by which it is shown or left out."""
    price = run["first_enrollable_paid_seat_price"]
    fixed = run["fixed_price_usd"]
    return {
        "row": {
            "key": run["key"],
            "enrollment_start": run["enrollment_start"],
            "enrollment_end": run["enrollment_end"],
            "go_live_date": run["go_live_date"],
            "start": run["start"],
            "end": run["end"],
            "modified": _whole_seconds(run["modified"]),
            "availability": run["availability"],
            "status": run["status"],
            "pacing_type": run["pacing_type"],
            "enrollment_mode": run["type"],
            "min_effort": run["min_effort"],
            "max_effort": run["max_effort"],
            "weeks_to_complete": run["weeks_to_complete"],
            "estimated_hours": run["estimated_hours"],
            "first_enrollable_paid_seat_price": 0.0 if price is None else price,
            "is_enrollable": run["is_enrollable"],
            "restriction_type": run["restriction_type"],
            "fixed_price_usd": None if fixed is None else float(fixed),
            "staff": run["staff"],
            "content_language": run["content_language"],
        },
        "counts": run["_type_is_marketable"],
        "language": run["content_language_search_facet_name"],
        "seat_types": [seat["type"] for seat in run["seats"]],
    }


def _with_offset(moment: str | None) -> str | None:
    """A moment written with +00:00 instead of Z, as two fields have it."""
    return moment.removesuffix("Z") + "+00:00" if moment else None


def _whole_seconds(moment: str) -> str:
    return f"{moment[:19]}Z"
