"""Texts on their way to translators and back, by the targets that deployments call."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course_discovery.core.tests.settings_process import ROOT, Clone

LOCALE = Path("course_discovery/conf/locale")
SOURCE = LOCALE / "en" / "LC_MESSAGES" / "django.po"
TRANSLATE = """
from django.utils import translation
with translation.override("de"):
    print(json.dumps({text: translation.gettext(text) for text in ("Last loaded", "courses")}))
"""
gettext_only = pytest.mark.skipif(
    shutil.which("msgfmt") is None or shutil.which("xgettext") is None,
    reason="GNU gettext is not installed",
)


def catalog(text: str, translated: str) -> str:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return f'{head}msgid "{text}"\nmsgstr "{translated}"\n'


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone.make(tmp_path)


def put(clone: Clone, language: str, content: str, below: Path = LOCALE) -> Path:
    path = clone.root / below / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    return path


def command(clone: Clone, name: str, script: str) -> None:
    """A command of this name in the copy, as a virtual environment would have it."""
    path = clone.root / ".venv" / "bin" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def make(clone: Clone, target: str, *options: str) -> "subprocess.CompletedProcess[str]":
    return clone.run("make", target, f"PYTHON={sys.executable}", *options)


def languages(clone: Clone) -> set[str]:
    return {path.name for path in (clone.root / LOCALE).iterdir() if path.is_dir()}


@gettext_only
def test_new_texts_are_told_collected_and_then_no_news(clone: Clone) -> None:
    texts = clone.root / "learner_pathway" / "texts.py"
    texts.write_text(
        "from django.utils.translation import gettext as _\nSTEP = _('A text nobody knows yet')\n",
        encoding="utf-8",
    )
    for made in ("requirements/local.txt", "requirements/test.txt", ".venv/installed"):
        (clone.root / made).parent.mkdir(exist_ok=True)
        (clone.root / made).touch()
    here = f"BIN={Path(sys.executable).parent}"

    first = make(clone, "detect_changed_source_translations", here)
    assert first.returncode != 0
    assert 'msgid "A text nobody knows yet"' in first.stdout
    collected = (clone.root / SOURCE).read_text(encoding="utf-8")
    assert '#: learner_pathway/texts.py\nmsgid "A text nobody knows yet"' in collected
    assert "POT-Creation-Date" not in collected

    second = make(clone, "detect_changed_source_translations", here)
    assert second.returncode == 0, second.stderr
    assert (clone.root / SOURCE).read_text(encoding="utf-8") == collected


@gettext_only
def test_compiled_translations_are_used(clone: Clone) -> None:
    put(clone, "de", catalog("Last loaded", "Zuletzt geladen"))

    done = make(clone, "compilemessages")

    assert done.returncode == 0, done.stderr
    answer = clone.start("local", then=TRANSLATE)
    assert answer == {"Last loaded": "Zuletzt geladen", "courses": "courses"}


@gettext_only
def test_a_catalog_that_cannot_be_compiled_is_told(clone: Clone) -> None:
    put(clone, "de", 'msgid "Last loaded"\nmsgstr "unfinished')

    done = make(clone, "compilemessages")

    assert done.returncode != 0
    assert "de/LC_MESSAGES/django.po" in done.stdout + done.stderr


@gettext_only
def test_pulling_by_atlas_exchanges_all_languages_but_the_texts_own(clone: Clone) -> None:
    put(clone, "fr", catalog("Last loaded", "Dernier chargement"))
    source = (clone.root / SOURCE).read_text(encoding="utf-8")
    theirs = Path("theirs")
    put(clone, "de", catalog("Last loaded", "Zuletzt geladen"), theirs)
    put(clone, "en", catalog("Something else", ""), theirs)
    (clone.root / theirs / "config.yaml").write_text("locales: [de]\n", encoding="utf-8")
    config = (clone.root / LOCALE / "config.yaml").read_text(encoding="utf-8")
    command(
        clone,
        "atlas",
        f'echo "$@" > {clone.root}/asked; mkdir locale; cp -r {clone.root / theirs}/* locale/',
    )

    done = make(
        clone, "pull_translations", "OPENEDX_ATLAS_PULL=yes",
        "OPENEDX_ATLAS_ARGS=--revision=r1 --filter=de",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert (clone.root / "asked").read_text(encoding="utf-8").split() == [
        "pull", "--revision=r1", "--filter=de",
        f"translations/course-discovery/{LOCALE}:locale",
    ]  # fmt: skip
    assert languages(clone) == {"de", "en"}
    assert (clone.root / LOCALE / "de/LC_MESSAGES/django.mo").is_file()
    assert (clone.root / SOURCE).read_text(encoding="utf-8") == source
    assert (clone.root / LOCALE / "config.yaml").read_text(encoding="utf-8") == config
    assert not (clone.root / "var" / "translations").exists()


@pytest.mark.parametrize("script", ["echo nobody answers >&2; exit 1", "mkdir -p locale/en"])
def test_pulling_nothing_loses_nothing(clone: Clone, script: str) -> None:
    put(clone, "fr", catalog("Last loaded", "Dernier chargement"))
    command(clone, "atlas", script)

    done = make(clone, "pull_translations", "OPENEDX_ATLAS_PULL=yes")

    assert done.returncode != 0
    assert "nobody answers" in done.stderr or "nothing was changed" in done.stderr
    assert languages(clone) == {"en", "fr"}


def test_pushing_sends_the_texts_with_transifexs_client(clone: Clone) -> None:
    command(clone, "tx", f'echo "$@" > {clone.root}/asked')

    done = make(clone, "push_translations")

    assert done.returncode == 0, done.stderr
    assert (clone.root / "asked").read_text(encoding="utf-8") == "push --source\n"


@pytest.mark.parametrize("target", ["push_translations", "pull_translations"])
def test_a_missing_client_is_told(clone: Clone, target: str) -> None:
    done = clone.run("make", target, environment={"PATH": "/usr/bin:/bin"})

    assert done.returncode != 0
    assert "tx" in done.stderr
    assert "not installed" in done.stderr


def test_transifex_is_told_where_the_texts_lie() -> None:
    config = (ROOT / ".tx" / "config").read_text(encoding="utf-8")

    assert f"source_file = {SOURCE}\n" in config
    assert f"file_filter = {LOCALE}/<lang>/LC_MESSAGES/django.po\n" in config
