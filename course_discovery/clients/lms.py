"""Course list and course modes of an LMS."""

from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice

from course_discovery.clients.call import Call
from course_discovery.clients.course_listing import (
    BadCoursePage,
    CourseListing,
    CoursePage,
    parse_course_page,
)
from course_discovery.clients.course_mode import BadCourseMode, CourseMode, parse_course_mode
from course_discovery.clients.errors import BadAnswer, ClientError, Refused
from course_discovery.clients.oauth import TokenSource
from course_discovery.clients.payload import json_payload
from course_discovery.clients.run_path import is_run_key, run_path
from course_discovery.clients.session import ServiceSession

MAX_WORKERS = 4
"""Calls that one LMS gets at the same time."""


class LmsClient:
    """Reads one LMS as the user of `tokens`, and gives its runs modes.

    `courses_api_url` is the root of its course API (`https://lms.example.com/api/courses/v1`),
    `course_modes_api_url` that of its course modes API, derived from `lms_url` when empty. All
    with or without trailing slash. `username` is sent when the token is opaque and names nobody:
    without a name the LMS shows only what anonymous visitors see.
    """

    def __init__(
        self,
        courses_api_url: str,
        course_modes_api_url: str = "",
        *,
        session: ServiceSession,
        tokens: TokenSource,
        lms_url: str = "",
        username: str | None = None,
    ) -> None:
        self._courses_url = f"{courses_api_url.rstrip('/')}/courses/"
        modes_root = course_modes_api_url.rstrip("/")
        if not modes_root and lms_url:
            modes_root = f"{lms_url.rstrip('/')}/api/course_modes/v1"
        self._modes_url = f"{modes_root}/courses/"
        self._session = session
        self._tokens = tokens
        self._username = username

    def iter_courses(
        self,
        *,
        page_size: int = 50,
        active_only: bool = False,
        on_page: Callable[[CoursePage], None] | None = None,
    ) -> CourseListing:
        """The rows of the course list as the LMS sends them, fetched page by page while read.

        `active_only` leaves out runs that have ended. Iterating raises `ClientError`, with
        `ShortFetch` for a list that ends too early or never.
        """
        if page_size < 1:
            raise ValueError("a page has one row at least")

        def fetch(number: int) -> CoursePage | None:
            return self._course_page(number, page_size, active_only)

        return CourseListing(self._courses_url, page_size, fetch, on_page)

    def course_modes(self, run_key: str) -> list[CourseMode]:
        """The modes of one run; empty also for a run that the LMS does not know.

        Raises `ClientError`; `BadAnswer` names the key that is wrong.
        """
        url = self._modes_address("GET", run_key)
        rows = self._session.get_json(url, authorizer=self._tokens)
        if not isinstance(rows, list):
            raise BadAnswer("GET", url, "not a list of modes", 200)
        modes = []
        for position, row in enumerate(rows, start=1):
            try:
                modes.append(parse_course_mode(row, run_key))
            except BadCourseMode as error:
                raise BadAnswer("GET", url, f"mode {position}: {error}", 200) from None
        return modes

    def add_course_mode(
        self, run_key: str, body: Mapping[str, object], *, idempotency_key: str
    ) -> None:
        """Give a run one more mode. Raises `ClientError`, whose `answer` is what the LMS said."""
        url = self._modes_address("POST", run_key)
        payload = json_payload(body)
        self._session.send(
            Call(url, authorizer=self._tokens, payload=payload, idempotency_key=idempotency_key)
        )

    def course_modes_of(
        self, run_keys: Iterable[str], *, workers: int = MAX_WORKERS
    ) -> Generator[tuple[str, list[CourseMode] | ClientError], None, None]:
        """`(run key, modes or what went wrong)` for each key, in the order of the answers.

        At most `workers` calls at once, never more than 4. Keys are taken from `run_keys` as
        calls end, so both sides may be long. Closing the iterator waits for the calls under way.
        """
        keys = iter(run_keys)
        width = min(max(workers, 1), MAX_WORKERS)
        with ThreadPoolExecutor(width, thread_name_prefix="course-modes") as pool:
            running: dict[Future[list[CourseMode] | ClientError], str] = {}
            while True:
                for key in islice(keys, width - len(running)):
                    running[pool.submit(self._modes_or_error, key)] = key
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield running.pop(future), future.result()

    def _modes_address(self, method: str, run_key: str) -> str:
        url = f"{self._modes_url}{run_path(run_key)}/"
        if not self._modes_url.startswith("http"):
            raise ClientError(method, url, "no address of the course modes is configured")
        if not is_run_key(run_key):
            raise ClientError(method, url, "not a course run key")
        return url

    def _modes_or_error(self, run_key: str) -> list[CourseMode] | ClientError:
        try:
            return self.course_modes(run_key)
        except ClientError as error:
            return error

    def _course_page(self, number: int, page_size: int, active_only: bool) -> CoursePage | None:
        """One page; None when a page after the first does not exist."""
        params = {"page": str(number), "page_size": str(page_size)}
        username = self._tokens.preferred_username() or self._username
        if username:
            params["username"] = username
        if active_only:
            params["active_only"] = "True"
        try:
            body = self._session.get_json(self._courses_url, params=params, authorizer=self._tokens)
            return parse_course_page(body, number)
        except Refused as error:
            if error.status == 404 and number > 1:
                return None
            raise
        except BadCoursePage as error:
            url = f"{self._courses_url}?page={number}"
            raise BadAnswer("GET", url, str(error), 200) from None
