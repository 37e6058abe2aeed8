"""What steps and pathways take, from what their nodes take."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner_pathway.queries.workload import (
    NOTHING,
    Workload,
    of_node,
    of_step,
    one_after_another,
    required_nodes,
)

hours = st.integers(0, 400).map(lambda quarters: quarters / 4)
efforts = st.none() | st.integers(1, 40)
nodes = st.lists(st.builds(of_node, hours, efforts, efforts), max_size=7)
requirements = st.integers(1, 9)


@given(nodes, requirements)
def test_a_step_takes_between_its_shortest_and_its_longest_choice(
    each: list[Workload], required: int
) -> None:
    step = of_step(each, required)
    choices = [
        sum(node.hours for node in choice)
        for choice in combinations(each, min(required, len(each)))
    ]
    assert step.least_hours == min(choices)
    assert step.most_hours == max(choices)
    assert step.hours == (min(choices) + max(choices)) / 2


@given(nodes)
def test_a_step_that_requires_all_leaves_no_choice(each: list[Workload]) -> None:
    step = of_step(each, max(1, len(each)))
    assert step.least_hours == step.most_hours == sum(node.hours for node in each)


@given(nodes, requirements, st.randoms())
def test_the_order_of_nodes_does_not_matter(
    each: list[Workload], required: int, random: "object"
) -> None:
    shuffled = list(each)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert of_step(shuffled, required) == of_step(each, required)


@given(nodes, st.integers(1, 8))
def test_requiring_more_never_takes_less(each: list[Workload], required: int) -> None:
    fewer, more = of_step(each, required), of_step(each, required + 1)
    assert fewer.least_hours <= more.least_hours
    assert fewer.most_hours <= more.most_hours


@given(st.lists(st.tuples(nodes, requirements), max_size=5))
def test_a_pathway_takes_its_steps_one_after_another(
    steps: list[tuple[list[Workload], int]],
) -> None:
    told = [of_step(*step) for step in steps]
    pathway = one_after_another(told)
    assert pathway.least_hours == sum(step.least_hours for step in told)
    assert pathway.most_hours == sum(step.most_hours for step in told)
    assert pathway.hours == sum(step.hours for step in told)


@given(nodes, requirements)
def test_the_effort_of_a_step_spans_that_of_its_nodes(each: list[Workload], required: int) -> None:
    step = of_step(each, required)
    for node in each:
        if node.least_effort is not None:
            assert step.least_effort is not None
            assert step.least_effort <= node.least_effort
        if node.most_effort is not None:
            assert step.most_effort is not None
            assert step.most_effort >= node.most_effort


def test_two_of_three_courses() -> None:
    # The two shortest take 30 hours, the two longest 50.
    step = of_step([of_node(10, 1, 2), of_node(30, 3, 6), of_node(20, 2, 4)], 2)
    assert step == Workload(30, 50, 1, 6)
    assert step.hours == 40


@pytest.mark.parametrize(
    ("minimum", "count", "required"), [(1, 0, 1), (1, 1, 1), (2, 3, 2), (3, 2, 2), (5, 0, 1)]
)
def test_no_more_is_required_than_there_is(minimum: int, count: int, required: int) -> None:
    assert required_nodes(minimum, count) == required


def test_what_nobody_told_of_takes_nothing() -> None:
    assert of_step([], 1) == one_after_another([]) == NOTHING
    assert of_step([NOTHING, of_node(8)], 1) == Workload(0, 8)
