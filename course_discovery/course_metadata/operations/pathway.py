"""Pathways: where programs lead to."""

import uuid as uuids
from collections.abc import Sequence
from typing import Any, TypedDict

from django.db.models import F

from course_discovery.core.changes.settling import Changed
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Pathway, PathwayProgram
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.ordered import set_targets
from course_discovery.course_metadata.operations.references import Reference, programs_named
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Refusal,
    Written,
    locked,
    operation,
    write_differences,
)


class OtherPartnersPathway(Refusal):
    """A uuid of a pathway of another partner."""


class PathwayValues(TypedDict, total=False):
    """What may be told of a pathway; `programs` are uuids or marketing slugs, told whole."""

    name: str
    org_name: str
    email: str
    programs: Sequence[Reference]
    description: str | None
    destination_url: str | None
    pathway_type: str
    status: str


class ProgramOfAnotherPartner(Refusal):
    """A program that a pathway of another partner would lead on from."""


@operation
def create_or_update_pathway(
    *, partner: Partner, uuid: uuids.UUID | None = None, values: PathwayValues
) -> Written[Pathway]:
    """The pathway with this uuid, made when there is none; a new one needs names of both kinds.

    Its programs are of its partner. Raises Refusal for what the catalog cannot take.
    """
    plain: dict[str, Any] = {name: told for name, told in values.items() if name != "programs"}
    columns = fitting(Pathway, plain)
    stored = locked(Pathway.objects.filter(uuid=uuid)) if uuid else []
    if stored and stored[0].partner_id != partner.pk:
        raise OtherPartnersPathway("the pathway is another partner's")
    changed = False
    if stored:
        row = stored[0]
        changed = write_differences(row, columns)
    else:
        for name in ("name", "org_name"):
            if not columns.get(name):
                raise UnfitValue(name, "a new pathway needs one")
        row = Pathway.objects.create(partner=partner, **({"uuid": uuid} if uuid else {}), **columns)
    if "programs" in values:
        programs = programs_named(partner, values["programs"])
        changed |= set_targets(row.program_links, "program", programs)
    return Written(row, Outcome.of(created=not stored, changed=changed))


def settle_pathways(changed: Changed) -> None:
    """Refuse programs of other partners, whoever writes. Raises ProgramOfAnotherPartner."""
    uuids = {each.uuid for each in changed.get("pathway", ())}
    if not uuids:
        return
    links = PathwayProgram.objects.filter(pathway__uuid__in=uuids)
    foreign = links.exclude(program__partner=F("pathway__partner"))
    for title in foreign.values_list("program__title", flat=True)[:1]:
        raise ProgramOfAnotherPartner(f"programs: {title} is another partner's")
