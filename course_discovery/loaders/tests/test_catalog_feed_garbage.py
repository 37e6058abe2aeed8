"""Lines of people, programs, degrees, curricula and pathways with anything in them."""

import itertools
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any, get_type_hints

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from course_discovery.course_metadata.models import Person
from course_discovery.course_metadata.operations.curriculum import CurriculumValues
from course_discovery.course_metadata.operations.degree import DegreeValues
from course_discovery.course_metadata.operations.pathway import PathwayValues
from course_discovery.course_metadata.operations.person import PersonValues
from course_discovery.course_metadata.operations.program_values import ProgramValues
from course_discovery.loaders.feed.lines import SCHEMA, BadLine, read_line
from course_discovery.loaders.models import LoadedSource
from course_discovery.loaders.tests.conftest import refusals

Line = dict[str, Any]
WORDS: Any = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
TAKEN: dict[str, Any] = {
    "person": PersonValues,
    "program": ProgramValues,
    "degree": DegreeValues,
    "curriculum": CurriculumValues,
    "pathway": PathwayValues,
}
UUIDS = ["5b0a3c1e-7d52-4f6a-9a43-2c1d0e9f8b71", "5B0A3C1E-7D52-4F6A-9A43-2C1D0E9F8B72"]
NAMED: dict[str, Line] = {
    "person": {"kind": "person", "slug": "ada"},
    "program": {"kind": "program", "marketing_slug": "a/b"},
    "degree": {"kind": "degree", "marketing_slug": "a/d"},
    "curriculum": {"kind": "curriculum", "program": "a/b", "name": "Core"},
    "pathway": {"kind": "pathway", "uuid": UUIDS[0]},
}
# What `BASIS` and the lines themselves bring, or the catalog begins with.
KNOWN = ["a", "A", "a/b", "a/d", "a+b", "edX", "en", "Advanced", "xseries", "course-v1:edX+a+b"]
TEXTS = [
    "", "a", "A", "a/b", "a+b", "1", "-5.5", "edX", "en", "US", "AL", "EUR", "Advanced",
    "ä🙂\u202e",
    "<p>x</p>", "<script>x</script>", "x" * 129, "x" * 255, "x" * 256, "course-v1:edX+a+b",
    "https://a.example", "http://[", "a@b.example", "0000-00-00", "xseries", "fffFFF", *UUIDS,
]  # fmt: skip
NUMBERS = [0, 1, -1, 1.0, 0.1, 1e-300, 90.5, 180, 32767, 32768, 2**31 - 1, 2**31, 2**70]
GARBAGE: list[Any] = [
    None,
    True,
    7,
    -1,
    0.5,
    "",
    "x" * 100_001,
    [],
    {},
    [None],
    [[]],
    [{}],
    {"a": 1},
    ["", 5],
]


def properties() -> list[tuple[str, str]]:
    return [(kind, name) for kind in TAKEN for name in WORDS[kind]["properties"]]


def resolved(schema: Any) -> Any:
    """What a schema says, with what its reference says."""
    while "$ref" in schema:
        target: Any = {"$defs": WORDS}
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        schema = {**target, **{key: told for key, told in schema.items() if key != "$ref"}}
    return schema


def fitting_values(schema: Any) -> st.SearchStrategy[Any]:
    """Values that a schema allows, the strangest among them."""
    schema = resolved(schema)
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum", [schema.get("const")]))
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "array" in types:
        return st.lists(fitting_values(schema["items"]), max_size=3)
    if "object" in types:
        told = object_values(schema)
        return st.none() | told if "null" in types else told
    judge = Draft202012Validator({"$defs": WORDS, **schema})
    known, strange = (
        [each for each in values if judge.is_valid(each)]
        for values in (KNOWN, (None, True, False, *TEXTS, *NUMBERS))
    )
    return st.sampled_from(known or strange) | st.sampled_from(strange)


def object_values(schema: Any) -> st.SearchStrategy[Line]:
    needed = set(schema.get("required", ()))
    values = {name: fitting_values(each) for name, each in schema["properties"].items()}
    return st.fixed_dictionaries(
        {name: values[name] for name in values if name in needed},
        optional={name: values[name] for name in values if name not in needed},
    )


def refusal(line: Line) -> str:
    """Why the line is refused; '' if it is taken."""
    try:
        read_line(1, orjson.dumps(line))
    except BadLine as error:
        return str(error)
    return ""


def lines_of(kind: str) -> st.SearchStrategy[Line]:
    """Few keys of a line of this kind, and the titles that new objects need."""
    needed: Line = {"person": {"given_name": "A"}, "pathway": {"name": "A", "org_name": "B"}}.get(
        kind, {} if kind == "curriculum" else {"title": "A"}
    )
    words = WORDS[kind]["properties"]
    some = st.lists(st.sampled_from(sorted(words.keys() - {"kind"})), max_size=6, unique=True)
    told = some.flatmap(
        lambda names: st.fixed_dictionaries({name: fitting_values(words[name]) for name in names})
    )
    return told.map(lambda told: NAMED[kind] | needed | told)


FITTING = st.one_of([lines_of(kind) for kind in TAKEN])


@pytest.mark.parametrize("kind", TAKEN)
def test_the_schema_has_every_value_that_the_catalog_takes(kind: str) -> None:
    words = set(WORDS[kind]["properties"])
    taken = set(get_type_hints(TAKEN[kind])) - {"profile_image"}  # a feed has no pictures
    assert words - {"kind", "uuid", "slug"} == taken


@pytest.mark.parametrize(("kind", "name"), properties())
def test_garbage_under_any_key_is_refused_by_the_name_of_the_key(kind: str, name: str) -> None:
    reasons = [refusal({**NAMED[kind], name: garbage}) for garbage in GARBAGE]
    told = [reason for reason in reasons if reason]
    assert len(told) >= 7
    for reason in told:
        assert reason.startswith((f"{name}:", f"{name}.", "kind: not one of"))
        assert len(reason) < 300


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"kind": "person"}, "slug or uuid is missing"),
        ({"kind": "program", "title": "x"}, "marketing_slug or uuid is missing"),
        ({"kind": "degree"}, "marketing_slug or uuid is missing"),
        ({"kind": "pathway", "name": "x"}, "uuid is missing"),
        ({"kind": "curriculum", "name": "x"}, "program is missing"),
        ({"kind": "curriculum", "program": "x"}, "name is missing"),
        (NAMED["program"] | {"rankings": []}, "unknown key 'rankings'"),
        (NAMED["person"] | {"profile_image": None}, "unknown key 'profile_image'"),
        (NAMED["person"] | {"slug": "a b"}, "slug: has the wrong form"),
        (NAMED["person"] | {"position": {}}, "position: title is missing"),
        (NAMED["person"] | {"networks": [{"type": "fax", "url": "https://a.b"}]},
         "networks.0.type: not one of facebook, twitter, blog, others"),
        (NAMED["person"] | {"networks": [{"type": "blog", "url": "javascript:x"}]},
         "networks.0.url: has the wrong form"),
        (NAMED["program"] | {"uuid": "{5b0a3c1e7d524f6a9a432c1d0e9f8b71}"},
         "uuid: has the wrong form"),
        (NAMED["program"] | {"marketing_slug": "/a"}, "marketing_slug: has the wrong form"),
        (NAMED["program"] | {"status": "gone"}, "status: not one of unpublished, active, retired,"),
        (NAMED["program"] | {"faq": [{"question": "Why?"}]}, "faq.0: answer is missing"),
        (NAMED["program"] | {"geolocation": {"lat": "north"}}, "geolocation.lat: has the wrong"),
        (NAMED["program"] | {"courses": ["a"]}, "courses.0: has the wrong form"),
        (NAMED["program"] | {"labels": ["x" * 101]}, "labels.0: longer than 100 characters"),
        (NAMED["degree"] | {"quick_facts": [{"icon": "fa-bomb", "text": "x"}]},
         "quick_facts.0.icon: not one of fa-bell,"),
        (NAMED["degree"] | {"status": 5}, "status: not one of unpublished,"),
        (NAMED["curriculum"] | {"courses": [{"course": "a+b", "runs": []}]},
         "courses.0: unknown key 'runs'"),
        (NAMED["pathway"] | {"pathway_type": None}, "pathway_type: not one of credit, industry"),
        ({"kind": "course_run", "key": "course-v1:a+b+c", "staff": [None]},
         "staff.0: is no string"),
    ],
)  # fmt: skip
def test_bad_line_names_key_and_rule(line: Line, reason: str) -> None:
    with pytest.raises(BadLine) as raised:
        read_line(1, orjson.dumps(line))
    assert str(raised.value).startswith(reason)


JSON = st.recursive(
    st.sampled_from([None, True, *TEXTS, *NUMBERS[:-1]]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.sampled_from(properties()), JSON, st.data())
def test_any_line_is_read_or_refused(
    place: tuple[str, str], value: Any, data: st.DataObject
) -> None:
    kind, name = place
    line = {**data.draw(FITTING), "kind": kind, name: value}
    with suppress(BadLine, orjson.JSONEncodeError):
        assert read_line(1, orjson.dumps(line)).number == 1


LoadFeed = Callable[..., LoadedSource]
NUMBER = itertools.count()
BASIS: list[Line] = [
    {"kind": "organization", "key": "edX"},
    {"kind": "level", "name": "Advanced"},
    {"kind": "subject", "slug": "a", "name": "A"},
    {"kind": "course", "key": "a+b", "title": "A"},
    {"kind": "course_run", "key": "course-v1:edX+a+b", "course": "a+b"},
    {"kind": "person", "slug": "a", "given_name": "A"},
    {"kind": "program", "marketing_slug": "a", "title": "A"},
]


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(lines=st.lists(FITTING, min_size=1, max_size=4))
def test_strange_lines_never_raise_never_lose_others_and_are_stored_once(
    load_feed: LoadFeed, lines: list[Line]
) -> None:
    good = {"kind": "person", "slug": f"good-{next(NUMBER)}", "given_name": "Good"}
    source = load_feed(*BASIS, *lines, good)
    assert source.state == "done"
    assert not any("internal error" in reason for _line, _key, reason in refusals(source))
    assert Person.objects.filter(slug=good["slug"]).exists()
    again = load_feed(*BASIS, *lines, good)
    assert refusals(again) == refusals(source)
    assert (again.created, again.updated) == (0, 0)
