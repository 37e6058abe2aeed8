"""Pathways, whose programs are of their partner."""

import uuid
from typing import Any

import pytest

from course_discovery.core.changes.models import Change
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Pathway
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.pathway import (
    OtherPartnersPathway,
    PathwayValues,
    create_or_update_pathway,
)
from course_discovery.course_metadata.operations.references import UnknownProgram
from course_discovery.course_metadata.operations.running import Outcome, Refusal, Written
from course_discovery.course_metadata.tests.factories import PartnerFactory, ProgramFactory

MARK = uuid.uuid4()


@pytest.fixture
def partner(db: None) -> Partner:
    partner: Partner = PartnerFactory.create()
    for slug in ("one", "two"):
        ProgramFactory.create(partner=partner, marketing_slug=slug)
    ProgramFactory.create(marketing_slug="foreign")
    return partner


def write(partner: Partner, values: PathwayValues) -> Written[Pathway]:
    return create_or_update_pathway(partner=partner, uuid=MARK, values=values)


def everything() -> PathwayValues:
    return {
        "name": "Credit", "org_name": "NorthU", "email": "a@example.com",
        "programs": ["two", "ONE"], "description": "Text",
        "destination_url": "https://x.example.com", "pathway_type": "industry",
        "status": "published",
    }  # fmt: skip


def test_new_pathway_has_all_that_was_told(partner: Partner) -> None:
    written = write(partner, everything())
    pathway = Pathway.objects.get()
    assert written == (pathway, Outcome.CREATED)
    assert pathway.uuid == MARK
    slugs = [link.program.marketing_slug for link in pathway.program_links.all()]
    assert slugs == ["two", "one"]


def test_second_telling_writes_nothing(partner: Partner) -> None:
    write(partner, everything())
    changes = Change.objects.count()
    assert write(partner, everything()).outcome is Outcome.UNCHANGED
    assert Change.objects.count() == changes


@pytest.mark.parametrize(
    "change",
    [{"name": "N"}, {"email": ""}, {"programs": ["one"]}, {"programs": []}, {"status": "retired"}],
)
def test_each_change_is_seen_and_written(partner: Partner, change: PathwayValues) -> None:
    write(partner, everything())
    assert write(partner, change).outcome is Outcome.UPDATED
    assert write(partner, change).outcome is Outcome.UNCHANGED


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"programs": ["foreign"]}, UnknownProgram), ({"programs": ["none"]}, UnknownProgram),
        ({"name": ""}, UnfitValue), ({"email": "nobody"}, UnfitValue),
        ({"pathway_type": "magic"}, UnfitValue),
    ],
)  # fmt: skip
def test_unfit_value_is_refused_and_nothing_written(
    partner: Partner, values: dict[str, Any], refusal: type[Refusal]
) -> None:
    told: Any = {**everything(), **values}
    with pytest.raises(refusal):
        write(partner, told)
    assert not Pathway.objects.exists()


def test_pathway_of_another_partner_is_left_alone(partner: Partner) -> None:
    write(partner, everything())
    with pytest.raises(OtherPartnersPathway):
        write(PartnerFactory.create(), everything())
