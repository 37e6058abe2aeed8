"""Storing and deleting whole pathways."""

from collections.abc import Mapping, Sequence
from typing import TypedDict
from uuid import UUID

from course_discovery.core.models import Partner
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.ordered import set_keyed_parts
from course_discovery.course_metadata.operations.picture import Told, write_picture
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Refusal,
    Written,
    locked,
    operation,
    write_differences,
)
from learner_pathway.models import LearnerPathway, LearnerPathwayScope, ScopeKind
from learner_pathway.operations.learner_pathway_step import StepValues, set_steps

MOST_SCOPES = 1000


class LearnerPathwayValues(TypedDict, total=False):
    """What may be told of a pathway. `overview` is HTML."""

    title: str
    partner: Partner | None
    visible_via_association: bool
    status: str
    overview: str


class ScopeValues(TypedDict):
    """An enterprise or group that a pathway is for."""

    kind: ScopeKind
    uuid: UUID


class UnknownLearnerPathway(Refusal):
    """A uuid that no pathway has."""


class TooManyScopes(Refusal):
    """More enterprises and groups than one pathway may be for."""


@operation
def create_or_update_learner_pathway(
    *,
    uuid: UUID | None = None,
    values: LearnerPathwayValues | None = None,
    steps: Sequence[StepValues] | None = None,
    scopes: Sequence[ScopeValues] | None = None,
    pictures: Mapping[str, Told] | None = None,
) -> Written[LearnerPathway]:
    """The pathway with this uuid, made when there is none; without a uuid a new one.

    `steps` are all of its steps in their order, `scopes` all that it is for ([] = everybody); None
    leaves what is stored alone. A step keeps its uuid, and those of its nodes, if it is told by
    its uuid or with the same nodes as before. `pictures` are new `banner_image` and `card_image`.

    Raises UnfitValue, TooManyScopes, and what `set_steps` raises.
    """
    fit = fitting(LearnerPathway, values or {})
    stored = locked(LearnerPathway.objects.filter(uuid=uuid)) if uuid else []
    if stored:
        pathway, created = stored[0], False
        changed = write_differences(pathway, fit)
    else:
        pathway, created, changed = _create(uuid, fit), True, True
    for name, picture in (pictures or {}).items():
        changed |= write_picture(pathway, name, picture)
    if scopes is not None:
        changed |= _set_scopes(pathway, scopes)
    if steps is not None:
        changed |= set_steps(pathway, steps)
    return Written(pathway, Outcome.of(created=created, changed=changed))


@operation
def delete_learner_pathway(*, uuid: UUID) -> None:
    """Delete the pathway with its steps, nodes and scopes. Raises UnknownLearnerPathway."""
    stored = locked(LearnerPathway.objects.filter(uuid=uuid))
    if not stored:
        raise UnknownLearnerPathway(f"there is no learner pathway {uuid}")
    stored[0].delete()


def _create(uuid: UUID | None, fit: dict[str, object]) -> LearnerPathway:
    if "title" not in fit:
        raise UnfitValue("title", "may not be empty")
    return LearnerPathway.objects.create(**fit, **({"uuid": uuid} if uuid else {}))


def _set_scopes(pathway: LearnerPathway, scopes: Sequence[ScopeValues]) -> bool:
    if len(scopes) > MOST_SCOPES:
        raise TooManyScopes(f"scopes: more than {MOST_SCOPES}")
    wanted = {
        (scope["kind"], scope["uuid"]): fitting(LearnerPathwayScope, scope) for scope in scopes
    }
    return set_keyed_parts(pathway.scopes, lambda row: (row.kind, row.uuid), wanted)
