"""Every environment variable that the settings read, with its type and default.

`docs/settings.md` tells what each one does; a test compares the two lists.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any

import environ  # type: ignore[import-untyped] # ships no types
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]
# Where this machine keeps its database, index, keys and the like, unless told otherwise.
VAR = Path(environ.Env()("VAR_DIRECTORY", default=str(ROOT / "var")))

env = environ.Env(
    ADMIN_PASSWORD=(str, ""),
    ALLOWED_HOSTS=(list, []),
    BACKEND_SERVICE_EDX_OAUTH2_KEY=(str, "discovery-backend-service-key"),
    BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL=(str, "http://127.0.0.1:18000/oauth2"),
    BACKEND_SERVICE_EDX_OAUTH2_SECRET=(str, "discovery-backend-service-secret"),
    CACHE_URL=(str, "locmemcache://"),
    CELERY_BROKER_URL=(str, ""),
    CORS_ORIGIN_WHITELIST=(list, []),
    CSRF_TRUSTED_ORIGINS=(list, []),
    DATABASE_URL=(str, f"sqlite:///{VAR / 'catalog.sqlite3'}"),
    DB_MIGRATION_ENGINE=(str, ""),
    DB_MIGRATION_HOST=(str, ""),
    DB_MIGRATION_NAME=(str, ""),
    DB_MIGRATION_PASS=(str, ""),
    DB_MIGRATION_PORT=(str, ""),
    DB_MIGRATION_USER=(str, ""),
    DISCOVERY_CFG=(str, ""),
    JWT_AUDIENCE=(str, "openedx"),
    JWT_ISSUER=(str, "http://127.0.0.1:18000/oauth2"),
    JWT_PUBLIC_SIGNING_JWK_SET=(str, ""),
    JWT_SECRET_KEY=(str, ""),
    LANGUAGE_CODE=(str, "en"),
    LOG_LEVEL=(str, "INFO"),
    OPENEXCHANGERATES_API_KEY=(str, ""),
    SEARCH_FILE=(str, str(VAR / "search.sqlite3")),
    SEARCH_URL=(str, ""),
    SECRET_KEY=(str, ""),
    SITE_ID=(int, 1),
    SOCIAL_AUTH_EDX_OAUTH2_KEY=(str, "discovery-sso-key"),
    SOCIAL_AUTH_EDX_OAUTH2_PUBLIC_URL_ROOT=(str, ""),
    SOCIAL_AUTH_EDX_OAUTH2_SECRET=(str, "discovery-sso-secret"),
    SOCIAL_AUTH_EDX_OAUTH2_URL_ROOT=(str, ""),
    VAR_DIRECTORY=(str, str(ROOT / "var")),
)


def database(url: str) -> dict[str, Any]:
    """The settings of the database at `url`; SQLite as several processes need it.

    Immediate transactions: a transaction that reads first and then wants the write lock fails at
    once otherwise, however long the time-out (https://www.sqlite.org/lang_transaction.html).
    """
    settings: dict[str, Any] = env.db_url_config(url)
    if "ENGINE" not in settings:
        raise ImproperlyConfigured("DATABASE_URL is no address of a database.")
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        # A disk that is read-only belongs to a deployment with another database.
        with suppress(OSError):
            Path(settings["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        settings["CONN_MAX_AGE"] = 60
        settings["CONN_HEALTH_CHECKS"] = True
    return settings
