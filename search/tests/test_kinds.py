"""Which kinds are searched, and whose learner pathways are found."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings

from learner_pathway.models import LearnerPathway, ScopeKind
from learner_pathway.tests.factories import LearnerPathwayScopeFactory
from search.documents.kinds import LEARNER_PATHWAY
from search.queries import BadValue
from search.queries.criteria import criteria
from search.queries.kinds import ALL, USUAL, kinds_of_all
from search.queries.page import search_page
from search.queries.scopes import scopes_of
from search.tests.catalog import NOW, make_pathway, partner
from search.tests.finding import listed

pytestmark = pytest.mark.django_db
ENTERPRISE = "9a0f2a52-5b3c-4a29-8a63-6e3e6a6f0001"
OTHER = "9a0f2a52-5b3c-4a29-8a63-6e3e6a6f0002"


@pytest.mark.parametrize(
    ("given", "with_pathways"),
    [
        ([], False),
        (["true"], True),
        (["TRUE"], True),
        ([True], True),
        (["1"], True),
        (["false"], False),
        ([False], False),
        ([None], False),
        ([""], False),
        (["false", "true"], True),
    ],
)
def test_learner_pathways_are_found_when_they_are_asked_for(
    given: list[Any], with_pathways: bool
) -> None:
    assert kinds_of_all({"include_learner_pathways": given}) == (ALL if with_pathways else USUAL)
    assert (LEARNER_PATHWAY in ALL, LEARNER_PATHWAY in USUAL) == (True, False)


def test_asking_for_them_with_nonsense_is_refused() -> None:
    with pytest.raises(BadValue) as refused:
        kinds_of_all({"include_learner_pathways": ["true", "maybe"]})
    assert refused.value.parameter == "include_learner_pathways"


@pytest.fixture
def pathways(indexes: Settings, drain: Callable[[], None]) -> dict[str, LearnerPathway]:
    """A pathway for everybody, of no partner; one for an enterprise, and one for a group."""
    found = {
        "everybody": make_pathway(partner=None),
        "enterprise": make_pathway(),
        "group": make_pathway(),
        "elsewhere": make_pathway(partner=partner("OtherU")),
    }
    LearnerPathwayScopeFactory(pathway=found["enterprise"], uuid=ENTERPRISE)
    LearnerPathwayScopeFactory(pathway=found["enterprise"], uuid=OTHER)
    LearnerPathwayScopeFactory(
        pathway=found["group"], kind=ScopeKind.LEARNER_GROUP, uuid=ENTERPRISE
    )
    drain()
    return found


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ({}, {"everybody"}),
        ({"enterprise_customer_uuid": ENTERPRISE.upper()}, {"everybody", "enterprise"}),
        ({"enterprise_customer_uuid": f"{OTHER}, {ENTERPRISE}"}, {"everybody", "enterprise"}),
        ({"learner_group_uuid": ENTERPRISE}, {"everybody", "group"}),
        ({"learner_group_uuid": OTHER}, {"everybody"}),
        (
            {"learner_group_uuid": ENTERPRISE, "enterprise_customer_uuid": OTHER},
            {"everybody", "enterprise", "group"},
        ),
        ({"partner": "OtherU"}, {"elsewhere"}),
    ],
)
def test_pathways_for_others_are_left_out(
    pathways: dict[str, LearnerPathway], parameters: dict[str, str], names: set[str]
) -> None:
    asked = criteria(listed(parameters), kinds=ALL, now=NOW, partner="edx")
    found = {hit.source["uuid"] for hit in search_page(asked).hits}
    assert found == {str(pathways[name].uuid) for name in names}


def test_staff_find_all_of_them(pathways: dict[str, LearnerPathway]) -> None:
    asked = criteria({}, kinds=[LEARNER_PATHWAY], now=NOW, every_scope=True)
    assert search_page(asked).count == 4


@pytest.mark.parametrize("value", ["zzz", f"{ENTERPRISE},zzz"])
@pytest.mark.parametrize("name", ["enterprise_customer_uuid", "learner_group_uuid"])
def test_scope_that_is_no_uuid_is_refused(name: str, value: str) -> None:
    with pytest.raises(BadValue) as refused:
        scopes_of({name: [value]})
    assert refused.value.parameter == name


def test_scopes_have_a_limit() -> None:
    many = ",".join(f"9a0f2a52-5b3c-4a29-8a63-{number:012}" for number in range(10_001))
    with pytest.raises(BadValue, match="At most"):
        scopes_of({"enterprise_customer_uuid": [many]})
