"""Editing courses over REST."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient
from waffle.testutils import override_switch

from course_discovery.api.tests.course_team import as_bob, bob, course, north
from course_discovery.api.tests.course_writing import PNG, URL, edited, new_course, patch, type_uuid
from course_discovery.api.tests.drafts import run_with_draft
from course_discovery.course_metadata.models import (
    AdditionalMetadata,
    Collaborator,
    Course,
    CourseEditor,
    CourseEntitlement,
    CourseRun,
    CourseType,
    Organization,
)
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    LevelTypeFactory,
    SubjectFactory,
)

__all__ = ["as_bob", "bob", "course", "north"]

Rows = tuple[Course, Course]


def official(client: APIClient, key: str = "NorthU+A") -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{URL}{key}/").json()
    return found


def test_an_edit_reaches_the_draft_alone(as_bob: APIClient, course: Rows) -> None:
    body = edited(as_bob, title="Arts", short_description="<p>More</p>", level_type="")
    assert (body["title"], body["short_description"]) == ("Arts", "<p>More</p>")
    assert body["has_unpublished_changes"] is True
    assert official(as_bob)["title"] == "Art"
    assert as_bob.get(f"{URL}NorthU+A/?editable=1").json() == body


def test_what_is_official_only_gets_a_draft(as_bob: APIClient, north: Organization) -> None:
    row = CourseFactory(partner=north.partner, key="NorthU+Z", organizations=[north], title="Z")
    CourseRunFactory(course=row)
    body = edited(as_bob, "NorthU+Z", title="New")
    assert (body["title"], len(body["course_runs"])) == ("New", 1)
    assert Course.objects.get(pk=row.pk).draft_version.title == "New"  # type: ignore[union-attr]


def test_names_that_lead_to_other_things(
    as_bob: APIClient, course: Rows, north: Organization
) -> None:
    for slug in ("music", "painting"):
        SubjectFactory(partner=north.partner, slug=slug)
    LevelTypeFactory(name="Advanced")
    collaborator = Collaborator.objects.create(name="Museum")
    body = edited(
        as_bob, subjects=["painting", "", "music"], level_type="Advanced", topics=["Oil", "oil"],
        collaborators=[str(collaborator.uuid)], watchers=["a@example.com"],
        video={"src": "https://video.example/1"}, product_source="edx",
        key_for_reruns="NorthU+A2", organization_short_code_override="NU",
    )  # fmt: skip
    assert [each["slug"] for each in body["subjects"]] == ["painting", "music"]
    assert body["level_type"] == "Advanced"
    assert len(body["topics"]) == 1
    assert [each["name"] for each in body["collaborators"]] == ["Museum"]
    assert body["watchers"] == ["a@example.com"]
    assert body["video"]["src"] == "https://video.example/1"
    assert body["product_source"]["slug"] == "edx"
    assert (body["key_for_reruns"], body["organization_short_code_override"]) == ("NorthU+A2", "NU")
    body = edited(as_bob, subjects=[], level_type=None, topics=[], collaborators=[], watchers=[],
                  video={"src": ""})  # fmt: skip
    assert [body[name] for name in ("subjects", "level_type", "topics", "collaborators",
                                    "watchers", "video")] == [[], None, [], [], [], None]  # fmt: skip
    shown = official(as_bob)
    assert (shown["subjects"], shown["key_for_reruns"]) == ([], "")


def test_what_is_read_only_or_unknown_changes_nothing(as_bob: APIClient, course: Rows) -> None:
    before = as_bob.get(f"{URL}NorthU+A/?editable=1").json()
    body = edited(
        as_bob, key="Moon+X", uuid="x", enrollment_count=9, editors=[1], owners=[{"key": "Moon"}],
        course_runs=[], modified="never", nothing=1, entitlements=[], partner=999,
        canonical_course_run_key="x", has_unpublished_changes=False, editable=False,
    )  # fmt: skip
    assert body == before


def test_a_course_sent_back_as_it_was_read_changes_nothing(as_bob: APIClient, course: Rows) -> None:
    before = as_bob.get(f"{URL}NorthU+A/?editable=1").json()
    told = {**before, "subjects": [], "collaborators": [], "product_source": None}
    answer = as_bob.put(f"{URL}NorthU+A/", {**told, "partner": 1}, format="json")
    assert answer.status_code == 200, answer.content
    assert answer.json() == before


def test_a_whole_course_names_key_type_and_partner(as_bob: APIClient, course: Rows) -> None:
    answer = as_bob.put(f"{URL}NorthU+A/", {"title": "X", "key": "NorthU+A"}, format="json")
    assert (answer.status_code, answer.json()) == (
        400,
        "Failed to set data: type: This field is required.; partner: This field is required.",
    )


class TestPictures:
    """Pictures come as data URLs."""

    def test_they_are_stored_for_the_draft(self, as_bob: APIClient, course: Rows) -> None:
        body = edited(as_bob, image=PNG, organization_logo_override=PNG)
        assert body["image"]["src"].startswith("http://testserver/media/media/course/image/")
        assert body["image"]["src"].endswith(".small.png")
        assert "/organization/logo_override/" in body["organization_logo_override_url"]
        assert official(as_bob)["image"] in (None, {**body["image"], "src": None})

    def test_addresses_are_left_alone(self, as_bob: APIClient, course: Rows) -> None:
        before = edited(as_bob, image=PNG)
        for told in (before["image"]["src"], before["image"], None, ""):
            assert edited(as_bob, image=told)["image"] == before["image"]

    @pytest.mark.parametrize(
        "told", ["data:image/png;base64,!!!", "data:image/png;base64,aGVsbG8="]
    )
    def test_what_is_no_picture_is_400(self, as_bob: APIClient, course: Rows, told: str) -> None:
        answer = patch(as_bob, image=told)
        assert answer.status_code == 400
        assert answer.json().startswith("Failed to set data: image: ")


class TestAddresses:
    """`url_slug`."""

    def test_it_is_the_drafts_until_it_is_published(self, as_bob: APIClient, course: Rows) -> None:
        assert edited(as_bob, url_slug="arts")["url_slug"] == "arts"
        assert official(as_bob)["url_slug"] == "art"
        assert edited(as_bob, url_slug="arts", draft=False)["url_slug"] == "arts"
        assert official(as_bob)["url_slug"] == "art"
        assert edited(as_bob, url_slug="")["url_slug"] == "arts"

    def test_that_of_a_reviewed_course_is_official_at_once(
        self, as_bob: APIClient, course: Rows
    ) -> None:
        run_with_draft(course, status="reviewed")
        assert edited(as_bob, url_slug="arts")["url_slug"] == "arts"
        assert official(as_bob)["url_slug"] == "arts"
        statuses = CourseRun.everything.values_list("status", flat=True)
        assert set(statuses) == {"reviewed"}

    def test_that_of_another_course_is_400(self, as_bob: APIClient, course: Rows) -> None:
        as_bob.post(URL, new_course(), format="json")
        answer = patch(as_bob, url_slug="Night-skies")
        assert (answer.status_code, answer.json()) == (
            400,
            "Failed to set data: Course edit was unsuccessful. The course URL slug ‘[Night-skies]’ "
            "is already in use. Please update this field and try again.",
        )

    @pytest.mark.parametrize("told", ["learn/art/x", "a b", "é", "-/-"])
    def test_it_is_plain(self, as_bob: APIClient, course: Rows, told: str) -> None:
        answer = patch(as_bob, url_slug=told)
        assert (answer.status_code, answer.json()) == (
            400,
            "Failed to set data: Enter a valid “slug” consisting of letters, numbers, underscores "
            "or hyphens.",
        )

    @pytest.mark.parametrize(
        ("slug", "course_type", "status"),
        [
            ("learn/art/north-art", "verified-audit", 200),
            ("plain", "verified-audit", 200),
            ("executive-education/x", "verified-audit", 400),
            ("executive-education/x", CourseType.EXECUTIVE_EDUCATION, 200),
            ("boot-camps/coding/x", CourseType.BOOTCAMP, 200),
            ("learn/art/x/y", "verified-audit", 400),
        ],
    )
    def test_with_subdirectories_it_depends_on_the_type(
        self, as_bob: APIClient, course: Rows, slug: str, course_type: str, status: int
    ) -> None:
        made, _new = CourseType.objects.get_or_create(
            slug=course_type, defaults={"name": course_type}
        )
        edited(as_bob, product_source="edx", type=str(made.uuid))
        with override_switch("course_metadata.is_subdirectory_slug_format_enabled", active=True):
            assert patch(as_bob, url_slug=slug).status_code == status


class TestOffers:
    """`type` and `prices`."""

    @pytest.fixture
    def sold(self, course: Rows) -> Rows:
        draft = CourseEntitlementFactory(course=course[0], price="49.99")
        CourseEntitlementFactory(course=course[1], price="49.99", draft_version=draft)
        return course

    def test_a_price_is_the_drafts(self, as_bob: APIClient, sold: Rows) -> None:
        (shown,) = edited(as_bob, prices={"verified": "59"})["entitlements"]
        assert shown["price"] == "59.00"
        assert official(as_bob)["entitlements"][0]["price"] == "49.99"

    def test_a_price_that_stays_is_no_change(self, as_bob: APIClient, sold: Rows) -> None:
        draft, _official = run_with_draft(sold, status="reviewed")
        edited(as_bob, prices={"verified": "49.99", "honor": ""}, type=type_uuid("verified-audit"))
        edited(as_bob, prices={"verified": 49.99})
        assert CourseRun.everything.get(pk=draft.pk).status == "reviewed"
        edited(as_bob, prices={"verified": "50"})
        assert set(CourseRun.everything.values_list("status", flat=True)) == {"unpublished"}

    def test_what_was_sold_may_not_be_sold_as_something_else(
        self, as_bob: APIClient, sold: Rows
    ) -> None:
        answer = patch(as_bob, type=type_uuid("professional"), prices={"professional": 1})
        assert (answer.status_code, answer.json()) == (
            400,
            "Switching entitlement types after being reviewed is not supported. Please reach out "
            "to your project coordinator for additional help if necessary.",
        )
        assert CourseEntitlement.everything.count() == 2

    @pytest.mark.parametrize("price", ["x", "-1", "1.999", "NaN", "1e9", [], {}, True])
    def test_bad_prices_are_400(self, as_bob: APIClient, sold: Rows, price: Any) -> None:
        answer = patch(as_bob, prices={"verified": price})
        assert answer.status_code == 400, answer.content
        assert answer.json().startswith("Failed to set data: prices")


class TestProducts:
    """What needs no review: it stays with the draft all the same."""

    def test_the_providers_side_is_for_external_courses(
        self, as_bob: APIClient, course: Rows
    ) -> None:
        told = {"external_url": "https://x.example", "external_identifier": "1"}
        assert edited(as_bob, additional_metadata=told)["additional_metadata"] is None
        made, _new = CourseType.objects.get_or_create(
            slug=CourseType.EXECUTIVE_EDUCATION, defaults={"name": "Executive"}
        )
        more = {
            "facts": [{"heading": "1", "blurb": "one"}, {"blurb": "lost"}],
            "product_meta": {"title": "T", "keywords": ["a", "b"]},
            "certificate_info": None, "start_date": "2030-01-01T00:00:00Z",
        }  # fmt: skip
        body = edited(as_bob, type=str(made.uuid), additional_metadata={**told, **more})
        found = body["additional_metadata"]
        assert [each["heading"] for each in found["facts"]] == ["1"]
        assert sorted(found["product_meta"]["keywords"]) == ["a", "b"]
        body = edited(as_bob, additional_metadata={"organic_url": "https://o.example", "facts": []})
        assert body["additional_metadata"] == {**found, "organic_url": "https://o.example"}

    def test_edits_do_not_show_on_the_live_page(self, as_bob: APIClient, course: Rows) -> None:
        shared = AdditionalMetadata.objects.create(
            external_url="https://x.example", external_identifier="1"
        )
        made, _new = CourseType.objects.get_or_create(
            slug=CourseType.EXECUTIVE_EDUCATION, defaults={"name": "Executive"}
        )
        Course.everything.update(additional_metadata=shared, type=made)
        edited(as_bob, additional_metadata={"external_identifier": "2"})
        assert official(as_bob)["additional_metadata"]["external_identifier"] == "1"

    def test_places_and_values(self, as_bob: APIClient, course: Rows) -> None:
        body = edited(
            as_bob, geolocation={"lat": "48.1", "lng": 11.5, "location_name": "Munich"},
            location_restriction={"restriction_type": "allowlist", "countries": ["DE"]},
            in_year_value={"per_click_usa": 7},
        )  # fmt: skip
        assert body["geolocation"]["location_name"] == "Munich"
        assert body["location_restriction"]["countries"] == ["DE"]
        assert body["in_year_value"]["per_click_usa"] == 7
        same = edited(
            as_bob, geolocation={"lat": None, "lng": 3, "location_name": ""},
            location_restriction={"restriction_type": "", "countries": [], "states": []},
            in_year_value={},
        )  # fmt: skip
        assert same["geolocation"] == body["geolocation"]
        assert same["location_restriction"] == body["location_restriction"]
        assert official(as_bob)["geolocation"] is None

    def test_places_need_a_meaning(self, as_bob: APIClient, course: Rows) -> None:
        answer = patch(as_bob, location_restriction={"countries": ["DE"]})
        assert answer.status_code == 400
        assert "Restriction Type" in answer.json()


class TestReviewedRuns:
    """What reviewers read is reviewed again when it changes."""

    @pytest.mark.parametrize(
        ("told", "status"),
        [
            ({"title": "Arts"}, "unpublished"),
            ({"topics": ["x"]}, "unpublished"),
            ({"excluded_from_seo": True}, "unpublished"),
            ({"title": "Art"}, "reviewed"),
            ({"watchers": ["x@example.com"]}, "reviewed"),
            ({"video": {"src": "https://video.example"}}, "reviewed"),
            ({"image": PNG}, "reviewed"),
            ({"in_year_value": {"per_click_usa": 1}}, "reviewed"),
            (
                {"geolocation": {"lat": "1", "lng": "1", "location_name": "x"}}, "reviewed"
            ),
        ],
    )  # fmt: skip
    def test_both_rows_go_back(
        self, as_bob: APIClient, course: Rows, told: dict[str, Any], status: str
    ) -> None:
        run_with_draft(course, status="reviewed")
        run_with_draft(course, "2", status="published")
        edited(as_bob, **told)
        found = CourseRun.everything.order_by("key", "draft").values_list("status", flat=True)
        assert list(found) == [status, status, "published", "published"]


class TestPublishing:
    """`draft=false`."""

    def test_published_runs_are_published_anew(self, as_bob: APIClient, course: Rows) -> None:
        run_with_draft(course, end=timezone.now() + timedelta(days=9))
        edited(as_bob, title="Arts", url_slug="arts")
        assert official(as_bob)["title"] == "Art"
        body = edited(as_bob, draft=False)
        assert body["has_unpublished_changes"] is False
        shown = official(as_bob)
        assert (shown["title"], shown["url_slug"]) == ("Arts", "arts")
        assert "art" in shown["url_slug_history"]

    def test_without_an_open_published_run_nothing_is(
        self, as_bob: APIClient, course: Rows
    ) -> None:
        run_with_draft(course, end=timezone.now() - timedelta(days=9))
        run_with_draft(course, "2", status="unpublished")
        edited(as_bob, title="Arts", draft=False)
        assert official(as_bob)["title"] == "Art"

    @pytest.mark.parametrize("told", ["maybe", 7, [], None])
    def test_a_bad_flag_is_400(self, as_bob: APIClient, course: Rows, told: Any) -> None:
        answer = patch(as_bob, title="X", draft=told)
        assert (answer.status_code, answer.json()[:26]) == (400, "Failed to set data: draft:")


class TestDeleting:
    """DELETE."""

    def test_a_draft_goes_with_all_it_has(self, as_bob: APIClient) -> None:
        as_bob.post(URL, new_course(), format="json")
        CourseRunFactory(course=Course.everything.get())
        assert as_bob.delete(f"{URL}NorthU+AST1/").status_code == 204
        assert not Course.everything.exists()
        assert not CourseEditor.objects.exists()
        assert as_bob.delete(f"{URL}NorthU+AST1/").status_code == 404

    def test_what_was_published_stays(self, as_bob: APIClient, course: Rows) -> None:
        answer = as_bob.delete(f"{URL}NorthU+A/")
        assert (answer.status_code, answer.json()) == (
            409, "the course was published; it can only be archived",
        )  # fmt: skip
        assert Course.everything.count() == 2
