"""The catalog from the data files, every instant counted from day zero.

The files under `data/` are TOML; `data/README.md` tells which keys they may have.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from course_discovery.loaders.sample.catalog import (
    Catalog,
    Course,
    FeedLine,
    Language,
    Level,
    Organization,
    Run,
    Subject,
)
from course_discovery.loaders.sample.offers import OFFERS, modes_of

DATA = Path(__file__).parent / "data"
OPENS = time(10, 0, tzinfo=UTC)
CLOSES = time(23, 30, tzinfo=UTC)

Table = Mapping[str, Any]
Staff = Mapping[str, Sequence[str]]

FEED_FACTS = ("organizations", "sponsors", "subjects", "level")
FEED_TEXTS: Mapping[str, str] = {  # key of the data files: key of a feed line
    "short": "short_description",
    "description": "full_description",
    "outcome": "outcome",
    "prerequisites": "prerequisites_raw",
    "syllabus": "syllabus_raw",
    "faq": "faq",
    "testimonials": "learner_testimonials",
    "additional": "additional_information",
    "length": "course_length",
}
FEED_RUN_FACTS = ("license", "restriction_type", "external_key")


def read_catalog(day_zero: date) -> Catalog:
    """The whole catalog as it stands when the platform was first started on `day_zero`."""
    shared, courses = _tables()
    staff = _staff(shared["person"])
    colors = {table["key"]: table["color"] for table in shared["organization"]}
    return Catalog(
        organizations=tuple(_organization(table) for table in shared["organization"]),
        subjects=tuple(Subject(**table) for table in shared["subject"]),
        levels=tuple(Level(**table) for table in shared["level"]),
        languages=tuple(Language(**table) for table in shared["language"]),
        courses=tuple(_course(table, colors, staff, day_zero) for table in courses),
        people=tuple(_person(table) for table in shared["person"]),
        programs=tuple(shared["program"]),
        degrees=tuple(shared["degree"]),
        curricula=tuple(shared["curriculum"]),
        pathways=tuple(shared["pathway"]),
    )


@lru_cache(maxsize=1)
def _tables() -> tuple[Table, tuple[Table, ...]]:
    shared: dict[str, Any] = {}
    for file in DATA.glob("*.toml"):
        shared |= tomllib.loads(file.read_text(encoding="utf-8"))
    files = sorted((DATA / "courses").glob("*.toml"))
    courses = [tomllib.loads(file.read_text(encoding="utf-8"))["course"] for file in files]
    return shared, tuple(table for tables in courses for table in tables)


def _organization(table: Table) -> Organization:
    details = {name: value for name, value in table.items() if name not in {"key", "name", "color"}}
    return Organization(table["key"], table["name"], table["color"], details)


def _person(table: Table) -> FeedLine:
    told = {name: value for name, value in table.items() if name != "teaches"}
    return {"published": True, **told}


def _staff(people: Iterable[Table]) -> Staff:
    """The slugs of those who teach, by the key of the course."""
    found: dict[str, list[str]] = {}
    for person in people:
        for key in person["teaches"]:
            found.setdefault(key, []).append(person["slug"])
    return found


def _course(table: Table, colors: Mapping[str, str], staff: Staff, day_zero: date) -> Course:
    author = table["organizations"][0]
    key = f"{author}+{table['number']}"
    taught = staff.get(key, ())
    return Course(
        key=key,
        title=table["title"],
        color=colors[author],
        in_lms=table.get("in_lms", True),
        details=_course_details(table),
        runs=tuple(_run(run, table, taught, day_zero) for run in table["runs"]),
    )


def _course_details(table: Table) -> Table:
    """What the feed tells about a course, apart from its key, title and picture."""
    offer = OFFERS[table["offer"]]
    details: dict[str, Any] = {name: table[name] for name in FEED_FACTS if name in table}
    details |= {feed: table[name].strip() for name, feed in FEED_TEXTS.items() if name in table}
    if "video" in table:
        details["video"] = {"src": _video(table)}
    if offer.entitlement:
        currency = table.get("currency", "usd").upper()
        entitlement = {"mode": offer.entitlement, "price": table["price"], "currency": currency}
        details["entitlements"] = [entitlement]
    if not table.get("in_lms", True):
        details["type"] = offer.course_type
    return details


def _run(run: Table, course: Table, staff: Sequence[str], day_zero: date) -> Run:
    start = _moment(day_zero, run.get("start"), OPENS)
    end = _moment(day_zero, run.get("end"), CLOSES)
    key = run.get("key") or _run_key(course, run, start)
    pacing = run.get("pacing", course.get("pacing", "instructor"))
    bare = course.get("bare", False)
    return Run(
        key=key,
        name=run.get("title", course["title"]),
        organization=course.get("display_organization", course["organizations"][0]),
        number=course.get("display_number", course["number"]),
        start=start,
        end=end,
        enrollment_start=_moment(day_zero, run.get("enrollment_start"), OPENS),
        enrollment_end=_moment(day_zero, run.get("enrollment_end"), CLOSES),
        advertised_start=run.get("advertised_start"),
        pacing=pacing,
        short_description=None if bare else run.get("short", course["short"]),
        effort=run.get("effort_text", _effort_text(course) if pacing == "instructor" else None),
        video=_video(course) if "video" in course else None,
        hidden=run.get("hidden", "/" in key),
        invitation_only=run.get("invitation_only", False),
        mobile_available=run.get("mobile_available", course.get("mobile_available", False)),
        modes=modes_of(key, run.get("offer", course["offer"]), course, end),
        details=_feed_details(run, course, staff),
    )


def _run_key(course: Table, run: Table, start: datetime | None) -> str:
    """Named by its third of the year unless the data name it: two such runs are 125 days apart."""
    name = run.get("name") or (f"{(start.month + 3) // 4}T{start.year}" if start else "Draft")
    return f"course-v1:{course['organizations'][0]}+{course['number']}+{name}"


def _feed_details(run: Table, course: Table, staff: Sequence[str]) -> Table:
    """What the platform cannot tell about a run."""
    low, high = course["effort"]
    language = run.get("language", course["language"])
    facts: dict[str, Any] = {
        "content_language": language,
        "transcript_languages": run.get("transcripts", course.get("transcripts", [language])),
        "min_effort": low,
        "max_effort": high,
        "weeks_to_complete": course["weeks"],
        **{name: run[name] for name in FEED_RUN_FACTS if name in run},
    }
    if staff:
        facts["staff"] = list(staff)
    if not course.get("in_lms", True):
        facts["type"] = OFFERS[run.get("offer", course["offer"])].run_type
        facts["status"] = run.get("status", "published")
    return facts


def _effort_text(course: Table) -> str | None:
    low, high = course["effort"]
    return None if course.get("bare") else f"{low}-{high} hours"


def _video(course: Table) -> str:
    return f"https://video.example.com/watch?v={course['video']}"


def _moment(day_zero: date, offset: int | None, at: time) -> datetime | None:
    return None if offset is None else datetime.combine(day_zero + timedelta(days=offset), at)
