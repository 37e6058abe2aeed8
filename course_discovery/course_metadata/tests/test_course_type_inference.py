import logging
from datetime import UTC, datetime

import pytest

from course_discovery.core.changes.models import Change
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseRunType,
    CourseType,
    CourseTypeRunType,
    SeatType,
)
from course_discovery.course_metadata.operations.course_type import (
    Inference,
    courses_without_type,
    infer_course_type,
    read_type_table,
)
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    PartnerFactory,
    SeatFactory,
)

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
A, C, H, P, V = "audit", "credit", "honor", "professional", "verified"


@pytest.fixture
def partner(db: None) -> Partner:
    return PartnerFactory.create()


def a_course(
    partner: Partner,
    *runs: tuple[str, ...],
    entitlement: str = "",
    course_type: str = "empty",
    draft: bool = False,
    run_type: str = "empty",
) -> Course:
    """A course whose runs have these seats."""
    kind = CourseType.objects.get(slug=course_type)
    course = CourseFactory.create(partner=partner, type=kind, draft=draft)
    for number, seats in enumerate(runs):
        run = CourseRunFactory.create(
            course=course,
            key=f"course-v1:{course.key}+{number}",
            type=CourseRunType.objects.get(slug=run_type),
        )
        for seat in seats:
            SeatFactory.create(course_run=run, type_id=seat)
    if entitlement:
        mode = SeatType.objects.get(slug=entitlement)
        CourseEntitlementFactory.create(course=course, mode=mode)
    return course


def infer(course: Course) -> Inference:
    return infer_course_type(course=course, types=read_type_table(), now=NOW)


def types_of(course: Course) -> tuple[str, list[str]]:
    stored = Course.everything.get(pk=course.pk)
    runs = CourseRun.everything.filter(course=course).order_by("key")
    return stored.type.slug, [run.type.slug for run in runs]


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize(
    ("runs", "entitlement", "course_type", "run_types"),
    [
        ([(A,)], "", "audit", ["audit"]),
        ([(P,)], "", "professional", ["professional"]),
        ([(P,)], P, "professional", ["professional"]),
        ([(A, V)], "", "verified-audit", ["verified-audit"]),
        ([(A, V)], V, "verified-audit", ["verified-audit"]),
        ([(A,), (A, V)], "", "verified-audit", ["audit", "verified-audit"]),
        ([(A,)], V, "verified-audit", ["audit"]),
        ([(A, C, V)], "", "credit-verified-audit", ["credit-verified-audit"]),
        (
            [(A,), (A, C, V), (A, V)],
            V,
            "credit-verified-audit",
            ["audit", "credit-verified-audit", "verified-audit"],
        ),
        ([(H,)], "", "honor", ["honor"]),
        ([(H, V)], V, "verified-honor", ["verified-honor"]),
        ([(H,), (H, V)], "", "verified-honor", ["honor", "verified-honor"]),
        ([(C, H, V), (H,)], V, "credit-verified-honor", ["credit-verified-honor", "honor"]),
        ([(V,)], V, "verified", ["verified"]),
        ([], V, "verified-audit", []),
        ([], P, "professional", []),
        ([(A, V), ()], "", "verified-audit", ["verified-audit", "empty"]),
    ],
)
def test_untyped_course_gets_the_first_type_that_fits(
    partner: Partner,
    runs: list[tuple[str, ...]],
    entitlement: str,
    course_type: str,
    run_types: list[str],
    draft: bool,
) -> None:
    course = a_course(partner, *runs, entitlement=entitlement, draft=draft)
    assert infer(course) == Inference(changed=True)
    assert types_of(course) == (course_type, run_types)
    course.refresh_from_db()
    assert course.data_modified_timestamp == NOW


def test_inferring_again_writes_nothing(partner: Partner) -> None:
    course = a_course(partner, (A, V))
    infer(course)
    changes = Change.objects.count()
    assert infer(course) == Inference(changed=False)
    assert Change.objects.count() == changes
    assert not courses_without_type(partner).exists()


@pytest.mark.parametrize("runs", [[], [()]])
def test_course_that_sells_nothing_stays_empty(
    partner: Partner, runs: list[tuple[str, ...]]
) -> None:
    course = a_course(partner, *runs)
    assert infer(course) == Inference(changed=False)
    assert types_of(course)[0] == "empty"
    assert not courses_without_type(partner).exists()


def test_odd_run_gets_its_own_best_type_and_the_others_decide(partner: Partner) -> None:
    course = a_course(partner, (A, V), (A, V), (H,))
    assert infer(course) == Inference(changed=True)
    assert types_of(course) == ("verified-audit", ["verified-audit", "verified-audit", "honor"])


def test_type_that_is_there_is_kept_and_untyped_runs_follow_it(partner: Partner) -> None:
    course = a_course(partner, (A,), (A, V), (H,), course_type="verified-audit")
    infer(course)
    assert types_of(course) == ("verified-audit", ["audit", "verified-audit", "honor"])


def test_run_type_that_is_there_is_kept(partner: Partner) -> None:
    course = a_course(partner, (A, V), run_type="honor")
    CourseRunFactory.create(
        course=course, key="course-v1:z+z+z", type=CourseRunType.objects.get(slug="empty")
    )
    SeatFactory.create(course_run=CourseRun.everything.get(key="course-v1:z+z+z"), type_id=A)
    infer(course)
    assert types_of(course) == ("audit", ["honor", "audit"])


def test_course_that_fits_nothing_is_told_by_key(
    partner: Partner, caplog: pytest.LogCaptureFixture
) -> None:
    course = a_course(partner, (A, H))
    with caplog.at_level(logging.WARNING):
        inference = infer(course)
    assert f"Calculating course type failure occurred for [{course.key}]." in caplog.messages
    assert not inference.changed
    assert inference.failures == (
        f"course-v1:{course.key}+0: no run type has exactly the seats audit, honor",
        "no course type fits its runs' seats and entitlements (none)",
    )
    assert types_of(course) == ("empty", ["empty"])


def test_entitlement_that_no_type_asks_for_leaves_the_course_but_types_its_runs(
    partner: Partner, caplog: pytest.LogCaptureFixture
) -> None:
    course = a_course(partner, (A, V), entitlement=C)
    inference = infer(course)
    assert inference.changed
    assert inference.failures == ("no course type fits its runs' seats and entitlements (credit)",)
    assert types_of(course) == ("empty", ["verified-audit"])
    assert f"Calculating course type failure occurred for [{course.key}]." in caplog.messages


def test_custom_type_of_a_lower_rank_wins_for_its_organizations_only(partner: Partner) -> None:
    mine, other = OrganizationFactory.create_batch(2, partner=partner)
    special = CourseType.objects.create(slug="special", name="Special", rank=1)
    run_type = CourseRunType.objects.get(slug="audit")
    CourseTypeRunType.objects.create(course_type=special, course_run_type=run_type)
    special.white_listed_orgs.add(mine)
    theirs, ours = a_course(partner, (A,)), a_course(partner, (A,))
    theirs.author_links.create(organization=other)
    ours.author_links.create(organization=mine)
    infer(theirs)
    infer(ours)
    assert (types_of(theirs)[0], types_of(ours)[0]) == ("audit", "special")


def test_candidates_are_those_that_something_tells(partner: Partner) -> None:
    a_course(partner)
    sold = a_course(partner, (A,))
    with_entitlement = a_course(partner, entitlement=V)
    typed = a_course(partner, (A,), course_type="audit")
    a_course(partner, (A,), course_type="audit", run_type="audit")
    a_course(partner, (), course_type="audit")
    draft = a_course(partner, (A,), draft=True)
    a_course(PartnerFactory.create(), (A,))
    assert set(courses_without_type(partner)) == {sold, with_entitlement, typed, draft}
