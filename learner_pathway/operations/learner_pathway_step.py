"""The steps of a pathway, in their order."""

from collections.abc import Sequence
from typing import TypedDict
from uuid import UUID

from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.running import Refusal, write_differences
from learner_pathway.models import LearnerPathway, LearnerPathwayStep
from learner_pathway.operations.learner_pathway_node import (
    BlockValues,
    Content,
    Nodes,
    set_nodes,
    stored_nodes,
)

MOST_STEPS = 100
MOST_NODES = 100


class StepValues(TypedDict, total=False):
    """What may be told of a step; of a stored one what is absent stays.

    `uuid` names a stored step of the pathway. Courses are keys, programs uuids, each in its order.
    """

    uuid: UUID
    min_requirement: int
    courses: Sequence[str]
    programs: Sequence[UUID]
    blocks: Sequence[BlockValues]


class TooManySteps(Refusal):
    """More steps, or more nodes in a step, than a pathway may have."""


class UnknownStep(Refusal):
    """A uuid that no step of the pathway has, or that was told twice."""


class TooFewNodes(Refusal):
    """A step that requires more nodes than it has."""

    def __init__(self, required: int, nodes: int) -> None:
        super().__init__(f"min_requirement: a step requires {required} of its {nodes} nodes")


def check_requirement(required: int, nodes: int) -> None:
    """Raise TooFewNodes if a step requires more nodes than it has; it must require one."""
    if required > nodes:
        raise TooFewNodes(required, nodes)


def set_steps(pathway: LearnerPathway, told: Sequence[StepValues]) -> bool:
    """Let the pathway have exactly these steps, in this order; whether anything differed.

    A part of a larger operation. Raises TooManySteps, UnknownStep, TooFewNodes, UnfitValue, and
    what naming courses and programs raises (`learner_pathway_node`).
    """
    _check_sizes(told)
    content = Content.named_in(pathway, told)
    wanted = [content.nodes_of(step) for step in told]
    stored = list(pathway.steps.select_for_update().order_by("sort_value", "pk"))
    present = stored_nodes([step.pk for step in stored])
    rows = _rows_of(told, wanted, stored, present)
    gone = {step.pk for step in stored} - {row.pk for row in rows if row}
    if gone:
        pathway.steps.filter(pk__in=gone).delete()
    changed = bool(gone)
    for place, (values, nodes, row) in enumerate(zip(told, wanted, rows, strict=True)):
        merged = {**present[row.pk], **nodes} if row else nodes
        changed |= _write(pathway, place, values, merged, row)
    return changed


def _check_sizes(told: Sequence[StepValues]) -> None:
    if len(told) > MOST_STEPS:
        raise TooManySteps(f"steps: more than {MOST_STEPS}")
    for step in told:
        nodes = (step.get("courses"), step.get("programs"), step.get("blocks"))
        if sum(len(each or ()) for each in nodes) > MOST_NODES:
            raise TooManySteps(f"steps: more than {MOST_NODES} nodes in one step")


def _rows_of(
    told: Sequence[StepValues],
    wanted: Sequence[Nodes],
    stored: Sequence[LearnerPathwayStep],
    present: dict[int, Nodes],
) -> list[LearnerPathwayStep | None]:
    """The stored row of each step that is told: by its uuid, else one with the same nodes."""
    free = {row.uuid: row for row in stored}
    rows: list[LearnerPathwayStep | None] = []
    for step in told:
        named = step.get("uuid")
        if named is not None and named not in free:
            raise UnknownStep(f"there is no other step {named} in the pathway")
        rows.append(free.pop(named) if named is not None else None)
    for place, (step, nodes) in enumerate(zip(told, wanted, strict=True)):
        if "uuid" not in step:
            same = (row for row in free.values() if _are_equal(present[row.pk], nodes))
            rows[place] = row = next(same, None)
            if row:
                del free[row.uuid]
    return rows


def _are_equal(stored: Nodes, wanted: Nodes) -> bool:
    kinds = stored.keys() | wanted.keys()
    return all(set(stored.get(kind, {})) == set(wanted.get(kind, {})) for kind in kinds)


def _write(
    pathway: LearnerPathway,
    place: int,
    values: StepValues,
    nodes: Nodes,
    row: LearnerPathwayStep | None,
) -> bool:
    columns = {"sort_value": place}
    if "min_requirement" in values:
        columns["min_requirement"] = values["min_requirement"]
    fit = fitting(LearnerPathwayStep, columns)
    required = fit.get("min_requirement", row.min_requirement if row else 1)
    if required is None:
        raise UnfitValue("min_requirement", "may not be empty")
    check_requirement(required, sum(len(each) for each in nodes.values()))
    if row is None:
        row = pathway.steps.create(**fit)
        set_nodes(row, nodes)
        return True
    return write_differences(row, fit) | set_nodes(row, nodes)
