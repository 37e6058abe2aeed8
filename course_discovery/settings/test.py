"""The suite: embedded engines, nothing in the background."""

import tempfile
from pathlib import Path

from course_discovery.settings.base import *  # noqa: F403 - a settings module is the names of base
from course_discovery.settings.base import REST_FRAMEWORK
from course_discovery.settings.environment import database, env

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["*"]
DATABASES = {
    "default": database(env("DATABASE_URL"))
    if env("DATABASE_URL").startswith(("postgres", "mysql"))
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_scratch = Path(tempfile.mkdtemp(prefix="discovery-test-"))
MEDIA_ROOT = _scratch / "media"
STATIC_ROOT = _scratch
SEARCH_FILE = str(_scratch / "search.sqlite3")
CHANGES_DRAIN_IN_PROCESS = False
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = {"user": None}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
