"""The nodes of a step, and the courses, programs and blocks that they stand for."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypedDict
from uuid import UUID

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import Course, Program
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.ordered import set_keyed_parts
from course_discovery.course_metadata.operations.references import UnknownCourseKey, UnknownProgram
from course_discovery.course_metadata.operations.running import Refusal
from learner_pathway.models import LearnerPathway, LearnerPathwayBlock, LearnerPathwayStep
from learner_pathway.models.learner_pathway_node import is_block_of

# By kind (`courses`, `programs`, `blocks`): what tells a node from the others of its kind in the
# step, and its columns, in their order.
Nodes = dict[str, dict[Hashable, dict[str, Any]]]

# The related manager of a step by kind, and the column that tells nodes apart.
_KINDS = {
    "courses": ("course_nodes", "course_id"),
    "programs": ("program_nodes", "program_id"),
    "blocks": ("block_nodes", "block_id"),
}


class BlockValues(TypedDict):
    """A block: the key of its course, and its usage key."""

    course: str
    block_id: str


class AmbiguousCourseKey(Refusal):
    """A key that courses of several partners have, in a pathway that has no partner."""


class SameNodeTwice(Refusal):
    """A course, program or block that is told twice in one step."""


@dataclass(frozen=True)
class Content:
    """The courses by folded key, and the programs by uuid, that steps may name."""

    courses: Mapping[str, Course]
    programs: Mapping[UUID, int]

    @classmethod
    def named_in(cls, pathway: LearnerPathway, steps: Iterable[Mapping[str, Any]]) -> "Content":
        """What these steps name; two queries. Raises AmbiguousCourseKey."""
        told = list(steps)
        keys = {fold(key) for step in told for key in step.get("courses") or ()}
        keys |= {fold(block["course"]) for step in told for block in step.get("blocks") or ()}
        uuids = {each for step in told for each in step.get("programs") or ()}
        programs = Program.objects.filter(uuid__in=uuids).values_list("uuid", "pk")
        return cls(_courses(pathway, keys), dict(programs))

    def nodes_of(self, step: Mapping[str, Any]) -> Nodes:
        """The nodes of the kinds that the step tells.

        Raises UnknownCourseKey, UnknownProgram, SameNodeTwice, UnfitValue.
        """
        named = {
            "courses": lambda key: {"course_id": self._course(key).pk},
            "programs": lambda uuid: {"program_id": self._program(uuid)},
            "blocks": self._block,
        }
        nodes: Nodes = {}
        for kind, columns_of in named.items():
            if kind in step:
                nodes[kind] = _in_order(kind, [columns_of(each) for each in step[kind] or ()])
        return nodes

    def _course(self, key: str) -> Course:
        course = self.courses.get(fold(key))
        if course is None:
            raise UnknownCourseKey(f"there is no course {key}")
        return course

    def _program(self, uuid: UUID) -> int:
        if uuid not in self.programs:
            raise UnknownProgram(f"there is no program {uuid}")
        return self.programs[uuid]

    def _block(self, block: BlockValues) -> dict[str, Any]:
        course = self._course(block["course"])
        fit = fitting(LearnerPathwayBlock, {"block_id": block["block_id"]})
        if not is_block_of(fit["block_id"], course):
            raise UnfitValue("block_id", f"not a block of the course {course.key}")
        return {"course_id": course.pk, **fit}


def stored_nodes(steps: Collection[int]) -> defaultdict[int, Nodes]:
    """The nodes of steps by the steps' primary keys; a query for each kind."""
    found: defaultdict[int, Nodes] = defaultdict(lambda: {kind: {} for kind in _KINDS})
    for kind, (manager, column) in _KINDS.items():
        nodes: Any = LearnerPathwayStep._meta.get_field(manager).related_model
        columns = (column, "course_id") if kind == "blocks" else (column,)
        rows = nodes.objects.filter(step__in=steps).order_by("sort_value", "pk")
        for row in rows.values("step_id", *columns):
            found[row.pop("step_id")][kind][row[column]] = row
    return found


def set_nodes(step: LearnerPathwayStep, nodes: Nodes) -> bool:
    """Let the step have exactly these nodes; whether anything differed."""
    changed = False
    for kind, wanted in nodes.items():
        manager, column = _KINDS[kind]
        in_places = {
            key: {**columns, "sort_value": place}
            for place, (key, columns) in enumerate(wanted.items())
        }
        changed |= set_keyed_parts(getattr(step, manager), attrgetter(column), in_places)
    return changed


def _courses(pathway: LearnerPathway, keys: Collection[str]) -> dict[str, Course]:
    """Official courses by folded key; those of the pathway's partner before others."""
    found: defaultdict[str, list[Course]] = defaultdict(list)
    for course in Course.objects.filter(key_folded__in=keys).order_by("pk"):
        found[course.key_folded].append(course)
    chosen = {}
    for key, courses in found.items():
        own = [each for each in courses if each.partner_id == pathway.partner_id] or courses
        if len(own) > 1:
            raise AmbiguousCourseKey(f"several partners have a course {own[0].key}")
        chosen[key] = own[0]
    return chosen


def _in_order(kind: str, rows: Sequence[dict[str, Any]]) -> dict[Hashable, dict[str, Any]]:
    column = _KINDS[kind][1]
    nodes = {row[column]: row for row in rows}
    if len(nodes) < len(rows):
        raise SameNodeTwice(f"{kind}: the same twice in one step")
    return nodes
