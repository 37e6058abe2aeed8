"""Catalogs keep the promises of the change log."""

from typing import Any

import pytest

from course_discovery.catalogs.models import Catalog
from course_discovery.core.changes.tests.owner_table import (  # noqa: F401 - the suite
    Case,
    cases_of,
    test_a_rolled_back_write_leaves_no_entry,
    test_a_row_that_moves_is_told_to_the_object_that_it_left,
    test_creating_a_row_leaves_one_entry_of_its_owner,
    test_deleting_rows_leaves_entries_of_them_and_of_what_shows_them,
    test_updating_rows_leaves_one_entry_of_each_owner,
    unregistered,
)

_DERIVED = "what the search index says; it has changes of its own"
REASONS = {
    "AskedCatalog": _DERIVED,
    "AskedRound": _DERIVED,
    "Member": _DERIVED,
    "MemberChange": _DERIVED,
    "PassedBoundary": _DERIVED,
}


@pytest.fixture(
    params=cases_of(
        "catalogs",
        {Catalog: Case(lambda: Catalog(name="C", query="*"), "query", ("title:a", "title:b"))},
    )
)
def case(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_every_model_is_in_the_owner_table() -> None:
    assert unregistered("catalogs", REASONS) == []
