"""Courses and runs of an LMS, with their course modes as seats.

The whole list is read, runs that have ended too; what it does not show any more stays as it is.
Modes are asked for new runs and for runs that have not ended. Where a shop says what is sold, they
are not asked for at all, and types wait for the shop (`ecommerce`).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings

from course_discovery.clients.course_listing import CoursePage
from course_discovery.clients.errors import ClientError
from course_discovery.clients.lms import LmsClient
from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseRun
from course_discovery.course_metadata.operations.course_run import create_or_update_course_run
from course_discovery.course_metadata.operations.course_run_values import (
    ToldCourseRun,
    is_current,
    stored_course_runs,
)
from course_discovery.course_metadata.operations.running import Outcome, Refusal
from course_discovery.course_metadata.operations.source import get_or_create_source
from course_discovery.loaders.connection import platform_connection
from course_discovery.loaders.lms_rows import LmsRun, read_row, row_key
from course_discovery.loaders.lms_seats import SeatReader, ToldSeats
from course_discovery.loaders.loader import Progress
from course_discovery.loaders.models.loaded_source import SourceState
from course_discovery.loaders.report import SourceReport
from course_discovery.loaders.rows import write_row
from course_discovery.loaders.types import infer_types

BATCH = 50
NO_MODES_ADDRESS = (
    "course modes: neither their address nor that of the LMS is set, seats stay as they are"
)
Connect = Callable[[Partner], AbstractContextManager[LmsClient]]
Row = dict[str, Any]


@contextmanager
def connect_lms(partner: Partner) -> Iterator[LmsClient]:
    """A client of the partner's LMS, with the credentials of the settings."""
    with platform_connection() as (session, tokens):
        yield LmsClient(
            partner.courses_api_url or "",
            partner.lms_coursemode_api_url or "",
            session=session,
            tokens=tokens,
            lms_url=partner.lms_url or "",
        )


class LmsLoader:
    """Stage 1: what the LMS tells of courses, runs and seats."""

    name = "lms"
    stage = 1
    origin = "lms"

    def __init__(self, connect: Connect = connect_lms) -> None:
        self._connect = connect

    def configured(self, partner: Partner) -> bool:
        """Whether the partner has a course API."""
        return bool(partner.courses_api_url)

    def load(
        self, partner: Partner, report: SourceReport, now: datetime, progress: Progress
    ) -> None:
        """See `loader.Loader`."""
        get_or_create_source(
            slug=settings.DEFAULT_PRODUCT_SOURCE_SLUG, name=settings.DEFAULT_PRODUCT_SOURCE_NAME
        )
        with self._connect(partner) as client:
            _Load(partner, client, report, now, progress).run()


class _Load:
    """One load of one LMS."""

    def __init__(
        self,
        partner: Partner,
        client: LmsClient,
        report: SourceReport,
        now: datetime,
        progress: Progress,
    ) -> None:
        self._partner = partner
        self._client = client
        self._report = report
        self._now = now
        self._progress = progress
        self._announced: int | None = None
        self._uses_publisher = bool(partner.publisher_url)
        self._has_shop = bool(partner.ecommerce_api_url)
        self._seats: SeatReader | None = None
        if not self._has_shop and (partner.lms_coursemode_api_url or partner.lms_url):
            self._seats = SeatReader(client)

    def run(self) -> None:
        """Raises the ClientError that ended the list too early, after all else is done."""
        error = self._load_list()
        if not self._has_shop:
            if self._seats is None and self._report.row.seen:
                self._report.refuse(NO_MODES_ADDRESS)
            infer_types(self._partner, self._report)
        if error is not None:
            raise error
        if self._seats is not None and self._seats.failure:
            self._report.end(SourceState.SHORT, self._seats.failure)

    def _load_list(self) -> ClientError | None:
        batch: list[Row] = []
        error = None
        try:
            for row in self._client.iter_courses(on_page=self._note_page):
                batch.append(row)
                if len(batch) == BATCH:
                    self._load_batch(batch)
                    batch = []
        except ClientError as caught:
            error = caught
        self._load_batch(batch)
        return error

    def _note_page(self, page: CoursePage) -> None:
        self._announced = page.count

    def _load_batch(self, rows: Sequence[Row]) -> None:
        """Compare a batch with what is stored, and write what differs."""
        self._report.see(len(rows))
        runs = [run for row in rows if (run := self._read(row))]
        stored = stored_course_runs(run.told.key for run in runs)
        seats = self._told_seats(runs, stored)
        for run in runs:
            rows_of_run = stored.get(fold(run.told.key), [])
            told = self._with_seats(run, rows_of_run, seats.get(run.told.key))
            self._apply(told, rows_of_run)
        self._progress(self._report.row.seen, self._announced)

    def _read(self, row: Row) -> LmsRun | None:
        try:
            run = read_row(row, uses_publisher=self._uses_publisher)
        except Refusal as error:
            self._report.refuse(str(error), key=_key_of(row))
            return None
        for remark in run.remarks:
            self._report.refuse(remark, key=run.told.key)
        return run

    def _told_seats(
        self, runs: Sequence[LmsRun], stored: dict[str, list[CourseRun]]
    ) -> dict[str, ToldSeats]:
        if self._seats is None:
            return {}
        asked = [
            run.told.key
            for run in runs
            if not run.has_ended(self._now) or fold(run.told.key) not in stored
        ]
        return self._seats.seats_of(asked)

    def _with_seats(
        self, run: LmsRun, rows: Sequence[CourseRun], seats: ToldSeats | None
    ) -> ToldCourseRun:
        """Where course teams say what is sold, a mode that is missing takes nothing away."""
        if seats is None:
            return run.told
        for remark in seats.remarks:
            self._report.refuse(remark, key=run.told.key)
        if self._uses_publisher and seats.assumed and any(row.seats.all() for row in rows):
            return run.told
        return replace(run.told, seats=seats.seats, keep_other_seats=self._uses_publisher)

    def _apply(self, told: ToldCourseRun, rows: list[CourseRun]) -> None:
        if self._is_stored(told, rows):
            self._report.count(Outcome.UNCHANGED)
            return
        write_row(self._report, lambda now: self._write(told, now), key=told.key)

    def _is_stored(self, told: ToldCourseRun, rows: list[CourseRun]) -> bool:
        if rows and rows[0].course.partner_id != self._partner.pk:
            return False  # refused by the operation, which says why
        try:
            return is_current(rows, told)
        except Refusal:
            return False

    def _write(self, told: ToldCourseRun, now: datetime) -> Outcome:
        return create_or_update_course_run(partner=self._partner, told=told, now=now).outcome


def _key_of(row: Row) -> str:
    try:
        return row_key(row)
    except Refusal:
        return ""
