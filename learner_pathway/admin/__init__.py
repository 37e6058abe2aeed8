"""Learner pathways in the admin: a page for a pathway with its steps, one for a step."""

from learner_pathway.admin import learner_pathway, learner_pathway_step

__all__ = ["learner_pathway", "learner_pathway_step"]
