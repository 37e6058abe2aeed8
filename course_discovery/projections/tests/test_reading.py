"""Reading: what is stored where it is fresh, else rendered, and kept if nothing came between."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from course_discovery.course_metadata.models import CourseRun, Seat
from course_discovery.course_metadata.tests.factories import CourseFactory, CourseRunFactory
from course_discovery.projections import kinds, stored
from course_discovery.projections.kinds import KINDS, known_language
from course_discovery.projections.models import Projection, ProjectionBody
from course_discovery.projections.stored import Stored, read, read_data, read_marks
from course_discovery.projections.tests.conftest import DAY, NOW, Catalog
from course_discovery.projections.tests.places import data_of, marked, read_everything
from course_discovery.projections.values import HOST, absolute_media_url, with_host

pytestmark = pytest.mark.django_db


@pytest.fixture
def renderings(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[int]]]:
    """What is rendered from now on: kind and primary keys."""
    done: list[tuple[str, list[int]]] = []

    def counted(kind: kinds.Kind) -> kinds.Kind:
        def render(pks: Collection[int], now: datetime, code: str) -> dict[int, dict[str, Any]]:
            done.append((kind.name, list(pks)))
            return kind.render(pks, now, code)

        return replace(kind, render=render)

    for name, kind in list(KINDS.items()):
        monkeypatch.setitem(KINDS, name, counted(kind))
    return done


def test_what_is_fresh_is_read_in_one_query(
    catalog: Catalog, renderings: list[tuple[str, list[int]]]
) -> None:
    pks = [catalog.course.pk, catalog.other.pk]
    first = read("course", pks, now=NOW)
    assert renderings == [("course", pks)]
    with CaptureQueriesContext(connection) as queries:
        again = read("course", pks, now=NOW)
    assert len(queries) == 1
    assert again == first
    assert first[catalog.course.pk].data["key"] == "NorthU+PHY101"


def test_marks_are_read_without_bodies(catalog: Catalog) -> None:
    everything = read("course", [catalog.course.pk], now=NOW)
    with CaptureQueriesContext(connection) as queries:
        marks = read_marks("course", [catalog.course.pk], now=NOW)
    assert marks == {pk: each.mark for pk, each in everything.items()}
    assert [ProjectionBody._meta.db_table in each["sql"] for each in queries] == [False]


def test_what_is_not_there_is_left_out(catalog: Catalog) -> None:
    assert read("course", [0, catalog.course.pk], now=NOW).keys() == {catalog.course.pk}
    assert read("course", [], now=NOW) == {}


def test_rendering_costs_the_same_for_few_and_many(catalog: Catalog) -> None:
    def cost() -> int:
        pks = list(KINDS["course"].model._base_manager.values_list("pk", flat=True))
        Projection.objects.filter(row__in=pks[::2]).delete()
        Projection.objects.update(version=7)
        with CaptureQueriesContext(connection) as queries:
            assert len(read("course", pks, now=NOW)) == len(pks)
        return len(queries)

    read_everything(NOW)
    few = cost()
    for _ in range(40):
        CourseRunFactory(course=CourseFactory(partner=catalog.course.partner))
    assert cost() == few


def test_only_what_changed_is_rendered_again(
    catalog: Catalog, renderings: list[tuple[str, list[int]]]
) -> None:
    read_everything(NOW)
    catalog.course.title = "Renamed"
    catalog.course.save()
    renderings.clear()
    data = read_data("course", [catalog.course.pk, catalog.other.pk], now=NOW)
    assert renderings == [("course", [catalog.course.pk])]
    assert data[catalog.course.pk]["title"] == "Renamed"


def test_nothing_is_stored_if_the_mark_moved_meanwhile(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, pk = KINDS["course"], catalog.course.pk
    numbers = count()

    def overtaken(pks: Collection[int], now: datetime, code: str) -> dict[int, dict[str, Any]]:
        rendered = kind.render(pks, now, code)
        catalog.course.title = f"Renamed {next(numbers)}"
        catalog.course.save()
        return rendered

    monkeypatch.setitem(KINDS, "course", replace(kind, render=overtaken))
    before = read("course", [pk], now=NOW)[pk]
    assert before.data["title"] != catalog.course.title
    assert before.mark.modified_at is None
    assert ("course", pk) in marked()
    monkeypatch.setitem(KINDS, "course", kind)
    assert data_of(catalog.course, NOW)["title"] == catalog.course.title
    assert ("course", pk) not in marked()


def test_what_changes_while_it_is_rendered_is_no_mixture(catalog: Catalog) -> None:
    pk, done = catalog.run.pk, list[str]()

    def edits_between(execute: Any, sql: str, *rest: Any) -> Any:
        if 'FROM "course_metadata_seat"' in sql.replace("`", '"') and not done:
            done.append(sql)
            CourseRun.everything.filter(pk=pk).update(weeks_to_complete=77)
            Seat.everything.filter(course_run=pk).update(price=77)
        return execute(sql, *rest)

    with connection.execute_wrapper(edits_between):
        found = read("course_run", [pk], now=NOW)[pk]
    assert done
    weeks, prices = found.data["weeks_to_complete"], [seat["price"] for seat in found.data["seats"]]
    assert (weeks, {float(price) for price in prices}) == (77, {77.0})
    assert found.mark.modified_at is not None


def test_inside_a_transaction_nothing_is_stored(catalog: Catalog) -> None:
    with transaction.atomic():
        assert data_of(catalog.course, NOW)["key"] == catalog.course.key
        catalog.course.title = "Renamed"
        catalog.course.save()
        assert data_of(catalog.course, NOW)["title"] == "Renamed"
    assert not Projection.objects.exists()


def test_time_alone_makes_stale_what_has_a_boundary(
    catalog: Catalog, renderings: list[tuple[str, list[int]]]
) -> None:
    start = catalog.run.start
    assert start
    assert data_of(catalog.run, NOW)["availability"] == "Starting Soon"
    assert data_of(catalog.other_run, NOW)["availability"] == "Upcoming"
    renderings.clear()
    later = start + DAY
    assert data_of(catalog.run, later)["availability"] == "Current"
    assert data_of(catalog.course, later)["course_runs"][0]["availability"] == "Current"
    assert data_of(catalog.other_run, later)["availability"] == "Upcoming"
    # A run without dates never changes by itself.
    assert [name for name, _pks in renderings] == ["course_run", "course"]


@pytest.mark.parametrize("moment", ["start", "end", "enrollment_start", "enrollment_end"])
def test_at_and_right_after_a_boundary_readers_see_what_is_rendered_then(
    catalog: Catalog, moment: str
) -> None:
    boundary = NOW + 40 * DAY
    setattr(catalog.run, moment, boundary)
    catalog.run.save()
    instant = boundary.resolution
    for now in (NOW, boundary - instant, boundary, boundary + instant, boundary + DAY):
        fresh = KINDS["course_run"].render([catalog.run.pk], now, "en")[catalog.run.pk]
        seen = data_of(catalog.run, now)
        assert {key: seen[key] for key in fresh if key != "_run"} == {
            key: value for key, value in fresh.items() if key != "_run"
        }


def test_a_clock_that_went_wrong_is_not_believed_for_ever(catalog: Catalog) -> None:
    wrong = NOW + 1000 * DAY
    assert data_of(catalog.run, wrong)["availability"] == "Archived"
    assert data_of(catalog.run, NOW)["availability"] == "Starting Soon"


def test_other_code_renders_anew(
    catalog: Catalog, renderings: list[tuple[str, list[int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    read("course", [catalog.course.pk], now=NOW)
    monkeypatch.setattr(stored, "revision", lambda: "another")
    read("course", [catalog.course.pk], now=NOW)
    assert len(renderings) == 2


def test_a_fingerprint_changes_with_the_body_alone(catalog: Catalog) -> None:
    def mark(row: Any) -> Any:
        kind = "course_run" if row == catalog.run else "course"
        return read_marks(kind, [row.pk], now=NOW)[row.pk]

    course, run = mark(catalog.course), mark(catalog.run)
    catalog.course.card_image_url = "https://example.com/a.png"
    catalog.course.save(update_fields=["card_image_url"])
    assert mark(catalog.course).fingerprint != course.fingerprint
    assert mark(catalog.course).modified_at > course.modified_at
    run = mark(catalog.run)
    # Runs do not say who sponsors their course.
    catalog.course.sponsoring_organizations.add(catalog.sponsor)
    assert mark(catalog.run) == run


def test_modification_dates_rise_by_whole_seconds(catalog: Catalog) -> None:
    moments = []
    for title in ("One", "Two", "Three"):
        catalog.course.title = title
        catalog.course.save()
        mark = read_marks("course", [catalog.course.pk], now=NOW)[catalog.course.pk]
        assert mark.modified_at
        moments.append(int(mark.modified_at.timestamp()))
    assert moments == sorted(set(moments))


def test_data_changes_that_the_column_does_not_know_of_are_told(catalog: Catalog) -> None:
    def told() -> str | None:
        text: str | None = data_of(catalog.course, NOW)["data_modified_timestamp"]
        return text

    assert told() is None
    catalog.seat.delete()
    row = Projection.objects.get(kind="course", row=catalog.course.pk)
    assert row.changed_at
    first = told()
    assert first == row.changed_at.isoformat().replace("+00:00", "Z")
    # A write that changes nothing that can be seen.
    catalog.course.save(update_fields=["title"])
    assert told() == first
    assert read_everything(NOW)[("course", catalog.course.pk)].data["title"]
    catalog.course.data_modified_timestamp = NOW
    catalog.course.save()
    assert told() == "2030-01-01T00:00:00Z"


class TestLanguages:
    """A translated kind is stored for each language that is read, and no other."""

    @pytest.fixture(autouse=True)
    def translated(self, catalog: Catalog) -> None:
        catalog.subject.translations.create(language_code="es", name="Física")

    @pytest.mark.parametrize(
        ("asked", "name"),
        [(None, "Physics"), ("en", "Physics"), ("es", "Física"), ("ES", "Física"),
         ("fr", "Physics"), ("xx", "Physics"), ("", "Physics")],
    )  # fmt: skip
    def test_each_is_read_in_its_own(self, catalog: Catalog, asked: str | None, name: str) -> None:
        assert data_of(catalog.subject, NOW, asked)["name"] == name

    def test_unknown_ones_are_not_stored(self, catalog: Catalog) -> None:
        for code in ("en", "es", "xx", "x' or 1", "en-gb", "tlh-klingon"):
            read("subject", [catalog.subject.pk], now=NOW, language=code)
            read("organization", [catalog.organization.pk], now=NOW, language=code)
        rows = set(Projection.objects.values_list("kind", "language"))
        assert rows == {("subject", "en"), ("subject", "es"), ("organization", "")}

    def test_a_variant_of_the_default_language_counts_where_it_is_configured(
        self, settings: Settings
    ) -> None:
        assert known_language("en-gb") == "en"
        settings.PARLER_LANGUAGES = {1: ({"code": "en"}, {"code": "en-gb"}), "default": {}}
        assert known_language("en-GB") == "en-gb"

    def test_a_new_language_knows_when_the_object_changed(self, catalog: Catalog) -> None:
        data_of(catalog.course, NOW)
        catalog.seat.delete()
        told = data_of(catalog.course, NOW)["data_modified_timestamp"]
        assert told
        assert data_of(catalog.course, NOW, "es")["data_modified_timestamp"] == told


@pytest.mark.parametrize(
    ("media_url", "stored_url", "told"),
    [("/media/", f"{HOST}/media/a.png", "https://x.example/media/a.png"),
     ("https://cdn.example/", "https://cdn.example/a.png", "https://cdn.example/a.png")],
)  # fmt: skip
def test_addresses_of_files_become_those_of_the_host(
    settings: Settings, media_url: str, stored_url: str, told: str
) -> None:
    settings.MEDIA_URL = media_url
    assert absolute_media_url("a.png") == stored_url
    assert absolute_media_url(None) is None
    assert with_host(stored_url, "https://x.example") == told


def test_a_stored_body_is_as_it_was_rendered(catalog: Catalog) -> None:
    first = read_everything(NOW)
    assert read_everything(NOW) == first
    assert all(isinstance(each, Stored) and each.data for each in first.values())
