"""Courses as readers see them, with all their runs."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from course_discovery.course_metadata.models import CourseEntitlement, CourseRun, CourseUrlSlug
from course_discovery.course_metadata.queries.course import (
    RunOfCourse,
    advertised_run,
    course_ends,
    first_enrollable_paid_seat_price,
    run_statuses,
)
from course_discovery.course_metadata.queries.course_run import RunFacts
from course_discovery.projections.course_context import CourseContext, course_contexts
from course_discovery.projections.course_parts import course_parts
from course_discovery.projections.course_run import facts_of_stored, render_course_runs
from course_discovery.projections.values import moment, price

# Skills are said of courses by a taxonomy, and this service has none.
_NO_SKILLS: dict[str, Any] = {"skill_names": [], "skills": []}


def render_courses(
    pks: Collection[int], *, now: datetime, language: str | None = None
) -> dict[int, dict[str, Any]]:
    """Courses by primary key, with every run they have (whoever serves them filters)."""
    contexts = course_contexts(pks, language)
    runs = _runs_by_course(contexts, now, language)
    entitlements = _entitlements(pks)
    slugs = _slugs(contexts.values())
    parts = course_parts(contexts)
    return {
        pk: _render(context, runs[pk], entitlements.get(pk, []), slugs[pk], now) | parts[pk]
        for pk, context in contexts.items()
    }


def _runs_by_course(
    contexts: dict[int, CourseContext], now: datetime, language: str | None
) -> defaultdict[int, list[dict[str, Any]]]:
    pks = CourseRun.everything.filter(course_id__in=contexts).values_list("pk", flat=True)
    rendered = render_course_runs(list(pks), now=now, language=language, contexts=contexts)
    by_course: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for run in rendered.values():
        by_course[run["_course_pk"]].append(run)
    return by_course


def _render(
    course: CourseContext,
    runs: list[dict[str, Any]],
    entitlements: list[dict[str, Any]],
    slugs: "_Slugs",
    now: datetime,
) -> dict[str, Any]:
    facts = [_of_course(run, run["_run"]) for run in runs if run["restriction_type"] is None]
    return {
        **_minimal(course, runs, entitlements),
        **_as_a_whole(facts, now),
        "url_slug": slugs.active,
        **_texts(course),
        "programs": course.programs,
        **_NO_SKILLS,
        "marketing_url": _marketing_url(course, slugs.active),
        "canonical_course_run_key": course.row["canonical_course_run__key"],
        "url_slug_history": slugs.history,
        "course_run_keys": [run["key"] for run in runs],
        **_facts(course, facts, now),
        "_next_boundary": first_boundary(runs),
    }


def of_runs(runs: list[dict[str, Any]], relaxed: Collection[str], now: datetime) -> dict[str, Any]:
    """What a course says of its runs as a whole; they are projections as JSON.

    Restricted runs do not count, but for those of the `relaxed` restriction types.
    """
    facts = [
        _of_course(run, facts_of_stored(run))
        for run in runs
        if run["restriction_type"] is None or run["restriction_type"] in relaxed
    ]
    return _as_a_whole(facts, now)


def first_boundary(parts: Iterable[dict[str, Any]]) -> str | None:
    """The first of the boundaries of rendered parts: when time alone changes the whole."""
    texts = (part["_next_boundary"] for part in parts)
    return min(filter(None, texts), key=datetime.fromisoformat, default=None)


def _of_course(run: dict[str, Any], facts: RunFacts) -> RunOfCourse:
    return {**facts, "uuid": run["uuid"], "hidden": run["hidden"]}


def _as_a_whole(facts: list[RunOfCourse], now: datetime) -> dict[str, Any]:
    advertised = advertised_run(facts, now)
    return {
        "course_run_statuses": run_statuses(facts, now),
        "advertised_course_run_uuid": advertised["uuid"] if advertised else None,
    }


def _minimal(
    course: CourseContext,
    runs: list[dict[str, Any]],
    entitlements: list[dict[str, Any]],
) -> dict[str, Any]:
    row = course.row
    return {
        "key": row["key"],
        "uuid": str(row["uuid"]),
        "title": row["title"],
        "course_runs": runs,
        "entitlements": entitlements,
        "owners": course.owners,
        "image": course.image,
        "short_description": row["short_description"],
        "type": str(row["type__uuid"]),
        "course_type": row["type__slug"],
        "enterprise_subscription_inclusion": row["enterprise_subscription_inclusion"],
        "excluded_from_seo": row["excluded_from_seo"],
        "excluded_from_search": row["excluded_from_search"],
    }


def _texts(course: CourseContext) -> dict[str, Any]:
    row = course.row
    return {
        "full_description": row["full_description"],
        "level_type": course.level_type,
        "subjects": course.subjects,
        "prerequisites_raw": row["prerequisites_raw"],
        "video": course.video,
        "sponsors": course.sponsors,
        "modified": moment(row["modified"]),
        "syllabus_raw": row["syllabus_raw"],
        "outcome": row["outcome"],
        "card_image_url": row["card_image_url"],
        "additional_information": row["additional_information"],
        "faq": row["faq"],
        "learner_testimonials": row["learner_testimonials"],
        "enrollment_count": row["enrollment_count"],
        "recent_enrollment_count": row["recent_enrollment_count"],
        "key_for_reruns": row["key_for_reruns"],
        "organization_short_code_override": row["organization_short_code_override"],
        "product_source": {
            "name": row["product_source__name"],
            "slug": row["product_source__slug"],
            "description": row["product_source__description"],
        }
        if row["product_source__slug"]
        else None,
        "data_modified_timestamp": moment(row["data_modified_timestamp"]),
    }


def _facts(course: CourseContext, runs: list[RunOfCourse], now: datetime) -> dict[str, Any]:
    """What filters and documents need beyond the contract."""
    ends = course_ends(runs, now)
    return {
        "_pk": course.row["pk"],
        "_draft": course.row["draft"],
        "_partner": course.row["partner__short_code"],
        "_course_length": course.row["course_length"],
        "_end_date": moment(ends["end_date"]),
        "_course_ends": ends["course_ends"],
        "_first_enrollable_paid_seat_price": first_enrollable_paid_seat_price(runs, now),
    }


def _marketing_url(course: CourseContext, slug: str | None) -> str | None:
    """The course's address; None without a slug, or for a draft that never was official."""
    unborn = course.row["draft"] and course.row["official_version"] is None
    if unborn or not (course.marketing_root and slug):
        return None
    path = slug if "/" in slug else f"course/{slug}"
    return f"{course.marketing_root}/{path}"


def _entitlements(courses: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    rows = CourseEntitlement.everything.filter(course_id__in=courses).values(
        "course_id", "mode__slug", "price", "currency_id", "sku"
    )
    return {
        row["course_id"]: [
            {
                "mode": row["mode__slug"],
                "price": price(row["price"]),
                "currency": row["currency_id"],
                "sku": row["sku"],
                "expires": None,
            }
        ]
        for row in rows
    }


class _Slugs:
    """The slugs of one course row: the active one, and all it has or had."""

    def __init__(self) -> None:
        self.active: str | None = None
        self.history: list[str] = []


def _slugs(courses: Iterable[CourseContext]) -> defaultdict[int, _Slugs]:
    """The slugs of courses by primary key; a draft uses the one its official row keeps for it."""
    rows = {context.row["pk"]: context.row for context in courses}
    twins = {row["official_version"]: pk for pk, row in rows.items() if row["official_version"]}
    found: defaultdict[int, _Slugs] = defaultdict(_Slugs)
    history = CourseUrlSlug.objects.filter(course_id__in=[*rows, *twins]).order_by("pk")
    for slug in history.values("course_id", "url_slug", "is_active", "is_active_on_draft"):
        if slug["course_id"] in rows:
            own = found[slug["course_id"]]
            own.history.append(slug["url_slug"])
            if slug["is_active"]:
                own.active = slug["url_slug"]
        draft = twins.get(slug["course_id"])
        if draft is not None and slug["is_active_on_draft"] and found[draft].active is None:
            found[draft].active = slug["url_slug"]
    return found
