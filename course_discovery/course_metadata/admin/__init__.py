"""The catalog in the admin. Course and run: what the workflow owns is read-only here."""

from course_discovery.course_metadata.admin import (
    course,
    course_run,
    organization,
    products,
    types,
    vocabulary,
)

__all__ = ["course", "course_run", "organization", "products", "types", "vocabulary"]
