"""Pushes that come after the commit: each is an errand."""

import posixpath
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from course_discovery.clients.payload import Upload
from course_discovery.core.changes.models import Change
from course_discovery.core.images import MAX_BYTES
from course_discovery.course_metadata.models import CourseRun, Organization
from course_discovery.publisher.models import Errand
from course_discovery.publisher.operations.errands.calling import call_for
from course_discovery.publisher.operations.errands.kinds import (
    ErrandFailed,
    ErrandKind,
    Work,
    register_errand_kind,
)
from course_discovery.publisher.operations.pushing.connection import PushFailed
from course_discovery.publisher.operations.pushing.lms import push_course_modes, push_organization
from course_discovery.publisher.operations.pushing.studio import (
    push_course_run_image,
    push_course_run_update,
)
from course_discovery.publisher.queries.pushed import (
    pushed_modes,
    pushed_organization,
    pushed_run,
    team_of,
)

COURSE_IMAGE, COURSE_MODES, ORGANIZATION = "course_image", "course_modes", "organization"
COURSE_RUN_END = "course_run_end"
# What Studio takes.
_MEDIA_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}


def register() -> None:
    """Let these errands be run."""
    for kind in (
        ErrandKind(COURSE_IMAGE, _("Image to Studio"), _image),
        ErrandKind(COURSE_RUN_END, _("End of a run to Studio"), _end),
        ErrandKind(COURSE_MODES, _("Modes to the LMS"), _modes),
        ErrandKind(ORGANIZATION, _("Organization to the LMS"), _organization),
    ):
        register_errand_kind(kind)


def push_course_image_later(*, run: CourseRun, now: datetime) -> None:
    """Let Studio have the image of the run's course after the commit, if there is a Studio."""
    if run.course.partner.studio_url:
        _call(COURSE_IMAGE, run, now)


def push_course_run_end_later(*, run: CourseRun, now: datetime) -> None:
    """Let Studio have when the run ends after the commit, if there is a Studio."""
    if run.course.partner.studio_url:
        _call(COURSE_RUN_END, run, now)


def push_course_modes_later(*, run: CourseRun, now: datetime) -> None:
    """Let the LMS have the run's modes that no shop sells after the commit, if there are any."""
    partner = run.course.partner
    if (partner.lms_coursemode_api_url or partner.lms_url) and pushed_modes(run.type):
        _call(COURSE_MODES, run, now)


def push_organizations_later(changes: Sequence[Change]) -> None:
    """Let the LMS have organizations that were changed, whoever did."""
    changed = {
        each.uuid
        for each in changes
        if each.kind == ORGANIZATION and each.operation != Change.DELETE
    }
    rows = Organization.objects.filter(partner__organizations_api_url__gt="")
    if not any(each.operation == Change.REBUILD for each in changes):
        rows = rows.filter(uuid__in=changed)
        if not changed:
            return
    for organization in rows.select_related("partner"):
        call_for(
            kind=ORGANIZATION,
            subject_kind=ORGANIZATION,
            subject=organization.uuid,
            key=organization.key,
            partner=organization.partner,
            now=timezone.now(),
        )


def _call(kind: str, run: CourseRun, now: datetime) -> None:
    call_for(
        kind=kind,
        subject_kind="course_run",
        subject=run.uuid,
        key=run.key,
        partner=run.course.partner,
        now=now,
    )


def _image(errand: Errand) -> Work | None:
    run = _run(errand.subject, draft_first=True)
    if run is None or not run.course.image:
        return None
    name = posixpath.basename(str(run.course.image.name))
    media_type = _MEDIA_TYPES.get(posixpath.splitext(name)[1].lower())
    if media_type is None:
        raise ErrandFailed("Studio takes JPEG and PNG only", final=True)
    try:
        with run.course.image.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ErrandFailed(f"the image cannot be read: {type(error).__name__}") from None
    if len(data) > MAX_BYTES:
        raise ErrandFailed(f"the image has more than {MAX_BYTES} bytes", final=True)
    upload = Upload(name, media_type, data)
    return _pushed(
        lambda: push_course_run_image(
            partner=errand.partner,
            run_key=errand.key,
            image=upload,
            idempotency_key=errand.change,
        )
    )


def _end(errand: Errand) -> Work | None:
    run = _run(errand.subject, draft_first=True)
    if run is None:
        return None
    told = pushed_run(run, team=team_of(run.course))
    return _pushed(
        lambda: push_course_run_update(
            partner=errand.partner, run=told, ended=True, idempotency_key=errand.change
        )
    )


def _modes(errand: Errand) -> Work | None:
    run = _run(errand.subject, draft_first=False)
    if run is None:
        return None
    modes = pushed_modes(run.type)
    return _pushed(
        lambda: push_course_modes(
            partner=errand.partner,
            run_key=errand.key,
            modes=modes,
            idempotency_key=errand.change,
        )
    )


def _organization(errand: Errand) -> Work | None:
    rows = Organization.objects.filter(uuid=errand.subject, partner=errand.partner)
    organization = rows.first()
    if organization is None:
        return None
    told = pushed_organization(organization)
    return _pushed(
        lambda: push_organization(
            partner=errand.partner, organization=told, idempotency_key=errand.change
        )
    )


def _pushed(push: Callable[[], object]) -> Work:
    def work() -> None:
        try:
            push()
        except PushFailed as error:
            raise ErrandFailed(str(error), final=error.final) from error

    return work


def _run(uuid: UUID, *, draft_first: bool) -> CourseRun | None:
    rows = CourseRun.everything.select_related("course", "type").filter(uuid=uuid)
    return rows.order_by("-draft" if draft_first else "draft").first()
