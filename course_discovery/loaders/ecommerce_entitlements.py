"""Entitlements of courses from the list of a shop."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseEntitlement
from course_discovery.course_metadata.operations.course_entitlement import (
    EntitlementValues,
    course_entitlements_differ,
    courses_by_uuid,
    courses_sold,
    remove_sold_entitlement,
    update_course_entitlement,
)
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.offer import fit_price
from course_discovery.course_metadata.operations.running import Outcome, Refusal
from course_discovery.loaders.ecommerce_known import KnownOffers
from course_discovery.loaders.ecommerce_rows import (
    BadProduct,
    name_of,
    read_course_uuid,
    read_product,
)
from course_discovery.loaders.report import SourceReport
from course_discovery.loaders.rows import write_row


@dataclass(frozen=True)
class _Entitlement:
    course: UUID
    product: object
    name: str


class EntitlementList:
    """Takes the list of entitlements, page by page.

    `unsold` are the courses with an entitlement that a shop knew (it has a SKU) and that no
    product has been for yet, whether it could be taken or not.
    """

    def __init__(self, partner: Partner, report: SourceReport, known: KnownOffers) -> None:
        self.unsold = set(courses_sold(partner))
        self._partner = partner
        self._report = report
        self._known = known
        self._told: set[UUID] = set()
        self._readable = True

    def load(self, rows: Sequence[object]) -> None:
        """Compare a page with what is stored, and write what differs."""
        read = [entitlement for row in rows if (entitlement := self._read(row))]
        stored = courses_by_uuid(self._partner, (each.course for each in read))
        for each in read:
            courses = stored.get(each.course, [])
            try:
                self._load_entitlement(each, courses)
            except Refusal as error:
                self._report.refuse(f"{each.name}: {error}", key=_key(each, courses))

    def remove_stale(self) -> None:
        """Delete what the shop does not sell any more. Call it when the shop was read whole.

        Nothing is deleted if it is unknown what course a product is for: it may be any.
        """
        if self._readable:
            for course in sorted(self.unsold):
                self._remove(course)

    def _read(self, row: object) -> _Entitlement | None:
        try:
            course = read_course_uuid(row)
        except Refusal as error:
            self._report.refuse(f"{name_of(row)}: {error}")
            self._readable = False
            return None
        self.unsold.discard(course)
        return _Entitlement(course, row, name_of(row))

    def _load_entitlement(self, told: _Entitlement, courses: Sequence[Course]) -> None:
        product = read_product(told.product)
        if product is None:
            return
        if not courses:
            raise BadProduct("there is no course with this uuid")
        self._known.check_entitlement(product, courses[0])
        values: EntitlementValues = {
            "mode": product.certificate_type,
            "price": fit_price(product.price),
            "currency": product.currency,
            "sku": product.sku,
        }
        fitting(CourseEntitlement, {"sku": product.sku})
        if told.course in self._told:
            raise BadProduct("the course has an entitlement already")
        self._told.add(told.course)
        self._apply(courses, values)

    def _apply(self, courses: Sequence[Course], values: EntitlementValues) -> None:
        if not any(course_entitlements_differ(course, [values]) for course in courses):
            self._report.count(Outcome.UNCHANGED)
            return
        write_row(
            self._report,
            lambda now: update_course_entitlement(
                partner=self._partner, course_uuid=courses[0].uuid, values=values, now=now
            ),
            key=courses[0].key,
        )

    def _remove(self, course: UUID) -> None:
        write_row(
            self._report,
            lambda now: remove_sold_entitlement(partner=self._partner, course_uuid=course, now=now),
            key=str(course),
        )


def _key(told: _Entitlement, courses: Sequence[Course]) -> str:
    return courses[0].key if courses else str(told.course)
