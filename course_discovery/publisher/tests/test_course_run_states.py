"""The table of states holds: every way of it leads where it says, and there is no other."""

from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from course_discovery.core.models import User
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.publisher.operations.course_run.editing import edit_course_run
from course_discovery.publisher.operations.course_run.refusals import InReview
from course_discovery.publisher.operations.course_run.reviewing import review_course_run
from course_discovery.publisher.operations.course_run.values import CourseRunTexts, ToldRun
from course_discovery.publisher.states import (
    TRANSITIONS,
    Effect,
    NoSuchTransition,
    Transition,
    Trigger,
    edit_trigger,
    is_in_review,
    review_to,
    transition_by,
)
from course_discovery.publisher.states_page import states_page
from course_discovery.publisher.tests.course_runs import NOW, draft_course, run_of, statuses
from course_discovery.publisher.tests.people import person

PAGE = Path(__file__).resolve().parents[3] / "docs" / "review_states.md"
REVIEWS = (CourseRunStatus.REVIEW_BY_LEGAL, CourseRunStatus.REVIEW_BY_INTERNAL)
# What is told for each kind of edit.
EDITS: dict[Trigger, ToldRun] = {
    edit_trigger(changed=changed, submitted=submitted): ToldRun(
        values=CourseRunTexts(title="Another") if changed else CourseRunTexts(weeks_to_complete=9),
        submitted=submitted,
    )
    for changed, submitted in product((True, False), repeat=2)
}
EDITED = [each for each in TRANSITIONS if each.trigger in EDITS]
REVIEWED = [each for each in TRANSITIONS if each.trigger == Trigger.REVIEW]


def name(transition: Transition) -> str:
    return f"{transition.source}-{transition.trigger}-{transition.target}"


@pytest.fixture
def sam(db: None) -> User:
    return person("sam", is_staff=True)


@pytest.fixture
def course(db: None) -> Course:
    return draft_course()


def expected(transition: Transition, before: str | None) -> tuple[str, str | None]:
    """Where draft and official row stand afterwards."""
    if transition.writes_official:
        return transition.target, transition.target
    if Effect.OFFICIAL_UNPUBLISHED in transition.effects:
        return transition.target, CourseRunStatus.UNPUBLISHED
    return transition.target, before


@pytest.mark.parametrize("transition", EDITED, ids=name)
def test_edits_lead_where_the_table_says(transition: Transition, course: Course, sam: User) -> None:
    run = run_of(course, transition.source)
    before = statuses(run)[1]
    told = EDITS[transition.trigger]
    edit_course_run(run=run, told=told, by=sam, now=NOW)
    assert statuses(run) == expected(transition, before)
    draft = CourseRun.everything.get(uuid=run.uuid, draft=True)
    official = CourseRun.objects.filter(uuid=run.uuid).first()
    wanted = told.values.get("title"), told.values.get("weeks_to_complete")
    assert (draft.title_override, draft.weeks_to_complete) == wanted
    if official is not None:
        same = (official.title_override, official.weeks_to_complete) == wanted
        assert same is transition.writes_official


@pytest.mark.parametrize("transition", REVIEWED, ids=name)
@pytest.mark.parametrize("due", [True, False])
def test_reviews_lead_where_the_table_says(
    transition: Transition, due: bool, course: Course, sam: User
) -> None:
    run = run_of(course, transition.source, go_live_date=NOW if due else None)
    review_course_run(
        run=run,
        status=transition.target,
        embargo={"has_ofac_restrictions": False, "ofac_comment": "none"},
        by=sam,
        now=NOW,
    )
    draft = CourseRun.everything.get(uuid=run.uuid, draft=True)
    assert (draft.has_ofac_restrictions, draft.ofac_comment) == (False, "none")
    if due and Effect.LIVE in transition.effects:
        assert statuses(run) == (CourseRunStatus.PUBLISHED, CourseRunStatus.PUBLISHED)
        assert draft.announcement == NOW
    else:
        assert statuses(run) == expected(transition, None)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        pair
        for pair in product(CourseRunStatus.values, CourseRunStatus.values)
        if pair not in {(each.source, each.target) for each in REVIEWED}
    ],
)
def test_no_review_leads_anywhere_else(source: str, target: str, course: Course, sam: User) -> None:
    run = run_of(course, source)
    before = statuses(run)
    with pytest.raises(PermissionDenied):
        review_course_run(run=run, status=target, embargo={}, by=sam, now=NOW)
    assert statuses(run) == before
    with pytest.raises(NoSuchTransition):
        review_to(source, target)


@pytest.mark.parametrize("source", REVIEWS)
@pytest.mark.parametrize("trigger", EDITS)
def test_nobody_edits_what_is_in_review(
    source: str, trigger: Trigger, course: Course, sam: User
) -> None:
    run = run_of(course, source)
    before = list(CourseRun.everything.values())
    with pytest.raises(InReview):
        edit_course_run(run=run, told=EDITS[trigger], by=sam, now=NOW)
    assert list(CourseRun.everything.values()) == before


def test_every_edit_of_a_status_that_is_not_in_review_is_in_the_table_once() -> None:
    ways = [(each.source, each.trigger) for each in EDITED]
    assert sorted(ways) == sorted(product(set(CourseRunStatus) - set(REVIEWS), EDITS))
    assert {status for status in CourseRunStatus if is_in_review(status)} == set(REVIEWS)


@pytest.mark.parametrize("status", [*REVIEWS, "nonsense"])
def test_what_is_not_in_the_table_is_no_way(status: str) -> None:
    for trigger in Trigger:
        with pytest.raises(NoSuchTransition):
            transition_by(status, trigger)


@pytest.mark.parametrize(
    "values",
    [
        {"start": NOW}, {"end": NOW}, {"go_live_date": NOW}, {"staff": []}, {"min_effort": 1},
        {"max_effort": 4}, {"weeks_to_complete": 1}, {"content_language": "es"},
        {"transcript_languages": ["es"]}, {"pacing_type": "self_paced"}, {"title": "Physics"},
        {"license": ""},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_reviewed_leaves_a_reviewed_run_where_it_is(
    values: Any, course: Course, sam: User
) -> None:
    Course.everything.update(title="Physics")
    course.refresh_from_db()
    run = run_of(course, "reviewed", start=NOW.replace(month=2), min_effort=2, max_effort=3)
    if "start" in values or "min_effort" in values:
        CourseRun.everything.update(max_effort=5)
    if "end" in values:
        CourseRun.everything.update(start=None)
    edit_course_run(run=run, told=ToldRun(values=values), by=sam, now=NOW)
    assert statuses(run) == ("reviewed", "reviewed")


@pytest.mark.parametrize(
    "values",
    [
        {"title": "x"}, {"short_description": "x"}, {"external_key": "x"}, {"hidden": True},
        {"enrollment_end": NOW}, {"license": "mit"}, {"expected_program_type": "micromasters"},
        {"fixed_price_usd": Decimal(3)}, {"video": {"src": "https://videos.example.com/1"}},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_reviewed_takes_a_reviewed_run_back(values: Any, course: Course, sam: User) -> None:
    run = run_of(course, "reviewed")
    edit_course_run(run=run, told=ToldRun(values=values), by=sam, now=NOW)
    assert statuses(run) == ("unpublished", "unpublished")


def test_the_page_says_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == states_page(), (
        "write it anew: ./manage.py shell -c 'from pathlib import Path;"
        " from course_discovery.publisher.states_page import states_page;"
        ' Path("docs/review_states.md").write_text(states_page(), encoding="utf-8")\''
    )
