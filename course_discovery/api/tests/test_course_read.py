"""Reading courses."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import (
    Course,
    CourseRunType,
    CourseUrlSlug,
    RestrictedCourseRun,
)
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    LevelTypeFactory,
    OrganizationFactory,
    PartnerFactory,
    SeatFactory,
    SubjectFactory,
)

URL = "/api/v1/courses/"


@pytest.fixture
def course(partner: Partner) -> Course:
    organization = OrganizationFactory(partner=partner, key="NorthU")
    return CourseFactory(
        partner=partner,
        key="NorthU+PHY101",
        title="Waves and Optics",
        organizations=[organization],
        subjects_in_order=[SubjectFactory(partner=partner, slug="physics", name="Physics")],
        level_type=LevelTypeFactory(name="Introductory"),
    )


@pytest.mark.parametrize("address", ["", "/"])
def test_a_course_is_found_by_key_and_uuid(
    as_alice: APIClient, course: Course, address: str
) -> None:
    by_key = as_alice.get(f"{URL}NorthU+PHY101{address}")
    by_uuid = as_alice.get(f"{URL}{course.uuid}{address}")
    assert by_key.status_code == 200
    assert by_key.json() == by_uuid.json()
    assert by_key.json()["key"] == "NorthU+PHY101"
    assert by_key.json()["owners"][0]["key"] == "NorthU"
    assert [subject["name"] for subject in by_key.json()["subjects"]] == ["Physics"]
    assert by_key.json()["level_type"] == "Introductory"


def test_case_of_a_key_does_not_matter(as_alice: APIClient, course: Course) -> None:
    assert as_alice.get(f"{URL}northu%2Bphy101/").json()["key"] == "NorthU+PHY101"


@pytest.mark.parametrize(
    "name", ["NorthU+NOPE", "2f2f7c9e-0000-4000-8000-000000000000", "NorthU/PHY/1/2", "x", "a+b+c"]
)
def test_an_unknown_or_malformed_name_is_404_in_json(
    as_alice: APIClient, course: Course, name: str
) -> None:
    answer = as_alice.get(f"{URL}{name}/")
    assert answer.status_code == 404
    assert answer.json()["detail"]


def test_drafts_and_other_partners_are_not_served(as_alice: APIClient, course: Course) -> None:
    CourseFactory(partner=course.partner, key="NorthU+DRAFT", draft=True)
    CourseFactory(partner=PartnerFactory(), key="Other+X1")
    keys = [each["key"] for each in as_alice.get(URL).json()["results"]]
    assert keys == ["NorthU+PHY101"]
    assert as_alice.get(f"{URL}NorthU+DRAFT/").status_code == 404
    assert as_alice.get(f"{URL}Other+X1/").status_code == 404


def test_a_run_carries_what_follows_from_its_dates_and_seats(
    as_alice: APIClient, course: Course, partner: Partner
) -> None:
    now = timezone.now()
    run = CourseRunFactory(
        course=course,
        key="course-v1:NorthU+PHY101+1T2030",
        start=now - timedelta(days=10),
        end=now + timedelta(days=100),
        slug="waves",
        min_effort=2,
        max_effort=4,
        weeks_to_complete=10,
        language_id="es-mx",
    )
    SeatFactory(course_run=run, type_id="audit", price=0)
    SeatFactory(course_run=run, price=49, upgrade_deadline=now + timedelta(days=90))
    CourseEntitlementFactory(course=course, price=199)
    body = as_alice.get(f"{URL}NorthU+PHY101/").json()
    served = body["course_runs"][0]
    assert served["availability"] == "Current"
    assert served["type"] == "verified"
    assert served["is_marketable"] is True
    assert served["is_enrollable"] is True
    assert served["estimated_hours"] == 30.0
    assert served["first_enrollable_paid_seat_price"] == 49
    assert served["content_language_search_facet_name"] == "Spanish"
    assert [seat["price"] for seat in served["seats"]] == ["0.00", "49.00"]
    assert served["marketing_url"] == (
        "https://www.example.com/course/waves?utm_source=alice&utm_medium=affiliate_partner"
    )
    assert body["entitlements"] == [
        {"mode": "verified", "price": "199.00", "currency": "USD", "sku": None, "expires": None}
    ]
    assert body["advertised_course_run_uuid"] == str(run.uuid)
    assert body["course_run_statuses"] == ["published"]


def test_marketing_addresses_name_the_caller_unless_told_not_to(
    as_alice: APIClient, course: Course
) -> None:
    CourseUrlSlug.objects.create(
        course=course, partner=course.partner, url_slug="waves-and-optics", is_active=True
    )
    tagged = as_alice.get(f"{URL}NorthU+PHY101/").json()
    bare = as_alice.get(f"{URL}NorthU+PHY101/?exclude_utm=1").json()
    assert tagged["url_slug"] == "waves-and-optics"
    assert tagged["marketing_url"].endswith("?utm_source=alice&utm_medium=affiliate_partner")
    assert bare["marketing_url"] == "https://www.example.com/course/waves-and-optics"


class TestNestedRuns:
    """Which runs a course shows."""

    @pytest.fixture(autouse=True)
    def runs(self, course: Course) -> None:
        now = datetime.now(UTC)
        year = timedelta(days=365)
        runs: dict[str, dict[str, Any]] = {
            "open": {"end": now + year},
            "hidden": {"hidden": True, "end": now + year},
            "ended": {"end": now - year},
            "unpublished": {"status": "unpublished", "end": now + year},
            "closed": {"enrollment_end": now - year, "end": now + year},
            "unmarketable": {
                "type": CourseRunType.objects.get(slug="empty"),
                "end": now + year,
            },
        }
        for name, options in runs.items():
            run = CourseRunFactory(course=course, key=f"course-v1:NorthU+PHY101+{name}", **options)
            SeatFactory(course_run=run)
        secret = CourseRunFactory(course=course, key="course-v1:NorthU+PHY101+b2b")
        RestrictedCourseRun.everything.create(
            course_run=secret, restriction_type="custom-b2b-enterprise"
        )

    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("", "closed ended open unmarketable unpublished"),
            ("include_hidden_course_runs=1", "closed ended hidden open unmarketable unpublished"),
            ("include_hidden_course_runs=0", "closed ended open unmarketable unpublished"),
            ("marketable_course_runs_only=1", "open"),
            ("marketable_enrollable_course_runs_with_archived=1", "ended open"),
            ("published_course_runs_only=1", "closed ended open unmarketable"),
            (
                "include_restricted=custom-b2b-enterprise,custom-b2c",
                "b2b closed ended open unmarketable unpublished",
            ),
            ("include_restricted=custom-b2c", "closed ended open unmarketable unpublished"),
        ],
    )
    def test_flags_choose_runs(
        self, as_alice: APIClient, course: Course, query: str, shown: str
    ) -> None:
        body = as_alice.get(f"{URL}NorthU+PHY101/?{query}").json()
        keys = sorted(run["key"].rpartition("+")[2] for run in body["course_runs"])
        assert keys == shown.split()
        assert sorted(body["course_run_keys"]) == [
            f"course-v1:NorthU+PHY101+{name}" for name in shown.split()
        ]


def test_restricted_runs_do_not_count_unless_asked_for(as_alice: APIClient, course: Course) -> None:
    run = CourseRunFactory(course=course, status="reviewed")
    SeatFactory(course_run=run)
    RestrictedCourseRun.everything.create(course_run=run, restriction_type="custom-b2c")
    hidden = as_alice.get(f"{URL}NorthU+PHY101/").json()
    assert hidden["course_run_statuses"] == hidden["course_run_keys"] == []
    shown = as_alice.get(f"{URL}NorthU+PHY101/?include_restricted=custom-b2c").json()
    assert shown["course_run_statuses"] == ["reviewed"]


@pytest.mark.parametrize("ordering", ["enrollment_count", "-title", "modified", "-key"])
def test_rows_that_are_equal_in_the_ordering_come_once(
    as_alice: APIClient, partner: Partner, ordering: str
) -> None:
    for number in range(30):
        CourseFactory(partner=partner, key=f"NorthU+C{number}", title="The same")
    seen, url = [], f"{URL}?ordering={ordering}&limit=7"
    while url:
        body = as_alice.get(url).json()
        seen += [each["key"] for each in body["results"]]
        url = body["next"]
    assert len(seen) == len(set(seen)) == 30


def test_people_get_readable_json_in_the_browsable_pages(
    as_alice: APIClient, course: Course
) -> None:
    page = as_alice.get(URL, headers={"Accept": "text/html"}).content.decode()
    assert "NorthU+PHY101" in page
    assert "binary content" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["courses", "course_runs", "organizations", "search/all", "search/courses",
     "search/all/facets", "search/course_runs/facets", "courses/a+b", "course_runs/a+b+c"],
)  # fmt: skip
def test_a_host_without_a_partner_is_told_so(sam: User, path: str) -> None:
    client = APIClient()
    client.force_authenticate(sam)
    answer = client.get(f"/api/v1/{path}/")
    assert (answer.status_code, answer.json()) == (404, {"detail": "No partner serves this host."})


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("uuids=zzz", "uuids"),
        ("timestamp=zzz", "timestamp"),
        ("include_hidden_course_runs=yes", "include_hidden_course_runs"),
        ("exclude_utm=true", "exclude_utm"),
    ],
)
def test_a_bad_value_is_400_and_names_the_parameter(
    as_alice: APIClient, course: Course, query: str, field: str
) -> None:
    answer = as_alice.get(f"{URL}?{query}")
    assert answer.status_code == 400
    assert list(answer.json()) == [field]


def test_unknown_parameters_and_orderings_are_ignored(as_alice: APIClient, course: Course) -> None:
    answer = as_alice.get(f"{URL}?nonsense=1&ordering=nonsense&enterprise_flag=")
    assert answer.json()["count"] == 1


class TestPaging:
    """Two styles, one envelope, never without a bound."""

    @pytest.fixture(autouse=True)
    def courses(self, partner: Partner) -> None:
        for number in range(25):
            CourseFactory(partner=partner, key=f"NorthU+C{number:02}")

    @pytest.mark.parametrize(
        ("query", "length", "following"),
        [
            ("", 20, "limit=20&offset=20"),
            ("limit=5&offset=10", 5, "limit=5&offset=15"),
            ("page=2&page_size=10", 10, "page=3&page_size=10"),
            ("page_size=5", 20, "limit=20&offset=20"),
            ("limit=0", 20, "limit=20&offset=20"),
            ("limit=-3", 20, "limit=20&offset=20"),
            ("limit=junk", 20, "limit=20&offset=20"),
            ("limit=1000000", 25, None),
            ("page=1&page_size=99999999999", 25, None),
            ("page=1&page_size=0", 20, "page=2"),
        ],
    )
    def test_pages(
        self, as_alice: APIClient, query: str, length: int, following: str | None
    ) -> None:
        body = as_alice.get(f"{URL}?{query}").json()
        assert body["count"] == 25
        assert len(body["results"]) == length
        assert (following in body["next"]) if following else body["next"] is None

    @pytest.mark.parametrize("page", ["0", "-1", "99", "junk", "9" * 40])
    def test_a_page_that_is_not_there_is_404(self, as_alice: APIClient, page: str) -> None:
        answer = as_alice.get(f"{URL}?page={page}")
        assert answer.status_code == 404
        assert answer.json() == {"detail": "Invalid page."}

    def test_lists_are_in_the_order_of_their_keys(self, as_alice: APIClient) -> None:
        keys = [each["key"] for each in as_alice.get(f"{URL}?limit=100").json()["results"]]
        assert keys == sorted(keys)
        back = as_alice.get(f"{URL}?limit=100&ordering=-key").json()["results"]
        assert [each["key"] for each in back] == keys[::-1]


def test_sparse_fields_choose_keys_of_courses_and_of_their_runs(
    as_alice: APIClient, course: Course
) -> None:
    CourseRunFactory(course=course)
    body = as_alice.get(f"{URL}NorthU+PHY101/?fields=key,course_runs").json()
    assert list(body) == ["key", "course_runs"]
    assert list(body["course_runs"][0]) == ["key"]
    rest = as_alice.get(f"{URL}NorthU+PHY101/?omit=course_runs,title").json()
    assert "title" not in rest
    assert "course_runs" not in rest
    assert rest["key"] == "NorthU+PHY101"


def test_statuses_filter_courses(as_alice: APIClient, course: Course) -> None:
    past = timezone.now() - timedelta(days=1)
    CourseRunFactory(course=course, status="unpublished", end=past)
    for status, count in {
        "archived": 1, "unsubmitted": 0, "published": 0, "published,archived": 1, "in_review": 0,
    }.items():  # fmt: skip
        assert as_alice.get(f"{URL}?course_run_statuses={status}").json()["count"] == count
    CourseRunFactory(course=course, status="review_by_legal")
    assert as_alice.get(f"{URL}?course_run_statuses=in_review").json()["count"] == 1


def test_types_filter_courses(
    as_alice: APIClient, course: Course, settings: pytest.FixtureRequest
) -> None:
    assert as_alice.get(f"{URL}?course_type=open-courses").json()["count"] == 1
    assert as_alice.get(f"{URL}?course_type=verified-audit").json()["count"] == 1
    assert as_alice.get(f"{URL}?course_type=nonsense").json()["count"] == 0
    settings.RETIRED_COURSE_TYPES = ["verified-audit"]  # type: ignore[attr-defined]
    assert as_alice.get(URL).json()["count"] == 0
    assert as_alice.get(f"{URL}NorthU+PHY101/").status_code == 404
    assert as_alice.get(f"{URL}?include_retired_course_types=1").json()["count"] == 1


def test_members_of_an_organization_may_edit_its_courses(
    as_alice: APIClient, as_sam: APIClient, alice: User, course: Course
) -> None:
    from django.contrib.auth.models import Group

    from course_discovery.publisher.models import OrganizationExtension

    assert as_alice.get(f"{URL}NorthU+PHY101/").json()["editable"] is False
    assert as_sam.get(f"{URL}NorthU+PHY101/").json()["editable"] is True
    group = Group.objects.create(name="NorthU")
    OrganizationExtension.objects.create(
        organization=course.authoring_organizations.get(), group=group
    )
    alice.groups.add(group)
    assert as_alice.get(f"{URL}NorthU+PHY101/").json()["editable"] is True
