"""How large reference catalogs are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Numbers of official rows; a tenth of the courses have drafts besides.

    Runs have three seats on average.
    """

    courses: int
    runs: int
    programs: int
    organizations: int
    people: int
    subjects: int = 30
    degrees: int = 10
    pathways: int = 20
    learner_pathways: int = 10


SIZES = {
    "S": Size(
        courses=200, runs=600, programs=20, organizations=10, people=60, degrees=2, pathways=4,
        learner_pathways=3,
    ),
    "M": Size(courses=2_000, runs=6_000, programs=200, organizations=50, people=400),
    "L": Size(
        courses=5_000, runs=20_000, programs=500, organizations=200, people=12_000, degrees=25,
        pathways=50, learner_pathways=25,
    ),
}  # fmt: skip
