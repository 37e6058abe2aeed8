"""Pages of rows of the catalog whose history is told."""

from course_discovery.core.admin.history import HistoryAdmin as WithHistory
from course_discovery.course_metadata.admin.base.page import CatalogAdmin


class HistoryAdmin(CatalogAdmin, WithHistory):
    """The pages of a model of the catalog with history."""
