"""What is owed to other services."""

from uuid import UUID

from django.db.models import QuerySet

from course_discovery.publisher.models import Errand


def errands_of(subject: UUID) -> QuerySet[Errand]:
    """The errands of one thing, the last called for first."""
    return Errand.objects.filter(subject=subject).order_by("-called_for_at", "-pk")
