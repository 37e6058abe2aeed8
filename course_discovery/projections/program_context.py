"""What a program gives to its own rendering, and to that of others that show it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from course_discovery.course_metadata.models import (
    Program,
    ProgramAuthor,
    ProgramCourse,
    ProgramLabel,
    ProgramSubscriptionPrice,
)
from course_discovery.course_metadata.queries.program import CourseOfProgram, first_starts
from course_discovery.projections.degree import render_degrees
from course_discovery.projections.level_type import render_level_types
from course_discovery.projections.organization import render_organizations
from course_discovery.projections.program_course import course_facts, nested_course
from course_discovery.projections.program_type import render_program_types
from course_discovery.projections.subject import render_subjects
from course_discovery.projections.tag import tag_names
from course_discovery.projections.taxi_form import render_taxi_forms
from course_discovery.projections.values import price

# Served as they are stored, inside other things too.
TEXTS = (
    "title", "subtitle", "status", "marketing_slug", "hidden", "marketing_hook",
    "total_hours_of_effort", "recent_enrollment_count", "organization_short_code_override",
    "program_duration_override", "excluded_from_search", "excluded_from_seo",
    "has_ofac_restrictions", "ofac_comment",
)  # fmt: skip
# Served as they are stored by the program itself only.
FULL_TEXTS = (
    "overview", "weeks_to_complete", "min_hours_effort_per_week", "max_hours_effort_per_week",
    "credit_redemption_overview", "enrollment_count", "credit_value",
    "enterprise_subscription_inclusion",
)  # fmt: skip
_COLUMNS = (
    *TEXTS, *FULL_TEXTS, "pk", "uuid", "partner__short_code", "partner__marketing_site_url_root",
    "type_id", "banner_image", "card_image", "organization_logo_override",
    "order_courses_by_start_date", "one_click_purchase_enabled", "primary_subject_override_id",
    "level_type_override_id", "language_override_id", "taxi_form_id", "video_id",
    "geolocation_id", "in_year_value_id", "product_source__name", "product_source__slug",
    "product_source__description", "location_restriction__pk",
    "location_restriction__restriction_type", "location_restriction__countries",
    "location_restriction__states", "subscription__pk", "subscription__subscription_eligible",
    "data_modified_timestamp", "created",
)  # fmt: skip
Rendered = dict[str, Any]
Links = defaultdict[int, list[Any]]


@dataclass
class ProgramContext:
    """One program row with what hangs on it, rendered where it is served as it is.

    `courses` are in their order; `_place` tells that in which the program's owners put them.
    `wholes` are the same courses with everything they have, `facts` what rules ask of them.
    """

    row: dict[str, Any]
    courses: list[Rendered] = field(default_factory=list)
    wholes: list[Rendered] = field(default_factory=list)
    facts: list[CourseOfProgram] = field(default_factory=list)
    authors: list[Rendered] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    type: Rendered | None = None
    degree: Rendered | None = None
    taxi_form: Rendered | None = None
    primary_subject: Rendered | None = None
    level_type: Rendered | None = None
    subscription_prices: list[Rendered] = field(default_factory=list)

    @property
    def seat_types(self) -> list[str]:
        """The seat types whose products count when the program is bought."""
        return self.type["applicable_seat_types"] if self.type else []

    @property
    def marketing_root(self) -> str | None:
        """The partner's marketing site without a final slash, None without one."""
        root: str | None = self.row["partner__marketing_site_url_root"]
        return root.rstrip("/") if root else None


@dataclass(frozen=True)
class ProgramCourses:
    """Which courses programs have, and which runs they exclude (primary keys)."""

    links: Links
    excluded: Links

    @property
    def courses(self) -> set[int]:
        """The courses of all these programs."""
        return targets(self.links)


def courses_of_programs(programs: Collection[int]) -> ProgramCourses:
    """The official courses of programs, and the runs that these exclude; two queries."""
    courses = ProgramCourse.objects.filter(program_id__in=programs, course__draft=False)
    excluded = Program.excluded_course_runs.through.objects.filter(program_id__in=programs)
    return ProgramCourses(
        links(courses, "course_id"),
        grouped(excluded.values_list("program_id", "courserun_id")),
    )


def program_contexts(
    programs: ProgramCourses,
    pks: Collection[int],
    *,
    courses: Mapping[int, Rendered],
    now: datetime,
    language: str | None,
) -> dict[int, ProgramContext]:
    """The contexts of programs by primary key, their courses being rendered; twenty queries."""
    rows = Program.objects.filter(pk__in=pks).order_by("pk").values(*_COLUMNS)
    contexts = {row["pk"]: ProgramContext(row) for row in rows}
    authors = links(ProgramAuthor.objects.filter(program_id__in=pks), "organization_id")
    organizations = render_organizations(sorted(targets(authors)))
    shared = _shared([context.row for context in contexts.values()], language)
    labels, degrees = tag_names(ProgramLabel, pks), render_degrees(pks)
    prices = _subscription_prices(pks)
    for pk, context in contexts.items():
        _add_courses(context, programs, courses, now)
        context.authors = [organizations[each] for each in authors[pk] if each in organizations]
        context.labels, context.degree = labels[pk], degrees.get(pk)
        context.subscription_prices = prices[pk]
        for name, (column, found) in shared.items():
            setattr(context, name, found.get(context.row[column]))
    return contexts


def _add_courses(
    context: ProgramContext,
    programs: ProgramCourses,
    courses: Mapping[int, Rendered],
    now: datetime,
) -> None:
    pk = context.row["pk"]
    excluded = set(programs.excluded[pk])
    wholes = [courses[each] for each in programs.links[pk] if each in courses]
    facts = [course_facts(course, excluded=excluded) for course in wholes]
    order = list(range(len(wholes)))
    if context.row["order_courses_by_start_date"]:
        order.sort(
            key=lambda place: first_starts(
                (run["start"], run["enrollment_start"]) for run in facts[place]["runs"]
            )
        )
    for place in order:
        nested = nested_course(wholes[place], excluded=excluded, now=now)
        context.courses.append(nested | {"_place": place})
        context.wholes.append(wholes[place])
        context.facts.append(facts[place])


def _shared(
    rows: list[dict[str, Any]], language: str | None
) -> dict[str, tuple[str, dict[int, Rendered]]]:
    """By name what programs have at most one of: the column that says which, and all of them."""

    def used(column: str) -> list[int]:
        return sorted({row[column] for row in rows} - {None})

    types = render_program_types(used("type_id"), language=language)
    subjects = render_subjects(used("primary_subject_override_id"), language=language)
    levels = render_level_types(used("level_type_override_id"), language=language)
    return {
        "type": ("type_id", types),
        "primary_subject": ("primary_subject_override_id", subjects),
        "level_type": ("level_type_override_id", levels),
        "taxi_form": ("taxi_form_id", render_taxi_forms(used("taxi_form_id"))),
    }


def _subscription_prices(programs: Collection[int]) -> Links:
    rows = ProgramSubscriptionPrice.objects.filter(program_subscription__program_id__in=programs)
    return grouped(
        (program, {"price": price(amount), "currency": currency})
        for program, amount, currency in rows.order_by("currency_id").values_list(
            "program_subscription__program_id", "price", "currency_id"
        )
    )


def links(rows: Any, target: str) -> Links:
    """The targets of ordered links by program, in their order; one query."""
    ordered = rows.order_by("program_id", "sort_value", "pk")
    return grouped(ordered.values_list("program_id", target))


def grouped(pairs: Iterable[tuple[int, Any]]) -> Links:
    """The second parts of pairs by their first one."""
    found: Links = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def targets(*found: Mapping[int, Iterable[int]]) -> set[int]:
    """Everything that some links lead to."""
    return {target for each in found for several in each.values() for target in several}
