"""Studio: runs where authors write them."""

import re
from email.parser import BytesParser
from typing import Any

from course_discovery.clients.tests.scripted_server import Answer, Request, json_answer
from course_discovery.clients.tests.standins.checks import each, keys, moment_or_null, need, text

ROOT = "/api/v1/course_runs/"
_NAMED = ("title", "org", "number", "run", "team")
_PART = re.compile(r"[A-Za-z0-9_.~-]+")
_ROLES = {"instructor", "staff"}


class StandInStudio:
    """The runs that it has, by key. With `people`, nobody else may be on a team."""

    def __init__(self) -> None:
        self.runs: dict[str, dict[str, Any]] = {}
        self.images: dict[str, tuple[str, str, bytes]] = {}  # name, media type, data
        self.reruns: dict[str, str] = {}  # new key: old key
        self.people: set[str] | None = None

    def has(self, key: str, **values: Any) -> None:
        """Let there be a run already."""
        run = {"title": "", "org": "", "number": "", "run": "", "team": []}
        self.runs[key] = {**run, "pacing_type": "instructor_paced", "schedule": {}, **values}

    def answer(self, request: Request, body: Any) -> Answer:
        """Raises Broken."""
        parts = request.path.removeprefix(ROOT).split("/")
        if parts == [""]:
            need(request.method == "POST", f"{request.method} of the list")
            return self._create(body, None)
        key, action = parts[0], "/".join(parts[1:])
        if action == "images/":
            need(request.method == "POST", f"{request.method} of an image")
            return self._image(key, request)
        if action == "rerun/":
            need(request.method == "POST", f"{request.method} of a rerun")
            return self._create(body, key) if key in self.runs else _unknown()
        need(action == "", f"no such address: {request.path}")
        need(request.method == "PATCH", f"{request.method} of a run")
        return self._update(key, body)

    def _create(self, body: Any, old: str | None) -> Answer:
        keys(body, (*_NAMED, "pacing_type", "schedule"))
        self._check_names(body)
        need(body["pacing_type"] in {"instructor_paced", "self_paced"}, "pacing_type")
        schedule = keys(body["schedule"], ("start", "end"))
        if refused := self._refused(body, schedule):
            return refused
        key = f"course-v1:{body['org']}+{body['number']}+{body['run']}"
        if not all(_PART.fullmatch(body[name]) for name in ("org", "number", "run")):
            return json_answer({"non_field_errors": ["Key cannot be formed."]}, 400)
        if key.casefold() in {each.casefold() for each in self.runs}:
            if old is None:
                return json_answer({"detail": "A fault."}, 500)
            return json_answer({"run": [f"Run key taken: {key}."]}, 400)
        self.runs[key] = dict(body)
        if old is not None:
            self.reruns[key] = old
        return json_answer(self._shown(key), 201)

    def _update(self, key: str, body: Any) -> Answer:
        keys(body, _NAMED, ("schedule",))
        self._check_names(body)
        schedule = keys(body.get("schedule", {}), (), _DATES)
        need(body.get("schedule") != {}, "an empty schedule must not be sent")
        together = {"enrollment_start", "enrollment_end"}
        need(
            "end" in schedule or together & schedule.keys() in (set(), together),
            "enrollment_start and enrollment_end go together",
        )
        if key not in self.runs:
            return _unknown()
        if refused := self._refused(body, schedule):
            return refused
        run = self.runs[key]
        names = [member["user"] for member in run["team"]]
        run["team"] += [member for member in body["team"] if member["user"] not in names]
        run["title"] = body["title"]
        run["schedule"] = run["schedule"] | schedule
        return json_answer(self._shown(key))

    def _image(self, key: str, request: Request) -> Answer:
        if key not in self.runs:
            return _unknown()
        kind = request.headers["content-type"]
        need(kind.startswith("multipart/form-data"), f"an image as {kind}")
        head = b"Content-Type: " + kind.encode() + b"\r\n\r\n"
        parts: Any = BytesParser().parsebytes(head + request.body).get_payload()
        need(len(parts) == 1, "one file is sent")
        (part,) = parts
        name = part.get_param("name", header="content-disposition")
        need(name == "card_image", f"the field is {name!r}")
        text(part.get_filename(), "file name")
        media_type = part.get_content_type()
        if media_type not in {"image/jpeg", "image/png"}:
            return json_answer({"card_image": [f"{media_type} not supported."]}, 400)
        self.images[key] = (part.get_filename(), media_type, part.get_payload(decode=True))
        return json_answer({"card_image": f"https://studio.example.com/{key}"})

    def _check_names(self, body: dict[str, Any]) -> None:
        for name in _NAMED[:4]:
            text(body[name], name)

        def member(value: Any) -> None:
            keys(value, ("user", "role"))
            text(value["user"], "user")
            need(value["role"] in _ROLES, "role")

        each(body["team"], member, "team")

    def _refused(self, body: dict[str, Any], schedule: dict[str, Any]) -> Answer | None:
        for name, value in schedule.items():
            moment_or_null(value, name)
        errors: dict[str, Any] = {
            name: ["Null not accepted."]
            for name in ("start", "end")
            if name in schedule and schedule[name] is None
        }
        if errors:
            return json_answer({"schedule": errors}, 400)
        names = {member["user"] for member in body["team"]}
        if self.people is not None and names - self.people:
            return json_answer({"team": ["No such person."]}, 400)
        return None

    def _shown(self, key: str) -> dict[str, Any]:
        run = self.runs[key]
        empty = dict.fromkeys(_DATES)
        image = {"card_image": f"https://studio.example.com/{key}"}
        return {**run, "schedule": empty | run["schedule"], "id": key, "images": image}


_DATES = ("start", "end", "enrollment_start", "enrollment_end")


def _unknown() -> Answer:
    return json_answer({"detail": "Nothing here."}, 404)
