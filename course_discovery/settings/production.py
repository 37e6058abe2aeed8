"""Production: values come from the environment, and from the YAML file that DISCOVERY_CFG names."""

from pathlib import Path
from typing import Any

import yaml

from course_discovery.settings.base import *  # noqa: F403 - a settings module is the names of base
from course_discovery.settings.base import ELASTICSEARCH_DSL, JWT_AUTH, STORAGES
from course_discovery.settings.environment import env

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SOCIAL_AUTH_REDIRECT_IS_HTTPS = True


def _read(path: str) -> dict[str, Any]:
    """The settings of a YAML file; {} for an empty file or no path."""
    return (yaml.safe_load(Path(path).read_text(encoding="utf-8")) or {}) if path else {}


_overrides = _read(env("DISCOVERY_CFG"))
JWT_AUTH.update(_overrides.pop("JWT_AUTH", {}))
_media = dict(_overrides.pop("MEDIA_STORAGE_BACKEND", {}))
for _alias, _name in (("default", "DEFAULT_FILE_STORAGE"), ("staticfiles", "STATICFILES_STORAGE")):
    if _name in _media:
        STORAGES[_alias] = {"BACKEND": _media.pop(_name)}
if "ELASTICSEARCH_CLUSTER_URL" in _overrides:
    ELASTICSEARCH_DSL["default"]["hosts"] = _overrides["ELASTICSEARCH_CLUSTER_URL"]
globals().update(_media | _overrides)
