"""What a shop may answer instead of what it should: nothing is deleted, and the report tells."""

import uuid
from collections.abc import Callable
from itertools import count

import pytest

from course_discovery.clients.tests.scripted_server import (
    Answer,
    Request,
    html_answer,
    json_answer,
)
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    CourseEntitlement,
    CourseRun,
    CourseRunType,
    CourseType,
    Seat,
)
from course_discovery.course_metadata.tests.factories import CourseFactory, CourseRunFactory
from course_discovery.loaders.models import LoadedSource
from course_discovery.loaders.tests.conftest import counts
from course_discovery.loaders.tests.shop import (
    COURSES,
    KEY,
    LISTS,
    PRODUCTS,
    UUID,
    Shop,
    audit,
    code,
    course,
    entitlement,
    page_of,
    verified,
)

Load = Callable[[], LoadedSource]
ALL = {"seats": 2, "entitlements": 1}


def stored() -> dict[str, int]:
    return {
        "seats": Seat.everything.count(),
        "entitlements": CourseEntitlement.everything.count(),
    }


@pytest.fixture
def run(shop_partner: Partner) -> CourseRun:
    row = CourseFactory.create(partner=shop_partner, key="edX+DemoX", uuid=uuid.UUID(UUID))
    return CourseRunFactory.create(course=row, key=KEY)


@pytest.fixture
def sold(shop: Shop, load_shop: Load, run: CourseRun) -> None:
    """All is loaded, and then the shop sells nothing but a free seat, on several pages."""
    shop.sells(course(audit(), verified()), entitlements=[entitlement()], codes=[code()])
    assert load_shop().state == "done"
    others = [course(audit(), key=f"course-v1:edX+Other{n}+1") for n in range(3)]
    shop.sells(course(audit(price=1)), *others)
    shop.page_size = 2


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        (html_answer("Maintenance"), "HTML page instead of JSON, title: 'Maintenance'"),
        (Answer(200, b"{}", {"Content-Type": "text/plain"}), "content type is not JSON"),
        (Answer(200, b"{", {"Content-Type": "application/json"}), "not JSON"),
        (json_answer([]), "not an object"),
        (json_answer({"detail": "no"}), "results is not a list"),
        (json_answer({"results": {}, "count": 1, "next": None}), "results is not a list"),
        (json_answer({"results": [], "count": "1", "next": None}), "count is not a whole number"),
        (json_answer({"results": [], "count": True, "next": None}), "count is not a whole number"),
        (json_answer({"results": [], "count": -1, "next": None}), "count is not a whole number"),
        (json_answer({"results": [], "count": 0, "next": 2}), "next is neither an address"),
        (page_of([None] * 51, count=51, following=False), "more rows than were asked for"),
        (json_answer({"detail": "no"}, 403), "HTTP 403, not allowed"),
        (json_answer({"detail": "no"}, 404), "HTTP 404, not found"),
        (Answer(500), "HTTP 500"),
        (Answer(fault="hang"), "no answer within 0.2 s"),
        (Answer(fault="reset"), "connection broken before an answer"),
    ],
)  # fmt: skip
def test_shop_that_cannot_be_read_is_unreachable_and_nothing_is_deleted(
    shop: Shop, load_shop: Load, sold: None, first: Answer, reason: str
) -> None:
    shop.answers["courses", 1] = first
    shop.server.requests.clear()
    source = load_shop()
    assert (source.state, source.load_run.exit_code, source.seen) == ("unreachable", 1, 0)
    assert reason in source.reason
    assert stored() == ALL
    assert not shop.server.asked(PRODUCTS)


def half(answer: Answer, fault: str) -> Answer:
    return Answer(answer.status, answer.body, answer.headers, fault)


@pytest.mark.parametrize("fault", ["short", "cut_chunk", "stall"])
@pytest.mark.parametrize("name", LISTS)
def test_half_a_page_is_short_and_nothing_is_deleted(
    shop: Shop, load_shop: Load, sold: None, name: str, fault: str
) -> None:
    page = page_of([course(audit())] if name == "courses" else [], count=9, following=False)
    number = 2 if name == "courses" else 1
    shop.answers[name, number] = half(page, fault)
    source = load_shop()
    assert (source.state, source.load_run.exit_code) == ("short", 1)
    assert "inside the answer" in source.reason
    assert stored() == ALL
    assert Seat.everything.get(type__slug="audit").price == 1  # what came before is kept


@pytest.mark.parametrize("name", LISTS)
def test_page_that_comes_again_and_again_ends(
    shop: Shop, load_shop: Load, sold: None, name: str
) -> None:
    same = page_of([course(audit())], count=1000, following=True)

    def always(request: Request) -> Answer:
        asked = request.query.get("product_class", "courses")
        return same if asked == name else page_of([], count=0, following=False)

    shop.server.on(COURSES, always)
    shop.server.on(PRODUCTS, always)
    source = load_shop()
    assert (source.state, source.load_run.exit_code) == ("short", 1)
    assert "page 2 repeats earlier ones (seen 1 of 1000 announced)" in source.reason
    assert stored() == ALL


def test_list_that_never_ends_is_left(shop: Shop, load_shop: Load, sold: None) -> None:
    numbers = count()

    def more(request: Request) -> Answer:
        row = course(audit(), key=f"course-v1:edX+More{next(numbers)}+1")
        return page_of([row], count=3, following=True)

    shop.server.on(COURSES, more)
    shop.server.requests.clear()
    source = load_shop()
    assert (source.state, source.load_run.exit_code) == ("short", 1)
    assert "still more announced after 16 pages" in source.reason
    assert len(shop.server.asked(COURSES)) == 16
    assert stored() == ALL


@pytest.mark.parametrize("announced", [0, 1, 3, 10**12])
def test_count_that_disagrees_is_short_and_nothing_is_deleted(
    shop: Shop, load_shop: Load, sold: None, announced: int
) -> None:
    rows = [course(audit()), course(audit(), key="course-v1:edX+Other+1")]
    shop.answers["courses", 1] = page_of(rows, count=announced, following=False)
    source = load_shop()
    assert (source.state, source.load_run.exit_code, source.seen) == ("short", 1, 2)
    assert f"(seen 2 of {announced} announced)" in source.reason
    assert stored() == ALL


def test_short_entitlements_delete_nothing_but_codes_are_read(
    shop: Shop, load_shop: Load, sold: None
) -> None:
    shop.page_size = 50
    shop.sells(course(audit()), codes=[code(sku="NEW")])
    shop.answers["Course Entitlement", 1] = page_of([], count=5, following=True)
    source = load_shop()
    assert source.state == "short"
    assert "product_class=Course Entitlement" in source.reason
    assert stored() == ALL
    assert Seat.everything.get(type__slug="verified").bulk_sku == "NEW"


def test_types_wait_for_the_whole_shop(shop: Shop, load_shop: Load, run: CourseRun) -> None:
    CourseRun.everything.update(type=CourseRunType.objects.get(slug="empty"))
    run.course.__class__.everything.update(type=CourseType.objects.get(slug="empty"))
    shop.sells(course(audit()))
    shop.answers["courses", 1] = page_of([course(audit())], count=2, following=True)
    assert load_shop().state == "short"
    run.refresh_from_db()
    assert (run.type.slug, run.seats.count()) == ("empty", 1)
    del shop.answers["courses", 1]
    assert load_shop().state == "done"
    run.refresh_from_db()
    assert run.type.slug == "audit"


def test_row_that_moved_to_another_page_is_taken_once(
    shop: Shop, load_shop: Load, run: CourseRun
) -> None:
    first = [course(audit()), course(audit(), key="course-v1:edX+A+1")]
    shop.answers["courses", 1] = page_of(first, count=3, following=True)
    last = [first[0], course(audit(), key="course-v1:edX+B+1")]
    shop.answers["courses", 2] = page_of(last, count=3, following=False)
    source = load_shop()
    assert (source.state, counts(source)) == ("done", (3, 0, 1, 0, 2))


def test_last_page_may_be_gone_if_all_rows_came(
    shop: Shop, load_shop: Load, run: CourseRun
) -> None:
    shop.answers["courses", 1] = page_of([course(audit())], count=1, following=True)
    assert load_shop().state == "done"


def first_then(shop: Shop, *answers: Answer) -> None:
    """The course list answers these first, then as it should."""
    good, waiting = shop._page, list(answers)

    def respond(request: Request) -> Answer:
        return waiting.pop(0) if waiting else good("courses", request)

    shop.server.on(COURSES, respond)


def test_fault_that_passes_is_not_noticed(shop: Shop, load_shop: Load, run: CourseRun) -> None:
    shop.sells(course(audit()))
    first_then(shop, Answer(502))
    source = load_shop()
    assert (source.state, counts(source)) == ("done", (1, 0, 1, 0, 0))


def test_throttled_load_waits_as_long_as_it_is_asked(
    shop: Shop, load_shop: Load, run: CourseRun
) -> None:
    shop.sells(course(audit()))
    first_then(shop, json_answer({"detail": "slow down"}, 429, Retry_After="21"))
    assert load_shop().state == "done"
    assert shop.time.sleeps == [21.0]
