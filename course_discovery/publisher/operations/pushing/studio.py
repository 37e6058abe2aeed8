"""Runs in Studio."""

import logging
from collections.abc import Callable
from uuid import UUID, uuid4

from course_discovery.clients.payload import Upload
from course_discovery.clients.studio import RunKeyTaken, StudioClient
from course_discovery.core.models import Partner
from course_discovery.publisher.operations.pushing.connection import PushFailed, push_connection
from course_discovery.publisher.operations.pushing.payloads import (
    Body,
    NoRunKey,
    changed_run_body,
    ended_run_body,
    new_run_body,
)
from course_discovery.publisher.queries.pushed_facts import PushedRun

logger = logging.getLogger(__name__)

SERVICE = "Studio"


class RunKeyTakenInStudio(PushFailed):
    """Studio has a run with the key of the new one."""


def push_new_course_run(
    *,
    partner: Partner,
    run: PushedRun,
    rerun_of: str | None = None,
    idempotency_key: UUID | None = None,
) -> bool:
    """Make a run in Studio, as a copy of the run `rerun_of` if that is given.

    Like all pushes: it answers whether Studio was told, which it is not if the partner has none;
    whoever tries the same change again gives the same `idempotency_key`; it raises PushFailed, and
    RuntimeError inside a transaction. A copy raises RunKeyTakenInStudio, which is a PushFailed.
    """
    body = _body(new_run_body, run)

    def push(studio: StudioClient, key: str) -> None:
        if not rerun_of:
            studio.create_run(run.key, body, idempotency_key=key)
            return
        try:
            studio.rerun(rerun_of, run.key, body, idempotency_key=key)
        except RunKeyTaken as error:
            raise RunKeyTakenInStudio(SERVICE, error.answer, final=True) from error

    return _told(partner, run.key, push, idempotency_key)


def push_course_run_update(
    *,
    partner: Partner,
    run: PushedRun,
    ended: bool = False,
    idempotency_key: UUID | None = None,
) -> bool:
    """Change a run in Studio; with `ended` also when it ends, which is set there else.

    See `push_new_course_run`.
    """
    body = _body(ended_run_body if ended else changed_run_body, run)

    def push(studio: StudioClient, key: str) -> None:
        studio.update_run(run.key, body, idempotency_key=key)

    return _told(partner, run.key, push, idempotency_key)


def push_course_run_image(
    *, partner: Partner, run_key: str, image: Upload, idempotency_key: UUID | None = None
) -> bool:
    """Give a run in Studio the image of its course. See `push_new_course_run`."""

    def push(studio: StudioClient, key: str) -> None:
        studio.upload_image(run_key, image, idempotency_key=key)

    return _told(partner, run_key, push, idempotency_key)


def _body(build: Callable[[PushedRun], Body], run: PushedRun) -> Body:
    try:
        return build(run)
    except NoRunKey:
        raise PushFailed(SERVICE, "not the key of a course run", final=True) from None


def _told(
    partner: Partner,
    run_key: str,
    push: Callable[[StudioClient, str], None],
    idempotency_key: UUID | None,
) -> bool:
    if not partner.studio_url:
        logger.info("%s has no Studio that could be told of %s", partner.short_code, run_key)
        return False
    with push_connection(SERVICE) as (session, tokens):
        studio = StudioClient(partner.studio_url, session=session, tokens=tokens)
        push(studio, str(idempotency_key or uuid4()))
    return True
