"""The LMS: modes of runs, and organizations."""

from typing import Any
from urllib.parse import unquote

from course_discovery.clients.tests.scripted_server import Answer, Request, json_answer
from course_discovery.clients.tests.standins.checks import keys, need, text

MODES = "/api/course_modes/v1/courses/"
ORGANIZATIONS = "/api/organizations/v0/organizations/"


class StandInModes:
    """Modes of runs, by key and slug."""

    def __init__(self) -> None:
        self.modes: dict[str, dict[str, dict[str, Any]]] = {}

    def has(self, run_key: str, slug: str, name: str = "") -> None:
        """Let a run have a mode already."""
        self._add(run_key, {"mode_slug": slug, "mode_display_name": name or slug})

    def answer(self, request: Request, body: Any) -> Answer:
        """Raises Broken."""
        key = unquote(request.path.removeprefix(MODES))
        need(key.endswith("/") and key.count("/") in {1, 3}, f"address {request.path}")
        key = key.removesuffix("/")
        if request.method == "GET":
            return json_answer(list(self.modes.get(key, {}).values()))
        need(request.method == "POST", f"{request.method} of modes")
        names = ("course_id", "mode_slug", "mode_display_name", "currency", "min_price")
        keys(body, names)
        need(body["course_id"] == key, "course_id is another run's")
        text(body["mode_slug"], "mode_slug")
        text(body["mode_display_name"], "mode_display_name")
        need(body["currency"] == "usd" and body["min_price"] == 0, "it costs nothing, in usd")
        need(body["mode_slug"] not in self.modes.get(key, {}), "a mode that is there already")
        return json_answer(self._add(key, body), 201)

    def _add(self, key: str, values: dict[str, Any]) -> dict[str, Any]:
        mode = {
            "course_id": key,
            "min_price": 0,
            "currency": "usd",
            "expiration_datetime": None,
            "expiration_datetime_is_explicit": False,
            "description": None,
            "sku": None,
            "bulk_sku": None,
            **values,
        }
        self.modes.setdefault(key, {})[mode["mode_slug"]] = mode
        return mode


class StandInOrganizations:
    """Organizations by key."""

    def __init__(self) -> None:
        self.organizations: dict[str, dict[str, Any]] = {}

    def answer(self, request: Request, body: Any) -> Answer:
        """Raises Broken."""
        need(request.method == "PUT", f"{request.method} of an organization")
        key = request.path.removeprefix(ORGANIZATIONS)
        need(key.endswith("/") and key.count("/") == 1, f"address {request.path}")
        key = unquote(key.removesuffix("/"))
        keys(body, ("name", "short_name", "description"), ("logo_url",))
        text(body["short_name"], "short_name")
        if not body["name"]:
            return json_answer({"name": ["Empty."]}, 400)
        if "logo_url" in body:
            need(str(body["logo_url"]).startswith("http"), "logo_url has no host")
        self.organizations[key] = body
        told = {key: body[key] for key in ("name", "short_name", "description")}
        return json_answer({"id": 1, **told, "logo": body.get("logo_url"), "active": True})
