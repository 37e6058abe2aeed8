"""The owner table of learner pathways."""

from course_discovery.core.changes.receivers import connect
from course_discovery.core.changes.registry import Object, Part
from learner_pathway import models

_STEP = "learner_pathway_step"
_TABLE: tuple[Object | Part, ...] = (
    Object("learner_pathway", models.LearnerPathway, key="title"),
    Part(models.LearnerPathwayScope, "pathway", "learner_pathway"),
    Object(
        _STEP,
        models.LearnerPathwayStep,
        key="pk",
        shown_by=(("learner_pathway", "steps"),),
        moves={"pathway": "learner_pathway"},
    ),
    Object(
        "learner_pathway_course",
        models.LearnerPathwayCourse,
        key="pk",
        shown_by=((_STEP, "course_nodes"),),
        moves={"step": _STEP},
    ),
    Object(
        "learner_pathway_program",
        models.LearnerPathwayProgram,
        key="pk",
        shown_by=((_STEP, "program_nodes"),),
        moves={"step": _STEP},
    ),
    Object(
        "learner_pathway_block",
        models.LearnerPathwayBlock,
        key="block_id",
        shown_by=((_STEP, "block_nodes"),),
        moves={"step": _STEP},
    ),
)


def register() -> None:
    """Put the models into the owner table; courses and programs name the nodes that show them.

    Steps and nodes are objects, not parts: readers know each by its own uuid.
    """
    connect(*_TABLE)
