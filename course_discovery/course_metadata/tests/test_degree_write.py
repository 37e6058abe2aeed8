"""Degrees, with what their universities tell."""

from datetime import UTC, datetime
from typing import Any

import pytest

from course_discovery.core.changes.models import Change
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Degree, DegreeCost, Program, Ranking
from course_discovery.course_metadata.operations.degree import (
    DegreeValues,
    NoDegree,
    create_or_update_degree,
)
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.program import create_or_update_program
from course_discovery.course_metadata.operations.running import Outcome, Written
from course_discovery.course_metadata.tests.factories import PartnerFactory, ProgramFactory

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
LATER = datetime(2027, 1, 11, 12, tzinfo=UTC)


@pytest.fixture
def partner(db: None) -> Partner:
    partner: Partner = PartnerFactory.create()
    return partner


def write(partner: Partner, values: DegreeValues, now: datetime = NOW) -> Written[Degree]:
    return create_or_update_degree(
        partner=partner, marketing_slug="analytics", values=values, now=now
    )


def everything() -> DegreeValues:
    return {
        "title": "Analytics", "type": "masters", "apply_url": "https://apply.example.com",
        "banner_border_color": "fff", "costs_fine_print": "<p>More</p>",
        "lead_capture_list_name": "Leads", "micromasters_url": "https://mm.example.com",
        "search_card_cost": "$1", "display_on_org_page": True,
        "rankings": [{"rank": "#1", "description": "Best", "source": "Us"}],
        "specializations": ["Tools", "Business"],
        "quick_facts": [{"icon": "fa-book", "text": "Books"}],
        "deadlines": [{"semester": "Fall", "name": "Last", "date": "May 1", "time": "noon"}],
        "costs": [
            {"description": "Fee", "amount": "$100"}, {"description": "Rest", "amount": "$9"},
        ],
        "additional_metadata": {"external_url": "https://x.example", "external_identifier": "9"},
    }  # fmt: skip


def test_new_degree_has_all_that_was_told(partner: Partner) -> None:
    written = write(partner, everything())
    degree = Degree.objects.get()
    assert written == (degree, Outcome.CREATED)
    assert degree.apply_url == "https://apply.example.com"
    assert degree.prerequisite_coursework == "TBD"
    assert degree.rankings.get().source == "Us"
    names = [link.specialization.value for link in degree.specialization_links.all()]
    assert names == ["Tools", "Business"]
    assert degree.quick_facts.get().icon == "fa-book"
    assert degree.deadlines.get().time == "noon"
    assert [cost.amount for cost in degree.costs.all()] == ["$100", "$9"]
    assert degree.additional_metadata.external_identifier == "9"
    assert Program.objects.get().degree == degree


def test_second_telling_writes_nothing(partner: Partner) -> None:
    write(partner, everything())
    changes, history = Change.objects.count(), Degree.history.count()
    assert write(partner, everything(), now=LATER).outcome is Outcome.UNCHANGED
    assert (Change.objects.count(), Degree.history.count()) == (changes, history)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"}, {"apply_url": ""}, {"costs_fine_print": None}, {"rankings": []},
        {"specializations": ["Business", "Tools"]}, {"quick_facts": []},
        {"deadlines": [{"semester": "Fall", "name": "Last", "date": "May 2"}]},
        {"costs": [{"description": "Fee", "amount": "$100"}]}, {"additional_metadata": None},
        {"additional_metadata": {"external_url": "https://y.example", "external_identifier": "9"}},
    ],
)  # fmt: skip
def test_each_change_is_seen_and_written(partner: Partner, change: DegreeValues) -> None:
    write(partner, everything())
    assert write(partner, change, now=LATER).outcome is Outcome.UPDATED
    assert Degree.objects.get().data_modified_timestamp == LATER
    assert write(partner, change).outcome is Outcome.UNCHANGED


def test_changed_cost_goes_on_in_its_history(partner: Partner) -> None:
    write(partner, everything())
    cost = DegreeCost.objects.first()
    write(partner, {"costs": [{"description": "Fee", "amount": "$120"}]})
    assert DegreeCost.objects.get() == cost
    assert cost is not None
    amounts = cost.history.order_by("history_id").values_list("amount", flat=True)
    assert list(amounts) == ["$100", "$120"]
    write(partner, {"rankings": []})
    assert not Ranking.objects.exists()


def test_common_part_can_be_told_as_that_of_a_program(partner: Partner) -> None:
    write(partner, everything())
    create_or_update_program(
        partner=partner, marketing_slug="analytics", values={"title": "New"}, now=LATER
    )
    assert Degree.objects.get().title == "New"
    assert Program.objects.count() == 1


def test_program_is_no_degree(partner: Partner) -> None:
    program = ProgramFactory.create(partner=partner, marketing_slug="Analytics")
    with pytest.raises(NoDegree):
        write(partner, everything())
    with pytest.raises(NoDegree):
        create_or_update_degree(partner=partner, uuid=program.uuid, values=everything(), now=NOW)


@pytest.mark.parametrize(
    "values",
    [
        {"banner_border_color": "red"}, {"apply_url": "javascript:x"},
        {"quick_facts": [{"icon": "fa-magic", "text": "M"}]},
        {"costs": [{"description": "", "amount": "1"}]},
        {"lead_capture_list_name": ""},
    ],
)  # fmt: skip
def test_unfit_value_is_refused_and_nothing_written(
    partner: Partner, values: dict[str, Any]
) -> None:
    told: Any = {"title": "Analytics", **values}
    with pytest.raises(UnfitValue):
        write(partner, told)
    assert not Program.objects.exists()
