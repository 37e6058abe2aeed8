"""What a draft and its official row have in common."""

from django.db import models

from course_discovery.course_metadata.models.base import DraftModel

# Columns that tell rows apart, or that are kept for each row by itself.
_OWN = {
    "id", "uuid", "draft", "created", "modified", "data_modified_timestamp", "enrollment_count",
    "recent_enrollment_count",
}  # fmt: skip


def told_columns(model: type[models.Model]) -> list[str]:
    """The columns that draft and official row agree on once the draft is published.

    What points to a drafted row is not among them: it points to the draft or to the twin.
    """
    return [
        each.name
        for each in model._meta.concrete_fields
        if each.name not in _OWN
        and not (each.related_model and issubclass(each.related_model, DraftModel))
    ]
