"""The `timestamp` filter: what changed since the client's last look."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from course_discovery.api.v1.filters import MomentFilter
from course_discovery.projections.changed_since import changed_since


class ChangedSinceFilter(MomentFilter):
    """Objects of a projected kind whose data changed at a moment or later."""

    def __init__(self, kind: str, **options: Any) -> None:
        super().__init__(**({"help_text": "changed since this moment"} | options))
        self.kind = kind

    def filter(self, queryset: QuerySet[Any], value: datetime | None) -> QuerySet[Any]:
        """The objects that changed; all of them without the parameter."""
        return queryset.filter(changed_since(self.kind, value)) if value else queryset
