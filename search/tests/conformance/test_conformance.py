"""Every case of `cases/`, one test each, named by subject and case."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

from search.tests.conformance import cases
from search.tests.conformance.case import Case
from search.tests.conformance.runner import Stage


def _every_case() -> Iterator[tuple[str, Case]]:
    for module in pkgutil.iter_modules(cases.__path__):
        for case in importlib.import_module(f"{cases.__name__}.{module.name}").CASES:
            yield f"{module.name}-{case.name}", case


NAMED = list(_every_case())


@pytest.mark.parametrize("case", [case for _, case in NAMED], ids=[name for name, _ in NAMED])
def test_engine_answers(case: Case, stage: tuple[Stage, str]) -> None:
    engine, name = stage
    if name.split()[0] not in case.engines:
        pytest.skip(f"{name} need not answer this")
    engine.play(case)


def test_every_case_has_its_own_name() -> None:
    names = [name for name, _ in NAMED]
    assert len(names) == len(set(names))


def test_every_case_expects_something_and_names_its_witness() -> None:
    for name, case in NAMED:
        assert case.confirmed_by, name
        assert any(call.expect for call in case.calls), name
