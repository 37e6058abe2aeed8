"""The lists of a program, and what only one program has."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from course_discovery.course_metadata.models import (
    FAQ,
    ExpectedLearningItem,
    JobOutlookItem,
    Program,
)
from course_discovery.course_metadata.operations.course_link import organizations_by_key
from course_discovery.course_metadata.operations.endorsement import (
    write_corporate_endorsements,
    write_endorsements,
)
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.ordered import set_items, set_targets
from course_discovery.course_metadata.operations.product import (
    write_program_restriction,
    write_taxi_form,
)
from course_discovery.course_metadata.operations.program_values import LISTS, FaqValues
from course_discovery.course_metadata.operations.references import (
    course_runs_by_key,
    courses_by_key,
    people_named,
)
from course_discovery.course_metadata.operations.tag import set_tags


def write_program_lists(program: Program, values: Mapping[str, Any]) -> bool:
    """Write those of the program's lists that are told; whether anything differed.

    A part of a larger operation. Raises Refusal for what is unknown or unfit.
    """
    changed = False
    for name in sorted(LISTS & values.keys()):
        changed |= _WRITERS[name](program, values[name])
    return changed


def _courses(program: Program, keys: Sequence[str]) -> bool:
    courses = courses_by_key(program.partner, keys)
    return set_targets(program.course_links, "course", courses)


def _excluded(program: Program, keys: Sequence[str]) -> bool:
    wanted = course_runs_by_key(program.partner, keys)
    if set(wanted) == set(program.excluded_course_runs.all()):
        return False
    program.excluded_course_runs.set(wanted)
    return True


def _authors(program: Program, keys: Sequence[str]) -> bool:
    rows = organizations_by_key(program.partner, keys)
    return set_targets(program.author_links, "organization", rows)


def _credit_backers(program: Program, keys: Sequence[str]) -> bool:
    rows = organizations_by_key(program.partner, keys)
    return set_targets(program.credit_backer_links, "organization", rows)


def _instructors(program: Program, names: Sequence[Any]) -> bool:
    return set_targets(program.instructor_links, "person", people_named(program.partner, names))


def _learning_items(program: Program, texts: Sequence[str]) -> bool:
    wanted = [fitting(ExpectedLearningItem, {"value": text}) for text in texts]
    links = program.learning_item_links
    return set_items(links, "expected_learning_item", ExpectedLearningItem, wanted)


def _job_outlook(program: Program, texts: Sequence[str]) -> bool:
    wanted = [fitting(JobOutlookItem, {"value": text}) for text in texts]
    return set_items(program.job_outlook_links, "job_outlook_item", JobOutlookItem, wanted)


def _faq(program: Program, told: Sequence[FaqValues]) -> bool:
    return set_items(program.faq_links, "faq", FAQ, [fitting(FAQ, each) for each in told])


def _labels(program: Program, names: Sequence[str]) -> bool:
    return set_tags(program.labels, names)


_WRITERS: dict[str, Callable[[Program, Any], bool]] = {
    "courses": _courses,
    "excluded_course_runs": _excluded,
    "organizations": _authors,
    "credit_backing_organizations": _credit_backers,
    "instructors": _instructors,
    "expected_learning_items": _learning_items,
    "job_outlook_items": _job_outlook,
    "faq": _faq,
    "labels": _labels,
    "corporate_endorsements": write_corporate_endorsements,
    "individual_endorsements": write_endorsements,
    "taxi_form": write_taxi_form,
    "location_restriction": write_program_restriction,
}
