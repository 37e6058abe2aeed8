"""`GET /api/course_modes/v1/courses/{key}/`: the ways to enroll in a run; reading only."""

from typing import Any

from course_discovery.loaders.sample.catalog import Mode
from course_discovery.loaders.sample.messages import Answer, Request, detail, instant, json_answer
from course_discovery.loaders.sample.site import Site
from course_discovery.loaders.sample.staff import refusal


def list_modes(site: Site, request: Request, key: str) -> Answer:
    """All modes of a run; none for a run that has none, or that nobody knows."""
    return _refusal(site, request) or json_answer(
        200, [mode_row(key, mode) for mode in _modes(site, key)]
    )


def show_mode(site: Site, request: Request, key: str, slug: str) -> Answer:
    """One mode of a run."""
    refusal = _refusal(site, request)
    if refusal:
        return refusal
    for mode in _modes(site, key):
        if mode.slug == slug:
            return json_answer(200, mode_row(key, mode))
    return detail(404, "This run has no such mode.")


def _refusal(site: Site, request: Request) -> Answer | None:
    return refusal(site, request, "Only staff may see the modes of a run.")


def _modes(site: Site, key: str) -> tuple[Mode, ...]:
    run = site.catalog.lms_runs_by_key.get(key)
    return run.modes if run else ()


def mode_row(key: str, mode: Mode) -> dict[str, Any]:
    """One mode as the platform shows it."""
    return {
        "course_id": key,
        "mode_slug": mode.slug,
        "mode_display_name": mode.name,
        "min_price": mode.price,
        "currency": mode.currency,
        "expiration_datetime": instant(mode.expires),
        "expiration_datetime_is_explicit": mode.expires is not None,
        "description": None,
        "sku": mode.sku,
        "bulk_sku": mode.bulk_sku,
    }
