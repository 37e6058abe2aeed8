"""Whatever is edited in whatever order: what is stored and claims to be fresh is fresh.

RANDOM_EDITS=seed,steps runs one longer life of a catalog.
"""

import os
import random
from collections.abc import Callable

import pytest
from factory.django import DjangoModelFactory
from freezegun import freeze_time

from course_discovery.course_metadata.tests import factories
from course_discovery.course_metadata.tests.factories import CourseFactory, CourseRunFactory
from course_discovery.projections.tests.conftest import NOW, Catalog
from course_discovery.projections.tests.freshness import stale_claims
from course_discovery.projections.tests.places import marked, read_everything
from course_discovery.projections.tests.random_edits import World, one_edit

# How often everything is read, so that it is stored before the next edits.
READ_EACH = 4
LIVES = [(seed, 20) for seed in range(3)]
if "RANDOM_EDITS" in os.environ:
    LIVES = [tuple(int(each) for each in os.environ["RANDOM_EDITS"].split(","))]  # type: ignore[list-item]


@pytest.fixture
def rich_catalog(catalog: Catalog) -> None:
    """One of everything that can be made, with a draft."""
    draft = CourseFactory(
        partner=catalog.course.partner, key=catalog.course.key, uuid=catalog.course.uuid, draft=True
    )
    CourseRunFactory(course=draft, key=catalog.run.key, uuid=catalog.run.uuid)
    catalog.course.draft_version = draft
    catalog.course.save()
    for name in sorted(factories.__all__):
        factory = getattr(factories, name)
        if issubclass(factory, DjangoModelFactory):
            factory()


@pytest.mark.django_db
@pytest.mark.parametrize(("seed", "steps"), LIVES)
def test_random_edits(rich_catalog: None, drain: Callable[[], None], seed: int, steps: int) -> None:
    world = World(random.Random(seed), NOW)
    for step in range(steps):
        with freeze_time(world.now):
            if step % READ_EACH == 0:
                read_everything(world.now)
            one_edit(world)
        wrong = stale_claims(world.now)
        history = "\n".join(world.done[-READ_EACH:])
        assert not wrong, f"RANDOM_EDITS={seed},{step + 1}\n{history}\n{wrong}"
    with freeze_time(world.now):
        drain()
        assert marked() == set()
        read_everything(world.now)
    assert stale_claims(world.now) == []
