"""Degrees: programs with what a university's admission tells."""

import uuid as uuids
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NotRequired, TypedDict

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Degree,
    DegreeAdditionalMetadata,
    DegreeCost,
    DegreeDeadline,
    IconTextPairing,
    Program,
    Ranking,
    Specialization,
)
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.ordered import set_items, set_parts
from course_discovery.course_metadata.operations.program import write_kind_of_program
from course_discovery.course_metadata.operations.program_values import ProgramValues
from course_discovery.course_metadata.operations.running import (
    Refusal,
    Written,
    operation,
    write_differences,
)


class NoDegree(Refusal):
    """A uuid or slug of a program that is no degree, and cannot become one."""


class RankingValues(TypedDict):
    """A place that somebody gives to the degree."""

    rank: str
    description: str
    source: str


class QuickFactValues(TypedDict):
    """A fact beside an icon, as `fa-book`."""

    icon: str
    text: str


class DeadlineValues(TypedDict):
    """A date that applicants must keep, as the university writes it."""

    semester: str
    name: str
    date: str
    time: NotRequired[str]


class CostValues(TypedDict):
    """Something that the degree costs, as the university writes it."""

    description: str
    amount: str


class DegreeMetadataValues(TypedDict):
    """The provider's side of a degree that lives elsewhere."""

    external_url: str
    external_identifier: str
    organic_url: NotRequired[str]


class DegreeValues(ProgramValues, total=False):
    """What may be told of a degree. Lists are told whole and keep their order."""

    apply_url: str
    overall_ranking: str
    banner_border_color: str
    prerequisite_coursework: str
    application_requirements: str
    costs_fine_print: str | None
    deadlines_fine_print: str | None
    lead_capture_list_name: str
    hubspot_lead_capture_form_id: str | None
    micromasters_url: str | None
    micromasters_long_title: str | None
    micromasters_long_description: str | None
    micromasters_org_name_override: str | None
    search_card_ranking: str | None
    search_card_cost: str | None
    search_card_courses: str | None
    display_on_org_page: bool
    rankings: Sequence[RankingValues]
    specializations: Sequence[str]
    quick_facts: Sequence[QuickFactValues]
    deadlines: Sequence[DeadlineValues]
    costs: Sequence[CostValues]
    additional_metadata: DegreeMetadataValues | None


_LISTS = frozenset(
    {"rankings", "specializations", "quick_facts", "deadlines", "costs", "additional_metadata"}
)
_COLUMNS = DegreeValues.__annotations__.keys() - ProgramValues.__annotations__.keys() - _LISTS


@operation
def create_or_update_degree(
    *,
    partner: Partner,
    uuid: uuids.UUID | None = None,
    marketing_slug: str | None = None,
    values: DegreeValues,
    now: datetime,
) -> Written[Degree]:
    """The degree with this uuid, else with this marketing slug, made when there is none.

    As `create_or_update_program`. Raises NoDegree where a program has that uuid or slug.
    """
    _check_kind(uuid, marketing_slug)
    told: Mapping[str, Any] = values
    own = {name: told[name] for name in _COLUMNS if name in told}
    common: Any = {name: told[name] for name in told if name not in _COLUMNS | _LISTS}
    return write_kind_of_program(
        Degree,
        partner=partner,
        uuid=uuid,
        marketing_slug=marketing_slug,
        values=common,
        now=now,
        own=fitting(Degree, own),
        write_parts=lambda degree: _write_parts(degree, told),
    )


def _check_kind(uuid: uuids.UUID | None, marketing_slug: str | None) -> None:
    programs = Program.objects.filter(degree=None)
    key = {"uuid": uuid} if uuid else {"marketing_slug__iexact": (marketing_slug or "").strip()}
    if (uuid or marketing_slug) and programs.filter(**key).exists():
        raise NoDegree("there is a program of that name that is no degree")


def _write_parts(degree: Degree, told: Mapping[str, Any]) -> bool:
    changed = False
    if "rankings" in told:
        rankings = [fitting(Ranking, each) for each in told["rankings"]]
        changed |= set_items(degree.ranking_links, "ranking", Ranking, rankings)
    if "specializations" in told:
        fields = [fitting(Specialization, {"value": each}) for each in told["specializations"]]
        changed |= set_items(degree.specialization_links, "specialization", Specialization, fields)
    for name, model in (
        ("quick_facts", IconTextPairing),
        ("deadlines", DegreeDeadline),
        ("costs", DegreeCost),
    ):
        if name in told:
            rows = [fitting(model, each) for each in told[name]]
            changed |= set_parts(getattr(degree, name), rows)
    if "additional_metadata" in told:
        changed |= _write_metadata(degree, told["additional_metadata"])
    return changed


def _write_metadata(degree: Degree, told: DegreeMetadataValues | None) -> bool:
    stored = DegreeAdditionalMetadata.objects.filter(degree=degree).first()
    if not told:
        if stored is not None:
            stored.delete()
        return stored is not None
    columns = fitting(DegreeAdditionalMetadata, told)
    if stored is not None:
        return write_differences(stored, columns)
    DegreeAdditionalMetadata.objects.create(degree=degree, **columns)
    return True
