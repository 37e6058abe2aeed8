"""Random histories: whatever happens, members are what the queries match."""

import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from freezegun import freeze_time
from pytest_django import Settings

from course_discovery.catalogs.models import AskedCatalog, Catalog, Cause, Member, MemberChange
from course_discovery.catalogs.operations.catalog import create_catalog, update_catalog
from course_discovery.catalogs.operations.filling import fill
from course_discovery.catalogs.operations.questions import questions
from course_discovery.core.changes.drain import drain as drain_log
from course_discovery.course_metadata.models import Course, CourseRun, RestrictedCourseRun
from search.queries.stored import Match, matches_after
from search.tests.catalog import DAY, NOW, make_course, make_run, partner, restrict

SEEDS = range(6)
STEPS = 30
TITLES = ("Physics", "Chemistry", "Music of physics")
QUERIES = (
    "*", "title:physics", "title:(chemistry OR music)", "NOT title:physics", "org:(MITx)",
    'availability:"Current"', "start:[now TO now+10d]", "end:<now OR title:music",
    "enrollment_end:[now-5d TO *] AND title:physics", "title:((", "key.raw:MITx\\+1",
)  # fmt: skip


class History:
    """A catalog of courses, named catalogs, and a clock that goes on."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.now = NOW
        self.tenant = partner()
        self.made = 0

    def step(self) -> None:
        """Do one thing."""
        acts = [
            self.new_course, self.new_run, self.edit, self.rename, self.delete_course,
            self.delete_run, self.restrict, self.free, self.new_catalog, self.other_query,
            self.pass_time, self.pass_time, self.hear, self.hear, self.rebuild,
        ]  # fmt: skip
        weights = [3, 4, 4, 1, 1, 1, 1, 1, 2, 1, 3, 3, 4, 4, 1]
        (act,) = self.random.choices(acts, weights)
        act()

    def one(self, rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        return self.random.choice(found) if found else None

    def new_course(self) -> None:
        self.made += 1
        title = self.random.choice(TITLES)
        make_course(f"MITx+{self.made}", title=title, partner=self.tenant)

    def new_run(self) -> None:
        course = self.one(Course.objects.all())
        if course:
            self.made += 1
            start = self.now + self.random.randint(-20, 20) * DAY
            key = f"course-v1:{course.key}+{self.made}"
            make_run(course, key, start=start, end=start + self.random.randint(1, 30) * DAY)

    def edit(self) -> None:
        course = self.one(Course.objects.all())
        if course:
            course.title = self.random.choice(TITLES)
            course.save()

    def rename(self) -> None:
        course = self.one(Course.objects.all())
        if course:
            organization = course.authoring_organizations.get()
            organization.name = f"Institute {self.random.randint(1, 9)}"
            organization.save()

    def delete_course(self) -> None:
        course = self.one(Course.objects.all())
        if course:
            course.delete()

    def delete_run(self) -> None:
        run = self.one(CourseRun.objects.all())
        if run:
            run.delete()

    def restrict(self) -> None:
        run = self.one(CourseRun.objects.filter(restricted_run=None))
        if run:
            restrict(run)

    def free(self) -> None:
        row = self.one(RestrictedCourseRun.everything.all())
        if row:
            row.delete()

    def new_catalog(self) -> None:
        told: Any = {"name": "C", "query": self.random.choice(QUERIES)}
        catalog = create_catalog(values=told, now=self.now)
        fill(AskedCatalog.objects.get(pk=catalog.pk), Cause.CATALOG)

    def other_query(self) -> None:
        catalog = self.one(Catalog.objects.all())
        if catalog:
            told: Any = {"query": self.random.choice(QUERIES)}
            if update_catalog(pk=catalog.pk, values=told, now=self.now):
                fill(AskedCatalog.objects.get(pk=catalog.pk), Cause.CATALOG)

    def pass_time(self) -> None:
        self.now += timedelta(hours=self.random.randint(1, 24 * 12))

    def hear(self) -> None:
        assert drain_log()

    def rebuild(self) -> None:
        call_command("update_index", disable_change_limit=True, verbosity=0)

    def settle(self) -> None:
        """Hand over everything; documents that are due are written some at a time."""
        for _ in range(2):
            assert drain_log()


@pytest.mark.parametrize("seed", SEEDS)
def test_members_are_what_queries_match(indexes: Settings, db: None, seed: int) -> None:
    history = History(seed)
    for _ in range(STEPS):
        with freeze_time(history.now, ignore=["elastic_transport", "urllib3"]):
            history.step()
    with freeze_time(history.now, ignore=["elastic_transport", "urllib3"]):
        history.settle()
        assert Catalog.objects.exists() == AskedCatalog.objects.filter(complete=True).exists()
        for asked in AskedCatalog.objects.all():
            agree(asked)


def agree(asked: AskedCatalog) -> None:
    """Assert that members are what is matched, and what gains and losses add up to."""
    known = Counter(_of_member(each) for each in Member.objects.filter(catalog=asked.pk))
    due = Counter(
        (question.kind.name, *_of_match(match))
        for question in questions(asked)
        for match in matches_after(question.kind, question.query, 0, 1000)
    )
    assert known == due, asked.query
    balance: Counter[Any] = Counter()
    for each in MemberChange.objects.filter(catalog=asked.pk).order_by("pk"):
        balance[_of_member(each)] += 1 if each.gained else -1
        assert set(balance.values()) <= {0, 1}, each
    assert +balance == known


def _of_member(each: Member | MemberChange) -> tuple[str, ...]:
    return (each.kind, str(each.uuid), each.key, each.partner, each.restriction_type)


def _of_match(match: Match) -> tuple[str, ...]:
    return (str(match.uuid), match.key, match.partner, match.restriction_type)
