"""A catalog feed: what no LMS tells, or a whole catalog without any LMS.

Stage 2, after the LMS, because the feed completes what the LMS told. Where both tell the same
value, each load writes both, and the feed's stays: a feed should not repeat the LMS.

The document is read to its end first, every line checked and kept on disk; then organizations,
subjects, levels and languages are written, then people, courses, runs, programs with degrees, and
at last curricula and pathways. So lines may come in any order, and no transaction waits for the
network.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from course_discovery.clients.errors import ClientError
from course_discovery.clients.feed import open_lines
from course_discovery.clients.session import ServiceSession
from course_discovery.core.models import Partner
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.loaders.feed.kinds import GROUPS, all_kinds
from course_discovery.loaders.feed.lines import FeedLine
from course_discovery.loaders.feed.logo import LogoReader
from course_discovery.loaders.feed.reading import NumberedLines, checked_lines, file_lines
from course_discovery.loaders.feed.spool import Spool
from course_discovery.loaders.loader import Progress
from course_discovery.loaders.report import SourceReport
from course_discovery.loaders.rows import write_row
from course_discovery.loaders.types import infer_types

OpenSession = Callable[[], ServiceSession]


class CatalogFeedLoader:
    """Stage 2: the feed at the partner's address."""

    name = "catalog_feed"
    stage = 2
    origin = "feed"

    def __init__(self, open_session: OpenSession = ServiceSession) -> None:
        self._open_session = open_session

    def configured(self, partner: Partner) -> bool:
        """Whether the partner has a feed."""
        return bool(partner.catalog_feed_url)

    def load(
        self, partner: Partner, report: SourceReport, now: datetime, progress: Progress
    ) -> None:
        """See `loader.Loader`."""
        with self._open_session() as session:
            lines = open_lines(partner.catalog_feed_url or "", session=session)
            _Load(partner, session, report, progress).run(lines)


class FeedFileLoader(CatalogFeedLoader):
    """The same for a feed on disk."""

    name = "catalog_feed_file"

    def __init__(self, path: Path, open_session: OpenSession = ServiceSession) -> None:
        super().__init__(open_session)
        self._path = path

    def configured(self, partner: Partner) -> bool:
        """Whoever names a file wants it loaded."""
        return True

    def load(
        self, partner: Partner, report: SourceReport, now: datetime, progress: Progress
    ) -> None:
        """See `loader.Loader`."""
        with self._open_session() as session:
            _Load(partner, session, report, progress).run(file_lines(self._path))


class _Load:
    """One load of one document."""

    def __init__(
        self,
        partner: Partner,
        session: ServiceSession,
        report: SourceReport,
        progress: Progress,
    ) -> None:
        self._partner = partner
        self._report = report
        self._progress = progress
        self._logos = LogoReader(session)
        self._kinds = all_kinds()

    def run(self, lines: NumberedLines) -> None:
        """Raises the ClientError that ended the document too early, after all else is done."""
        with Spool(GROUPS) as spool:
            error = self._read(lines, spool)
            done = 0
            for group in range(GROUPS):
                for batch in spool.batches(group):
                    self._write(batch)
                    done += len(batch)
                    self._progress(done, spool.count)
        infer_types(self._partner, self._report)
        if error is not None:
            raise error

    def _read(self, lines: NumberedLines, spool: Spool) -> ClientError | None:
        try:
            for line in checked_lines(lines, self._report):
                spool.add(self._kinds[line.kind].group, line)
        except ClientError as error:
            return error
        return None

    def _write(self, batch: list[FeedLine]) -> None:
        """Write those lines of one kind that tell something new."""
        kind = self._kinds[batch[0].kind]
        current = kind.current(self._partner, batch)
        self._report.count(Outcome.UNCHANGED, len(current))
        for line in batch:
            if line.number not in current:
                self._write_line(line)
        if batch[0].kind == "organization":
            self._logos.load(self._partner, batch, self._report)

    def _write_line(self, line: FeedLine) -> None:
        kind = self._kinds[line.kind]
        write_row(
            self._report,
            lambda now: kind.write(self._partner, line, self._report, now),
            key=line.key,
            line=line.number,
        )
