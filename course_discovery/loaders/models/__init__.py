"""Reports of loads."""

from course_discovery.loaders.models.load_run import LoadRun
from course_discovery.loaders.models.loaded_source import LoadedSource
from course_discovery.loaders.models.refused_row import RefusedRow

__all__ = ["LoadRun", "LoadedSource", "RefusedRow"]
