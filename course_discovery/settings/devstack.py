"""Development against a real platform; deployment tooling star-imports and overrides it."""

from importlib.util import find_spec

from course_discovery.settings.base import *  # noqa: F403 - a settings module is the names of base
from course_discovery.settings.base import VAR_DIRECTORY
from course_discovery.settings.environment import env
from course_discovery.settings.first_start import local_secret_key

DEBUG = True
SERVE_MEDIA = True
SECRET_KEY = env("SECRET_KEY") or local_secret_key(VAR_DIRECTORY)
ALLOWED_HOSTS = ["*"]
SOCIAL_AUTH_REDIRECT_IS_HTTPS = False
SOCIAL_AUTH_EDX_OAUTH2_URL_ROOT = env("SOCIAL_AUTH_EDX_OAUTH2_URL_ROOT") or "http://127.0.0.1:18000"
PARLER_LANGUAGES = {
    1: ({"code": "en"}, {"code": "es"}),
    "default": {"fallbacks": ["en"], "hide_untranslated": False},
}

if find_spec("course_discovery.settings.private"):
    from course_discovery.settings.private import *  # type: ignore[import-not-found, unused-ignore]  # noqa: F403
