"""What a machine of its own adds: a secret that it makes, and a developer's private settings."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from course_discovery.core.tests.settings_process import ROOT, Clone
from course_discovery.settings.first_start import local_secret_key, sample_public_keys


def test_the_secret_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    made = local_secret_key(tmp_path / "var")

    assert len(made) >= 50
    assert local_secret_key(tmp_path / "var") == made
    mode = (tmp_path / "var" / "secret_key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    assert [each.name for each in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_processes_that_start_together_agree_on_the_secret(tmp_path: Path) -> None:
    for attempt in range(20):
        folder = tmp_path / str(attempt)
        with ThreadPoolExecutor(8) as pool:
            made = set(pool.map(local_secret_key, [folder] * 8))
        assert len(made) == 1
        assert made != {""}


def test_no_sample_source_means_no_keys_of_it(tmp_path: Path) -> None:
    assert sample_public_keys(tmp_path) == ""


@pytest.mark.parametrize("module", ["local", "devstack"])
def test_private_settings_come_last(tmp_path: Path, module: str) -> None:
    clone = Clone.make(tmp_path)
    clone.lay("private", "PAGE = 'mine'\nDEBUG = 'mine'\n")

    assert clone.read(module, "DEBUG", "PAGE") == {"DEBUG": "mine", "PAGE": "mine"}


def test_private_settings_can_add_an_app(tmp_path: Path) -> None:
    clone = Clone.make(tmp_path)
    clone.lay(
        "private",
        "from course_discovery.settings.base import INSTALLED_APPS\n"
        "INSTALLED_APPS += ['django.contrib.humanize']\n",
    )

    (apps,) = clone.start("local", "INSTALLED_APPS").values()
    assert apps[-1] == "django.contrib.humanize"
    assert "course_discovery.course_metadata" in apps


@pytest.mark.parametrize("module", ["production", "test"])
def test_private_settings_are_of_development_only(tmp_path: Path, module: str) -> None:
    clone = Clone.make(tmp_path)
    clone.lay("private", "raise AssertionError('imported')\n")

    assert clone.read(module, "DEBUG") == {"DEBUG": False}


def test_git_never_sees_private_settings_but_their_example() -> None:
    settings = ROOT / "course_discovery" / "settings"
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()

    assert "course_discovery/settings/private.py" in ignored
    assert (settings / "private.py.example").is_file()


def test_the_example_of_private_settings_works(tmp_path: Path) -> None:
    clone = Clone.make(tmp_path)
    example = ROOT / "course_discovery" / "settings" / "private.py.example"
    clone.lay("private", example.read_text(encoding="utf-8"))

    read = clone.start("local", "SEARCH_URL", "INSTALLED_APPS")
    assert read["SEARCH_URL"] == "http://127.0.0.1:9200"
    assert read["INSTALLED_APPS"][-1] == "django.contrib.humanize"


def test_a_fault_in_private_settings_is_not_hidden(tmp_path: Path) -> None:
    clone = Clone.make(tmp_path)
    clone.lay("private", "import a_module_that_is_not_there\n")

    with pytest.raises(AssertionError, match="a_module_that_is_not_there"):
        clone.read("local", "DEBUG")
