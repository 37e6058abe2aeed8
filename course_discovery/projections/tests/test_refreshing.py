"""What the drain does: it marks once more, and renders what is stale before anybody asks."""

import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time
from pytest_django import Settings

from course_discovery.core.changes import recording
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.registry import object_of
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
)
from course_discovery.projections import filling, refreshing
from course_discovery.projections.kinds import KINDS
from course_discovery.projections.models import Projection, ProjectionBody
from course_discovery.projections.models.projection import LONG_AGO
from course_discovery.projections.stored import fresh, read
from course_discovery.projections.tests.conftest import DAY, NOW, Catalog
from course_discovery.projections.tests.places import data_of, marked, place, read_everything

pytestmark = pytest.mark.django_db
Drain = Callable[[], None]


@pytest.fixture
def drain_at(drain: Drain) -> Callable[[datetime], None]:
    """Drain at a moment."""

    def at(now: datetime) -> None:
        with freeze_time(now):
            drain()

    return at


def are_fresh(now: datetime) -> bool:
    """Whether all that is stored is fresh."""
    return all(
        fresh(KINDS[row.kind], [row.row], now, row.language or None).exists()
        for row in Projection.objects.all()
    )


def test_changed_objects_are_rendered_drafts_among_them(
    catalog: Catalog, drain_at: Callable[[datetime], None]
) -> None:
    draft = CourseFactory(partner=catalog.course.partner, draft=True)
    run = CourseRunFactory(course=draft)
    drain_at(NOW)
    rows = set(Projection.objects.values_list("kind", "row"))
    assert {place(draft), place(run), place(catalog.course), place(catalog.sponsor)} <= rows
    assert marked() == set()
    assert are_fresh(NOW)


def test_another_language_is_kept_up_to_date_where_it_was_read(
    catalog: Catalog, drain_at: Callable[[datetime], None]
) -> None:
    read("subject", [catalog.subject.pk], now=NOW, language="es")
    catalog.subject.translations.create(language_code="es", name="Física")
    drain_at(NOW)
    rows = fresh(KINDS["subject"], [catalog.subject.pk], NOW, "es")
    assert '"name":"Física"' in rows.values_list("body__content", flat=True).get()
    assert not Projection.objects.filter(kind="course", language="es").exists()


def test_an_object_that_went_leaves_nothing(
    catalog: Catalog, drain_at: Callable[[datetime], None]
) -> None:
    read_everything(NOW)
    kind, pk = place(catalog.sponsor)
    catalog.sponsor.delete()
    drain_at(NOW)
    assert not Projection.objects.filter(kind=kind, row=pk).exists()
    assert ProjectionBody.objects.count() == Projection.objects.count()


def test_what_bears_the_mark_of_its_transaction_is_not_marked_again(
    catalog: Catalog, drain_at: Callable[[datetime], None]
) -> None:
    read_everything(NOW)
    drain_at(NOW)
    catalog.course.save()
    read_everything(NOW)  # after the commit, so it has seen everything
    versions = dict(Projection.objects.values_list("pk", "version"))
    drain_at(NOW)
    assert dict(Projection.objects.values_list("pk", "version")) == versions


def test_what_its_transaction_did_not_see_is_marked_after_the_commit(
    catalog: Catalog, drain_at: Callable[[datetime], None]
) -> None:
    read_everything(NOW)
    drain_at(NOW)
    catalog.course.title = "Renamed"
    catalog.course.save()
    # As if a reader had stored it with what it saw before the commit.
    rows = Projection.objects.filter(kind="course", row=catalog.course.pk)
    rows.update(version=9, stored_version=9, marked_by=1, due_at=None)
    assert data_of(catalog.course, NOW)["title"] != "Renamed"
    drain_at(NOW)
    assert data_of(catalog.course, NOW)["title"] == "Renamed"
    assert rows.get().changed_at == Change.objects.filter(kind="course").latest("pk").at


def test_new_objects_know_when_they_changed(
    catalog: Catalog, drain_at: Callable[[datetime], None]
) -> None:
    drain_at(NOW)
    row = Projection.objects.get(kind="course", row=catalog.course.pk)
    assert row.changed_at == Change.objects.filter(kind="course").latest("pk").at


def test_a_rebuild_renders_everything(
    catalog: Catalog, drain_at: Callable[[datetime], None]
) -> None:
    read_everything(NOW)
    Projection.objects.update(fingerprint="")
    ProjectionBody.objects.update(content="{}")
    rule = object_of(Course)
    assert rule
    with transaction.atomic():
        recording.record([rule.identity_of(catalog.course)], Change.REBUILD)
    drain_at(NOW)
    assert marked() == set()
    assert not ProjectionBody.objects.filter(content="{}").exists()


def test_time_alone_is_enough(catalog: Catalog, drain_at: Callable[[datetime], None]) -> None:
    drain_at(NOW)
    start = catalog.run.start
    assert start
    later = start + DAY
    assert not are_fresh(later)
    drain_at(later)
    assert are_fresh(later)
    assert data_of(catalog.run, later)["availability"] == "Current"


def test_one_call_is_bounded_and_the_next_ones_do_the_rest(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_everything(NOW)
    Projection.objects.update(version=F("version") + 1, due_at=LONG_AGO)
    monkeypatch.setattr(refreshing, "BUDGET", 0.0)
    refreshing.refresh_due()
    assert marked()
    monkeypatch.setattr(refreshing, "BUDGET", 30.0)
    refreshing.refresh_due()
    assert marked() == set()


def test_what_cannot_be_rendered_does_not_stop_the_others(
    catalog: Catalog,
    drain_at: Callable[[datetime], None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    kind, bad = KINDS["course"], catalog.course.pk

    def failing(pks: Collection[int], now: datetime, code: str) -> dict[int, dict[str, Any]]:
        if bad in pks:
            raise ZeroDivisionError
        return kind.render(pks, now, code)

    monkeypatch.setitem(KINDS, "course", replace(kind, render=failing))
    with caplog.at_level(logging.ERROR):
        drain_at(NOW)
    assert {("course", bad)} == marked()
    assert [each.getMessage() for each in caplog.records] == [f"course {bad} cannot be rendered"]
    # It is not tried with every tick, but it is again.
    row = Projection.objects.get(kind="course", row=bad)
    assert row.due_at == NOW + timedelta(hours=1)
    monkeypatch.setitem(KINDS, "course", kind)
    drain_at(NOW + timedelta(hours=1))
    assert marked() == set()


def test_a_wide_change_is_done_in_several_calls(
    catalog: Catalog, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    organization = OrganizationFactory(partner=catalog.course.partner)
    for _ in range(60):
        CourseFactory(partner=organization.partner, organizations=[organization])
    monkeypatch.setattr(refreshing, "BUDGET", 0.0)
    drain()
    monkeypatch.setattr(refreshing, "BUDGET", 0.01)
    waiting = len(marked())
    assert waiting
    for _ in range(100):
        refreshing.refresh_due()
        if not marked():
            break
        assert len(marked()) <= waiting
    assert marked() == set()


class TestFilling:
    """A process that drains looks once for what nobody has asked for."""

    @pytest.fixture(autouse=True)
    def draining(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.CHANGES_DRAIN_IN_PROCESS = True
        monkeypatch.setattr(filling._Filled, "done", False)

    def fill_and_refresh(self) -> None:
        for _ in range(20):
            refreshing.refresh()

    def test_what_is_missing_is_rendered(self, catalog: Catalog) -> None:
        Change.objects.all().delete()
        self.fill_and_refresh()
        assert {("course", catalog.course.pk), ("course_run", catalog.run.pk)} <= set(
            Projection.objects.filter(version=F("stored_version")).values_list("kind", "row")
        )
        assert filling._Filled.done

    def test_what_other_code_has_rendered_is_rendered_anew(
        self, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.fill_and_refresh()
        monkeypatch.setattr(filling._Filled, "done", False)
        Projection.objects.update(revision="another")
        self.fill_and_refresh()
        assert not Projection.objects.filter(revision="another").exists()

    def test_it_looks_once(self, catalog: Catalog) -> None:
        self.fill_and_refresh()
        with CaptureQueriesContext(connection) as queries:
            refreshing.refresh()
        # What is due.
        assert len(queries) == 1

    def test_processes_that_do_not_drain_leave_it_alone(
        self, catalog: Catalog, settings: Settings
    ) -> None:
        settings.CHANGES_DRAIN_IN_PROCESS = False
        self.fill_and_refresh()
        assert not Projection.objects.exists()
