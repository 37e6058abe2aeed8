"""Course runs in Studio, where authors write them."""

from collections.abc import Mapping
from http import HTTPStatus

import orjson

from course_discovery.clients.call import Call
from course_discovery.clients.errors import BadAnswer, ClientError, Refused
from course_discovery.clients.oauth import TokenSource
from course_discovery.clients.payload import Payload, Upload, file_payload, json_payload
from course_discovery.clients.run_path import is_run_key, run_path
from course_discovery.clients.session import ServiceSession

PATH = "/api/v1/course_runs/"


class RunKeyTaken(Refused):
    """A key that a run in Studio has already."""


class StudioClient:
    """Writes runs of one Studio as the user of `tokens`, who must be staff there.

    `studio_url` with or without trailing slash. Each call carries an `idempotency_key`, the same
    one when the same change is tried again. Every method raises `ClientError`, whose `answer` is
    what Studio said.
    """

    def __init__(self, studio_url: str, *, session: ServiceSession, tokens: TokenSource) -> None:
        self._root = f"{studio_url.rstrip('/')}{PATH}"
        self._session = session
        self._tokens = tokens

    def create_run(self, run_key: str, body: Mapping[str, object], *, idempotency_key: str) -> None:
        """Make a run; Studio forms its key from `org`, `number` and `run` of `body`."""
        self._write("POST", self._root, run_key, body, idempotency_key)

    def rerun(
        self, old_key: str, run_key: str, body: Mapping[str, object], *, idempotency_key: str
    ) -> None:
        """Make a run as a copy of another one. Raises RunKeyTaken."""
        try:
            self._write("POST", f"{self._of(old_key)}rerun/", run_key, body, idempotency_key)
        except Refused as error:
            if not _names_the_run_alone(error):
                raise
            taken = RunKeyTaken(error.method, error.url, error.reason, error.status)
            taken.answer = error.answer
            raise taken from error

    def update_run(self, run_key: str, body: Mapping[str, object], *, idempotency_key: str) -> None:
        """Change a run; what `body` leaves out stays."""
        self._write("PATCH", self._of(run_key), run_key, body, idempotency_key)

    def upload_image(self, run_key: str, image: Upload, *, idempotency_key: str) -> None:
        """Give a run its card image, a JPEG or PNG by its media type."""
        payload = file_payload("card_image", image)
        call = self._call("POST", f"{self._of(run_key)}images/", payload, idempotency_key)
        self._session.send(call)

    def _of(self, run_key: str) -> str:
        if not is_run_key(run_key):
            raise ClientError("POST", self._root, "not a course run key")
        return f"{self._root}{run_path(run_key)}/"

    def _write(
        self, verb: str, url: str, run_key: str, body: Mapping[str, object], idempotency_key: str
    ) -> None:
        call = self._call(verb, url, json_payload(body), idempotency_key)
        answer = self._session.send_json(call)
        found = answer.get("id") if isinstance(answer, dict) else None
        if not isinstance(found, str) or found.casefold() != run_key.casefold():
            raise BadAnswer(verb, url, "the answer does not tell of this run", 200)

    def _call(self, verb: str, url: str, payload: Payload, idempotency_key: str) -> Call:
        return Call(
            url,
            authorizer=self._tokens,
            verb=verb,
            payload=payload,
            idempotency_key=idempotency_key,
        )


def _names_the_run_alone(error: Refused) -> bool:
    """Whether Studio finds fault with the run's part of the key, and with nothing else.

    A rerun says so of a key that is taken; a new run ends in a fault there, which tells nothing.
    """
    try:
        answer = orjson.loads(error.answer)
    except orjson.JSONDecodeError:
        return False
    return (
        error.status == HTTPStatus.BAD_REQUEST and isinstance(answer, dict) and [*answer] == ["run"]
    )
