"""Catalogs in the admin."""

from course_discovery.catalogs.admin import catalog

__all__ = ["catalog"]
