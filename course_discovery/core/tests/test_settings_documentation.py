"""The pages about settings and the feed say what is true."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import django.conf.global_settings
import pytest
from django.conf import settings

from course_discovery.core.tests.settings_process import ROOT, Clone
from course_discovery.settings.environment import VAR, env

PAGE = ROOT / "docs" / "settings.md"
SOURCES = ("course_discovery", "learner_pathway", "search")


def table(heading: str) -> dict[str, list[str]]:
    """The rows below a heading of the page: the first cell's code, then the other cells."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| `([A-Z_0-9]+)` \|(.*)\|$", section, flags=re.MULTILINE)
    return {name: [cell.strip() for cell in cells.split(" | ")] for name, cells in rows}


def written(default: Any) -> str:
    """A default as the page writes it."""
    if default in ("", []):
        return "empty"
    return f"`{str(default).replace(str(VAR), 'var').replace(f'{ROOT}/', '')}`"


def test_every_environment_variable_is_on_the_page_with_its_default() -> None:
    wanted = {name: written(default) for name, (_cast, default) in env.scheme.items()}

    assert {name: cells[0] for name, cells in table("Environment variables").items()} == wanted


def test_every_setting_on_the_page_exists(tmp_path: Path) -> None:
    named = [*table("Settings that an operator may override")]

    values = Clone.make(tmp_path).read("production", *named)

    assert values.keys() == set(named)


def settings_read() -> set[str]:
    """The names of Django settings that the code reads, tests apart."""
    found = set()
    for folder in SOURCES:
        for path in (ROOT / folder).rglob("*.py"):
            if {"tests", "settings", "migrations"} & set(path.relative_to(ROOT).parts):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Attribute)
                    and isinstance(node.value, ast.Name)
                    and node.value.id == "settings"
                    and node.attr.isupper()
                ):
                    found.add(node.attr)
    return found


def test_every_setting_that_the_code_reads_is_on_the_page() -> None:
    of_django = {name for name in dir(django.conf.global_settings) if name.isupper()}
    told = {*table("Environment variables"), *table("Settings that an operator may override")}

    read = settings_read()

    assert "SITE_ID" in read
    assert read - of_django - told == set()
    assert {name for name in read if not hasattr(settings, name)} == set()


# Read by the libraries that the names belong to.
OF_LIBRARIES = re.compile(
    r"ANONYMOUS_USER_NAME|CELERY_|CORS_|EDX_DRF_EXTENSIONS|GUARDIAN_|OPENEDX_TELEMETRY|PARLER_"
    r"|REST_FRAMEWORK|SOCIAL_AUTH_|SPECTACULAR_SETTINGS|TAGGIT_|WHITENOISE_"
)


def test_no_setting_is_defined_that_nothing_reads(tmp_path: Path) -> None:
    clone = Clone.make(tmp_path)
    show = "print(json.dumps({name: '' for name in dir(module) if name.isupper()}))"
    defined = {
        name
        for module in ("base", "local", "devstack", "production")
        for name in clone.read(module, then=show)
    }

    of_django = {name for name in dir(django.conf.global_settings) if name.isupper()}
    ours = {name for name in defined - of_django if not OF_LIBRARIES.match(name)}
    # Ours to compute with; Django's without a default.
    beside = {"ROOT", "VAR", "ROOT_URLCONF", "EMAIL_FILE_PATH"}

    assert ours - settings_read() - beside == set()


def feed_examples() -> list[str]:
    """The lines of the feed's page that are examples."""
    page = (ROOT / "docs" / "catalog_feed.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```jsonl\n(.*?)```", page, flags=re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_the_page_of_the_feed_has_an_example_of_each_kind() -> None:
    schema = json.loads(
        (ROOT / "course_discovery" / "loaders" / "catalog_feed.schema.json").read_text()
    )
    kinds = {reference["$ref"].rsplit("/", 1)[1] for reference in schema["oneOf"]}

    assert {json.loads(line)["kind"] for line in feed_examples()} == kinds


@pytest.mark.parametrize("line", feed_examples())
def test_examples_of_the_feed_follow_its_schema(line: str) -> None:
    import jsonschema

    schema = json.loads(
        (ROOT / "course_discovery" / "loaders" / "catalog_feed.schema.json").read_text()
    )
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    validator = jsonschema.Draft202012Validator(schema, format_checker=checker)

    assert [error.message for error in validator.iter_errors(json.loads(line))] == []


def links() -> list[tuple[Path, str]]:
    """Every relative link of the pages, with the page it stands on."""
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target
    ]


def test_links_between_the_pages_lead_somewhere() -> None:
    found = links()

    assert found
    assert [f"{page.name}: {to}" for page, to in found if not (page.parent / to).exists()] == []


def test_folders_that_the_readme_names_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([a-z_/]+/)` \|", readme, flags=re.MULTILINE)

    assert len(named) > 5
    assert [folder for folder in named if not (ROOT / folder).is_dir()] == []


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")

    pages = sorted(page.name for page in folder.glob("0*.md"))

    assert [name for name in pages if f"({name})" not in index] == []
    for number, name in enumerate(pages, start=1):
        title = (folder / name).read_text(encoding="utf-8").splitlines()[0]
        assert name.startswith(f"{number:04}-")
        assert title.startswith(f"# {number}. ")
