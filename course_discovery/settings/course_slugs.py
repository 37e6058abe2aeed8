"""The form of the addresses of courses, where addresses with subdirectories are switched on."""

from typing import Any

_SLUG = r"[a-zA-Z0-9_-]+"

# By the slugs of a course's product source and type; other types of the source have `default`.
COURSE_URL_SLUGS_PATTERN: dict[str, dict[str, dict[str, Any]]] = {
    "edx": {
        "default": {
            "slug_format": rf"(?:learn/{_SLUG}/)?{_SLUG}",
            "error_msg": "The URL slug is neither ‘learn/<primary subject>/<slug>’ nor plain.",
        },
        "executive-education-2u": {
            "slug_format": rf"(?:executive-education/)?{_SLUG}",
            "error_msg": "The URL slug is neither ‘executive-education/<slug>’ nor plain.",
        },
        "bootcamp-2u": {
            "slug_format": rf"(?:boot-camps/{_SLUG}/)?{_SLUG}",
            "error_msg": "The URL slug is neither ‘boot-camps/<subject>/<slug>’ nor plain.",
        },
    }
}
