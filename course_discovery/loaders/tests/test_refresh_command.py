from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from course_discovery.clients.tests.scripted_server import Answer, ScriptedServer
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseRunStaff,
    CurriculumCourseRunExclusion,
    CurriculumProgramMembership,
    Degree,
    Organization,
    Pathway,
    Person,
    Position,
    Program,
    Seat,
)
from course_discovery.course_metadata.tests.factories import PartnerFactory
from course_discovery.loaders.models import LoadedSource, LoadRun
from course_discovery.loaders.queries import last_finished_load, last_load
from course_discovery.loaders.sample.server import SampleServer
from course_discovery.loaders.tests.platform import Platform, mode, row

COMMAND = "refresh_course_metadata"


def run(name: str, *arguments: Any, **options: Any) -> str:
    output = StringIO()
    call_command(name, *arguments, stdout=output, **options)
    return output.getvalue()


@pytest.fixture
def sample(tmp_path: Path, settings: Any) -> Iterator[SampleServer]:
    """The sample platform, and the settings that let its client in."""
    with SampleServer(tmp_path / "sample") as server:
        settings.BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL = f"{server.base_url}/oauth2"
        settings.BACKEND_SERVICE_EDX_OAUTH2_KEY = server.options.client_id
        settings.BACKEND_SERVICE_EDX_OAUTH2_SECRET = server.options.client_secret
        settings.OAUTH_API_TIMEOUT = 5
        yield server


@pytest.fixture
def demo(db: None, sample: SampleServer) -> Partner:
    url = sample.base_url
    return PartnerFactory.create(
        short_code="demo",
        lms_url=url,
        courses_api_url=f"{url}/api/courses/v1/",
        catalog_feed_url=f"{url}/feed/catalog.jsonl",
    )


def assert_people_programs_and_pathways_arrived() -> None:
    assert (Person.objects.count(), Position.objects.count()) == (20, 20)
    assert CourseRunStaff.objects.values("person").distinct().count() == 20
    programs = Program.objects.filter(degree=None)
    assert Counter(programs.values_list("status", "hidden")) == {
        ("active", False): 4, ("active", True): 1, ("retired", False): 1,
    }  # fmt: skip
    assert not Program.objects.filter(courses=None).exists()
    assert not Program.objects.filter(instructor_ordering=None).exists()
    assert set(Degree.objects.values_list("status", flat=True)) == {"active", "unpublished"}
    assert not Degree.objects.filter(curricula=None).exists()
    assert CurriculumCourseRunExclusion.objects.count() == 1
    assert CurriculumProgramMembership.objects.count() == 1
    assert set(Pathway.objects.values_list("pathway_type", "status")) == {
        ("credit", "published"), ("industry", "published"), ("credit", "retired"),
    }  # fmt: skip
    assert not Pathway.objects.filter(programs=None).exists()


def test_sample_platform_fills_a_catalog_and_a_second_load_changes_nothing(
    demo: Partner, sample: SampleServer
) -> None:
    output = run(COMMAND)
    assert "Load of demo" in output
    lms, feed = LoadedSource.objects.order_by("pk")
    runs = len(sample.site.catalog.lms_runs)
    assert (lms.name, lms.state, lms.seen, lms.created) == ("lms", "done", runs, runs)
    assert (feed.name, feed.state, feed.refused) == ("catalog_feed", "done", 0)
    courses = sample.site.catalog.courses
    assert Course.objects.count() == len(courses)
    assert CourseRun.objects.count() == sum(len(course.runs) for course in courses)
    assert not Course.objects.filter(type__slug="empty").exists()
    assert not CourseRun.objects.filter(type__slug="empty").exists()
    assert not Course.objects.filter(canonical_course_run=None).exists()
    assert not CourseRun.objects.filter(seats=None).exists()
    assert all(organization.logo_image for organization in Organization.objects.all())
    assert_people_programs_and_pathways_arrived()
    assert LoadRun.objects.get().exit_code == 0
    output = run(COMMAND, "--partner_code", "DEMO")
    again_lms, again_feed = LoadedSource.objects.order_by("-pk")[:2][::-1]
    assert (again_lms.unchanged, again_lms.updated) == (runs, 0)
    assert (again_feed.unchanged, again_feed.updated) == (feed.seen, 0)


def test_refused_rows_end_with_2_where_they_are_not_wanted(
    partner: Partner, platform: Platform, settings: Any
) -> None:
    settings.BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL = f"{platform.server.url}/oauth2"
    platform.has(row(), modes=[mode("audit"), mode("apprenticeship")])
    output = run(COMMAND)
    reason = "course mode apprenticeship: the catalog knows no such mode"
    assert f"lms: refused: course-v1:edX+DemoX+1: {reason}" in output
    with pytest.raises(CommandError, match="refused") as raised:
        run(COMMAND, "--strict")
    assert raised.value.returncode == 2
    assert Seat.objects.get().type_id == "audit"


def test_one_stage_runs_alone(partner: Partner, platform: Platform, settings: Any) -> None:
    settings.BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL = f"{platform.server.url}/oauth2"
    run(COMMAND, data_loader_stage=1)
    assert [source.name for source in LoadedSource.objects.all()] == ["lms"]
    assert "nothing to load" in run(COMMAND, data_loader_stage=3)


def test_sources_without_address_are_skipped_with_a_line(db: None) -> None:
    PartnerFactory.create(short_code="a")
    PartnerFactory.create(short_code="b")
    output = run(COMMAND)
    assert output.splitlines() == [
        "a: lms is not configured, skipped.",
        "a: ecommerce is not configured, skipped.",
        "a: catalog_feed is not configured, skipped.",
        "a: nothing to load.",
        "b: lms is not configured, skipped.",
        "b: ecommerce is not configured, skipped.",
        "b: catalog_feed is not configured, skipped.",
        "b: nothing to load.",
    ]
    assert LoadRun.objects.filter(exit_code=0).count() == 2


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"partner_code": "nobody"}, "There is no partner nobody."),
        ({"data_loader_stage": 9}, "There is no stage 9; stages are 1, 2, 3."),
    ],
)
def test_what_does_not_exist_is_told_in_one_line(
    db: None, options: dict[str, Any], text: str
) -> None:
    PartnerFactory.create()
    with pytest.raises(CommandError) as raised:
        run(COMMAND, **options)
    assert (str(raised.value), raised.value.returncode) == (text, 1)
    assert not LoadRun.objects.exists()


def test_no_partner_at_all_is_told(db: None) -> None:
    with pytest.raises(CommandError, match="There are no partners"):
        run(COMMAND)


def test_source_that_is_away_ends_with_1_and_does_not_stop_the_others(
    demo: Partner, sample: SampleServer, server: ScriptedServer, settings: Any
) -> None:
    settings.BACKEND_SERVICE_EDX_OAUTH2_SECRET = "wrong"
    document = Answer(200, b"", {"Content-Type": "application/jsonl"})
    Partner.objects.update(catalog_feed_url=server.queue("/feed", document))
    other = PartnerFactory.create(short_code="zz", catalog_feed_url=server.url + "/feed")
    with pytest.raises(CommandError) as raised:
        run(COMMAND)
    assert raised.value.returncode == 1
    states = {
        (source.load_run.partner.short_code, source.name): source.state
        for source in LoadedSource.objects.all()
    }
    assert states == {
        ("demo", "lms"): "unreachable", ("demo", "catalog_feed"): "done",
        ("zz", "catalog_feed"): "done",
    }  # fmt: skip
    last = last_load(other)
    assert last is not None
    assert (last.exit_code, last_finished_load(demo) is not None) == (0, True)


def test_loader_that_fails_is_reported_without_its_text(
    partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("secret text")

    monkeypatch.setattr("course_discovery.loaders.lms.LmsLoader.load", fail)
    with pytest.raises(CommandError):
        run(COMMAND, data_loader_stage=1)
    source = LoadedSource.objects.get()
    assert (source.state, source.reason) == (
        "failed", "internal error (RuntimeError), see the log",
    )  # fmt: skip


class Terminal(StringIO):
    """A file that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_bar_is_drawn_on_a_terminal(partner: Partner, platform: Platform, settings: Any) -> None:
    settings.BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL = f"{platform.server.url}/oauth2"
    platform.has(row())
    terminal = Terminal()
    call_command(COMMAND, stdout=terminal)
    assert "p: lms \x1b[" in terminal.getvalue()
    assert "1/1" in terminal.getvalue()


def test_reports_of_long_past_loads_are_forgotten(
    partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_discovery.loaders.report.KEPT_LOADS", 3)
    other = LoadRun.objects.create(partner=PartnerFactory.create(), started=timezone.now())
    for _ in range(5):
        run(COMMAND, data_loader_stage=3, partner_code="p")
    assert LoadRun.objects.filter(partner=partner).count() == 3
    assert last_load(other.partner) == other


@pytest.fixture
def feed_file(tmp_path: Path) -> Path:
    path = tmp_path / "feed.jsonl"
    lines = [{"kind": "course", "key": "edX+A", "title": "[bold]A"}, {"kind": "course", "key": "b"}]
    path.write_bytes(b"\n".join(map(orjson.dumps, lines)))
    return path


def test_feed_on_disk_is_loaded(db: None, feed_file: Path) -> None:
    PartnerFactory.create(short_code="a")
    output = run("load_catalog_feed", feed_file)
    assert "refused: line 2, b: key: has the wrong form" in output
    assert Course.objects.get().title == "[bold]A"
    assert LoadedSource.objects.get().name == "catalog_feed_file"
    with pytest.raises(CommandError) as raised:
        run("load_catalog_feed", feed_file, "--strict", "--partner_code", "A")
    assert raised.value.returncode == 2


def test_feed_on_disk_needs_a_file_and_one_partner(db: None, feed_file: Path) -> None:
    with pytest.raises(CommandError, match="There are no partners"):
        run("load_catalog_feed", feed_file)
    PartnerFactory.create_batch(2)
    with pytest.raises(CommandError, match="several partners"):
        run("load_catalog_feed", feed_file)
    with pytest.raises(CommandError, match="There is no partner x"):
        run("load_catalog_feed", feed_file, "--partner_code=x")
    with pytest.raises(CommandError, match="No such file"):
        run("load_catalog_feed", feed_file.parent / "missing")
    with pytest.raises(CommandError, match="Is a directory"):
        run("load_catalog_feed", feed_file.parent)


def test_report_can_be_read_in_the_admin_but_not_changed(
    db: None, client: Client, feed_file: Path
) -> None:
    PartnerFactory.create(short_code="a")
    run("load_catalog_feed", feed_file)
    client.force_login(User.objects.create_superuser("admin", password="x"))
    load_run, source = LoadRun.objects.get(), LoadedSource.objects.get()
    for page in (
        "/admin/loaders/loadrun/",
        f"/admin/loaders/loadrun/{load_run.pk}/change/",
        "/admin/loaders/loadedsource/",
        f"/admin/loaders/loadedsource/{source.pk}/change/",
        "/admin/loaders/refusedrow/?q=wrong",
    ):
        response = client.get(page)
        assert response.status_code == 200, page
        assert b'name="_save"' not in response.content
    assert b"has the wrong form" in client.get("/admin/loaders/refusedrow/").content
    assert client.get("/admin/loaders/loadrun/add/").status_code == 403
    assert client.post(f"/admin/loaders/loadrun/{load_run.pk}/delete/").status_code == 403
