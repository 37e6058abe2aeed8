"""Deployment tooling lays its own settings modules over ours; they must go on working."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from course_discovery.core.tests.settings_process import ROOT, Clone

# The driver has no wheel: where it was not compiled, the overrides are tried on another engine.
ENGINE = (
    "django.db.backends.mysql"
    if importlib.util.find_spec("MySQLdb")
    else "django.db.backends.sqlite3"
)

# What a build changes before it collects static files.
ASSETS = """
from .base import *

COMPRESS_ENABLED = True
COMPRESS_OFFLINE = True
LOGGING["handlers"].pop("local")
for logger in LOGGING["loggers"].values():
    if "local" in logger["handlers"]:
        logger["handlers"].remove("local")
"""

# What a running deployment changes, whichever module it starts from.
OVERRIDES = f"""
SECRET_KEY = "of the deployment"
PLATFORM_NAME = "Campus"
ALLOWED_HOSTS = ["discovery", "discovery.campus.example"]
DATABASES = {{
    "default": {{
        "ENGINE": "{ENGINE}",
        "NAME": "discovery", "USER": "discovery", "PASSWORD": "secret",
        "HOST": "mysql.invalid", "PORT": "3306",
        "OPTIONS": {{"init_command": "SET sql_mode='STRICT_TRANS_TABLES'"}},
    }}
}}
CACHES = {{
    "default": {{
        "BACKEND": "django_redis.cache.RedisCache",
        "KEY_PREFIX": "discovery",
        "LOCATION": "redis://@redis.invalid:6379/1",
    }}
}}
ELASTICSEARCH_DSL["default"].update({{"hosts": "http://elasticsearch.invalid:9200/"}})
ELASTICSEARCH_INDEX_NAMES[
    "course_discovery.apps.course_metadata.search_indexes.documents.course"
] = "campus_course"
LANGUAGE_CODE = "es-419"
PARLER_DEFAULT_LANGUAGE_CODE = LANGUAGE_CODE
PARLER_LANGUAGES[1][0]["code"] = LANGUAGE_CODE
PARLER_LANGUAGES["default"]["fallbacks"] = [PARLER_DEFAULT_LANGUAGE_CODE]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "smtp.invalid", "8025"
DEFAULT_PRODUCT_SOURCE_SLUG = "edx"
LOGGING["handlers"].pop("local")
for logger in LOGGING["loggers"].values():
    if "local" in logger["handlers"]:
        logger["handlers"].remove("local")
LOGGING["loggers"]["algoliasearch_django"] = {{"level": "WARNING"}}
OAUTH_API_TIMEOUT = 5
JWT_AUTH["JWT_ISSUER"] = "https://campus.example/oauth2"
JWT_AUTH["JWT_AUDIENCE"] = "openedx"
JWT_AUTH["JWT_SECRET_KEY"] = "of the platform"
JWT_AUTH["JWT_PUBLIC_SIGNING_JWK_SET"] = '{{"keys": [{{"kid": "openedx", "kty": "RSA"}}]}}'
JWT_AUTH["JWT_ISSUERS"] = [
    {{"AUDIENCE": "openedx", "ISSUER": "https://campus.example/oauth2", "SECRET_KEY": "shared"}}
]
EDX_DRF_EXTENSIONS = {{"OAUTH2_USER_INFO_URL": "https://campus.example/oauth2/user_info"}}
EVENT_BUS_PRODUCER = "edx_event_bus_redis.create_producer"
CELERY_BROKER_URL = "redis://redis.invalid:6379/"
BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL = "http://lms:8000/oauth2"
SOCIAL_AUTH_EDX_OAUTH2_ISSUER = "https://campus.example"
SOCIAL_AUTH_REDIRECT_IS_HTTPS = True
DISCOVERY_BASE_URL = "https://discovery.campus.example"
MEDIA_URL = DISCOVERY_BASE_URL + "/media/"
"""

LATE = """
from course_discovery.core.rest.jwt import public_keys, shared_secret
from course_discovery.projections.values import media_url
from django.core.cache import caches
from django.db import connections
print(json.dumps({
    "keys": [key["kid"] for key in public_keys()],
    "secret": shared_secret(),
    "media": media_url("logo.png"),
    "database": connections["default"].settings_dict["HOST"],
    "cache": type(caches["default"]).__module__,
}))
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """A fresh copy of the tree."""
    return Clone.make(tmp_path_factory.mktemp("clone"))


@pytest.mark.parametrize("module", ["production", "devstack"])
def test_overrides_of_a_deployment_hold_whichever_module_they_start_from(
    clone: Clone, module: str
) -> None:
    # The folder has no __init__.py, as where a single file is mounted.
    clone.lay(f"tutor.{module}", f"from ..{module} import *\n{OVERRIDES}")

    late = clone.start(f"tutor.{module}", then=LATE)

    assert late == {
        "keys": ["openedx"],
        "secret": "shared",
        "media": "https://discovery.campus.example/media/logo.png",
        "database": "mysql.invalid",
        "cache": "django_redis.cache",
    }


def test_a_deployment_keeps_what_it_does_not_override(clone: Clone) -> None:
    clone.lay("tutor.kept", f"from ..production import *\n{OVERRIDES}")

    kept = clone.read(
        "tutor.kept", "JWT_AUTH", "LOGGING", "ELASTICSEARCH_INDEX_NAMES", "SITE_ID", "STATIC_ROOT"
    )

    assert kept["JWT_AUTH"]["JWT_AUTH_HEADER_PREFIX"] == "JWT"
    assert kept["JWT_AUTH"]["JWT_AUTH_COOKIE_SIGNATURE"] == "edx-jwt-cookie-signature"
    assert "local" not in kept["LOGGING"]["handlers"]
    names = set(kept["ELASTICSEARCH_INDEX_NAMES"].values())
    assert names == {"campus_course", "course_run", "learner_pathway", "person", "program"}
    assert kept["SITE_ID"] == 1
    assert Path(kept["STATIC_ROOT"]) == clone.root / "course_discovery" / "assets"


def test_production_expects_https_and_development_does_not(clone: Clone) -> None:
    names = ("SOCIAL_AUTH_REDIRECT_IS_HTTPS", "DEBUG")

    assert list(clone.read("production", *names).values()) == [True, False]
    assert list(clone.read("devstack", *names).values()) == [False, True]


def test_static_files_are_collected_without_any_server(clone: Clone) -> None:
    (clone.root / "course_discovery" / "settings" / "assets.py").write_text(ASSETS)

    done = clone.run(
        "make", "static", f"PYTHON={sys.executable}",
        environment={
            "DJANGO_SETTINGS_MODULE": "course_discovery.settings.assets",
            "DATABASE_URL": "postgres://nobody@database.invalid/none",
            "SEARCH_URL": "http://search.invalid:9200",
            "CACHE_URL": "rediscache://cache.invalid/1",
        },
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert (clone.root / "course_discovery" / "assets" / "admin" / "css" / "base.css").is_file()


def test_manage_py_runs_in_a_fresh_clone_without_settings_or_servers(clone: Clone) -> None:
    done = clone.run(sys.executable, "manage.py", "check")

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_settings_are_imported_where_nothing_may_be_written(clone: Clone) -> None:
    # A file in the way of the folder refuses even root, whom a mode would not stop.
    taken = clone.root / "taken"
    taken.touch()

    read = clone.read(
        "production", "DATABASES",
        environment={"DATABASE_URL": f"sqlite:///{taken}/var/catalog.sqlite3"},
    )  # fmt: skip

    assert read["DATABASES"]["default"]["NAME"].endswith("catalog.sqlite3")


def test_what_image_builds_touch_is_there() -> None:
    manage = ROOT / "manage.py"

    assert os.access(manage, os.X_OK)
    assert manage.read_text().startswith("#!")
    assert (ROOT / "course_discovery" / "conf" / "locale").is_dir()
    assert not (ROOT / "course_discovery" / "settings" / "tutor").exists()
    assert _pinned("requirements.txt") >= {"mysqlclient", "openedx-atlas", "gunicorn"}


def _pinned(name: str, folder: Path = ROOT) -> set[str]:
    """The names of the packages that a requirements file pins, those of the files it names too."""
    found: set[str] = set()
    for line in (folder / name).read_text().splitlines():
        if line.startswith("-r "):
            path = folder / line.removeprefix("-r ").strip()
            found |= _pinned(path.name, path.parent)
        elif "==" in line:
            found.add(line.split("==")[0].strip().lower())
    return found


def test_folders_that_builds_make_are_not_in_the_repository() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout")

    kept = subprocess.run(
        ["git", "ls-files", "course_discovery/media", "course_discovery/assets",
         "course_discovery/settings/private.py", "node_modules"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert kept.stdout == ""


def _json(path: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((ROOT / path).read_text())
    return content


def test_the_lock_file_of_npm_matches_its_package_file() -> None:
    package, locked = _json("package.json"), _json("package-lock.json")["packages"]

    assert locked[""]["dependencies"] == package["dependencies"]
    assert locked["node_modules/bower"] == {"resolved": "deployment/bower", "link": True}
    assert locked["deployment/bower"]["bin"] == _json("deployment/bower/package.json")["bin"]


def test_npm_and_bower_steps_of_image_builds_need_no_network(tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "deployment", tmp_path / "deployment")

    for command in (
        [npm, "clean-install", "--offline", "--no-audit", "--omit=dev"],
        ["./node_modules/.bin/bower", "install", "--allow-root", "--production"],
    ):
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr
