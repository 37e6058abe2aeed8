"""A course as programs and curricula show it, and what their rules ask of it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from course_discovery.course_metadata.queries.course_run import RunFacts
from course_discovery.course_metadata.queries.program import CourseOfProgram, RunOfProgram
from course_discovery.course_metadata.queries.run_status import shown_status

# What is shown of courses, of their runs, and of organizations inside other things.
COURSE_KEYS = (
    "key", "uuid", "title", "course_runs", "entitlements", "owners", "image", "short_description",
    "type", "url_slug", "course_type", "enterprise_subscription_inclusion", "excluded_from_seo",
    "excluded_from_search", "course_run_statuses",
)  # fmt: skip
RUN_KEYS = (
    "key", "uuid", "title", "external_key", "fixed_price_usd", "image", "short_description",
    "marketing_url", "seats", "start", "end", "go_live_date", "enrollment_start",
    "enrollment_end", "weeks_to_complete", "pacing_type", "type", "restriction_type", "run_type",
    "status", "is_enrollable", "is_marketable", "is_marketable_external", "availability",
    "variant_id",
)  # fmt: skip
ORGANIZATION_KEYS = (
    "uuid", "key", "name", "auto_generate_course_run_keys", "certificate_logo_image_url",
    "logo_image_url", "organization_hex_color", "data_modified_timestamp",
)  # fmt: skip


def minimal_organization(organization: dict[str, Any]) -> dict[str, Any]:
    """What is shown of an organization inside other things."""
    return {key: organization[key] for key in ORGANIZATION_KEYS}


def nested_course(
    course: dict[str, Any], *, excluded: Collection[int], now: datetime
) -> dict[str, Any]:
    """A rendered course, with its runs but the `excluded` ones (primary keys).

    `_restricted_statuses` are what its restricted runs add to `course_run_statuses`, by their
    restriction type.
    """
    return {
        **{key: course[key] for key in COURSE_KEYS},
        "course_runs": [
            {key: run[key] for key in RUN_KEYS} | {"_pk": run["_pk"]}
            for run in course["course_runs"]
            if run["_pk"] not in excluded
        ],
        "owners": [minimal_organization(owner) for owner in course["owners"]],
        "url_slug": None,
        "_restricted_statuses": _restricted_statuses(course["course_runs"], now),
        "_next_boundary": course["_next_boundary"],
    }


def course_facts(course: dict[str, Any], *, excluded: Collection[int]) -> CourseOfProgram:
    """What the rules of programs ask of a rendered course."""
    runs = {
        run["key"]: _facts(run)
        for run in course["course_runs"]
        if run["_pk"] not in excluded and run["restriction_type"] is None
    }
    return {
        "runs": list(runs.values()),
        "canonical": runs.get(course["canonical_course_run_key"]),
        "entitlements": [
            {
                "mode": offer["mode"],
                "price": Decimal(offer["price"]),
                "currency": offer["currency"],
            }
            for offer in course["entitlements"]
        ],
    }


def _facts(run: dict[str, Any]) -> RunOfProgram:
    facts: RunFacts = run["_run"]
    return {**facts, "weeks_to_complete": run["weeks_to_complete"]}


def _restricted_statuses(runs: Collection[dict[str, Any]], now: datetime) -> dict[str, list[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for run in runs:
        if run["restriction_type"] and not run["hidden"]:
            found[run["restriction_type"]].add(shown_status(run["_run"], now))
    return {restriction: sorted(statuses) for restriction, statuses in found.items()}
