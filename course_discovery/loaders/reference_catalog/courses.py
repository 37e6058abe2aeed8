"""Courses with their runs; a tenth of them have drafts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model

from course_discovery.course_metadata import models
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.loaders.reference_catalog.course_links import (
    DRAFTS,
    author_of,
    links_of_courses,
    links_of_runs,
)
from course_discovery.loaders.reference_catalog.dice import Dice
from course_discovery.loaders.reference_catalog.size import Size
from course_discovery.loaders.reference_catalog.vocabulary import (
    EXECUTIVE,
    PAID_EXECUTIVE,
    Vocabulary,
)

_PORTION = 250
_EXECUTIVE = 40
_PROFESSIONAL = 20
_USUAL = "credit-verified-audit"
# Of a run's type: seat type, currency, credit provider.
_SEATS = {
    "verified-audit": [("audit", "USD", ""), ("verified", "USD", "")],
    _USUAL: [
        ("audit", "USD", ""),
        ("verified", "USD", ""),
        ("credit", "USD", "north"),
        ("credit", "USD", "south"),
    ],
    "professional": [("professional", each, "") for each in ("USD", "EUR", "GBP")],
    PAID_EXECUTIVE: [(PAID_EXECUTIVE, each, "") for each in ("USD", "EUR", "GBP")],
}


class Courses:
    """Makes the courses; afterwards `official` are the official rows, with their runs."""

    def __init__(
        self, size: Size, vocabulary: Vocabulary, people: list[models.Person], dice: Dice
    ) -> None:
        self._size, self._vocabulary, self._people, self._dice = size, vocabulary, people, dice
        self.official: list[models.Course] = []
        self.runs: dict[int, list[models.CourseRun]] = {}

    def rows(self) -> Iterator[Model]:
        """All rows, some hundred courses at a time."""
        for first in range(0, self._size.courses, _PORTION):
            numbers = range(first, min(first + _PORTION, self._size.courses))
            drafts = {n: self._course(n, draft=True) for n in numbers if n % DRAFTS == 0}
            yield from self._family(drafts, {}, {})
            runs_of_drafts = {n: self.runs.pop(n) for n in drafts}
            yield from self._family(
                {n: self._course(n, draft=False) for n in numbers}, drafts, runs_of_drafts
            )

    def _family(
        self,
        courses: dict[int, models.Course],
        drafts: dict[int, models.Course],
        runs_of_drafts: dict[int, list[models.CourseRun]],
    ) -> Iterator[Model]:
        """Courses with everything that hangs on them; a twin is like its draft, and knows it."""
        for number, draft in drafts.items():
            _become_twin(courses[number], draft)
        yield from courses.values()
        for number, course in courses.items():
            self.runs[number] = [
                self._run(course, number, place) for place in range(self._runs_of(number))
            ]
            for run, draft_run in zip(
                self.runs[number], runs_of_drafts.get(number, []), strict=False
            ):
                _become_twin(run, draft_run)
                run.key, run.slug = draft_run.key, draft_run.slug
        runs = [run for number in courses for run in self.runs[number]]
        yield from runs
        yield from self._offers(courses, runs)
        yield from links_of_courses(courses, self._vocabulary, self._dice)
        yield from links_of_runs(runs, self._vocabulary, self._people, self._dice)
        if not next(iter(courses.values())).draft:
            self.official += courses.values()

    def _course(self, number: int, *, draft: bool) -> models.Course:
        dice, vocabulary = self._dice, self._vocabulary
        return models.Course(
            uuid=dice.uuid(),
            draft=draft,
            partner=vocabulary.partner,
            key=f"{author_of(number, vocabulary).key}+G{number}",
            type=vocabulary.course_types[_course_type(number)],
            product_source=vocabulary.sources[number % _EXECUTIVE == 1],
            title=None if number % 500 == 499 else dice.title(5),
            short_description=dice.html(150),
            full_description=dice.html(1_500),
            outcome=dice.html(500),
            prerequisites_raw=dice.html(150),
            syllabus_raw=dice.html(800),
            faq=dice.html(300) if dice.happens(0.3) else None,
            learner_testimonials=dice.html(300) if dice.happens(0.2) else None,
            level_type=dice.one(vocabulary.levels),
            card_image_url=f"https://images.example.com/{number}.png",
            video=dice.one(vocabulary.videos) if dice.happens(0.5) else None,
            enrollment_count=dice.number(0, 90_000),
            recent_enrollment_count=dice.number(0, 900),
            excluded_from_search=dice.happens(0.01),
            data_modified_timestamp=dice.now,
        )

    def _runs_of(self, number: int) -> int:
        """How many runs a course has: none to many, as many as the size says in all."""
        average = self._size.runs // self._size.courses
        more = (1, 0, -1, 0)[number % 4] * (average - 1)
        return average + more + {50: -1, 52: 1}.get(number % 100, 0)

    def _run(self, course: models.Course, number: int, place: int) -> models.CourseRun:
        dice, vocabulary = self._dice, self._vocabulary
        start = dice.moment(-900, 300)
        key = f"course-v1:{course.key}+{place + 1}T{start.year}"
        return models.CourseRun(
            course=course,
            draft=course.draft,
            uuid=dice.uuid(),
            key=key,
            slug=f"{course.key}-{place + 1}t{start.year}".replace("+", "-").lower(),
            type=vocabulary.run_types[_run_type(number, place)],
            status=_status(dice),
            title_override=dice.title(5) if dice.happens(0.1) else None,
            language=dice.one(vocabulary.languages),
            pacing_type=dice.one(["instructor_paced", "self_paced"]),
            min_effort=dice.number(1, 4),
            max_effort=dice.number(5, 10),
            weeks_to_complete=dice.number(3, 20),
            hidden=dice.happens(0.04),
            mobile_available=dice.happens(0.7),
            license="all-rights-reserved",
            expected_program_name=dice.title(2) if dice.happens(0.05) else "",
            **_moments(start, dice),
        )

    def _offers(
        self, courses: dict[int, models.Course], runs: list[models.CourseRun]
    ) -> Iterator[Model]:
        for number in courses:
            last = len(self.runs[number]) - 1
            for place, run in enumerate(self.runs[number]):
                # Four and two seats by turns; where one run is left over it has three.
                left_over = place == last and last % 2 == 0
                yield from _seats(run, self._dice, all_credit=not left_over)
        for run in runs:
            if self._dice.happens(0.03):
                kind = self._dice.one(["custom-b2b-enterprise", "custom-b2c"])
                yield models.RestrictedCourseRun(
                    course_run=run, draft=run.draft, restriction_type=kind
                )
        vocabulary = self._vocabulary
        for number, course in courses.items():
            if _course_type(number) != EXECUTIVE:
                yield models.CourseEntitlement(
                    course=course,
                    draft=course.draft,
                    mode=vocabulary.seat_types[_entitlement(number)],
                    partner=course.partner,
                    price=Decimal(self._dice.number(20, 400)),
                    sku=f"E{number}",
                )


def _become_twin(official: Any, draft: Any) -> None:
    official.uuid, official.draft_version = draft.uuid, draft


def _course_type(number: int) -> str:
    if number % _EXECUTIVE == 1:
        return EXECUTIVE
    return "professional" if number % _PROFESSIONAL == 2 else _USUAL


def _entitlement(number: int) -> str:
    return "professional" if _course_type(number) == "professional" else "verified"


def _run_type(number: int, place: int) -> str:
    kind = _course_type(number)
    if kind == EXECUTIVE:
        return PAID_EXECUTIVE
    if kind == "professional":
        return "professional"
    return (_USUAL, "verified-audit")[place % 2]


def _status(dice: Dice) -> str:
    if dice.happens(0.85):
        return CourseRunStatus.PUBLISHED
    return dice.one([CourseRunStatus.UNPUBLISHED, CourseRunStatus.REVIEWED])


def _moments(start: datetime, dice: Dice) -> dict[str, datetime | None]:
    """When a run starts, ends and takes learners; some of them are not known."""
    end = start + timedelta(days=dice.number(30, 400))
    return {
        "start": None if dice.happens(0.01) else start,
        "end": None if dice.happens(0.02) else end,
        "enrollment_start": start - timedelta(days=90) if dice.happens(0.5) else None,
        "enrollment_end": end - timedelta(days=7) if dice.happens(0.5) else None,
        "go_live_date": start - timedelta(days=30) if dice.happens(0.3) else None,
    }


def _seats(run: models.CourseRun, dice: Dice, *, all_credit: bool) -> Iterator[models.Seat]:
    """Two to four seats."""
    price = Decimal(dice.number(20, 400))
    deadline = run.end and (run.end - timedelta(days=10)).replace(hour=23, minute=59, second=59)
    offered = _SEATS[run.type.slug]
    if run.type.slug == _USUAL and not all_credit:
        offered = offered[:-1]
    for slug, currency, provider in offered:
        yield models.Seat(
            course_run=run,
            draft=run.draft,
            type_id=slug,
            price=Decimal(0) if slug == "audit" else price,
            currency_id=currency,
            upgrade_deadline=None if slug == "audit" else deadline,
            credit_provider=provider,
            credit_hours=3 if slug == "credit" else None,
            sku=f"{dice.number(0, 16**7 - 1):07X}",
        )
