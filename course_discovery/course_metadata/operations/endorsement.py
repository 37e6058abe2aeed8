"""What people and corporations say of programs."""

from collections.abc import Iterable, Sequence
from typing import Any, NotRequired, TypedDict

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    CorporateEndorsement,
    Endorsement,
    Program,
)
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.image import ImageValues, create_or_update_image
from course_discovery.course_metadata.operations.ordered import (
    delete_unused,
    set_items,
    set_targets,
)
from course_discovery.course_metadata.operations.references import Reference, people_named
from course_discovery.course_metadata.operations.running import write_differences


class EndorsementValues(TypedDict):
    """What a person says; `endorser` is a uuid or a slug."""

    endorser: Reference
    quote: str


class CorporateEndorsementValues(TypedDict):
    """What a corporation says, and people of it."""

    corporation_name: str
    statement: NotRequired[str | None]
    image: NotRequired[ImageValues | None]
    individual_endorsements: NotRequired[Sequence[EndorsementValues]]


def write_endorsements(program: Program, told: Sequence[EndorsementValues]) -> bool:
    """Let exactly these people endorse the program, in this order; whether anything differed.

    A part of a larger operation. Raises UnknownPerson, UnfitValue.
    """
    wanted = _endorsements(program.partner, told)
    return set_items(program.endorsement_links, "endorsement", Endorsement, wanted)


def write_corporate_endorsements(
    program: Program, told: Sequence[CorporateEndorsementValues]
) -> bool:
    """Let exactly these corporations endorse the program, in this order; whether any differed.

    An endorsement of the program by a corporation of the same name is changed in place. A part of
    a larger operation. Raises UnknownPerson, UnfitValue.
    """
    links = program.corporate_endorsement_links
    free = [link.corporate_endorsement for link in links.select_related("corporate_endorsement")]
    rows, changed = [], False
    for each in told:
        row, differed = _write_corporate(program.partner, free, each)
        rows.append(row)
        changed |= differed
    changed |= set_targets(links, "corporate_endorsement", rows)
    voices = [endorsement for row in free for endorsement in row.individual_endorsements.all()]
    delete_unused(free)
    delete_unused(voices)
    return changed


def _write_corporate(
    partner: Partner, free: list[CorporateEndorsement], told: CorporateEndorsementValues
) -> tuple[CorporateEndorsement, bool]:
    """The row, taken from `free` where the corporation has one there; whether it was changed."""
    plain: dict[str, Any] = {"corporation_name": told["corporation_name"]}
    if "statement" in told:
        plain["statement"] = told["statement"]
    columns = fitting(CorporateEndorsement, plain)
    changed = False
    if "image" in told:
        columns["image"], changed = _image(told["image"])
    name = columns["corporation_name"]
    row = next((each for each in free if each.corporation_name == name), None)
    if row is None:
        row = CorporateEndorsement.objects.create(**columns)
    else:
        free.remove(row)
        changed |= write_differences(row, columns)
    if "individual_endorsements" in told:
        voices = _endorsements(partner, told["individual_endorsements"])
        changed |= set_items(row.voice_links, "endorsement", Endorsement, voices)
    return row, changed


def _endorsements(partner: Partner, told: Iterable[EndorsementValues]) -> list[dict[str, Any]]:
    return [
        {
            "endorser": people_named(partner, [each["endorser"]])[0],
            **fitting(Endorsement, {"quote": each["quote"]}),
        }
        for each in told
    ]


def _image(told: ImageValues | None) -> tuple[Any, bool]:
    if not told:
        return None, False
    written = create_or_update_image(values=told)
    return written.row, written.changed
