"""What makes a hit better than another."""

from collections.abc import Callable
from typing import Any

import pytest
from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query
from pytest_django import Settings

from course_discovery.course_metadata.models import ProgramType
from course_discovery.course_metadata.models.course_run import CourseRunPacing
from search.documents.kinds import KINDS
from search.queries.asking import ask
from search.queries.boosts import BOOSTS, DECAY, boosted
from search.tests.catalog import DAY, NOW, make_course, make_person, make_program, make_run

pytestmark = pytest.mark.django_db
LONG_AGO = NOW - 900 * DAY


@pytest.fixture
def names(indexes: Settings, drain_at_now: Callable[[], None]) -> dict[str, str]:
    """What things are called in these tests, by uuid."""
    over: dict[str, Any] = {"start": LONG_AGO, "end": NOW - DAY, "enrollment_end": NOW - DAY}
    old = make_run(make_course("MITx+1"), **over)
    own_pace = make_run(make_course("MITx+2"), pacing_type=CourseRunPacing.SELF, **over)
    current = make_run(
        make_course("MITx+3"),
        start=NOW - DAY / 24,
        end=NOW + 60 * DAY,
        enrollment_end=NOW + 30 * DAY,
    )
    called: dict[str, Any] = {
        "old": old, "own pace": own_pace, "current": current, "no dates": make_person(),
        "MicroMasters": make_program(),
        "XSeries": make_program(type=ProgramType.objects.get(slug="xseries")),
    }  # fmt: skip
    drain_at_now()
    return {str(row.uuid): name for name, row in called.items()}


def scores(names: dict[str, str], query: Query) -> dict[str, float]:
    hits = ask(KINDS, Search().query(query)[:100])["hits"]["hits"]
    return {names[hit["_id"]]: hit["_score"] for hit in hits if hit["_id"] in names}


def reasons(names: dict[str, str]) -> dict[str, set[str]]:
    """What is said for each thing."""
    found: dict[str, set[str]] = {name: set() for name in names.values()}
    for boost in BOOSTS:
        for name in scores(names, boost.holds(NOW.isoformat())):
            found[name].add(boost.says)
    return found


def test_boosts_hold_of_what_they_say(names: dict[str, str]) -> None:
    found = reasons(names)
    assert found["old"] == set()
    assert found["own pace"] == {"self-paced"}
    assert found["MicroMasters"] == {"MicroMasters program", "open for enrollment"}
    assert found["XSeries"] == found["no dates"] == {"open for enrollment"}
    assert found["current"] == {
        "under way, and can still be upgraded", "has paid seats that can be taken",
        "paid enrollment closes later", "open for enrollment",
    }  # fmt: skip


def test_weights_of_the_boosts_that_hold_are_added_to_the_score(names: dict[str, str]) -> None:
    weights = {boost.says: boost.weight for boost in BOOSTS}
    assert len(weights) == len(BOOSTS)
    found = scores(names, boosted(Q("match_all"), NOW))
    for name, said in reasons(names).items():
        # A start that is near or not told counts in full, one of long ago not at all.
        decayed = 0 if name in ("old", "own pace") else DECAY.weight
        expected = 1 + sum(weights[each] for each in said) + decayed
        assert found[name] == pytest.approx(expected, abs=0.01), name


def test_words_are_weighed_too(names: dict[str, str]) -> None:
    found = scores(names, boosted(Q("match", title="nothing like it"), NOW))
    assert found == {}
