"""Documents of learner pathways."""

import pytest

from learner_pathway.models import LearnerPathway, LearnerPathwayStatus, ScopeKind
from learner_pathway.tests.factories import LearnerPathwayScopeFactory
from search.documents.base import Body
from search.documents.kinds import LEARNER_PATHWAY
from search.tests.catalog import NOW, make_course, make_pathway, make_program

pytestmark = pytest.mark.django_db
ENTERPRISE = "9a0f2a52-5b3c-4a29-8a63-6e3e6a6f0001"


def body_of(pathway: LearnerPathway) -> Body:
    return LEARNER_PATHWAY.bodies([pathway.pk], NOW)[str(pathway.uuid)]


@pytest.mark.parametrize("status", LearnerPathwayStatus.values)
def test_active_pathways_are_published(status: str) -> None:
    body = body_of(make_pathway(status=status))
    assert (body["published"], body["status"]) == (status == "active", status)
    assert (body["hidden"], body["start"], body["organizations"]) == (False, None, None)


def test_pathway_is_found_by_the_titles_in_it() -> None:
    course = make_course(title="Justice", runs=1)
    body = body_of(make_pathway(course, make_program(title="Data Science"), title="Become wise"))
    for words in ("Justice", "Data Science", "Become wise", "Where it leads."):
        assert words in body["text"]


def test_row_of_an_empty_pathway_of_no_partner() -> None:
    body = body_of(make_pathway(partner=None, visible_via_association=False))
    row = body["stored"]["row"]
    assert body["partner"] is None
    assert (row["partner"], row["banner_image"], row["card_image"]) == ("", {}, {})
    assert row["visible_via_association"] is False
    assert len(row["created"]) == len("2030-01-01T00:00:00Z")


def test_scopes_are_told_by_kind_and_uuid() -> None:
    pathway = make_pathway()
    LearnerPathwayScopeFactory(pathway=pathway, kind=ScopeKind.LEARNER_GROUP, uuid=ENTERPRISE)
    LearnerPathwayScopeFactory(pathway=pathway, kind=ScopeKind.ENTERPRISE, uuid=ENTERPRISE)
    assert body_of(pathway)["scopes"] == [f"enterprise:{ENTERPRISE}", f"learner_group:{ENTERPRISE}"]
    assert body_of(make_pathway())["scopes"] == []
