"""What a learner pathway is. One file for each concept."""

from learner_pathway.models.learner_pathway import LearnerPathway, LearnerPathwayStatus
from learner_pathway.models.learner_pathway_node import (
    LearnerPathwayBlock,
    LearnerPathwayCourse,
    LearnerPathwayNode,
    LearnerPathwayProgram,
)
from learner_pathway.models.learner_pathway_scope import LearnerPathwayScope, ScopeKind
from learner_pathway.models.learner_pathway_step import LearnerPathwayStep

__all__ = [
    "LearnerPathway",
    "LearnerPathwayBlock",
    "LearnerPathwayCourse",
    "LearnerPathwayNode",
    "LearnerPathwayProgram",
    "LearnerPathwayScope",
    "LearnerPathwayStatus",
    "LearnerPathwayStep",
    "ScopeKind",
]
