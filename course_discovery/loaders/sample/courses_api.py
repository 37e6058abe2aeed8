"""`GET /api/courses/v1/courses/`: the runs that the platform knows, page by page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from course_discovery.loaders.sample.accounts import ACCOUNTS, Account, NotAuthenticatedError
from course_discovery.loaders.sample.catalog import Run
from course_discovery.loaders.sample.messages import (
    Answer,
    Request,
    developer_message,
    instant,
    json_answer,
)
from course_discovery.loaders.sample.paging import page_of
from course_discovery.loaders.sample.pictures import run_picture_path
from course_discovery.loaders.sample.site import Site

PATH = "/api/courses/v1/courses/"
DEFAULT_PAGE_SIZE = 10
MAX_PAGE_SIZE = 100
BOOLEANS: Mapping[str, bool] = {
    "True": True,
    "true": True,
    "1": True,
    "False": False,
    "false": False,
    "0": False,
}
UNSET_START = "2030-01-01T00:00:00Z"
MONTHS = (
    "Jan.", "Feb.", "March", "April", "May", "June",
    "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip


def list_courses(site: Site, request: Request) -> Answer:
    """One page of runs, for the user that `username` names, or as anybody sees them."""
    try:
        caller = site.caller(request)
    except NotAuthenticatedError:
        return developer_message(401, "The token is missing, expired or not ours.")
    wait = site.throttle.wait(caller.username, site.now)
    if wait:
        return developer_message(429, f"Too many calls, the next one in {wait} seconds.")
    flags, errors = _flags(request)
    if errors:
        return json_answer(400, {"field_errors": errors})
    username = request.parameter("username")
    refusal = _refusal(caller, username)
    if refusal:
        return refusal
    runs = [
        run
        for run in site.catalog.lms_runs
        if _matches(run, flags, request.parameter("org"), site.now) and (username or not run.hidden)
    ]
    return _page(site, request, runs)


def _flags(request: Request) -> tuple[dict[str, bool], dict[str, Any]]:
    """The boolean filters that were given, and what is wrong with the others."""
    flags: dict[str, bool] = {}
    errors: dict[str, Any] = {}
    for name in ("active_only", "mobile"):
        value = request.parameter(name)
        if value is not None and value in BOOLEANS:
            flags[name] = BOOLEANS[value]
        elif value:
            errors[name] = {"developer_message": "Neither true nor false."}
    return flags, errors


def _refusal(caller: Account, username: str | None) -> Answer | None:
    if not username or username == caller.username:
        return None
    if not caller.administrator:
        return developer_message(403, "Only staff may look with the eyes of somebody else.")
    if username not in ACCOUNTS:
        return developer_message(404, "Nobody has this username.")
    return None


def _matches(run: Run, flags: Mapping[str, bool], org: str | None, now: datetime) -> bool:
    if flags.get("active_only") and run.has_ended(now):
        return False
    if "mobile" in flags and run.mobile_available != flags["mobile"]:
        return False
    return not org or run.key_organization.casefold() == org.casefold()


def _page(site: Site, request: Request, runs: Sequence[Run]) -> Answer:
    page = page_of(runs, site, request, PATH, default=DEFAULT_PAGE_SIZE, most=MAX_PAGE_SIZE)
    if page is None:
        return developer_message(404, "There is no such page.")
    body = {
        "results": [course_row(run, site.base_url) for run in page.rows],
        "pagination": {
            "next": page.following,
            "previous": page.previous,
            "count": page.count,
            "num_pages": page.pages,
        },
    }
    return json_answer(200, body)


def course_row(run: Run, base_url: str) -> dict[str, Any]:
    """One run as the course list shows it."""
    return {
        "blocks_url": f"{base_url}/api/courses/v1/blocks/?course_id={quote(run.key, safe='')}",
        "effort": run.effort,
        "end": instant(run.end),
        "enrollment_start": instant(run.enrollment_start),
        "enrollment_end": instant(run.enrollment_end),
        "id": run.key,
        "media": _media(run, base_url),
        "name": run.name.replace("<", "&lt;").replace(">", "&gt;"),
        "number": run.number,
        "org": run.organization,
        "short_description": run.short_description,
        **_start(run),
        "pacing": run.pacing,
        "mobile_available": run.mobile_available,
        "hidden": run.hidden,
        "invitation_only": run.invitation_only,
        "course_id": run.key,
    }


def _start(run: Run) -> dict[str, str | None]:
    start, kind, display = instant(run.start), "timestamp", None
    if run.advertised_start:
        kind, display = "string", run.advertised_start
    elif run.start:
        display = f"{MONTHS[run.start.month - 1]} {run.start.day}, {run.start.year}"
    else:
        kind = "empty"
    return {"start": start or UNSET_START, "start_display": display, "start_type": kind}


def _media(run: Run, base_url: str) -> dict[str, Any]:
    path = run_picture_path(run.key)
    absolute = f"{base_url}{path}"
    banner = "" if run.is_old_style else path
    return {
        "banner_image": {"uri": banner, "uri_absolute": banner and absolute},
        "course_image": {"uri": path},
        "course_video": {"uri": run.video},
        "image": {"raw": absolute, "small": absolute, "large": absolute},
    }
