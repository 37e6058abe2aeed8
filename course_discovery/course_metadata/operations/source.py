"""Product sources."""

from course_discovery.course_metadata.models import Source
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.running import Outcome, Written, operation


@operation
def get_or_create_source(*, slug: str, name: str) -> Written[Source]:
    """The source with this slug, made with this name when there is none. Raises UnfitValue."""
    columns = fitting(Source, {"slug": slug, "name": name})
    stored = Source.objects.filter(slug__iexact=slug).first()
    if stored:
        return Written(stored, Outcome.UNCHANGED)
    return Written(Source.objects.create(**columns), Outcome.CREATED)
