"""Answers that clients ask for again, told to be the same without looking for their rows.

Nothing was committed since, and no boundary of what was shown has passed: then the answer to the
same question is the same. Only questions that time does not change are remembered, of callers whose
rights are the same for every row.
"""

from collections import OrderedDict
from collections.abc import Collection
from datetime import datetime
from threading import Lock
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Min
from rest_framework.request import Request

from course_discovery.core.changes.models import Change, ChangeSequence
from course_discovery.core.rest.conditional import Validators
from course_discovery.projections.kinds import KINDS
from course_discovery.projections.models import Projection

# Of one process; an answer is of up to a thousand rows.
_MOST = 256
# Parameters whose meaning does not depend on the hour.
_TIMELESS = frozenset(
    {
        "after", "exclude_utm", "extended", "fields", "include_hidden_course_runs",
        "include_restricted", "include_retired_course_types", "include_retired_run_types", "keys",
        "language_code", "limit", "offset", "omit", "ordering", "page", "page_size", "uuids",
    }
)  # fmt: skip
_STATE = (
    f"SELECT last_number, EXISTS (SELECT 1 FROM {Change._meta.db_table} WHERE number = 0) "  # noqa: S608
    f"FROM {ChangeSequence._meta.db_table}"
)


class Known(NamedTuple):
    """An answer that was given: when it was, at which number of the log, and what told it apart."""

    number: int
    until: datetime | None
    pks: tuple[int, ...]
    caller: Any
    validators: Validators


class _Memory:
    """The answers given last."""

    def __init__(self) -> None:
        self._known: OrderedDict[Any, Known] = OrderedDict()
        self._lock = Lock()

    def get(self, question: Any) -> Known | None:
        with self._lock:
            known = self._known.get(question)
            if known is not None:
                self._known.move_to_end(question)
            return known

    def put(self, question: Any, known: Known) -> None:
        with self._lock:
            self._known[question] = known
            while len(self._known) > _MOST:
                self._known.popitem(last=False)


_memory = _Memory()


def settled_number() -> int | None:
    """The number of the last committed change; None while there are some without a number.

    Asked before the rows are looked at: a change in between is then one that comes after.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        row = cursor.fetchone()
    return None if row is None or row[1] else int(row[0])


def question_of(request: Request, language: str) -> Any:
    """What is asked, and by whom; None for what must be looked at each time."""
    user: Any = request.user
    if not (user.is_anonymous or user.is_staff):
        return None
    # Which partner a host has is no part of the log.
    partner: Any = getattr(request._request, "partner", None)
    if not _TIMELESS.issuperset(request.query_params):
        return None
    return (
        request.method, request.build_absolute_uri(), request.accepted_media_type, language,
        partner and partner.pk, user.pk, user.get_username(),
    )  # fmt: skip


def recall(question: Any, number: int, now: datetime) -> Known | None:
    """The answer to the question, if it is still the same at `now`."""
    known = _memory.get(question)
    if known is None or known.number != number or (known.until and known.until <= now):
        return None
    return known


def remember(
    question: Any,
    *,
    number: int,
    kind: str,
    pks: Collection[int],
    language: str,
    caller: Any,
    validators: Validators,
) -> None:
    """Keep an answer; one query, for when time alone changes it."""
    rows = Projection.objects.filter(
        kind=kind, row__in=pks, language=KINDS[kind].language(language)
    )
    until = rows.aggregate(first=Min("due_at"))["first"]
    _memory.put(question, Known(number, until, tuple(pks), caller, validators))
