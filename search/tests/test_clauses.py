"""The parts of a query string, and what each of them means for the whole."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_discovery.course_metadata.models import Course
from search.documents.kinds import COURSE
from search.queries.clauses import Match, explain_match, parts_of
from search.tests.catalog import make_course

TERMS = st.sampled_from(["title:python", "title:history", "org:MITx", "nothing", "introduction"])
SIGNED = st.builds("{}{}".format, st.sampled_from(["", "", "+", "-", "NOT "]), TERMS)
OPERATORS = st.sampled_from([" AND ", " OR ", " and "])


@st.composite
def query_strings(draw: Callable[..., Any]) -> str:
    """Clauses with operators between them."""
    clauses = draw(st.lists(SIGNED, min_size=1, max_size=5))
    text: str = clauses[0]
    for clause in clauses[1:]:
        text += draw(OPERATORS) + clause
    return text


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("*", [("*", "required")]),
        ("", []),
        ("python", [("python", "required")]),
        ("-python", [("python", "prohibited")]),
        ("python data", [("python data", "required")]),
        ("a OR b", [("a", "optional"), ("b", "optional")]),
        ("a OR b AND c", [("a", "optional"), ("b", "required"), ("c", "required")]),
        ("a and b or c", [("a", "required"), ("b", "required"), ("c", "optional")]),
        ("a AND -b", [("a", "required"), ("b", "prohibited")]),
        (
            'title:"a \\" b" AND (x OR y) NOT start:[* TO 2027]',
            [('title:"a \\" b"', "required"), ("(x OR y)", "required"),
             ("start:[* TO 2027]", "prohibited")],
        ),
        ("title:(a b) OR z*", [("title:(a b)", "optional"), ("z*", "optional")]),
    ],
)  # fmt: skip
def test_parts_are_written_as_they_were(written: str, parts: list[tuple[str, str]]) -> None:
    assert [(part.written, part.role) for part in parts_of(written)] == parts


@pytest.fixture
def course(no_index: Any, db: None) -> Course:
    """A course about Python."""
    made = make_course("MITx+6.00x", runs=1, title="Introduction to Python")
    call_command("update_index", verbosity=0)
    return made


def by_its_parts(found: Match) -> bool:
    """Whether the whole matches, told by its parts."""
    of = {role: [told for part, told in found.parts if part.role == role]
          for role in ("required", "optional", "prohibited")}  # fmt: skip
    chosen = bool(of["required"]) or any(of["optional"]) or not of["optional"]
    return all(of["required"]) and not any(of["prohibited"]) and chosen


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(written=query_strings())
def test_parts_add_up_to_the_whole(course: Course, written: str) -> None:
    found = explain_match(COURSE, course.uuid, written, now=timezone.now())
    assert found.is_indexed
    assert found.matches == by_its_parts(found)


def test_what_is_not_in_the_index_matches_nothing(course: Course) -> None:
    course.delete()
    call_command("update_index", "--disable-change-limit", verbosity=0)
    found = explain_match(COURSE, course.uuid, "python", now=timezone.now())
    assert (found.is_indexed, found.matches) == (False, False)
