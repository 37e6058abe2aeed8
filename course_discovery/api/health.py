"""Whether the service works."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from search.indexing.lag import lag
from search.indexing.records import records
from search.models import IndexRecord
from search.queries import SearchUnavailable
from search.queries.asking import breakers, who_answers

OK, UNAVAILABLE = "OK", "UNAVAILABLE"


def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers, else 503; search being away is told and is no 503."""
    database, engine = _database_status(), search_engine()
    detailed = {
        "database_status": database,
        "search_status": OK if engine else UNAVAILABLE,
        "search_engine": engine,
        "search_breakers": _breakers(),
        "search_index": _search_index(timezone.now()) if database == OK else None,
    }
    return JsonResponse(
        {"overall_status": database, "detailed_status": detailed},
        status=200 if database == OK else 503,
    )


def search_engine() -> str | None:
    """Who answers searches, e.g. "embedded" or "elasticsearch 8.17.0"; None if nobody does."""
    try:
        return who_answers()
    except (ImproperlyConfigured, SearchUnavailable):
        return None


def _breakers() -> dict[str, str] | None:
    """Whether the search server is asked at all now; None if it never can be."""
    try:
        return dict[str, str](breakers().items())
    except ImproperlyConfigured:
        return None


def _database_status() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Error:
        return UNAVAILABLE
    return OK


def _search_index(now: datetime) -> dict[str, Any] | None:
    """How true the indexes are to the catalog, as far as the database knows; five queries.

    None if the tables are not there yet.
    """
    try:
        behind, known = lag(now), records()
    except Error:
        return None
    return {
        "changes_not_indexed": behind.changes,
        "oldest_not_indexed_seconds": round(behind.age.total_seconds(), 1),
        "error": bool(behind.error),
        "indexes": {kind: record and _told(record) for kind, record in known.items()},
    }


def _told(record: IndexRecord) -> dict[str, Any]:
    """What is remembered of an index; `drift` is None until somebody has compared it."""
    checked = record.checked_at
    return {
        "index": record.index,
        "documents": record.documents,
        "rebuilt": record.built_at,
        "rolled_back": record.rolled_back_at,
        "checked": checked,
        "drift": record.differing if checked else None,
        "repaired": record.repaired if checked else None,
    }
