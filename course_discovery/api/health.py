"""Whether the service works."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

OK, UNAVAILABLE = "OK", "UNAVAILABLE"


def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers, else 503; search being away is told and is no 503."""
    database = _database_status()
    return JsonResponse(
        {"overall_status": database, "detailed_status": {"database_status": database}},
        status=200 if database == OK else 503,
    )


def _database_status() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return UNAVAILABLE
    return OK
