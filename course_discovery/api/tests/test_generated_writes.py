"""Schemathesis finds no 5xx over every write that the API describes, whoever sends it.

`GENERATED_WRITES` in the environment is the number of cases, `GENERATED_WRITES_SEED` what they are
drawn with; a failure tells the seed that it came of.
"""

import json
import os
import sys
import traceback
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import got_request_exception
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from course_discovery.api.tests.writable_world import STRANGE, WORKER, World, world
from course_discovery.core.models import Partner

CASES = int(os.environ.get("GENERATED_WRITES", 250))
SEED = int(os.environ.get("GENERATED_WRITES_SEED", 17))
# Who gets far; the others are refused early.
ABLE = ("carol", "sam", "paula")
VERBS = ("POST", "PUT", "PATCH", "DELETE")


def described() -> dict[str, Any]:
    """The API as it describes itself."""
    generator: Any = SchemaGenerator  # it has no types
    schema: dict[str, Any] = json.loads(
        OpenApiJsonRenderer().render(generator().get_schema(request=None, public=True))
    )
    return schema


def operations(raw: dict[str, Any]) -> list[Any]:
    """Every write that is described."""
    schema = schemathesis.openapi.from_dict(raw, config=schemathesis.Config())
    schema.app = get_wsgi_application()
    results: list[Any] = list(schema.get_all_operations())
    found = [each.ok() for each in results]
    return [each for each in found if each.method.upper() in VERBS]


def fields_of(raw: dict[str, Any], operation: Any) -> tuple[list[str], list[str]]:
    """The names that the body of a write has in its description, and those that it needs."""
    told = raw["paths"][operation.path][operation.method.lower()].get("requestBody")
    if told is None:
        return [], []
    shape = told["content"]["application/json"]["schema"]
    while "$ref" in shape:
        shape = raw["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    return list(shape.get("properties", ())), shape.get("required", [])


@pytest.fixture
def there(partner: Partner, indexes: Any, settings: Any, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    settings.USERNAME_REPLACEMENT_WORKER = WORKER
    return world(partner)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside is taken back; operations think that they are alone."""
    block: Any = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


class Faults:
    """The answers that must not be, each kind once, with the first request that had it."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._trace = ""

    def noticed(self, sender: Any, **_told: Any) -> None:
        """Keep what a view failed of."""
        self._trace = "".join(traceback.format_exc().splitlines(keepends=True)[-7:])

    def look(self, response: Any, told: str) -> None:
        """Keep the answer if it is a failure."""
        if response.status_code >= 500:
            kind = self._trace or str(response.status_code)
            self.found.setdefault(kind, f"{response.status_code} to {told}\n{self._trace}")
        self._trace = ""


def cases_of(
    operation: Any, there: World, fields: list[str], needed: list[str]
) -> st.SearchStrategy[Any]:
    """Requests as schemathesis makes them of the description, and with bodies that make sense."""

    @st.composite
    def draws(draw: st.DrawFn) -> Any:
        mode = draw(st.sampled_from(_modes(operation)))
        case = draw(operation.as_strategy(generation_mode=mode))
        path, body, media_type = dict(case.path_parameters or {}), case.body, case.media_type
        names = there.names_for(operation.path)
        for name in path if names else ():
            if draw(st.integers(0, 4)):
                path[name] = draw(st.sampled_from(names))
        if operation.body and draw(st.integers(0, 3)):
            body = draw(there.body(fields, needed) if draw(st.integers(0, 9)) else STRANGE)
            media_type = "application/json"
        return operation.Case(
            path_parameters=path, query=case.query or {}, body=body, media_type=media_type
        )

    return draws()


def _modes(operation: Any) -> list[GenerationMode]:
    told = operation.path_parameters or operation.query or operation.body
    return [GenerationMode.POSITIVE, *([GenerationMode.NEGATIVE] if told else [])]


def test_no_write_fails(there: World, settings: Any) -> None:
    raw, faults, statuses = described(), Faults(), Counter[int]()
    found = operations(raw)
    got_request_exception.connect(faults.noticed)
    for operation in found:
        cases = cases_of(operation, there, *fields_of(raw, operation))
        for status in send(cases, -(-CASES // len(found)), there, settings, faults):
            statuses[status] += 1
    got_request_exception.disconnect(faults.noticed)
    sent = f"{statuses.total()} writes, answered {sorted(statuses.items())}"
    sys.stdout.write(f"seed {SEED}: {sent}\n")
    assert not faults.found, f"seed {SEED}:\n" + "\n".join(faults.found.values())
    assert statuses.total() >= CASES
    assert {200, 201, 204, 400, 401, 403, 404} <= statuses.keys()


def send(
    cases: st.SearchStrategy[Any], many: int, there: World, conf: Any, faults: Faults
) -> list[int]:
    """The statuses of so many answers; each request is somebody's, and leaves nothing behind."""
    statuses: list[int] = []

    @seed(SEED)
    @settings(
        max_examples=many, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(cases, st.sampled_from(there.people) | st.sampled_from(ABLE), st.booleans())
    def ask(case: Any, name: str, restricted: bool) -> None:
        conf.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
        headers = {}
        if name != "anonymous":
            headers["Authorization"] = f"Basic {b64encode(f'{name}:{name}'.encode()).decode()}"
        with taken_back():
            response = case.call(base_url="http://testserver", headers=headers)
        told = f"{name}, restricted={restricted}: {case.method} {response.request.url} "
        faults.look(response, told + f"{case.media_type} {case.body!r}"[:1500])
        statuses.append(response.status_code)

    ask()
    return statuses
