"""Who finds which learner pathways: scopes, and who may do what."""

import uuid
from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.learner_pathway.asking import (
    BLOCKS,
    COURSES,
    LISTS,
    PROGRAMS,
    STEPS,
    URL,
    holding,
    results,
    titles,
)
from course_discovery.course_metadata.models import Course
from learner_pathway.models import LearnerPathway, ScopeKind
from learner_pathway.tests.factories import (
    LearnerPathwayFactory,
    LearnerPathwayScopeFactory,
    LearnerPathwayStepFactory,
)


@pytest.fixture
def scoped(course: Course) -> dict[str, str]:
    """One pathway for all, two for enterprises, one for a group and an enterprise: their scopes."""
    acme, globex, group = (str(uuid.uuid4()) for _ in range(3))
    for title, scopes in {
        "all": {},
        "acme": {acme: ScopeKind.ENTERPRISE},
        "globex": {globex: ScopeKind.ENTERPRISE},
        "both": {acme: ScopeKind.ENTERPRISE, group: ScopeKind.LEARNER_GROUP},
    }.items():
        pathway = LearnerPathwayFactory(title=title)
        LearnerPathwayStepFactory(pathway=pathway, courses=[course])
        for mark, kind in scopes.items():
            LearnerPathwayScopeFactory(pathway=pathway, kind=kind, uuid=mark)
    return {"acme": acme, "globex": globex, "group": group}


def test_scoped_pathways_are_listed_when_asked_for(as_alice: APIClient, scoped: Any) -> None:
    def listed(**parameters: str) -> list[str]:
        return titles(as_alice, **parameters)

    acme, globex, group = scoped["acme"], scoped["globex"], scoped["group"]
    assert listed() == ["all"]
    assert listed(enterprise_customer_uuid=acme) == ["all", "acme", "both"]
    assert listed(enterprise_customer_uuid=f"{acme},{globex}") == ["all", "acme", "globex", "both"]
    assert listed(learner_group_uuid=group) == ["all", "both"]
    assert listed(learner_group_uuid=group, enterprise_customer_uuid=globex) == [
        "all", "globex", "both",
    ]  # fmt: skip
    # A group is no enterprise.
    assert listed(enterprise_customer_uuid=group) == ["all"]
    assert listed(learner_group_uuid=acme) == ["all"]
    assert listed(enterprise_customer_uuid=str(uuid.uuid4())) == ["all"]


def test_staff_see_all_pathways(as_sam: APIClient, scoped: Any) -> None:
    assert titles(as_sam) == ["all", "acme", "globex", "both"]
    assert titles(as_sam, learner_group_uuid=scoped["group"]) == ["all", "acme", "globex", "both"]


def test_a_scope_narrows_together_with_other_filters(as_alice: APIClient, scoped: Any) -> None:
    wanted = str(LearnerPathway.objects.get(title="acme").uuid)
    assert titles(as_alice, uuid=wanted) == []
    assert titles(as_alice, uuid=wanted, enterprise_customer_uuid=scoped["acme"]) == ["acme"]


def test_steps_nodes_and_uuids_follow_the_scope(
    as_alice: APIClient, as_sam: APIClient, scoped: Any, course: Course
) -> None:
    acme = {"enterprise_customer_uuid": scoped["acme"]}
    for url in (STEPS, COURSES):
        assert len(results(as_alice, url)) == 1
        assert len(results(as_alice, url, **acme)) == 3
        assert len(results(as_sam, url)) == 4
    assert len(holding(as_alice, course.key)) == 1
    found = as_alice.get(f"{URL}uuids/", {"course_keys": course.key, **acme}).json()
    assert len(found) == 3
    assert len(holding(as_sam, course.key)) == 4


def test_who_knows_its_uuid_may_read_a_scoped_pathway(as_alice: APIClient, scoped: Any) -> None:
    one = LearnerPathway.objects.get(title="acme")
    assert as_alice.get(f"{URL}{one.uuid}/").json()["title"] == "acme"


@pytest.mark.parametrize("parameter", ["enterprise_customer_uuid", "learner_group_uuid"])
@pytest.mark.parametrize("url", LISTS)
def test_a_bad_scope_is_400(as_alice: APIClient, url: str, parameter: str) -> None:
    answer = as_alice.get(url, {parameter: "zzz"})
    assert (answer.status_code, answer.json()) == (400, {parameter: ["'zzz' is not a UUID."]})


PERMISSIONS = {
    # verb: anonymous, Alice, Sam (staff)
    "get": (401, 200, 200),
    "head": (401, 200, 200),
    "options": (401, 200, 200),
    "post": (401, 405, 405),
    "put": (401, 405, 405),
    "patch": (401, 405, 405),
    "delete": (401, 405, 405),
}


@pytest.mark.parametrize("verb", PERMISSIONS)
def test_everybody_with_an_account_may_read(
    anonymous: APIClient, as_alice: APIClient, as_sam: APIClient, pathway: Any, verb: str
) -> None:
    first, second = pathway.steps.all()
    addresses = [
        *LISTS,
        f"{URL}uuids/",
        f"{URL}{pathway.uuid}/",
        f"{URL}{pathway.uuid}/snapshot/",
        f"{STEPS}{first.uuid}/",
        f"{COURSES}{first.course_nodes.get().uuid}/",
        f"{PROGRAMS}{second.program_nodes.get().uuid}/",
        f"{BLOCKS}{first.block_nodes.get().uuid}/",
    ]
    people = (anonymous, as_alice, as_sam)
    if verb not in ("get", "head", "options"):  # staff writes pathways, and by them all the rest
        addresses = [each for each in addresses if not each.startswith(URL)]
    for address in addresses:
        answers = tuple(getattr(who, verb)(address).status_code for who in people)
        assert answers == PERMISSIONS[verb], address
