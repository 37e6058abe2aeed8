"""What holds everywhere. Nothing here is computed from a value that deployments override."""

import secrets
from typing import Any

import django_stubs_ext

from course_discovery.settings.auth import *  # noqa: F403 - topic files are parts of this one
from course_discovery.settings.celery import *  # noqa: F403
from course_discovery.settings.course_slugs import *  # noqa: F403
from course_discovery.settings.environment import ROOT, VAR, database, env
from course_discovery.settings.search import *  # noqa: F403

# Lets classes of Django that are generic to the type checker be written with their parameters.
django_stubs_ext.monkeypatch()

# Image builds import this module without any secret; servers must be given theirs.
SECRET_KEY = env("SECRET_KEY") or secrets.token_urlsafe(50)
DEBUG = False
ALLOWED_HOSTS: list[str] = env("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS: list[str] = env("CSRF_TRUSTED_ORIGINS")
# The site (and so the partner) of requests whose host no site has.
SITE_ID = env("SITE_ID")

ROOT_URLCONF = "course_discovery.urls"
WSGI_APPLICATION = "course_discovery.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "rest_framework",
    "corsheaders",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "guardian",
    "simple_history",
    "edx_rbac",
    "waffle",
    "parler",
    "taggit",
    "adminsortable2",
    "social_django",
    "auth_backends",
    "course_discovery.core",
    "course_discovery.core.changes",
    "course_discovery.course_metadata",
    "course_discovery.publisher",
    "learner_pathway",
    "course_discovery.projections",
    "course_discovery.loaders",
    "search",
    # After search: what it derives from documents comes after them.
    "course_discovery.catalogs",
    "course_discovery.api",
]

MIDDLEWARE = [
    # What the token library keeps for a request must not outlive it.
    "edx_django_utils.cache.middleware.RequestCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "edx_rest_framework_extensions.auth.jwt.middleware.JwtAuthCookieMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "social_django.middleware.SocialAuthExceptionMiddleware",
    "course_discovery.core.middleware.PartnerMiddleware",
    "course_discovery.core.changes.middleware.ChangeContextMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "waffle.middleware.WaffleMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {"default": database(env("DATABASE_URL"))}
CACHES: dict[str, dict[str, Any]] = {"default": env.cache("CACHE_URL")}
# Calls are counted in the cache `throttling`, where there is none in the default one. A cache that
# each process has to itself would count for each alone.
if CACHES["default"]["BACKEND"].endswith("LocMemCache"):
    CACHES["throttling"] = {
        "BACKEND": "course_discovery.core.shared_counts.SharedCounts",
        "LOCATION": str(VAR / "throttling.sqlite3"),
    }

LANGUAGE_CODE = env("LANGUAGE_CODE")
TIME_ZONE = "UTC"
USE_TZ = True
LOCALE_PATHS = [ROOT / "course_discovery" / "conf" / "locale"]
PARLER_DEFAULT_LANGUAGE_CODE = "en"
PARLER_LANGUAGES: dict[Any, Any] = {
    1: ({"code": "en"},),
    "default": {"fallbacks": ["en"], "hide_untranslated": False},
}
PARLER_ENABLE_CACHING = False
TAGGIT_CASE_INSENSITIVE = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "course_discovery" / "assets"
MEDIA_URL = "/media/"
MEDIA_ROOT = ROOT / "course_discovery" / "media"
# Whether this service serves uploaded files itself; otherwise whatever stands in front does.
SERVE_MEDIA = False
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "course_discovery.core.rest.authentication.PlatformTokens",
        "rest_framework.authentication.SessionAuthentication",
        "rest_framework.authentication.BasicAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "edx_rest_framework_extensions.permissions.NotJwtRestrictedApplication",
    ],
    "DEFAULT_RENDERER_CLASSES": [
        "course_discovery.core.rest.renderers.OrjsonRenderer",
        "rest_framework.renderers.BrowsableAPIRenderer",
    ],
    "DEFAULT_PARSER_CLASSES": [
        "course_discovery.core.rest.parsers.BoundedJSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_PAGINATION_CLASS": "course_discovery.core.rest.pagination.ProxiedPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "course_discovery.api.errors.answer_exception",
    "PAGE_SIZE": 20,
    "DEFAULT_THROTTLE_CLASSES": ["course_discovery.core.rest.throttling.CallLimit"],
    # None for no limit.
    "DEFAULT_THROTTLE_RATES": {"user": "200/hour"},
    # How many proxies in front can be trusted to tell the caller's address.
    "NUM_PROXIES": 0,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# Bytes of a body, and fields of a form: searches come as forms with many repeated keys.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Course discovery",
    "DESCRIPTION": "Courses, course runs, programs and search of the official catalog.",
    "VERSION": "v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "ENUM_NAME_OVERRIDES": {
        "CourseRunStatus": "course_discovery.course_metadata.models.course_run.CourseRunStatus",
        "PathwayStatus": "course_discovery.course_metadata.models.pathway.PathwayStatus",
        "ProgramStatus": "course_discovery.course_metadata.models.program.ProgramStatus",
    },
}

# Callers with one of these words in a role of their token have the other rate.
ENHANCED_THROTTLE_JWT_ROLE_KEYWORDS: list[str] = []
ENHANCED_THROTTLE_LIMIT = "400/hour"

# The service that tells exchange rates, and the key (app id) for it; without one there are none.
OPENEXCHANGERATES_API_URL = "https://openexchangerates.org/api/latest.json"
OPENEXCHANGERATES_API_KEY = env("OPENEXCHANGERATES_API_KEY")

# Product sources: the slug and name of the one that the platform's own courses belong to.
DEFAULT_PRODUCT_SOURCE_SLUG = "edx"
DEFAULT_PRODUCT_SOURCE_NAME = "edX"
# Days before a run's end at which its verified seats can no longer be bought.
PUBLISHER_UPGRADE_DEADLINE_DAYS = 10
# The group whose members do the legal step of a review.
PUBLISHER_LEGAL_GROUP = "Legal Team Members"
# Whether internal users may only read unless they were given the role PUBLISHER_EDITOR.
PUBLISHER_RESTRICT_INTERNAL_USERS = False
# Whom mails to course teams come from; without one, Django's DEFAULT_FROM_EMAIL.
PUBLISHER_FROM_EMAIL = ""
# Who is told the address of each course, beside its watchers.
ORGANIC_MARKETING_EMAIL = ""
# Who gets the reports of `archive_courses` and `migrate_course_slugs`.
COURSE_ARCHIVAL_MAIL_RECIPIENTS: list[str] = []
NOTIFY_SLUG_UPDATE_RECIPIENTS: list[str] = []
# What mails are signed with.
PLATFORM_NAME = ""
# Slugs of types whose programs may be part of enterprise subscriptions: not MicroMasters.
ENTERPRISE_SUBSCRIPTION_PROGRAM_TYPES: list[str] = [
    "xseries",
    "professional-certificate",
    "professional-program-wl",
    "microbachelors",
]
# Slugs of types whose programs affiliates are not told of.
AFFILIATE_EXCLUDED_PROGRAM_TYPES: list[str] = ["bachelors", "doctorate", "license", "certificate"]
# Slugs of types that are hidden from reads and search.
RETIRED_RUN_TYPES: list[str] = []
RETIRED_COURSE_TYPES: list[str] = []

# Drain the change log in this process after its commits (see docs/decisions).
CHANGES_DRAIN_IN_PROCESS = True

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "standard": {"format": "%(asctime)s %(levelname)s %(process)d [%(name)s] %(message)s"}
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "standard"},
        # Deployment tooling takes this one out, so it must be there.
        "local": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL")},
    "loggers": {
        "django": {"handlers": ["local"], "level": "INFO", "propagate": True},
        # Logs a trace for every bad token that somebody sends; the answer tells them.
        "edx_rest_framework_extensions": {"handlers": ["local"], "level": "CRITICAL"},
        # Logs a trace for every try; whoever asked tells once that nobody answers.
        "elastic_transport": {"handlers": ["local"], "level": "ERROR", "propagate": True},
        "urllib3": {"handlers": ["local"], "level": "WARNING", "propagate": True},
    },
}
VAR_DIRECTORY = VAR
