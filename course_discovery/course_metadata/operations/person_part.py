"""The addresses of people, and what they are expert in."""

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict

from course_discovery.course_metadata.models import (
    Person,
    PersonAreaOfExpertise,
    PersonSocialNetwork,
)
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.ordered import set_keyed_parts, set_parts
from course_discovery.course_metadata.operations.running import write_differences


class NetworkValues(TypedDict):
    """An address of a person: `type` is facebook, twitter, blog or others.

    With an `id` it is a stored one of theirs, which may get another type and title.
    """

    id: NotRequired[int | None]
    type: str
    url: str
    title: NotRequired[str]


class AreaValues(TypedDict):
    """An area of expertise; with an `id` it is a stored one of the person's."""

    id: int | None
    value: str


def write_networks(row: Person, told: Sequence[NetworkValues]) -> bool:
    """Let the person have exactly these addresses; whether anything differed.

    A part of a larger operation. Raises UnfitValue.
    """
    stored = {each.pk: each for each in row.person_networks.all()}
    wanted: dict[Any, dict[str, Any]] = {}
    renamed: dict[PersonSocialNetwork, Any] = {}
    for each in told:
        columns = fitting(PersonSocialNetwork, {"title": "", **_without_id(each)})
        key = columns["type"], columns["title"]
        if key in wanted:
            raise UnfitValue("networks", "two of the same type and title")
        wanted[key] = columns
        if (named := _named("networks", stored, each.get("id"))) is not None:
            renamed[named] = key
    taken = {(each.type, each.title) for each in stored.values()}
    changed = False
    for network, key in renamed.items():
        # Where another row has the new name, the rows change what they say instead.
        if key not in taken and (network.type, network.title) not in wanted:
            changed |= write_differences(network, wanted[key])
    return set_keyed_parts(row.person_networks, lambda row: (row.type, row.title), wanted) | changed


def write_areas(row: Person, told: Sequence[str | AreaValues]) -> bool:
    """Let the person be expert in exactly these areas; whether anything differed.

    A part of a larger operation. Raises UnfitValue.
    """
    areas: list[AreaValues] = [
        {"id": None, "value": each} if isinstance(each, str) else each for each in told
    ]
    stored = {each.pk: each for each in row.areas_of_expertise.all()}
    named = [_named("areas_of_expertise", stored, each["id"]) for each in areas]
    columns = [fitting(PersonAreaOfExpertise, {"value": each["value"].strip()}) for each in areas]
    if not any(named):
        unique = {each["value"]: each for each in columns}
        return set_parts(row.areas_of_expertise, list(unique.values()))
    changed = False
    for area in stored.values():
        if area not in named:
            area.delete()
            changed = True
    for kept, each in zip(named, columns, strict=True):
        if kept is None:
            row.areas_of_expertise.create(**each)
        changed |= kept is None or write_differences(kept, each)
    return changed


def _named(name: str, stored: Mapping[int, Any], pk: int | None) -> Any:
    """The stored row of the number; None without one. Raises UnfitValue for another's."""
    if not pk:
        return None
    if pk not in stored:
        raise UnfitValue(name, f"the person has none with the id {pk}")
    return stored[pk]


def _without_id(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name != "id"}
