"""Production: values come from the environment, and from the YAML file that DISCOVERY_CFG names."""

from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ImproperlyConfigured

from course_discovery.settings.base import *  # noqa: F403 - a settings module is the names of base
from course_discovery.settings.base import (
    ELASTICSEARCH_DSL,
    INSTALLED_APPS,
    JWT_AUTH,
    REST_FRAMEWORK,
    STORAGES,
)
from course_discovery.settings.environment import env

# One that each process made for itself would end every session at the next process.
SECRET_KEY = env("SECRET_KEY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SOCIAL_AUTH_REDIRECT_IS_HTTPS = True
REST_FRAMEWORK["NUM_PROXIES"] = 1
PUBLISHER_RESTRICT_INTERNAL_USERS = True


def _read(path: str) -> dict[str, Any]:
    """The settings of a YAML file; {} for an empty file or no path."""
    settings = yaml.safe_load(Path(path).read_text(encoding="utf-8")) if path else None
    if not isinstance(settings, dict | None):
        raise ImproperlyConfigured(f"{path}, named by DISCOVERY_CFG, is not a mapping of settings")
    return settings or {}


_overrides = _read(env("DISCOVERY_CFG"))
JWT_AUTH.update(_overrides.pop("JWT_AUTH", None) or {})
INSTALLED_APPS += _overrides.pop("EXTRA_APPS", None) or []
_media = dict(_overrides.pop("MEDIA_STORAGE_BACKEND", None) or {})
for _alias, _name in (("default", "DEFAULT_FILE_STORAGE"), ("staticfiles", "STATICFILES_STORAGE")):
    if _name in _media:
        STORAGES[_alias] = {"BACKEND": _media.pop(_name)}
if "ELASTICSEARCH_CLUSTER_URL" in _overrides:
    ELASTICSEARCH_DSL["default"]["hosts"] = _overrides.pop("ELASTICSEARCH_CLUSTER_URL")
globals().update(_media | _overrides)

# Migrations may need another account, or another way to the same database.
for _option, _variable in (
    ("ENGINE", "DB_MIGRATION_ENGINE"),
    ("HOST", "DB_MIGRATION_HOST"),
    ("NAME", "DB_MIGRATION_NAME"),
    ("PASSWORD", "DB_MIGRATION_PASS"),
    ("PORT", "DB_MIGRATION_PORT"),
    ("USER", "DB_MIGRATION_USER"),
):
    if env(_variable):
        globals()["DATABASES"]["default"][_option] = env(_variable)
