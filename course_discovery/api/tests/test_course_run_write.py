"""Writing course runs over REST: rows 12 and 14 to 17 of the contract."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import run_with_draft, signed_in, with_draft
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseRunType,
    LanguageTag,
    Organization,
    Seat,
)
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    PersonFactory,
)
from course_discovery.publisher.tests.people import edits, person, works_for

URL = "/api/v1/course_runs/"
START, END = "2027-02-01T00:00:00Z", "2027-06-01T00:00:00Z"


@pytest.fixture
def north(partner: Partner) -> Organization:
    return OrganizationFactory(partner=partner, key="NorthU")


@pytest.fixture
def carol(north: Organization) -> User:
    """An editor."""
    return works_for(person("carol"), north)


@pytest.fixture
def courses(north: Organization, carol: User) -> tuple[Course, Course]:
    """A course with a draft that Carol edits."""
    made = with_draft(north, "NorthU+PHY1", title="Physics")
    edits(carol, made[0])
    return made


@pytest.fixture
def as_carol(carol: User, courses: tuple[Course, Course]) -> APIClient:
    return signed_in(carol)


def run_type(slug: str = "verified-audit") -> str:
    return str(CourseRunType.objects.get(slug=slug).uuid)


def new_run(**values: Any) -> dict[str, Any]:
    return {
        "course": "NorthU+PHY1", "start": START, "end": END, "run_type": run_type(), **values,
    }  # fmt: skip


def address(run: CourseRun) -> str:
    return f"{URL}{run.key}/"


def test_a_run_is_made(as_carol: APIClient, courses: tuple[Course, Course]) -> None:
    answer = as_carol.post(URL, new_run(prices={"verified": 49, "audit": ""}))
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert body["key"] == "course-v1:NorthU+PHY1+1T2027"
    assert (body["status"], body["course"]) == ("unpublished", "NorthU+PHY1")
    assert body["pacing_type"] == "instructor_paced"
    assert {seat["type"]: seat["price"] for seat in body["seats"]} == {
        "audit": "0.00", "verified": "49.00",
    }  # fmt: skip
    verified = next(seat for seat in body["seats"] if seat["type"] == "verified")
    assert verified["upgrade_deadline"] == "2027-05-22T23:59:59Z"
    run = CourseRun.everything.get(key=body["key"])
    assert (run.draft, run.course) == (True, courses[0])
    courses[0].refresh_from_db()
    assert courses[0].canonical_course_run == run


def test_an_empty_body_lacks_the_course(as_carol: APIClient) -> None:
    answer = as_carol.post(URL, {})
    assert (answer.status_code, answer.json()) == (400, {"course": ["This field is required."]})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"start": None}, {"start": ["This field may not be null."]}),
        ({"start": END, "end": START}, {"start": ["Start date cannot be after the End date"]}),
        (
            {"min_effort": 3, "max_effort": 2},
            {"min_effort": ["Minimum effort cannot be greater than Maximum effort"]},
        ),
        (
            {"min_effort": 3, "max_effort": 3},
            {"min_effort": ["Minimum effort and Maximum effort cannot be the same"]},
        ),
        (
            {"run_type": "00000000-0000-0000-0000-000000000000"},
            {"run_type": [
                "there is no course run type 00000000-0000-0000-0000-000000000000"
            ]},
        ),
        ({"content_language": "xx-nowhere"}, {
            "content_language": ["there is no language xx-nowhere"]
        }),
        ({"prices": {"verified": -1}},
            {"prices": ["Ensure this value is greater than or equal to 0."]}),
        ({"seats": []},
            "Failed to set course run data: seats are told by run_type and prices"),
        ({"restriction_type": "friends"},
            "Failed to set course run data: Not a valid choice for restriction_type"),
        ({"rerun": "course-v1:NorthU+PHY1+never"},
            "Failed to set course run data: "
            "The course has no run course-v1:NorthU+PHY1+never."),
    ],
)  # fmt: skip
def test_what_a_new_run_is_refused(as_carol: APIClient, values: Any, said: Any) -> None:
    answer = as_carol.post(URL, new_run(**values))
    assert (answer.status_code, answer.json()) == (400, said)
    assert not CourseRun.everything.exists()


def test_a_course_that_nobody_has(as_carol: APIClient) -> None:
    answer = as_carol.post(URL, new_run(course="NorthU+NONE"))
    assert answer.status_code == 400
    assert answer.json() == "Failed to set course run data: There is no course NorthU+NONE."


def test_problems_are_told_where_they_are_asked_for(as_carol: APIClient) -> None:
    answer = as_carol.post(URL, new_run(seats=[]), headers={"Accept": "application/problem+json"})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"] == [
        {"pointer": "#/seats", "detail": "seats are told by run_type and prices"}
    ]


def test_a_rerun_repeats_what_is_not_told(
    as_carol: APIClient, courses: tuple[Course, Course]
) -> None:
    people = [PersonFactory(partner=courses[0].partner) for _ in range(2)]
    spanish = LanguageTag.objects.get(code="es")
    first = as_carol.post(
        URL,
        new_run(
            staff=[str(each.uuid) for each in reversed(people)], content_language="es",
            transcript_languages=["es", "fr"], min_effort=2, max_effort=5, weeks_to_complete=7,
        ),
    ).json()  # fmt: skip
    second = as_carol.post(URL, new_run(weeks_to_complete=9, transcript_languages=["de"])).json()
    assert second["key"] == f"{first['key']}a"
    assert second["content_language"] == spanish.code
    assert (second["min_effort"], second["max_effort"]) == (2, 5)
    assert (second["weeks_to_complete"], second["transcript_languages"]) == (9, ["de"])
    assert [each["uuid"] for each in second["staff"]] == [each["uuid"] for each in first["staff"]]
    courses[0].refresh_from_db()
    assert courses[0].canonical_course_run == CourseRun.everything.get(key=first["key"])


def test_the_first_write_to_an_official_course_drafts_it(
    as_carol: APIClient, north: Organization
) -> None:
    CourseFactory(partner=north.partner, key="NorthU+OLD1", organizations=[north])
    answer = as_carol.post(URL, new_run(course="NorthU+OLD1"))
    assert answer.status_code == 201, answer.content
    assert Course.everything.filter(key="NorthU+OLD1", draft=True).count() == 1


def test_an_edit_changes_the_draft_only(
    as_carol: APIClient, courses: tuple[Course, Course]
) -> None:
    draft, official = run_with_draft(courses)
    answer = as_carol.patch(address(draft), {"title": "New", "pacing_type": "self_paced"})
    assert answer.status_code == 200, answer.content
    assert (answer.json()["title"], answer.json()["status"]) == ("New", "published")
    assert answer.json()["has_unpublished_changes"] is True
    assert CourseRun.objects.get(pk=official.pk).title_override is None
    answer = as_carol.patch(address(draft), {"draft": False})
    assert answer.json()["has_unpublished_changes"] is False
    official.refresh_from_db()
    assert (official.title_override, official.status) == ("New", "published")


def test_a_text_of_the_course_stays_the_courses(
    as_carol: APIClient, courses: tuple[Course, Course]
) -> None:
    draft, _official = run_with_draft(courses, status="reviewed")
    body = as_carol.patch(address(draft), {"title": "Physics"}).json()
    assert body["status"] == "reviewed"
    draft.refresh_from_db()
    assert draft.title_override is None


def test_a_whole_edit_needs_what_a_run_needs(
    as_carol: APIClient, courses: tuple[Course, Course]
) -> None:
    draft, _official = run_with_draft(courses)
    answer = as_carol.put(address(draft), {})
    required = ["This field is required."]
    assert answer.json() == dict.fromkeys(("course", "start", "end", "run_type"), required)
    answer = as_carol.put(address(draft), new_run())
    assert answer.status_code == 200, answer.content


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"start": END, "end": START}, {"start": ["Start date cannot be after the End date"]}),
        ({"term": "2T2027"}, {"term": ["Term cannot be changed"]}),
        (
            {"course": "NorthU+OTHER"},
            {"course": ["Course cannot be changed for an existing course run"]},
        ),
        ({"ofac_comment": "x"}, "Invalid parameter"),
        ({"has_ofac_restrictions": True}, "Invalid parameter"),
        ({"restriction_type": "x"},
            "Failed to set course run data: Not a valid choice for restriction_type"),
        ({"run_type": "professional"},
            "The course run type 'Professional Only' is not valid for this course type "
            "'Verified and Audit'."),
        ({"run_type": "audit"},
            "Failed to set course run data: Switching seat types after being reviewed is not "
            "supported. Please reach out to your project coordinator for additional help if "
            "necessary."),
    ],
)  # fmt: skip
def test_what_an_edit_is_refused(
    as_carol: APIClient, courses: tuple[Course, Course], values: Any, said: Any
) -> None:
    draft, official = run_with_draft(courses)
    Seat.everything.create(course_run=official, type_id="verified", price=9)
    if "run_type" in values:
        values = {"run_type": run_type(values["run_type"])}
    before = list(CourseRun.everything.filter(uuid=draft.uuid).values())
    answer = as_carol.patch(address(draft), values)
    assert (answer.status_code, answer.json()) == (400, said)
    assert list(CourseRun.everything.filter(uuid=draft.uuid).values()) == before


def test_nothing_else_in_a_body_changes_anything(
    as_carol: APIClient, courses: tuple[Course, Course]
) -> None:
    draft, _official = run_with_draft(courses)
    before = CourseRun.everything.filter(pk=draft.pk).values().get()
    body = {
        "status": "reviewed", "key": "course-v1:a+b+c", "uuid": str(courses[0].uuid), "type": "x",
        "programs": [], "enrollment_count": 5, "variant_id": str(courses[0].uuid), "slug": "x",
        "level_type": "x", "modified": START, "nonsense": [{}],
    }  # fmt: skip
    assert as_carol.patch(address(draft), body).status_code == 200
    assert CourseRun.everything.filter(pk=draft.pk).values().get() == before


def test_another_end_takes_back_the_deadline_that_staff_set(
    as_carol: APIClient, as_sam: APIClient, courses: tuple[Course, Course]
) -> None:
    key = as_carol.post(URL, new_run()).json()["key"]
    told = {"upgrade_deadline_override": "2027-05-01T00:00:00Z"}

    def overrides(answer: Any) -> set[str | None]:
        assert answer.status_code == 200, answer.content
        return {seat["upgrade_deadline_override"] for seat in answer.json()["seats"]}

    assert overrides(as_carol.patch(f"{URL}{key}/", told)) == {None}
    assert overrides(as_sam.patch(f"{URL}{key}/", told)) == {None, "2027-05-01T00:00:00Z"}
    later = {"end": "2027-07-01T00:00:00Z"}
    assert overrides(as_carol.patch(f"{URL}{key}/", later)) == {None}


def test_restrictions_come_and_go(as_carol: APIClient, courses: tuple[Course, Course]) -> None:
    key = as_carol.post(URL, new_run(restriction_type="custom-b2c")).json()["key"]

    def restriction(**told: Any) -> Any:
        return as_carol.patch(f"{URL}{key}/", told).json().get("restriction_type")

    assert restriction() == "custom-b2c"
    assert restriction(restriction_type=None) == "custom-b2c"
    assert restriction(restriction_type="custom-b2b-enterprise") == "custom-b2b-enterprise"
    assert restriction(restriction_type="") is None


def test_a_run_that_never_was_official_is_deleted(
    as_carol: APIClient, courses: tuple[Course, Course]
) -> None:
    key = as_carol.post(URL, new_run()).json()["key"]
    assert as_carol.delete(f"{URL}{key}/").status_code == 204
    assert as_carol.delete(f"{URL}{key}/").status_code == 404
    draft, official = run_with_draft(courses)
    answer = as_carol.delete(address(draft))
    assert answer.status_code == 409
    assert answer.json() == "the run was published; it can only be unpublished"
    assert CourseRun.everything.filter(pk__in=[draft.pk, official.pk]).count() == 2


def test_a_whole_life(
    as_carol: APIClient, as_sam: APIClient, courses: tuple[Course, Course]
) -> None:
    now = datetime.now(UTC)
    key = as_carol.post(URL, new_run(go_live_date=str(now - timedelta(days=1)))).json()["key"]
    it = f"{URL}{key}/"
    assert as_carol.patch(it, {"draft": False}).json()["status"] == "review_by_legal"
    for client in (as_carol, as_sam):
        answer = client.patch(it, {"title": "x"})
        assert answer.status_code == 403
        assert answer.json() == "Course run is in review. Editing disabled."
    answer = as_sam.patch(it, {"status": "review_by_internal", "title": "x"})
    assert answer.status_code == 400
    assert answer.json() == "Can only update status, ofac restrictions, and ofac comment"
    answer = as_sam.patch(
        it,
        {"status": "review_by_internal", "has_ofac_restrictions": True, "ofac_comment": "embargo"},
    )
    body = answer.json()
    assert (body["status"], body["has_ofac_restrictions"]) == ("review_by_internal", True)
    assert body["ofac_comment"] == "embargo"
    assert not CourseRun.objects.filter(key=key).exists()
    body = as_sam.patch(it, {"status": "reviewed"}).json()
    assert body["status"] == "published"
    official = CourseRun.objects.get(key=key)
    assert (official.status, official.ofac_comment) == ("published", "embargo")
    assert as_carol.get(it).json()["status"] == "published"


def test_a_write_that_is_based_on_what_was_changed_is_refused(
    as_carol: APIClient, as_sam: APIClient, courses: tuple[Course, Course]
) -> None:
    key = as_carol.post(URL, new_run()).json()["key"]
    it = f"{URL}{key}/"
    tag = as_carol.get(f"{it}?editable=1")["ETag"]
    answer = as_carol.patch(it, {"title": "One"}, headers={"If-Match": tag})
    assert answer.status_code == 200, answer.content
    for verb in (as_carol.patch, as_sam.put, as_carol.delete):
        assert verb(it, new_run(title="Two"), headers={"If-Match": tag}).status_code == 412
    assert as_carol.get(f"{it}?editable=1").json()["title"] == "One"
    # The answer to a write tells what to base the next one on.
    assert as_carol.delete(it, headers={"If-Match": answer["ETag"]}).status_code == 204


@pytest.mark.parametrize("verb", ["patch", "delete", "review"])
def test_a_run_that_goes_meanwhile_is_not_found(
    as_sam: APIClient, courses: tuple[Course, Course], monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    reviews = verb == "review"
    status = "review_by_internal" if reviews else "unpublished"
    run = CourseRunFactory(course=courses[0], status=status)

    def goes(*args: Any, **options: Any) -> None:
        CourseRun.everything.filter(pk=run.pk).delete()

    monkeypatch.setattr("course_discovery.api.v1.course_run_write.unchanged_check", goes)
    if verb == "delete":
        answer = as_sam.delete(address(run))
    else:
        answer = as_sam.patch(address(run), {"status": "reviewed"} if reviews else {})
    assert answer.status_code == 404, answer.content


NUL = "a\x00b"
GARBAGE: list[Any] = [
    None, True, -1, 10**30, "", NUL, "\ud800", "x" * 70_000, [None], {"x": {}}, "2027-13-45",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00",
]  # fmt: skip
ONLY_WHEN_MADE = ("course", "start", "run_type", "term", "rerun", "prices")
EDITED = (
    "draft", "restriction_type", "upgrade_deadline_override", "title", "external_key", "end",
    "fixed_price_usd", "go_live_date", "min_effort", "pacing_type", "variant_id", "hidden",
    "content_language", "transcript_languages", "staff", "video",
)  # fmt: skip


def answers(verb: Any, where: str, body: dict[str, Any], field: str) -> None:
    for value in GARBAGE:
        text = json.dumps(body | {field: value})
        answer = verb(where, text, content_type="application/json")
        assert answer.status_code < 500, (value, answer.content)


@pytest.mark.parametrize("field", ONLY_WHEN_MADE)
def test_garbage_in_a_new_run_is_answered(
    as_carol: APIClient, courses: tuple[Course, Course], field: str
) -> None:
    Organization.objects.update(auto_generate_course_run_keys=False)
    answers(as_carol.post, URL, new_run(), field)


@pytest.mark.parametrize("field", EDITED)
def test_garbage_in_an_edit_is_answered(
    as_carol: APIClient, courses: tuple[Course, Course], field: str
) -> None:
    answers(as_carol.patch, address(run_with_draft(courses)[0]), {}, field)


@pytest.mark.parametrize("field", ["status", "has_ofac_restrictions", "ofac_comment"])
def test_garbage_in_a_review_is_answered(
    as_sam: APIClient, courses: tuple[Course, Course], field: str
) -> None:
    run = CourseRunFactory(course=courses[0], status="review_by_internal")
    answers(as_sam.patch, address(run), {"status": "review_by_internal"}, field)


@pytest.mark.parametrize("body", [[], "x", 7, True])
def test_bodies_that_are_no_objects(
    as_carol: APIClient, courses: tuple[Course, Course], body: Any
) -> None:
    draft, _official = run_with_draft(courses)
    for verb, where in (
        (as_carol.post, URL), (as_carol.patch, address(draft)), (as_carol.put, address(draft)),
    ):  # fmt: skip
        assert verb(where, body, format="json").status_code == 400
    assert as_carol.patch(address(draft), "{", content_type="application/json").status_code == 400


def test_the_number_of_queries_does_not_depend_on_other_runs(
    as_carol: APIClient,
    courses: tuple[Course, Course],
    django_assert_max_num_queries: Any,
) -> None:
    draft, _official = run_with_draft(courses)

    def counted(verb: Any, *args: Any) -> int:
        with django_assert_max_num_queries(400) as queries:
            answer = verb(*args)
        assert answer.status_code in (200, 201), answer.content
        return len(queries)

    def counts(number: int) -> list[int]:
        return [
            counted(as_carol.post, URL, new_run()),
            counted(as_carol.patch, address(draft), {"title": f"Title {number}"}),
            counted(as_carol.patch, address(draft), {"title": f"T {number}", "draft": False}),
        ]

    counts(0)
    few = counts(1)
    for number in range(2, 22):
        run_with_draft(courses, str(number))
    many = counts(22)
    assert all(after <= before + 3 for before, after in zip(few, many, strict=True)), (few, many)


def test_options_tell_what_may_be_written(as_carol: APIClient) -> None:
    answer = as_carol.options(URL)
    assert answer.status_code == 200
    fields = answer.json()["actions"]["POST"]
    assert fields["start"] == {"type": "datetime", "required": True, "read_only": False}
    assert [each["value"] for each in fields["has_ofac_restrictions"]["choices"]] == [
        "", True, False,
    ]  # fmt: skip
    assert {"value": "es", "display_name": "Spanish"} in fields["content_language"]["choices"]
    languages = fields["transcript_languages"]["child"]["choices"]
    assert languages == fields["content_language"]["choices"]
