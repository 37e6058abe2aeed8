"""What a run is sold as, in the shop."""

import logging
from collections.abc import Iterable
from uuid import UUID, uuid4

from course_discovery.clients.ecommerce_publication import publish
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseEntitlement, Seat
from course_discovery.course_metadata.operations.running import operation, write_differences
from course_discovery.publisher.operations.pushing.connection import push_connection
from course_discovery.publisher.operations.pushing.payloads import publication_body
from course_discovery.publisher.queries.pushed import seat_identity
from course_discovery.publisher.queries.pushed_facts import PushedPublication, PushedSkus

logger = logging.getLogger(__name__)

SERVICE = "the shop"


def push_publication(
    *, partner: Partner, publication: PushedPublication, idempotency_key: UUID | None = None
) -> PushedSkus | None:
    """Tell the shop what a run is sold as; the SKUs that this gets, to be stored by `store_skus`.

    None if the partner has no shop or there is nothing to sell. See
    `studio.push_new_course_run` for what all pushes do.
    """
    products = [*publication.seats, *publication.entitlements]
    if not partner.ecommerce_api_url or not products:
        logger.info("the shop of %s is not told of %s", partner.short_code, publication.run_key)
        return None
    with push_connection(SERVICE) as (session, tokens):
        skus = publish(
            partner.ecommerce_api_url,
            publication_body(publication),
            session=session,
            tokens=tokens,
            idempotency_key=str(idempotency_key or uuid4()),
        )
    if not skus:
        logger.warning("the shop tells of other products for %s", publication.run_key)
        return PushedSkus({}, {})
    seats = zip((each.identity for each in publication.seats), skus, strict=False)
    modes = (each.mode for each in publication.entitlements)
    entitlements = zip(modes, skus[len(publication.seats) :], strict=True)
    return PushedSkus(
        {identity: sku for identity, sku in seats if sku},
        {mode: sku for mode, sku in entitlements if sku},
    )


@operation
def store_skus(
    *, skus: PushedSkus, seats: Iterable[Seat], entitlements: Iterable[CourseEntitlement]
) -> None:
    """Let rows have the SKUs that the shop gave them; give official rows and their drafts.

    Entitlements should come with their mode.
    """
    for seat in seats:
        if sku := skus.seats.get(seat_identity(seat)):
            write_differences(seat, {"sku": sku})
    for entitlement in entitlements:
        if sku := skus.entitlements.get(entitlement.mode.slug):
            write_differences(entitlement, {"sku": sku})
