"""Who walks a list by `next` gets what is there all the time once, whatever is edited meanwhile."""

import random
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models import Model
from rest_framework.test import APIClient

from course_discovery.core.models import Partner
from course_discovery.core.rest.positions import MAX_TOKEN
from course_discovery.course_metadata.models import Course, CourseEditor
from course_discovery.course_metadata.tests.factories import (
    CollaboratorFactory,
    CourseFactory,
    CourseReviewFactory,
    CourseRunFactory,
    LevelTypeFactory,
    OrganizationFactory,
    PathwayFactory,
    PersonFactory,
    ProgramFactory,
    SubjectFactory,
    TopicFactory,
    UserFactory,
)
from learner_pathway.tests.factories import LearnerPathwayFactory

Make = Callable[[Partner, int], Any]
# Of keys and the like, so that additions come before and after those that are there.
DICE = random.Random(7)
COURSES = "/api/v1/courses/"


def number() -> int:
    return DICE.randrange(10**6, 10**7)


def editor(partner: Partner, n: int) -> CourseEditor:
    course = Course.everything.first() or CourseFactory(partner=partner)
    made: CourseEditor = CourseEditor.objects.create(course=course, user=UserFactory())
    # All of one moment, as after an import.
    CourseEditor.objects.update(created=course.created)
    return made


# By the list's path: what makes a row, what names one in an answer, and what is edited.
LISTS: dict[str, tuple[Make, str, str]] = {
    "courses": (lambda partner, n: CourseFactory(partner=partner, key=f"U+{n}"), "key", "title"),
    "course_runs": (
        lambda partner, n: CourseRunFactory(
            course=Course.objects.first() or CourseFactory(partner=partner),
            key=f"course-v1:U+C+{n}",
        ),
        "key",
        "title_override",
    ),
    "programs": (lambda partner, n: ProgramFactory(partner=partner), "uuid", "title"),
    "organizations": (lambda partner, n: OrganizationFactory(partner=partner), "uuid", "name"),
    "people": (lambda partner, n: PersonFactory(partner=partner), "uuid", "given_name"),
    "pathways": (lambda partner, n: PathwayFactory(partner=partner), "id", "name"),
    "learner-pathway": (lambda partner, n: LearnerPathwayFactory(), "uuid", "title"),
    "subjects": (lambda partner, n: SubjectFactory(partner=partner), "uuid", "slug"),
    "topics": (lambda partner, n: TopicFactory(partner=partner), "uuid", "slug"),
    "level_types": (lambda partner, n: LevelTypeFactory(sort_value=n % 9), "name", "modified"),
    "course_review": (
        lambda partner, n: CourseReviewFactory(course_key=f"U+{n}"),
        "course_key",
        "most_common_goal",
    ),
    "collaborators": (lambda partner, n: CollaboratorFactory(), "uuid", "name"),
    "course_editors": (editor, "id", "modified"),
}  # fmt: skip
NUMBERED = {"page": "?page=1&page_size=3", "limit": "?limit=3"}
# Lists that have one size of pages, and those that know page numbers only.
FIXED = {"level_types", "collaborators", "course_editors"}
PAGES_ONLY = {"people", "pathways", "course_review"}
WALKS = [
    (path, style)
    for path in LISTS
    for style in NUMBERED
    if style == "page" or path not in FIXED | PAGES_ONLY
]


def walk(client: APIClient, address: str, between: Callable[[], None]) -> Iterator[Any]:
    """Every row of every page, with edits between the pages."""
    following: str | None = address
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.content
        body = answer.json()
        yield from body["results"]
        following = body["next"]
        between()


@pytest.mark.parametrize(("path", "style"), WALKS)
def test_what_is_there_all_the_time_is_shown_once(
    as_sam: APIClient, partner: Partner, path: str, style: str
) -> None:
    make, name, _edited = LISTS[path]
    size = 20 if path in FIXED else 3
    made = [make(partner, number()) for _ in range(size * 5)]
    DICE.shuffle(made)
    staying, going = made[: size * 3], made[size * 3 :]
    wanted = [_name(each, name) for each in staying]

    def edit() -> None:
        for _ in range(min(len(going), size // 3 + 1)):
            going.pop(DICE.randrange(len(going))).delete()
            make(partner, number())
        _rewrite(DICE.choice(staying), LISTS[path][2])

    address = f"/api/v1/{path}/" + ("" if path in FIXED else NUMBERED[style])
    pages = walk(as_sam, address, _sometimes(edit, size))
    seen = [str(row[name]) for row in pages]
    assert sorted(each for each in seen if each in wanted) == sorted(wanted)
    assert len(seen) == len(set(seen))


def _name(row: Model, name: str) -> str:
    return str(row.pk if name == "id" else getattr(row, name))


def _rewrite(row: Any, column: str) -> None:
    manager: Any = type(row)._base_manager
    value = row.modified if column == "modified" else f"edited {number()}"
    manager.filter(pk=row.pk).update(**{column: value})


def _sometimes(edit: Callable[[], None], size: int) -> Callable[[], None]:
    """As many times as there are pages to begin with: additions must not outrun the walk."""
    left = iter(range(6))

    def between() -> None:
        if next(left, None) is not None:
            edit()

    return between


@pytest.mark.parametrize("style", NUMBERED)
@pytest.mark.parametrize(
    "ordering",
    ["title", "-title", "level_type", "-level_type", "full_description", "-key_for_reruns,title",
     "modified", "uuid", "canonical_course_run_key,-enrollment_count"],
)  # fmt: skip
def test_any_ordering_is_walked_whole(
    as_sam: APIClient, partner: Partner, style: str, ordering: str
) -> None:
    levels = [LevelTypeFactory(sort_value=each) for each in (1, 2)]
    long = "so long a text " * 40
    made = [
        CourseFactory(
            partner=partner,
            key=f"U+{number()}",
            title=f"Title {each % 3}",
            level_type=([None, None, *levels] * 4)[each],
            full_description=f"{long}{each}",
        )
        for each in range(14)
    ]
    spare = [CourseFactory(partner=partner, title="Title 1", key=f"U+{n}") for n in range(8)]

    def edit() -> None:
        if spare:
            spare.pop().delete()

    pages = walk(as_sam, f"{COURSES}{NUMBERED[style]}&ordering={ordering}", edit)
    seen = [row["key"] for row in pages]
    assert {each.key for each in made} <= set(seen)
    assert len(seen) == len(set(seen))


@pytest.fixture
def ten(partner: Partner) -> list[Course]:
    return [CourseFactory(partner=partner, key=f"U+{each}") for each in range(10)]


def keys(client: APIClient, address: str) -> list[str]:
    return [row["key"] for row in client.get(address).json()["results"]]


@pytest.mark.parametrize("style", NUMBERED)
def test_numbers_in_links_are_those_of_rows_before(
    as_sam: APIClient, ten: list[Course], style: str
) -> None:
    first = as_sam.get(COURSES + NUMBERED[style]).json()
    asked = parse_qs(urlsplit(first["next"]).query)
    place = {
        "page": {"page": ["2"], "page_size": ["3"]},
        "limit": {"limit": ["3"], "offset": ["3"]},
    }
    assert asked.items() >= place[style].items()
    assert asked.keys() - place[style] == {"after"}
    second = as_sam.get(first["next"]).json()
    assert "after" not in second["previous"]
    assert as_sam.get(second["previous"]).json()["results"] == first["results"]
    assert (first["count"], second["count"]) == (10, 10)


def test_places_that_clients_make_up_count_rows(as_sam: APIClient, ten: list[Course]) -> None:
    for style, changed in {"page": ("page=2", "page=3"), "limit": ("offset=3", "offset=6")}.items():
        following = as_sam.get(COURSES + NUMBERED[style]).json()["next"]
        assert keys(as_sam, following) == ["U+3", "U+4", "U+5"]
        assert keys(as_sam, following.replace(*changed)) == ["U+6", "U+7", "U+8"]
    ten[0].delete()
    assert keys(as_sam, following) == ["U+3", "U+4", "U+5"]
    assert keys(as_sam, f"{COURSES}?limit=3&offset=3") == ["U+4", "U+5", "U+6"]


@pytest.mark.parametrize("style", NUMBERED)
def test_a_list_that_became_shorter_ends(as_sam: APIClient, ten: list[Course], style: str) -> None:
    third = as_sam.get(as_sam.get(COURSES + NUMBERED[style]).json()["next"]).json()["next"]
    for each in ten[:5]:
        each.delete()
    body = as_sam.get(third).json()
    assert [row["key"] for row in body["results"]] == ["U+6", "U+7", "U+8"]
    assert body["count"] == 5
    assert keys(as_sam, body["next"]) == ["U+9"]
    assert as_sam.get(third, headers={"Accept": "text/html"}).status_code == 200
    for each in ten[6:]:
        each.delete()
    body = as_sam.get(third).json()
    assert (body["results"], body["next"]) == ([], None)
    Course.everything.all().delete()
    assert as_sam.get(third).json()["results"] == []


@pytest.mark.parametrize("style", NUMBERED)
def test_links_of_other_lists_and_orders_are_refused(
    as_sam: APIClient, ten: list[Course], partner: Partner, style: str
) -> None:
    following = as_sam.get(COURSES + NUMBERED[style]).json()["next"]
    ProgramFactory(partner=partner)
    token = parse_qs(urlsplit(following).query)["after"][0]
    for address in (
        f"{following}&ordering=title",
        f"{following}&ordering=-key",
        following.replace("/courses/", "/programs/"),
        following.replace("after=", "after=x"),
        f"{COURSES}?after={token[:-1]}",
        f"{COURSES}?after=%00",
        f"{COURSES}?page=2&after=.",
    ):
        answer = as_sam.get(address)
        assert answer.status_code == 400, address
        assert list(answer.json()) == ["after"]


def test_equal_lists_have_equal_links(as_sam: APIClient, ten: list[Course]) -> None:
    first = as_sam.get(f"{COURSES}?limit=3")
    again = as_sam.get(f"{COURSES}?limit=3", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_links_stay_short(as_sam: APIClient, partner: Partner) -> None:
    text = "".join(chr(DICE.randrange(0x20000, 0x2A000)) for _ in range(400))
    for _ in range(4):
        CourseFactory(partner=partner, full_description=text, outcome=text, syllabus_raw=text)
    ordering = "ordering=full_description,outcome,syllabus_raw"
    following = as_sam.get(f"{COURSES}?limit=3&{ordering}").json()["next"]
    assert len(following) < MAX_TOKEN
    assert len(keys(as_sam, following)) == 1
