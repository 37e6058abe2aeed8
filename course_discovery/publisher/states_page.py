"""The table of states as `docs/review_states.md` has it."""

from collections.abc import Iterable

from django.utils import translation

from course_discovery.publisher.states import MEANINGS, TRANSITIONS, Transition

_HEAD = """\
# The review of a course run

Made from `course_discovery/publisher/states.py`; a test compares, and says how to write it anew.

The status is that of the draft. The official row has the status that it was published with, but for
what is said below. Whatever is not in the table is refused: while a run is in review nobody edits
it, and no status but those that a review tells can be told at all. Staff may do what reviewers may.

| from | what happens | who | to | what else |
|---|---|---|---|---|
"""


def states_page() -> str:
    """The page, in the language of the code."""
    with translation.override("en"):
        return _HEAD + "".join(_row(each) for each in TRANSITIONS)


def _row(transition: Transition) -> str:
    cells: Iterable[object] = (
        f"`{transition.source}`",
        MEANINGS[transition.trigger],
        MEANINGS[transition.actor],
        f"`{transition.target}`",
        "; ".join(str(MEANINGS[each]) for each in transition.effects) or "-",
    )
    return f"| {' | '.join(map(str, cells))} |\n"
