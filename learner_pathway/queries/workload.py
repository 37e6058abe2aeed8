"""What courses, programs, steps and pathways take of a learner: rules without a database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Workload:
    """Hours altogether, and hours a week; the learner's choice of nodes decides within them.

    The effort of what nobody has told it of is None.
    """

    least_hours: float = 0.0
    most_hours: float = 0.0
    least_effort: int | None = None
    most_effort: int | None = None

    @property
    def hours(self) -> float:
        """The estimated time: half-way between the least and the most."""
        return (self.least_hours + self.most_hours) / 2


NOTHING = Workload()


def of_node(
    hours: float, least_effort: int | None = None, most_effort: int | None = None
) -> Workload:
    """What a node takes: there is no choice in it."""
    return Workload(hours, hours, least_effort, most_effort)


def required_nodes(min_requirement: int, nodes: int) -> int:
    """How many of its nodes a step really requires.

    Nodes go with the courses and programs that they stand for, so there may be fewer of them than
    the step was made to require.
    """
    return max(1, min(min_requirement, nodes))


def of_step(nodes: Sequence[Workload], min_requirement: int) -> Workload:
    """What the required number of nodes takes: the shortest ones, and the longest ones."""
    required = required_nodes(min_requirement, len(nodes))
    return Workload(
        sum(sorted(node.least_hours for node in nodes)[:required]),
        sum(sorted((node.most_hours for node in nodes), reverse=True)[:required]),
        *_efforts(nodes),
    )


def one_after_another(parts: Iterable[Workload]) -> Workload:
    """What all of these take: the steps of a pathway, the courses of a program."""
    told = list(parts)
    return Workload(
        sum(part.least_hours for part in told),
        sum(part.most_hours for part in told),
        *_efforts(told),
    )


def _efforts(parts: Sequence[Workload]) -> tuple[int | None, int | None]:
    """The lightest and the heaviest week."""
    least = min((e.least_effort for e in parts if e.least_effort is not None), default=None)
    most = max((e.most_effort for e in parts if e.most_effort is not None), default=None)
    return least, most
