"""The pathways that clients ask for."""

from django.db.models import QuerySet

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Pathway


def pathways_of(partner: Partner) -> QuerySet[Pathway]:
    """The pathways of a partner, whatever their status, the oldest first."""
    return Pathway.objects.filter(partner=partner).order_by("created", "pk")
