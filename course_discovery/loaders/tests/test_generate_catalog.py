"""`generate_catalog` makes catalogs of the sizes it names, the same for the same seed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from course_discovery.core.changes.models import Change
from course_discovery.core.models import Partner
from course_discovery.course_metadata import models
from course_discovery.loaders.reference_catalog.size import SIZES, Size
from learner_pathway.models import LearnerPathway

NOW = "2027-03-01T00:00:00Z"
SMALL = Size(
    courses=40, runs=120, programs=6, organizations=3, people=12, subjects=4, degrees=2,
    pathways=2, learner_pathways=2,
)  # fmt: skip


def generate(**options: object) -> str:
    out = StringIO()
    call_command("generate_catalog", now=NOW, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SIZES, "S", SMALL)


def test_the_sizes_are_those_that_are_named(db: None) -> None:
    generate(size="S")
    official = models.CourseRun.objects
    assert models.Course.objects.count() == 200
    assert official.count() == 600
    assert models.Seat.objects.count() == 1_800
    assert models.Course.everything.filter(draft=True).count() == 20
    assert models.Program.objects.count() == 20
    assert models.Organization.objects.count() == 10
    assert official.filter(restricted_run__isnull=False).exists()
    assert official.filter(hidden=True).exists()
    assert models.Course.objects.annotate(n=Count("course_runs")).filter(n=0).exists()


def test_every_kind_of_object_is_in_it(db: None, small: None) -> None:
    generate(size="S")
    for model in (
        models.Degree, models.Curriculum, models.CurriculumProgramMembership, models.Pathway,
        models.Person, models.Topic, LearnerPathway, models.ProgramSubscription,
    ):  # fmt: skip
        assert model._base_manager.exists(), model


def test_the_log_gets_one_entry(db: None, small: None) -> None:
    generate(size="S")
    assert Change.objects.filter(operation=Change.REBUILD).count() == 1


def test_a_twin_knows_its_draft(db: None, small: None) -> None:
    generate(size="S")
    for draft in models.Course.everything.filter(draft=True):
        official = models.Course.objects.get(draft_version=draft)
        assert (official.uuid, official.key) == (draft.uuid, draft.key)
        assert official.course_runs.count() == draft.course_runs.count()
        twins = official.course_runs.values_list("key", "draft_version__key")
        assert {key for key, _of_draft in twins} == {of_draft for _key, of_draft in twins}


def test_the_same_seed_gives_the_same_catalog(db: None, small: None) -> None:
    def texts() -> list[object]:
        runs = models.CourseRun.everything.order_by("key", "draft")
        people = models.Person.objects.order_by("slug")
        return [
            *runs.values_list("key", "uuid", "status", "start", "course__title"),
            *people.values_list("slug", "bio"),
        ]

    generate(size="S", seed=1)
    first = texts()
    models.Course.everything.all().delete()
    models.Person.objects.all().delete()
    Partner.objects.all().delete()
    for model in (
        models.Tag, models.Source, models.Prerequisite, models.Video, models.Collaborator,
    ):  # fmt: skip
        model.objects.all().delete()
    generate(size="S", seed=1)
    assert texts() == first


def test_a_catalog_is_not_generated_twice(db: None, small: None) -> None:
    generate(size="S")
    with pytest.raises(CommandError, match="has a generated catalog"):
        generate(size="S")
    assert Partner.objects.filter(short_code="gen").count() == 1


@pytest.mark.parametrize("now", ["yesterday", "2027-13-01"])
def test_a_bad_moment_is_refused(db: None, now: str) -> None:
    with pytest.raises(CommandError, match="--now"):
        call_command("generate_catalog", now=now)
