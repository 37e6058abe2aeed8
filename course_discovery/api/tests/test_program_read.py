"""Programs as clients read them."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from course_discovery.api.tests.programs import (
    DAY,
    START,
    make_course,
    make_full_degree,
    make_program,
    restrict,
)
from course_discovery.core.models import Partner
from course_discovery.course_metadata import models
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.course_metadata.tests.factories import (
    CurriculumFactory,
    DegreeFactory,
    PartnerFactory,
    ProgramFactory,
)

PROGRAMS = "/api/v1/programs/"


def body(client: APIClient, path: str = PROGRAMS, **parameters: Any) -> Any:
    answer = client.get(path, parameters)
    assert answer.status_code == 200, answer.content
    return answer.json()


def titles(client: APIClient, **parameters: Any) -> list[str]:
    return [each["title"] for each in body(client, **parameters)["results"]]


def only(client: APIClient, program: models.Program, **parameters: Any) -> dict[str, Any]:
    found: dict[str, Any] = body(client, f"{PROGRAMS}{program.uuid}/", **parameters)
    return found


def run_keys(found: dict[str, Any], course: int = 0) -> list[str]:
    return [run["key"].rpartition("+")[2] for run in found["courses"][course]["course_runs"]]


@pytest.mark.parametrize(
    ("who", "status"), [("anonymous", 401), ("as_alice", 200), ("as_sam", 200)]
)
def test_whoever_is_signed_in_reads_programs(
    request: pytest.FixtureRequest, partner: Partner, who: str, status: int
) -> None:
    client, program = request.getfixturevalue(who), ProgramFactory(partner=partner)
    assert client.get(PROGRAMS).status_code == status
    assert client.get(f"{PROGRAMS}{program.uuid}/").status_code == status


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_programs_are_not_written_here(as_sam: APIClient, partner: Partner, verb: str) -> None:
    program = ProgramFactory(partner=partner)
    for path in (PROGRAMS, f"{PROGRAMS}{program.uuid}/"):
        assert getattr(as_sam, verb)(path, {}).status_code == 405


def test_the_list_has_the_programs_of_the_partner_whatever_their_status(
    as_alice: APIClient, partner: Partner
) -> None:
    ProgramFactory(title="elsewhere")
    for status in ProgramStatus.values:
        ProgramFactory(partner=partner, title=status, status=status)
    assert titles(as_alice) == ["unpublished", "active", "retired", "deleted"]


def test_one_program_is_found_whatever_its_partner_and_status(as_alice: APIClient) -> None:
    program = ProgramFactory(status=ProgramStatus.DELETED)
    assert only(as_alice, program)["status"] == "deleted"


def test_a_program_is_found_without_the_final_slash(as_alice: APIClient) -> None:
    program = ProgramFactory()
    assert as_alice.get(f"{PROGRAMS}{program.uuid}").status_code == 200
    assert as_alice.get(PROGRAMS[:-1]).status_code == 200


@pytest.mark.parametrize("uuid", ["1d2aa3a1-0000-4000-8000-000000000000", "0" * 36])
def test_an_unknown_uuid_is_told(as_alice: APIClient, uuid: str) -> None:
    answer = as_alice.get(f"{PROGRAMS}{uuid}/")
    assert answer.status_code == 404
    assert answer.json() == {"detail": f"No program matches '{uuid}'."}


def test_pages_come_by_limit_and_by_number(as_alice: APIClient, partner: Partner) -> None:
    for number in range(3):
        ProgramFactory(partner=partner, title=str(number))
    first = body(as_alice, limit=2)
    assert (first["count"], first["previous"]) == (3, None)
    assert titles(as_alice, limit=2, offset=2) == ["2"]
    assert titles(as_alice, page=2, page_size=2) == ["2"]
    assert titles(as_alice, page_size=2) == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"status": "active"}, ["masters", "xseries"]),
        ({"status": ["retired", "deleted"]}, ["micromasters"]),
        ({"status": ""}, ["masters", "xseries", "micromasters"]),
        ({"marketable": "true"}, ["masters", "xseries"]),
        ({"marketable": "0"}, ["masters", "xseries", "micromasters"]),
        ({"hidden": "1"}, ["xseries"]),
        ({"hidden": "false"}, ["masters", "micromasters"]),
        ({"type": "xSERIES"}, ["xseries"]),
        ({"type": "XSer"}, []),
        ({"types": "xseries, micromasters"}, ["xseries", "micromasters"]),
        ({"types": "unheard-of"}, []),
        ({"marketing_slug": "MASTERS/One"}, ["masters"]),
        ({"marketing_slug": "masters"}, []),
        ({"q": "*"}, ["masters", "xseries", "micromasters"]),
        ({"q": " "}, ["masters", "xseries", "micromasters"]),
        ({"unheard": "of"}, ["masters", "xseries", "micromasters"]),
    ],
)
def test_the_list_is_filtered(
    as_alice: APIClient, partner: Partner, parameters: dict[str, Any], found: list[str]
) -> None:
    programs: dict[str, dict[str, Any]] = {
        "masters": {"marketing_slug": "masters/one"},
        "xseries": {"hidden": True},
        "micromasters": {"status": ProgramStatus.RETIRED},
    }
    for slug, values in programs.items():
        kind = models.ProgramType.objects.get(slug=slug)
        ProgramFactory(partner=partner, title=slug, type=kind, **values)
    assert titles(as_alice, **parameters) == found


def test_the_list_is_filtered_by_uuids_and_by_time(as_alice: APIClient, partner: Partner) -> None:
    old, new = (
        ProgramFactory(partner=partner, title=title, data_modified_timestamp=START + days * DAY)
        for days, title in enumerate(("old", "new"))
    )
    assert titles(as_alice, uuids=f"{new.uuid},") == ["new"]
    assert titles(as_alice, uuids=f"{new.uuid},{old.uuid}") == ["old", "new"]
    assert titles(as_alice, timestamp="2030-01-01T12:00:00") == ["new"]
    assert titles(as_alice, timestamp="2030-01-01") == ["old", "new"]


def test_a_program_changed_when_a_course_of_it_did(as_alice: APIClient, partner: Partner) -> None:
    for key in ("A+1", "A+2"):
        make_program(partner, key, title=key)
    titles(as_alice)
    before = timezone.now()
    course = models.Course.objects.get(key="A+2")
    course.title = "Another title"
    course.save()
    assert titles(as_alice, timestamp=before.isoformat()) == ["A+2"]
    [found] = body(as_alice, timestamp=before.isoformat())["results"]
    assert datetime.fromisoformat(found["data_modified_timestamp"]) >= before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "gone"), ("marketable", "maybe"), ("hidden", "maybe"), ("uuids", "zzz"),
        ("timestamp", "zzz"), ("uuids_only", "yes"), ("exclude_utm", "yes"),
        ("use_full_course_serializer", "yes"), ("published_course_runs_only", "yes"),
        ("marketable_enrollable_course_runs_with_archived", "yes"),
    ],
)  # fmt: skip
def test_a_bad_value_is_told_by_its_parameter(
    as_alice: APIClient, partner: Partner, name: str, value: str
) -> None:
    answer = as_alice.get(PROGRAMS, {name: value})
    assert answer.status_code == 400
    assert list(answer.json()) == [name]


@pytest.mark.parametrize(
    ("ordering", "found"),
    [
        ("title", ["a", "B", "c"]),
        ("-title", ["c", "B", "a"]),
        ("total_hours_of_effort", ["c", "B", "a"]),
        ("-total_hours_of_effort", ["a", "B", "c"]),
        ("key", ["c", "a", "B"]),
    ],
)
def test_the_list_is_ordered(
    as_alice: APIClient, partner: Partner, ordering: str, found: list[str]
) -> None:
    for title, hours in (("c", None), ("a", 9), ("B", 3)):
        ProgramFactory(partner=partner, title=title, total_hours_of_effort=hours)
    assert titles(as_alice, ordering=ordering) == found


def test_uuids_only_is_a_bare_list_of_all(as_alice: APIClient, partner: Partner) -> None:
    programs = [ProgramFactory(partner=partner) for _ in range(25)]
    hidden = ProgramFactory(partner=partner, hidden=True)
    assert body(as_alice, uuids_only=1) == [str(each.uuid) for each in (*programs, hidden)]
    assert body(as_alice, uuids_only=1, hidden="true") == [str(hidden.uuid)]
    assert titles(as_alice, uuids_only=0, limit=1) == [programs[0].title]


def test_extended_adds_learning_items_and_prices(as_alice: APIClient, partner: Partner) -> None:
    make_program(partner, "A+1")
    for text in ("True", "1", "no"):
        [found] = body(as_alice, extended=text)["results"]
        assert found["expected_learning_items"] == []
        assert found["price_ranges"] == [
            {"currency": "USD", "min": 49.0, "max": 49.0, "total": 49.0}
        ]
    for parameters in ({}, {"extended": ""}):
        assert "price_ranges" not in body(as_alice, **parameters)["results"][0]


def test_runs_carry_the_callers_tracking_parameters(as_alice: APIClient, partner: Partner) -> None:
    program = make_program(partner, "A+1")
    found = only(as_alice, program)
    run = found["courses"][0]["course_runs"][0]
    assert run["marketing_url"].endswith("?utm_source=alice&utm_medium=affiliate_partner")
    assert "utm" not in found["marketing_url"]
    assert "utm" not in str(only(as_alice, program, exclude_utm=1))


def test_runs_are_whole_where_asked_for(as_alice: APIClient, partner: Partner) -> None:
    program = make_program(partner, "A+1")
    found = only(as_alice, program, use_full_course_serializer=1)
    [run] = found["courses"][0]["course_runs"]
    [alone] = body(as_alice, "/api/v1/course_runs/")["results"]
    alone.pop("programs")
    assert run == alone
    assert "full_description" not in str(only(as_alice, program))


def test_a_change_of_a_whole_run_is_seen_by_those_who_know_the_answer(
    as_alice: APIClient, partner: Partner
) -> None:
    program = make_program(partner, "A+1")
    path = f"{PROGRAMS}{program.uuid}/?use_full_course_serializer=1"
    known = as_alice.get(path).headers["ETag"]
    assert as_alice.get(path, headers={"if-none-match": known}).status_code == 304
    run = program.courses.get().course_runs.get()
    run.license = "all-rights-reserved"
    run.save()
    again = as_alice.get(path, headers={"if-none-match": known})
    assert again.status_code == 200
    assert again.json()["courses"][0]["course_runs"][0]["license"] == "all-rights-reserved"


def test_only_published_runs_are_shown_where_asked_for(
    as_alice: APIClient, partner: Partner
) -> None:
    course = make_course(partner, "A+1", runs=2)
    course.course_runs.filter(key__endswith="0").update(status="unpublished", hidden=True)
    program = ProgramFactory(partner=partner, courses_in_order=[course])
    assert run_keys(only(as_alice, program)) == ["0", "1"]
    assert run_keys(only(as_alice, program, published_course_runs_only=1)) == ["1"]
    [listed] = body(as_alice, published_course_runs_only=1)["results"]
    assert run_keys(listed) == ["1"]


def test_only_runs_that_can_be_had_are_shown_where_asked_for(
    as_alice: APIClient, partner: Partner
) -> None:
    course = make_course(partner, "A+1", runs=3)
    past = START.replace(year=2000)
    course.course_runs.filter(key__endswith="0").update(status="unpublished")
    course.course_runs.filter(key__endswith="1").update(enrollment_end=past)
    course.course_runs.filter(key__endswith="2").update(start=past, end=past)
    program = ProgramFactory(partner=partner, courses_in_order=[course])
    flag = "marketable_enrollable_course_runs_with_archived"
    assert run_keys(only(as_alice, program, **{flag: 1})) == ["2"]


def test_restricted_runs_are_shown_and_count_where_asked_for(
    as_alice: APIClient, partner: Partner
) -> None:
    early, late = make_course(partner, "A+early"), make_course(partner, "A+late", runs=2)
    late.course_runs.filter(key__endswith="0").update(start=START - DAY, status="reviewed")
    restrict(late.course_runs.get(key__endswith="0"))
    program = ProgramFactory(partner=partner, courses_in_order=[late, early])
    CurriculumFactory(program=program, courses_in=[late])
    plain = only(as_alice, program)
    assert [each["key"] for each in plain["courses"]] == ["A+early", "A+late"]
    assert run_keys(plain, 1) == run_keys(plain["curricula"][0]) == ["1"]
    assert plain["course_run_statuses"] == ["published"]
    asked = only(as_alice, program, include_restricted="custom-b2c,custom-b2b-enterprise")
    assert [each["key"] for each in asked["courses"]] == ["A+late", "A+early"]
    assert run_keys(asked) == run_keys(asked["curricula"][0]) == ["0", "1"]
    assert asked["courses"][0]["course_runs"][0]["restriction_type"] == "custom-b2b-enterprise"
    assert asked["course_run_statuses"] == ["published", "reviewed"]
    other = only(as_alice, program, include_restricted="custom-b2c")
    assert other["course_run_statuses"] == ["published"]


def test_excluded_runs_are_never_shown(as_alice: APIClient, partner: Partner) -> None:
    course = make_course(partner, "A+1", runs=2)
    program = ProgramFactory(partner=partner, courses_in_order=[course])
    program.excluded_course_runs.add(course.course_runs.get(key__endswith="0"))
    assert run_keys(only(as_alice, program)) == ["1"]


def test_fields_and_omit_reach_the_courses_and_runs_inside(
    as_alice: APIClient, partner: Partner
) -> None:
    degree, nested = DegreeFactory(partner=partner), make_program(partner, "A+1")
    CurriculumFactory(program=degree, programs_in=[nested])
    found = only(as_alice, nested, fields="courses,course_runs,key")
    assert found == {"courses": [{"key": "A+1", "course_runs": [{"key": "course-v1:A+1+0"}]}]}
    assert list(only(as_alice, nested, fields="uuid,title")) == ["uuid", "title"]
    curricula = only(as_alice, degree, fields="curricula,title,programs")["curricula"]
    assert curricula[0]["is_active"] is True
    assert curricula[0]["programs"] == [{"title": nested.title, "curricula": []}]
    left = only(as_alice, nested, omit="seats,curricula")
    assert "curricula" not in left
    assert "seats" not in left["courses"][0]["course_runs"][0]


def test_nothing_private_is_served(as_alice: APIClient, partner: Partner) -> None:
    degree = make_full_degree(partner)
    answers = [
        only(as_alice, degree), only(as_alice, degree, use_full_course_serializer=1),
        body(as_alice), body(as_alice, extended=1),
    ]  # fmt: skip
    private = [each for answer in answers for each in names_in(answer) if each.startswith("_")]
    assert private == []


def names_in(value: Any) -> list[str]:
    """Every key of a JSON value, however deep."""
    if isinstance(value, dict):
        return [*value, *(name for each in value.values() for name in names_in(each))]
    if isinstance(value, list):
        return [name for each in value for name in names_in(each)]
    return []


def test_pictures_are_at_the_host_that_was_asked(as_alice: APIClient, partner: Partner) -> None:
    degree = make_full_degree(partner)
    banner = only(as_alice, degree)["banner_image"]
    assert banner["x-small"] == {
        "url": "http://testserver/media/media/programs/banner_images/b.x-small.png",
        "width": 348,
        "height": 116,
    }


def test_a_plain_program_has_no_degree(as_alice: APIClient, partner: Partner) -> None:
    assert only(as_alice, ProgramFactory(partner=partner))["degree"] is None
    assert only(as_alice, DegreeFactory(partner=partner))["degree"]["overall_ranking"] == ""


def test_what_changes_is_seen_at_once(as_alice: APIClient, partner: Partner) -> None:
    program = make_program(partner, "A+1")
    degree = DegreeFactory(partner=partner)
    CurriculumFactory(program=degree, programs_in=[program])
    only(as_alice, degree)
    course = program.courses.get()
    course.title = "Another title"
    course.save()
    for found in (only(as_alice, program), nested_in(only(as_alice, degree))):
        assert found["courses"][0]["title"] == "Another title"
    program.title = "A better one"
    program.save()
    assert nested_in(only(as_alice, degree))["title"] == "A better one"
    models.ProgramCourse.objects.filter(program=program).delete()
    assert nested_in(only(as_alice, degree))["courses"] == []


def nested_in(degree: dict[str, Any]) -> dict[str, Any]:
    program: dict[str, Any] = degree["curricula"][0]["programs"][0]
    return program


def test_a_program_of_another_partner_does_not_change_the_list(
    as_alice: APIClient, partner: Partner
) -> None:
    ProgramFactory(partner=PartnerFactory(), title="theirs")
    assert body(as_alice) == {"count": 0, "next": None, "previous": None, "results": []}
