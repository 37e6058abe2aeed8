"""Modes of runs and organizations, in the LMS."""

import logging
from collections.abc import Sequence
from uuid import UUID, uuid4, uuid5

from course_discovery.clients.errors import ClientError
from course_discovery.clients.lms import LmsClient
from course_discovery.clients.organization import put_organization
from course_discovery.core.models import Partner
from course_discovery.publisher.operations.pushing.connection import push_connection
from course_discovery.publisher.operations.pushing.payloads import mode_body, organization_body
from course_discovery.publisher.queries.pushed_facts import PushedMode, PushedOrganization

logger = logging.getLogger(__name__)

SERVICE = "the LMS"


def push_course_modes(
    *,
    partner: Partner,
    run_key: str,
    modes: Sequence[PushedMode],
    idempotency_key: UUID | None = None,
) -> list[str] | None:
    """Give a run of the LMS those modes that it lacks; the slugs of those that it lacked.

    A mode that it has is left as it is. One that is refused does not keep the others back. None
    if the partner has no LMS or there are no modes. See `studio.push_new_course_run` for what all
    pushes do.
    """
    if not modes or not (partner.lms_coursemode_api_url or partner.lms_url):
        logger.info("the LMS of %s is not told modes of %s", partner.short_code, run_key)
        return None
    change = idempotency_key or uuid4()
    with push_connection(SERVICE) as (session, tokens):
        lms = LmsClient(
            "",
            partner.lms_coursemode_api_url or "",
            session=session,
            tokens=tokens,
            lms_url=partner.lms_url or "",
        )
        known = {mode.slug for mode in lms.course_modes(run_key)}
        missing = [mode for mode in modes if mode.slug not in known]
        failures: list[ClientError] = []
        for mode in missing:
            key = str(uuid5(change, mode.slug))
            try:
                lms.add_course_mode(run_key, mode_body(run_key, mode), idempotency_key=key)
            except ClientError as error:
                failures.append(error)
        if failures:
            raise failures[0]
    return [mode.slug for mode in missing]


def push_organization(
    *,
    partner: Partner,
    organization: PushedOrganization,
    idempotency_key: UUID | None = None,
) -> bool:
    """Tell the LMS of an organization, new or changed.

    See `studio.push_new_course_run` for what all pushes do.
    """
    if not partner.organizations_api_url:
        logger.info("no LMS of %s is told of %s", partner.short_code, organization.key)
        return False
    with push_connection(SERVICE) as (session, tokens):
        put_organization(
            partner.organizations_api_url,
            organization.key,
            organization_body(organization),
            session=session,
            tokens=tokens,
            idempotency_key=str(idempotency_key or uuid4()),
        )
    return True
