"""Course runs as readers see them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from course_discovery.course_metadata.models import CourseRun, CourseRunStaff, CourseType, Seat
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.queries.course_run import (
    ACTIVE,
    ENROLLABLE,
    MARKETABLE,
    RunFacts,
    SeatFacts,
    applicable_seat_type,
    availability,
    enrollable_seats,
    is_current,
    is_upgradeable,
    next_boundary,
    paid_seat_enrollment_end,
    paid_seats,
)
from course_discovery.projections.course_context import (
    CourseContext,
    course_contexts,
    render_videos,
)
from course_discovery.projections.nested_program import programs_that_exclude
from course_discovery.projections.person import render_people
from course_discovery.projections.values import facet_language, moment, price

_COLUMNS = (
    "pk", "uuid", "course_id", "key", "external_key", "status", "slug", "draft",
    "official_version", "title_override", "short_description_override",
    "full_description_override", "outcome_override", "start", "end", "enrollment_start",
    "enrollment_end", "go_live_date", "announcement", "pacing_type", "min_effort", "max_effort",
    "weeks_to_complete", "language_id", "language__name", "video_id", "hidden",
    "mobile_available", "reporting_type", "eligible_for_financial_aid", "license",
    "enrollment_count", "recent_enrollment_count", "has_ofac_restrictions", "ofac_comment",
    "expected_program_name", "enterprise_subscription_inclusion", "variant_id",
    "fixed_price_usd", "modified", "type__uuid", "type__slug", "type__is_marketable",
    "restricted_run__restriction_type", "expected_program_type__slug", "ai_languages",
)  # fmt: skip
_INSTANT = timedelta(microseconds=1)


def render_course_runs(
    pks: Collection[int],
    *,
    now: datetime,
    language: str | None = None,
    contexts: dict[int, CourseContext] | None = None,
) -> dict[int, dict[str, Any]]:
    """Runs by primary key; nine queries, and those of courses unless `contexts` are given."""
    rows = list(CourseRun.everything.filter(pk__in=pks).order_by("start", "pk").values(*_COLUMNS))
    contexts = contexts or course_contexts({row["course_id"] for row in rows}, language)
    seats = _seats(pks)
    transcripts = _transcripts(pks)
    videos = render_videos({row["video_id"] for row in rows})
    staff = _staff(pks)
    excluded_from = programs_that_exclude(pks)
    rendered = {}
    for row in rows:
        row["seats"] = seats[row["pk"]]
        row["transcripts"] = transcripts[row["pk"]]
        row["video"] = videos.get(row["video_id"])
        row["staff"] = staff[row["pk"]]
        row["excluded_from"] = excluded_from[row["pk"]]
        rendered[row["pk"]] = _render(row, contexts[row["course_id"]], now)
    return rendered


def facts_of(row: dict[str, Any]) -> RunFacts:
    """What the rules ask of a row of this module's columns."""
    return {
        "key": row["key"],
        "slug": row["slug"],
        "draft": row["draft"],
        "status": row["status"],
        "type_is_marketable": row["type__is_marketable"],
        "start": row["start"],
        "end": row["end"],
        "enrollment_start": row["enrollment_start"],
        "enrollment_end": row["enrollment_end"],
        "seats": [_seat_facts(seat) for seat in row["seats"]],
    }


def facts_of_stored(run: dict[str, Any]) -> RunFacts:
    """What the rules ask of a run, from its projection as JSON."""
    facts = run["_run"]
    moments = ("start", "end", "enrollment_start", "enrollment_end")
    parsed: Any = {
        **facts,
        **{name: _parsed(facts[name]) for name in moments},
        "seats": [
            {
                **seat,
                "price": Decimal(seat["price"]),
                "upgrade_deadline": _parsed(seat["upgrade_deadline"]),
            }
            for seat in facts["seats"]
        ],
    }
    return cast(RunFacts, parsed)


def _parsed(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _seat_facts(seat: dict[str, Any]) -> SeatFacts:
    return {
        "type": seat["type_id"],
        "price": seat["price"],
        "currency": seat["currency_id"],
        "upgrade_deadline": seat["upgrade_deadline_override"] or seat["upgrade_deadline"],
        "sku": seat["sku"],
    }


def _render(row: dict[str, Any], course: CourseContext, now: datetime) -> dict[str, Any]:
    run = facts_of(row)
    return {
        **_minimal(row, run, course, now),
        **_full(row, run, course),
        "programs": [each for each in course.programs if each["_pk"] not in row["excluded_from"]],
        **_facts(row, run, course, now),
    }


def _minimal(
    row: dict[str, Any], run: RunFacts, course: CourseContext, now: datetime
) -> dict[str, Any]:
    marketable = MARKETABLE.holds(run, now)
    return {
        "key": row["key"],
        "uuid": str(row["uuid"]),
        "title": row["title_override"] or course.row["title"],
        "external_key": row["external_key"],
        "fixed_price_usd": price(row["fixed_price_usd"]),
        "image": course.image,
        "short_description": row["short_description_override"] or course.row["short_description"],
        "marketing_url": _marketing_url(row, course),
        "seats": [_seat(seat) for seat in row["seats"]],
        "start": moment(row["start"]),
        "end": moment(row["end"]),
        "go_live_date": moment(row["go_live_date"]),
        "enrollment_start": moment(row["enrollment_start"]),
        "enrollment_end": moment(row["enrollment_end"]),
        "weeks_to_complete": row["weeks_to_complete"],
        "pacing_type": row["pacing_type"],
        "type": applicable_seat_type(run["seats"]),
        "restriction_type": row["restricted_run__restriction_type"],
        "run_type": str(row["type__uuid"]),
        "status": row["status"],
        "is_enrollable": ENROLLABLE.holds(run, now),
        "is_marketable": marketable,
        "is_marketable_external": marketable or _announced_executive_run(row, course, now),
        "availability": availability(run, now),
        "variant_id": str(row["variant_id"]) if row["variant_id"] else None,
    }


def _full(row: dict[str, Any], run: RunFacts, course: CourseContext) -> dict[str, Any]:
    paid = paid_seats(run)
    return {
        "course": course.row["key"],
        "full_description": row["full_description_override"] or course.row["full_description"],
        "announcement": moment(row["announcement"]),
        "video": row["video"] or course.video,
        "content_language": row["language_id"],
        "license": row["license"],
        "outcome": row["outcome_override"] or course.row["outcome"],
        "transcript_languages": [code for code, _name in row["transcripts"]],
        "instructors": [],
        "staff": row["staff"],
        "min_effort": row["min_effort"],
        "max_effort": row["max_effort"],
        "modified": moment(row["modified"]),
        "level_type": course.level_type,
        "mobile_available": row["mobile_available"],
        "hidden": row["hidden"],
        "reporting_type": row["reporting_type"],
        "eligible_for_financial_aid": row["eligible_for_financial_aid"],
        "first_enrollable_paid_seat_price": int(paid[0]["price"]) if paid else None,
        "has_ofac_restrictions": row["has_ofac_restrictions"],
        "ofac_comment": row["ofac_comment"],
        "enrollment_count": row["enrollment_count"],
        "recent_enrollment_count": row["recent_enrollment_count"],
        "expected_program_type": row["expected_program_type__slug"],
        "expected_program_name": row["expected_program_name"],
        "course_uuid": str(course.row["uuid"]),
        "estimated_hours": _estimated_hours(row),
        "content_language_search_facet_name": facet_language(
            row["language_id"], row["language__name"]
        )
        if row["language_id"]
        else None,
        "enterprise_subscription_inclusion": row["enterprise_subscription_inclusion"],
        "transcript_languages_search_facet_names": [
            facet_language(code, name) for code, name in row["transcripts"]
        ],
        "ai_languages": row["ai_languages"],
    }


def _facts(
    row: dict[str, Any], run: RunFacts, course: CourseContext, now: datetime
) -> dict[str, Any]:
    """What filters and documents need beyond the contract."""
    paid = paid_seats(run)
    ended = run["end"] is not None and run["end"] < now
    enrollable = ENROLLABLE.holds(run, now)
    return {
        "_pk": row["pk"],
        "_course_pk": row["course_id"],
        "_draft": row["draft"],
        "_slug": row["slug"],
        "_partner": course.row["partner__short_code"],
        "_type": row["type__slug"],
        "_course_type": course.row["type__slug"],
        "_type_is_marketable": row["type__is_marketable"],
        "_active": ACTIVE.holds(run, now),
        "_is_active": enrollable and MARKETABLE.holds(run, now) and not ended,
        "_has_enrollable_seats": bool(enrollable_seats(run, now)),
        "_has_enrollable_paid_seats": bool(paid),
        "_paid_seat_enrollment_end": moment(paid_seat_enrollment_end(run)),
        "_first_enrollable_paid_seat_sku": paid[0]["sku"] if paid else None,
        "_is_current_and_still_upgradeable": is_current(run, now) and is_upgradeable(run, now),
        "_next_boundary": moment(_boundary(row, run, course, now)),
        "_run": run,
    }


def _boundary(
    row: dict[str, Any], run: RunFacts, course: CourseContext, now: datetime
) -> datetime | None:
    """When time alone changes what is rendered here.

    Some of it changes at a moment and some right after it, so a rendering made at the moment
    itself lasts no longer than that.
    """
    first = next_boundary(run, now - _INSTANT)
    announced, live = (
        course.row["type__slug"] == CourseType.EXECUTIVE_EDUCATION,
        row["go_live_date"],
    )
    if announced and live and live >= now:
        first = min(first or live, live)
    return first + _INSTANT if first == now else first


def _seat(seat: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": seat["type_id"],
        "price": price(seat["price"]),
        "currency": seat["currency_id"],
        "upgrade_deadline": moment(seat["upgrade_deadline_override"] or seat["upgrade_deadline"]),
        "upgrade_deadline_override": moment(seat["upgrade_deadline_override"]),
        "credit_provider": seat["credit_provider"] or None,
        "credit_hours": seat["credit_hours"],
        "sku": seat["sku"],
        "bulk_sku": seat["bulk_sku"],
    }


def _marketing_url(row: dict[str, Any], course: CourseContext) -> str | None:
    """The run's address on the marketing site; None for a draft that never was official."""
    unborn = row["draft"] and row["official_version"] is None
    if unborn or not (course.marketing_root and row["slug"] and row["type__is_marketable"]):
        return None
    return f"{course.marketing_root}/course/{row['slug']}"


def _announced_executive_run(row: dict[str, Any], course: CourseContext, now: datetime) -> bool:
    return bool(
        course.row["type__slug"] == CourseType.EXECUTIVE_EDUCATION
        and row["status"] == CourseRunStatus.REVIEWED
        and row["start"]
        and row["start"] >= now
        and row["go_live_date"]
        and row["go_live_date"] > now
    )


def _estimated_hours(row: dict[str, Any]) -> float:
    if not (row["min_effort"] and row["max_effort"] and row["weeks_to_complete"]):
        return 0
    return float((row["min_effort"] + row["max_effort"]) / 2 * row["weeks_to_complete"])


def _seats(runs: Collection[int]) -> defaultdict[int, list[dict[str, Any]]]:
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = Seat.everything.filter(course_run_id__in=runs).order_by("pk").values(
        "course_run_id", "type_id", "price", "currency_id", "upgrade_deadline",
        "upgrade_deadline_override", "credit_provider", "credit_hours", "sku", "bulk_sku",
    )  # fmt: skip
    for row in rows:
        found[row["course_run_id"]].append(dict(row))
    return found


def _staff(runs: Collection[int]) -> defaultdict[int, list[dict[str, Any]]]:
    """Who teaches each run, in the order in which they are shown."""
    links = list(
        CourseRunStaff.objects.filter(course_run_id__in=runs)
        .order_by("sort_value", "pk")
        .values_list("course_run_id", "person_id")
    )
    people = render_people({person for _run, person in links})
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for run, person in links:
        if person in people:
            found[run].append(people[person])
    return found


def _transcripts(runs: Collection[int]) -> defaultdict[int, list[tuple[str, str]]]:
    """Code and name of the transcript languages of each run, by code."""
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    links = CourseRun.transcript_languages.through.objects.filter(courserun_id__in=runs)
    for run, code, name in links.order_by("languagetag_id").values_list(
        "courserun_id", "languagetag_id", "languagetag__name"
    ):
        found[run].append((code, name))
    return found
