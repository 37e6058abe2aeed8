"""What of a hit is served."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from course_discovery.projections.values import with_host
from search.documents import course, learner_pathway
from search.documents.values import distinct
from search.queries.criteria import Criteria, first
from search.queries.filters import Parameters
from search.queries.page import Hit
from search.queries.values import text

Row = dict[str, Any]

_DETAILS = ("outcome", "level_type", "modified")
_DETAILS_OF_RUN = ("staff", "content_language")
_LIMITED = (
    "partner", "authoring_organization_uuids", "subject_uuids", "uuid", "key", "aggregation_key",
    "content_type",
)  # fmt: skip


@dataclass(frozen=True)
class Flags:
    """What a request's parameters change in rows.

    `without_expired` leaves ended runs out of courses, but for those that have one of the values
    which `parameters` name; `relaxed` are the restriction types that may be shown. `root` is what
    the addresses of uploaded files begin with: scheme and host, no final slash.
    """

    now: datetime
    relaxed: frozenset[str] = frozenset()
    without_expired: bool = False
    detailed: bool = False
    parameters: Parameters | None = None
    root: str = ""

    @classmethod
    def of(cls, parameters: Parameters, criteria: Criteria, *, root: str = "") -> "Flags":
        """The flags that parameters set; any value but an empty one sets one."""
        return cls(
            now=criteria.now,
            relaxed=criteria.relaxed,
            without_expired=bool(first(parameters, "exclude_expired_course_run")),
            detailed=bool(first(parameters, "detail_fields")),
            parameters=parameters,
            root=root,
        )


def result_row(hit: Hit, flags: Flags, *, placed: bool = False) -> Row:
    """A hit as list endpoints serve it; `placed` adds what version 2 of the API shows."""
    row = dict(hit.source["stored"]["row"])
    if hit.content_type == course.CONTENT_TYPE:
        _put_in_runs(row, hit.source["stored"]["runs"], flags)
    if hit.content_type == learner_pathway.CONTENT_TYPE:
        row["steps"] = [_with_open_runs(step, flags.relaxed) for step in row["steps"]]
        row = _under(flags.root, row)
    if placed:
        row |= {"aggregation_uuid": hit.source["aggregation_uuid"], "sort": hit.place}
    return row


def _under(root: str, value: Any) -> Any:
    """A value of a row, its addresses of uploaded files being those of the caller's host."""
    return orjson.loads(with_host(orjson.dumps(value).decode(), root))


def limited_row(hit: Hit) -> Row:
    """A hit as the limited endpoint serves it: a few keys, absent where a kind has none."""
    return {name: hit.source[name] for name in _LIMITED if name in hit.source}


def _with_open_runs(node: dict[str, Any], relaxed: frozenset[str]) -> dict[str, Any]:
    """A step or node without restricted runs, on any level, but for those of these types."""
    shown = dict(node)
    for name in ("courses", "programs"):
        if name in node:
            shown[name] = [_with_open_runs(each, relaxed) for each in node[name]]
    if "course_runs" in node:
        shown["course_runs"] = [
            {"key": run["key"]}
            for run in node["course_runs"]
            if run["_restriction_type"] is None or run["_restriction_type"] in relaxed
        ]
    return shown


def _put_in_runs(row: Row, runs: list[dict[str, Any]], flags: Flags) -> None:
    """Finish the row of a course: its runs, and what is told of them."""
    shown = [run for run in runs if _is_shown(run["row"], flags)]
    if flags.without_expired:
        counted = [run for run in shown if run["counts"] and not _has_ended(run["row"], flags)]
        row["seat_types"] = distinct(slug for run in counted for slug in run["seat_types"])
        row["languages"] = distinct(run["language"] for run in counted)
    left_out = () if flags.detailed else _DETAILS_OF_RUN
    row["course_runs"] = [
        {name: value for name, value in run["row"].items() if name not in left_out} for run in shown
    ]
    if flags.detailed:
        row["course_runs"] = _under(flags.root, row["course_runs"])
    if not flags.detailed:
        for name in _DETAILS:
            del row[name]


def _is_shown(run: Row, flags: Flags) -> bool:
    if run["restriction_type"] is not None and run["restriction_type"] not in flags.relaxed:
        return False
    return not flags.without_expired or not _has_ended(run, flags) or _is_wanted(run, flags)


def _has_ended(run: Row, flags: Flags) -> bool:
    return run["end"] is not None and datetime.fromisoformat(run["end"]) <= flags.now


def _is_wanted(run: Row, flags: Flags) -> bool:
    """Whether one of a run's values is asked for by the parameter of the same name."""
    wanted = flags.parameters or {}
    return any(
        text(run[name]) in {text(value) for value in values}
        for name, values in wanted.items()
        if name in run and values
    )
