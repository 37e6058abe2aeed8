"""The tables of stored projections."""

from course_discovery.projections.models.projection import Projection
from course_discovery.projections.models.projection_body import ProjectionBody

__all__ = ["Projection", "ProjectionBody"]
