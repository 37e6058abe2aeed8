import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Source
from course_discovery.loaders.registry import GROUP, all_loaders, known_stages
from course_discovery.loaders.tests.conftest import load

REGISTRAR = """
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.course_metadata.operations.source import get_or_create_source
from course_discovery.loaders.rows import write_row


class RegistrarLoader:
    name = "registrar"
    stage = 4
    origin = "registrar"

    def configured(self, partner):
        return partner.short_code == "p"

    def load(self, partner, report, now, progress):
        report.see()
        write_row(
            report, lambda now: get_or_create_source(slug="campus", name="Campus").outcome, key="x"
        )
"""
Install = Callable[[str, str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a distribution on the path: `install(its module's text, entry point)`."""
    monkeypatch.syspath_prepend(tmp_path)

    def now(text: str, entry_point: str) -> None:
        (tmp_path / "campus_registrar.py").write_text(text, encoding="utf-8")
        info = tmp_path / "campus_registrar-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: campus-registrar\nVersion: 1.0\n"
        )
        (info / "entry_points.txt").write_text(f"[{GROUP}]\n{entry_point}\n")
        importlib.invalidate_caches()
        monkeypatch.delitem(sys.modules, "campus_registrar", raising=False)

    return now


def test_own_loaders_come_by_stage() -> None:
    assert [(loader.name, loader.stage) for loader in all_loaders()] == [
        ("lms", 1), ("ecommerce", 2), ("catalog_feed", 2),
    ]  # fmt: skip
    assert known_stages() == {1, 2, 3}


def test_another_distribution_adds_a_source(install: Install, partner: Partner) -> None:
    install(REGISTRAR, "registrar = campus_registrar:RegistrarLoader")
    assert [loader.name for loader in all_loaders()] == [
        "lms", "ecommerce", "catalog_feed", "registrar",
    ]  # fmt: skip
    assert known_stages() == {1, 2, 3, 4}
    source = load(partner, all_loaders()[-1])
    assert (source.name, source.state, source.seen, source.created) == ("registrar", "done", 1, 1)
    assert Source.objects.get(slug="campus").name == "Campus"
    again = load(partner, all_loaders()[-1])
    assert again.unchanged == 1


@pytest.mark.parametrize(
    ("text", "entry_point", "reason"),
    [
        ("import nothing_of_that_name", "x = campus_registrar:A",
         "cannot be imported: ModuleNotFoundError"),
        ("", "x = campus_registrar:A", "cannot be imported: AttributeError"),
        ("class A:\n    def __init__(self): 1 / 0", "x = campus_registrar:A",
         "cannot be imported: ZeroDivisionError"),
        ("class A: name, stage = 'x', 1", "x = campus_registrar:A",
         "is no loader: it has no origin"),
        (REGISTRAR.replace('"registrar"', '"lms"'), "x = campus_registrar:RegistrarLoader",
         "another loader is called lms"),
    ],
)  # fmt: skip
def test_broken_source_is_told_and_the_others_stay(
    install: Install, partner: Partner, text: str, entry_point: str, reason: str
) -> None:
    install(text, entry_point)
    loaders = all_loaders()
    own = {"lms", "ecommerce", "catalog_feed"}
    assert own <= {loader.name for loader in loaders}
    (broken,) = (loader for loader in loaders if loader.name not in own)
    source = load(partner, broken)
    assert (source.state, source.reason) == ("failed", reason)
    assert source.load_run.exit_code == 1
