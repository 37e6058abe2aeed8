"""Which objects changed since a moment, as clients ask who keep copies of them."""

from datetime import datetime

from django.db.models import F, Q

from course_discovery.projections.kinds import KINDS
from course_discovery.projections.models import Projection


def changed_since(kind: str, moment: datetime, *, column: str = "data_modified_timestamp") -> Q:
    """The condition that an object's `column` is not before `moment`, or it was changed since.

    The column knows nothing of a part that was deleted, of an order, or of a changed organization
    that a course shows; the projection does. A mark that was not looked into yet counts.
    """
    seen = Q(data_changed_at__gte=moment) | ~Q(version=F("stored_version"))
    rows = Projection.objects.filter(
        seen, kind=kind, language=KINDS[kind].language(None), changed_at__gte=moment
    )
    return Q(**{f"{column}__gte": moment}) | Q(pk__in=rows.values("row"))
