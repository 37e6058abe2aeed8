"""Installations that feed production by a YAML file, named by DISCOVERY_CFG."""

from pathlib import Path
from typing import Any

import pytest

from course_discovery.core.tests.settings_process import Clone


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """A fresh copy of the tree."""
    return Clone.make(tmp_path_factory.mktemp("clone"))


def production(clone: Clone, folder: Path, yaml: str, *names: str, **environment: str) -> Any:
    """What production settings become with this YAML file."""
    (folder / "discovery.yml").write_text(yaml)
    given = {"DISCOVERY_CFG": str(folder / "discovery.yml"), **environment}
    return clone.read("production", *names, environment=given)


@pytest.mark.parametrize("yaml", ["{}", "", "JWT_AUTH:\nEXTRA_APPS:\nMEDIA_STORAGE_BACKEND:\n"])
def test_a_file_that_says_nothing_changes_nothing(clone: Clone, tmp_path: Path, yaml: str) -> None:
    names = ("JWT_AUTH", "INSTALLED_APPS", "STORAGES", "DATABASES", "ELASTICSEARCH_DSL")

    assert production(clone, tmp_path, yaml, *names) == clone.read("production", *names)


def test_production_starts_with_an_empty_mapping_and_a_secret(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text("{}")

    started = clone.start(
        "production", "DEBUG",
        environment={"DISCOVERY_CFG": str(tmp_path / "config.yml"), "SECRET_KEY": "given"},
    )  # fmt: skip

    assert started == {"DEBUG": False}


def test_production_does_not_start_without_a_secret(clone: Clone) -> None:
    with pytest.raises(AssertionError, match="SECRET_KEY setting must not be empty"):
        clone.start("production", "DEBUG")


def test_keys_replace_settings_but_token_settings_are_merged(clone: Clone, tmp_path: Path) -> None:
    yaml = """
SECRET_KEY: of the file
SITE_ID: 2
JWT_AUTH:
  JWT_ISSUER: https://campus.example/oauth2
ELASTICSEARCH_CLUSTER_URL: http://search.campus.example:9200
"""

    read = production(
        clone, tmp_path, yaml, "SECRET_KEY", "SITE_ID", "JWT_AUTH", "ELASTICSEARCH_DSL"
    )

    assert read["SECRET_KEY"] == "of the file"
    assert read["SITE_ID"] == 2
    assert read["JWT_AUTH"]["JWT_ISSUER"] == "https://campus.example/oauth2"
    assert read["JWT_AUTH"]["JWT_ALGORITHM"] == "HS256"
    assert read["ELASTICSEARCH_DSL"]["default"]["hosts"] == "http://search.campus.example:9200"


def test_a_media_backend_is_unpacked(clone: Clone, tmp_path: Path) -> None:
    yaml = """
MEDIA_STORAGE_BACKEND:
  DEFAULT_FILE_STORAGE: storages.backends.s3.S3Storage
  MEDIA_ROOT: /srv/media
  MEDIA_URL: https://media.campus.example/
"""

    read = production(clone, tmp_path, yaml, "STORAGES", "MEDIA_ROOT", "MEDIA_URL")

    assert read["STORAGES"]["default"] == {"BACKEND": "storages.backends.s3.S3Storage"}
    assert "StaticFilesStorage" in read["STORAGES"]["staticfiles"]["BACKEND"]
    assert (read["MEDIA_ROOT"], read["MEDIA_URL"]) == (
        "/srv/media",
        "https://media.campus.example/",
    )


def test_apps_of_a_site_are_installed_beside_ours(clone: Clone, tmp_path: Path) -> None:
    before = clone.read("production", "INSTALLED_APPS")["INSTALLED_APPS"]

    read = production(clone, tmp_path, "EXTRA_APPS: [campus_extensions]", "INSTALLED_APPS")

    assert read["INSTALLED_APPS"] == [*before, "campus_extensions"]


def test_migrations_may_use_another_account(clone: Clone, tmp_path: Path) -> None:
    yaml = """
DATABASES:
  default: {ENGINE: django.db.backends.mysql, NAME: discovery, USER: app, PASSWORD: a, HOST: db}
"""

    read = production(
        clone, tmp_path, yaml, "DATABASES", DB_MIGRATION_USER="migrate", DB_MIGRATION_PASS="b"
    )

    assert read["DATABASES"]["default"] == {
        "ENGINE": "django.db.backends.mysql", "NAME": "discovery", "USER": "migrate",
        "PASSWORD": "b", "HOST": "db",
    }  # fmt: skip


def test_a_file_that_is_no_mapping_is_refused_by_its_name(clone: Clone, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"discovery\.yml.*is not a mapping"):
        production(clone, tmp_path, "- SECRET_KEY", "SECRET_KEY")


def test_settings_come_from_the_environment_too(clone: Clone) -> None:
    environment = {
        "ALLOWED_HOSTS": "discovery.campus.example,10.0.0.1",
        "DATABASE_URL": "postgres://app:secret@db:5432/discovery",
        "SEARCH_URL": "https://search.campus.example:9200",
        "SITE_ID": "3",
    }

    read = clone.read("production", *environment.keys() - {"DATABASE_URL"}, "DATABASES",
                      environment=environment)  # fmt: skip

    assert read["ALLOWED_HOSTS"] == ["discovery.campus.example", "10.0.0.1"]
    assert read["SITE_ID"] == 3
    assert read["SEARCH_URL"] == "https://search.campus.example:9200"
    database = read["DATABASES"]["default"]
    assert (database["ENGINE"], database["HOST"]) == ("django.db.backends.postgresql", "db")
    assert database["CONN_HEALTH_CHECKS"] is True
