"""Schemathesis finds no 5xx in 3,000 cases over every GET that the API describes."""

import json
from base64 import b64encode
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient
from schemathesis import GenerationMode

from course_discovery.api.tests.catalogs import catalog_of
from course_discovery.core.models import User
from course_discovery.loaders.reference_catalog.size import SIZES, Size

HOST = "gen.example.com"
CASES = 3_000
SMALL = Size(
    courses=10, runs=12, programs=2, organizations=2, people=3, subjects=3, degrees=1,
    pathways=1, learner_pathways=1,
)  # fmt: skip
CALLERS = ("sam", "sam", "alice", None)
# Lists that tell the names for addresses that have no list of their own.
NAMED_LIKE = {
    "course_recommendations": "courses",
    "/publisher/api/admins/": "/api/v1/",
    "partners/affiliate_window/programs/": "",
    "partners/affiliate_window/": "",
}


def operations() -> dict[str, Any]:
    """Every GET that is described, by its path."""
    generator: Any = SchemaGenerator  # it has no types
    described = generator().get_schema(request=None, public=True)
    raw = json.loads(OpenApiJsonRenderer().render(described))
    schema = schemathesis.openapi.from_dict(raw, config=schemathesis.Config())
    schema.app = get_wsgi_application()
    results: list[Any] = list(schema.get_all_operations())
    found = [each.ok() for each in results]
    return {each.path: each for each in found if each.method.upper() == "GET"}


OPERATIONS = operations()
EACH = -(-CASES // len(OPERATIONS))
# What clients send beside what is described: nonsense in names that many lists know.
STRANGE = st.dictionaries(
    st.sampled_from(
        ["page", "page_size", "limit", "offset", "after", "cursor", "ordering", "fields", "format",
         "q", "keys", "uuids", "timestamp", "language_code", "editable", "x"]
    ),
    st.text(max_size=12)
    | st.sampled_from(["1", "-1", "0", "9" * 30, "\x00", "null", "[]", "%", "me", "*", "last"]),
    max_size=3,
)  # fmt: skip


@pytest.fixture
def catalog(indexes: Any, drain: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """A small generated catalog that can be searched, and two people."""
    monkeypatch.setitem(SIZES, "S", SMALL)
    call_command("generate_catalog", size="S", now="2027-03-01T00:00:00Z", stdout=StringIO())
    drain()
    User.objects.create_user("sam", "sam@example.com", "sam", is_staff=True)
    User.objects.create_user("alice", "alice@example.com", "alice")
    catalog_of(viewers=["sam", "alice"], program_query="*")


def known_names(path: str) -> list[str]:
    """What names the objects that there are, where the path has a place for it."""
    before, _brace, name = path.partition("{")
    client = APIClient()
    client.force_authenticate(User.objects.get(username="sam"))
    for of, others in NAMED_LIKE.items():
        before = before.replace(of, others)
    rows = client.get(before, headers={"Host": HOST}).json()["results"]
    columns = (name.partition("}")[0], "uuid")
    return [str(row[column]) for row in rows for column in columns if column in row]


def is_json(response: Any) -> bool:
    return "json" in response.headers.get("content-type", [""])[0]


@pytest.mark.parametrize("path", OPERATIONS)
def test_no_read_fails(catalog: None, path: str) -> None:
    operation, calls = OPERATIONS[path], 0
    names = known_names(path) if "{" in path else []
    cases = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if operation.path_parameters or operation.query:
        cases |= operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @settings(
        max_examples=EACH, derandomize=True, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(cases, st.sampled_from(CALLERS), STRANGE, st.data())
    def ask(case: Any, caller: str | None, strange: dict[str, str], data: st.DataObject) -> None:
        nonlocal calls
        for name in case.path_parameters or {} if names else ():
            if data.draw(st.booleans(), label="an object that there is"):
                case.path_parameters[name] = data.draw(st.sampled_from(names))
        case.query = {**(case.query or {}), **strange}
        headers = {}
        if caller:
            headers["Authorization"] = f"Basic {b64encode(f'{caller}:{caller}'.encode()).decode()}"
        response = case.call(base_url=f"http://{HOST}", headers=headers)
        calls += 1
        told = f"{response.status_code} to {caller}: {response.request.url}"
        assert response.status_code < 500, told
        if response.status_code >= 400 and is_json(response):
            assert response.json(), told

    ask()
    assert calls >= EACH


def test_that_many_cases_are_tried() -> None:
    assert EACH * len(OPERATIONS) >= CASES
