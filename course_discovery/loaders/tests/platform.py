"""A platform in a few lines: what its course list and its course modes answer is scripted."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

from course_discovery.clients.lms import LmsClient
from course_discovery.clients.oauth import TokenCache, TokenSource
from course_discovery.clients.retry import RetryPolicy
from course_discovery.clients.session import ServiceSession
from course_discovery.clients.tests.conftest import FakeTime
from course_discovery.clients.tests.scripted_server import (
    Answer,
    Request,
    ScriptedServer,
    json_answer,
)
from course_discovery.core.models import Partner

LIST = "/api/courses/v1/courses/"
Row = dict[str, Any]


def row(key: str = "course-v1:edX+DemoX+1", **values: Any) -> Row:
    """A row of the course list; a value `...` leaves the key out."""
    told: Row = {
        "id": key, "course_id": key, "name": "Demo", "org": "Display", "number": "Display",
        "start": "2027-02-01T09:00:00Z", "end": "2027-05-28T23:30:00Z",
        "enrollment_start": None, "enrollment_end": None, "pacing": "instructor",
        "hidden": False, "mobile_available": True, "invitation_only": False, "effort": None,
        "short_description": "How it works.",
        "media": {
            "course_video": {"uri": None},
            "image": {"raw": "https://lms.example.com/a.png"},
        },
    }  # fmt: skip
    return {name: value for name, value in (told | values).items() if value is not ...}


def mode(slug: str, price: Any = 0, **values: Any) -> Row:
    return {
        "mode_slug": slug, "mode_display_name": slug.title(), "min_price": price,
        "currency": "usd", "expiration_datetime": None, "description": None, "sku": None,
        "bulk_sku": None, **values,
    }  # fmt: skip


class Platform:
    """`rows` and `modes` (by run key) are what it has; `answers` go before, page by page."""

    def __init__(self, server: ScriptedServer) -> None:
        self.server = server
        self.rows: list[Row] = []
        self.modes: dict[str, list[Row] | Answer] = {}
        self.every_mode: Answer | None = None
        self.pages: dict[int, Answer] = {}
        self.page_size = 50
        self.time = FakeTime()
        self.asked_modes: list[str] = []
        token = {"access_token": "opaque", "token_type": "Bearer", "expires_in": 3600}
        server.queue("/oauth2/access_token", json_answer(token))
        server.on(LIST, self._page)

    def has(self, *rows: Row, modes: list[Row] | None = None) -> None:
        """Let it have these runs, each with these modes."""
        self.rows = list(rows)
        for each in rows:
            if isinstance(each.get("id"), str):
                self.sells(each["id"], modes or [])

    def sells(self, key: str, modes: list[Row] | Answer) -> None:
        """Let it answer this when asked for the modes of a run."""
        self.modes[key] = modes
        path = f"/api/course_modes/v1/courses/{key}/"
        self.server.on(path, self._modes)

    def partner_values(self) -> dict[str, str]:
        return {
            "courses_api_url": f"{self.server.url}/api/courses/v1/",
            "lms_url": self.server.url,
        }

    @contextmanager
    def connect(self, partner: Partner) -> Iterator[LmsClient]:
        """A client whose waits are only noted and whose time-outs are short."""
        options: dict[str, Any] = {
            "read_timeout": 0.2,
            "policy": RetryPolicy(tries=2, backoff=0.0, throttled_backoff=0.0),
        }
        with ServiceSession(clock=self.time.clock, **options) as session:
            tokens = TokenSource(
                f"{self.server.url}/oauth2", "id", "secret", session=session, cache=TokenCache()
            )
            yield LmsClient(
                partner.courses_api_url or "",
                partner.lms_coursemode_api_url or "",
                session=session,
                tokens=tokens,
                lms_url=partner.lms_url or "",
            )

    def _page(self, request: Request) -> Answer:
        number = int(request.query["page"])
        if number in self.pages:
            return self.pages[number]
        size = self.page_size
        pages = max(1, -(-len(self.rows) // size))
        if number > pages:
            return json_answer({"developer_message": "No such page."}, 404)
        pagination = {
            "next": "more" if number < pages else None,
            "previous": None,
            "count": len(self.rows),
            "num_pages": pages,
        }
        rows = self.rows[(number - 1) * size : number * size]
        return json_answer({"results": rows, "pagination": pagination})

    def _modes(self, request: Request) -> Answer:
        key = unquote(request.path).split("/courses/")[1].rstrip("/")
        self.asked_modes.append(key)
        if self.every_mode is not None:
            return self.every_mode
        told = self.modes[key]
        if isinstance(told, Answer):
            return told
        return json_answer([{"course_id": key, **each} for each in told])


def page_of(rows: list[Any], *, following: bool, count: int, pages: int) -> Answer:
    """A page of the list, whatever its rows are."""
    pagination = {
        "next": "more" if following else None, "previous": None, "count": count,
        "num_pages": pages,
    }  # fmt: skip
    body = json.dumps({"results": rows, "pagination": pagination}).encode()
    return Answer(200, body, {"Content-Type": "application/json"})
