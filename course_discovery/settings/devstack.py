"""Development against a real platform; deployment tooling star-imports and overrides it."""

from contextlib import suppress

from course_discovery.settings.base import *  # noqa: F403 - a settings module is the names of base
from course_discovery.settings.base import SECRET_KEY, VAR_DIRECTORY
from course_discovery.settings.first_start import local_secret_key

DEBUG = True
SECRET_KEY = SECRET_KEY or local_secret_key(VAR_DIRECTORY)
ALLOWED_HOSTS = ["*"]
SOCIAL_AUTH_REDIRECT_IS_HTTPS = False
DEFAULT_PARTNER_ID = 1
# MEDIA_URL is an absolute address in such deployments; this is the path that serves it here.
LOCAL_DISCOVERY_MEDIA_URL = "/media/"
PARLER_LANGUAGES = {
    1: ({"code": "en"}, {"code": "es"}),
    "default": {"fallbacks": ["en"], "hide_untranslated": False},
}

with suppress(ModuleNotFoundError):
    from course_discovery.settings.private import *  # noqa: F403
