"""One machine, no server: what `make run` and a bare `./manage.py` use."""

from importlib.util import find_spec

from course_discovery.settings.base import *  # noqa: F403 - a settings module is the names of base
from course_discovery.settings.base import ALLOWED_HOSTS, REST_FRAMEWORK, VAR_DIRECTORY
from course_discovery.settings.environment import env
from course_discovery.settings.first_start import local_secret_key, sample_public_keys

SECRET_KEY = env("SECRET_KEY") or local_secret_key(VAR_DIRECTORY)
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
JWT_AUTH["JWT_PUBLIC_SIGNING_JWK_SET"] = (  # noqa: F405
    JWT_AUTH["JWT_PUBLIC_SIGNING_JWK_SET"] or sample_public_keys(VAR_DIRECTORY)  # noqa: F405
)
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = {"user": None}
# No mail server: mails are written to files.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIRECTORY / "mails"
# Static files are served as they lie; the folder of collected ones only has to be there.
STATIC_ROOT = VAR_DIRECTORY / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR_DIRECTORY / "media"
SERVE_MEDIA = True

if find_spec("course_discovery.settings.private"):
    from course_discovery.settings.private import *  # type: ignore[import-not-found, unused-ignore]  # noqa: F403
