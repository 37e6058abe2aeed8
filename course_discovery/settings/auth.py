"""Who is who: tokens, sessions, sign-on against the platform."""

from typing import Any

from corsheaders.defaults import default_headers

from course_discovery.settings.environment import env

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = (
    "auth_backends.backends.EdXOAuth2",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
)
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

JWT_AUTH: dict[str, Any] = {
    "JWT_AUTH_HEADER_PREFIX": "JWT",
    "JWT_ALGORITHM": "HS256",
    "JWT_DECODE_HANDLER": "course_discovery.core.rest.jwt.decode_jwt",
    "JWT_VERIFY_EXPIRATION": True,
    "JWT_VERIFY_AUDIENCE": False,
    "JWT_LEEWAY": 1,
    "JWT_AUTH_COOKIE": "edx-jwt-cookie",
    "JWT_AUTH_COOKIE_HEADER_PAYLOAD": "edx-jwt-cookie-header-payload",
    "JWT_AUTH_COOKIE_SIGNATURE": "edx-jwt-cookie-signature",
    "JWT_AUDIENCE": env("JWT_AUDIENCE"),
    "JWT_ISSUER": env("JWT_ISSUER"),
    "JWT_SECRET_KEY": env("JWT_SECRET_KEY"),
    "JWT_PUBLIC_SIGNING_JWK_SET": env("JWT_PUBLIC_SIGNING_JWK_SET"),
    "JWT_ISSUERS": [
        {
            "AUDIENCE": env("JWT_AUDIENCE"),
            "ISSUER": env("JWT_ISSUER"),
            "SECRET_KEY": env("JWT_SECRET_KEY"),
        }
    ],
}
# The token library would otherwise look for a monitoring agent that is not installed.
OPENEDX_TELEMETRY: list[str] = []
EDX_DRF_EXTENSIONS: dict[str, Any] = {
    "OAUTH2_USER_INFO_URL": "http://127.0.0.1:18000/oauth2/user_info"
}

# The platform signs people on (authorization code), if its address is told ...
SOCIAL_AUTH_EDX_OAUTH2_KEY = env("SOCIAL_AUTH_EDX_OAUTH2_KEY")
SOCIAL_AUTH_EDX_OAUTH2_SECRET = env("SOCIAL_AUTH_EDX_OAUTH2_SECRET")
SOCIAL_AUTH_EDX_OAUTH2_URL_ROOT = env("SOCIAL_AUTH_EDX_OAUTH2_URL_ROOT")
SOCIAL_AUTH_EDX_OAUTH2_PUBLIC_URL_ROOT = env("SOCIAL_AUTH_EDX_OAUTH2_PUBLIC_URL_ROOT")
SOCIAL_AUTH_STRATEGY = "auth_backends.strategies.EdxDjangoStrategy"
SOCIAL_AUTH_REDIRECT_IS_HTTPS = False
# A failed sign-on is answered with its reason, not with a fault of ours.
SOCIAL_AUTH_RAISE_EXCEPTIONS = False
SOCIAL_AUTH_INACTIVE_USER_URL = "/login/inactive/"
# The platform says who is staff and who is a superuser; the library's own list forbids it.
SOCIAL_AUTH_NO_DEFAULT_PROTECTED_USER_FIELDS = True
SOCIAL_AUTH_PROTECTED_USER_FIELDS = ["username", "id", "pk", "email", "password", "is_active"]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/admin/"
LOGOUT_REDIRECT_URL = "/"

# ... and knows this service as a client of its own (client credentials).
BACKEND_SERVICE_EDX_OAUTH2_KEY = env("BACKEND_SERVICE_EDX_OAUTH2_KEY")
BACKEND_SERVICE_EDX_OAUTH2_SECRET = env("BACKEND_SERVICE_EDX_OAUTH2_SECRET")
BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL = env("BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL")
# Seconds to connect and to read, or one number for both; of a call for a token.
OAUTH_API_TIMEOUT: float | tuple[float, float] = (3.05, 5)
# The same, of a call that tells another service of a change; a person waits for it.
PUSH_API_TIMEOUT: float | tuple[float, float] = (3.05, 10)
# In front of the addresses of logos that an LMS is told.
ORG_BASE_LOGO_URL = ""

# The platform's account that may rename users; empty for none.
USERNAME_REPLACEMENT_WORKER = ""

# Origins, with their scheme, whose pages may call with the cookies of the person before them.
CORS_ORIGIN_WHITELIST: list[str] = env("CORS_ORIGIN_WHITELIST")
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOW_HEADERS = (*default_headers, "if-match", "if-none-match", "use-jwt-cookie")
CORS_EXPOSE_HEADERS = ["ETag", "Retry-After"]

SESSION_COOKIE_NAME = "course_discovery_sessionid"
CSRF_COOKIE_NAME = "course_discovery_csrftoken"
LANGUAGE_COOKIE_NAME = "course_discovery_language"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
