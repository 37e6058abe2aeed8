"""Suggestions of runs and programs while somebody is typing."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from course_discovery.api.tests.searching import V1, build_indexes
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, ProgramType
from course_discovery.course_metadata.tests.factories import (
    OrganizationFactory,
    PartnerFactory,
    ProgramFactory,
)
from search.models import SynonymGroup
from search.queries import synonyms
from search.tests.catalog import make_course, make_run, restrict

URL = f"{V1}/typeahead"
DAY = timedelta(days=1)


@pytest.fixture
def catalog(no_index: Any, partner: Partner) -> Course:
    """Courses of two organizations, programs, and much that nobody may be shown."""
    course = make_course("MITx+6.00x", partner=partner, runs=2, title="Machine Learning")
    make_course("HarvardX+CS50", partner=partner, runs=1, title="Leadership in a Changing World")
    make_course("HarvardX+ML1", partner=partner, runs=1, title="Statistics for machines")
    stanford = OrganizationFactory(partner=partner, key="Stanford", name="Stanford University")
    micro = ProgramType.objects.get(slug="micromasters")
    programs: dict[str, dict[str, Any]] = {
        "Machine Design": {}, "Hidden Machines": {"hidden": True},
        "Retired Machines": {"status": "retired"},
        "Machines Elsewhere": {"partner": PartnerFactory()},
    }  # fmt: skip
    for title, values in programs.items():
        made = {"partner": partner, **values}
        ProgramFactory(title=title, type=micro, organizations=[stanford], **made)
    other = make_course("NorthU+M1", partner=partner, title="Machines of old")
    make_run(other, "course-v1:NorthU+M1+hid", hidden=True)
    make_run(other, "course-v1:NorthU+M1+dra", status="unpublished")
    restrict(make_run(other, "course-v1:NorthU+M1+B2B"))
    make_course("OtherU+M1", partner=PartnerFactory(), runs=1, title="Machines elsewhere")
    build_indexes()
    return course


def suggested(client: APIClient, q: str) -> tuple[list[str], list[str]]:
    """The titles of runs and of programs."""
    answer = client.get(URL, {"q": q})
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert list(body) == ["course_runs", "programs"]
    runs, programs = ([each["title"] for each in body[name]] for name in body)
    return runs, programs


@pytest.mark.parametrize(
    ("q", "runs", "programs"),
    [
        ("mach", {"Machine Learning", "Statistics for machines"}, {"Machine Design"}),
        ("MACHINE", {"Machine Learning", "Statistics for machines"}, {"Machine Design"}),
        ("machine lear", {"Machine Learning"}, set()),
        ("learning machine", {"Machine Learning"}, set()),
        ("mit", {"Machine Learning"}, set()),
        ("mitx learn", {"Machine Learning"}, set()),
        ("stan univ", set(), {"Machine Design"}),
        ("MITx+6.00x", {"Machine Learning"}, set()),
        ("statistic", {"Statistics for machines"}, set()),
        ("achine", set(), set()),
        ("m", set(), set()),
        ("(", set(), set()),
        ('<b>"mach', {"Machine Learning", "Statistics for machines"}, {"Machine Design"}),
        ("mach*", {"Machine Learning", "Statistics for machines"}, {"Machine Design"}),
        ("x" * 5_000, set(), set()),
    ],
)
def test_words_begin_like_those_that_were_written(
    as_alice: APIClient, catalog: Course, q: str, runs: set[str], programs: set[str]
) -> None:
    found = suggested(as_alice, q)
    assert (set(found[0]), set(found[1])) == (runs, programs)


def test_suggestions_have_the_keys_that_clients_know(as_alice: APIClient, catalog: Course) -> None:
    body = as_alice.get(URL, {"q": "machine"}).json()
    run = next(each for each in body["course_runs"] if each["title"] == "Machine Learning")
    assert list(run) == ["orgs", "title", "marketing_url", "key"]
    assert run["orgs"] == ["MITx"]
    assert run["key"].startswith("course-v1:MITx+6.00x+")
    [program] = body["programs"]
    assert list(program) == [
        "orgs", "title", "marketing_url", "uuid", "type", "is_2u_degree_program",
    ]  # fmt: skip
    assert (program["orgs"], program["type"]) == (["Stanford"], "MicroMasters")


def test_each_course_is_suggested_once_however_many_runs_it_has(
    as_alice: APIClient, no_index: Any, partner: Partner
) -> None:
    # More runs of one course than are looked at in one go, and all better than those of others.
    now = timezone.now()
    course = make_course("MITx+1", partner=partner, title="Machines")
    for number in range(31):
        make_run(course, f"course-v1:MITx+1+{number}", start=now, end=now + 90 * DAY)
    for number in range(4):
        late = make_course(f"MITx+2{number}", partner=partner, title="About the old machines")
        make_run(late, start=now - 900 * DAY, end=now - 800 * DAY, pacing_type="instructor_paced")
    build_indexes()
    keys = [each["key"] for each in as_alice.get(URL, {"q": "machines"}).json()["course_runs"]]
    assert len(keys) == 3
    assert keys[0].startswith("course-v1:MITx+1+")
    assert len({key.split("+")[1] for key in keys}) == 3


def test_without_q_it_says_so(as_alice: APIClient, catalog: Course) -> None:
    for url in (URL, f"{URL}/", f"{URL}?q=", f"{URL}?q=%20"):
        answer = as_alice.get(url)
        assert answer.status_code == 400
        assert answer.json() == ["The 'q' querystring parameter is required for searching."]


def test_more_words_than_anybody_types_are_refused(as_alice: APIClient, catalog: Course) -> None:
    assert as_alice.get(URL, {"q": "machine " * 20}).status_code == 200
    answer = as_alice.get(URL, {"q": "machine " * 400})
    assert (answer.status_code, list(answer.json())) == (400, ["q"])
    assert as_alice.get(URL, {"q": "\x00machine"}).status_code == 400


def test_another_partner_cannot_be_asked(as_alice: APIClient, catalog: Course) -> None:
    mine = as_alice.get(URL, {"q": "machine"}).json()
    assert as_alice.get(URL, {"q": "machine", "partner": "other"}).json() == mine


@pytest.fixture
def nothing_known() -> Iterator[None]:
    """What one test's synonyms say must not outlive it."""
    yield
    synonyms._Known.number = -1


def test_synonyms_are_suggested_too(
    as_alice: APIClient, catalog: Course, drain: Callable[[], None], nothing_known: None
) -> None:
    SynonymGroup.objects.create(words="robot\nmachine")
    drain()
    assert "Machine Learning" in suggested(as_alice, "robot lear")[0]


def test_whatever_is_typed_there_is_an_answer(as_alice: APIClient, catalog: Course) -> None:
    @settings(
        max_examples=60, derandomize=True, database=None, deadline=None, phases=[Phase.generate]
    )
    @given(st.text(max_size=40) | st.from_regex(r"[mM](ach|IT)?[-+*~\"():/\\ x]{0,9}[a-z]{0,3}"))
    def ask(q: str) -> None:
        answer = as_alice.get(URL, {"q": q})
        if not q.strip() or "\x00" in q:
            assert answer.status_code == 400
            return
        assert answer.status_code == 200, q
        body = answer.json()
        assert all(len(found) <= 3 for found in body.values())
        courses = [run["key"].rpartition("+")[0] for run in body["course_runs"]]
        assert len(courses) == len(set(courses))

    ask()
