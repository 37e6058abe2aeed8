"""Whether the service works."""

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse

from search.queries import SearchUnavailable
from search.queries.asking import who_answers

OK, UNAVAILABLE = "OK", "UNAVAILABLE"


def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers, else 503; search being away is told and is no 503."""
    database, engine = _database_status(), search_engine()
    detailed = {
        "database_status": database,
        "search_status": OK if engine else UNAVAILABLE,
        "search_engine": engine,
    }
    return JsonResponse(
        {"overall_status": database, "detailed_status": detailed},
        status=200 if database == OK else 503,
    )


def search_engine() -> str | None:
    """Who answers searches, e.g. "embedded" or "elasticsearch 8.17.0"; None if nobody does."""
    try:
        return who_answers()
    except SearchUnavailable:
        return None


def _database_status() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Error:
        return UNAVAILABLE
    return OK
