"""The shop: what runs are sold as."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from course_discovery.clients.tests.scripted_server import Answer, Request, json_answer
from course_discovery.clients.tests.standins.checks import (
    each,
    keys,
    moment_or_null,
    need,
    price,
    text,
    uuid_text,
)

PATH = "/api/v2/publication/"
SEAT, ENTITLEMENT = "Seat", "Course Entitlement"


class StandInShop:
    """What it was told last of each run, by key. `error` makes it refuse with these words."""

    def __init__(self) -> None:
        self.publications: dict[str, dict[str, Any]] = {}
        self.error = ""

    def answer(self, request: Request, body: Any) -> Answer:
        """Raises Broken."""
        need(request.method == "POST", f"{request.method} of a publication")
        keys(body, ("id", "uuid", "name", "verification_deadline", "products"))
        text(body["id"], "id")
        uuid_text(body["uuid"], "uuid")
        text(body["name"], "name")
        moment_or_null(body["verification_deadline"], "verification_deadline")
        need(body["products"], "products without anything are not sent")
        each(body["products"], _check, "products")
        classes = [product["product_class"] for product in body["products"]]
        need(classes == sorted(classes, reverse=True), "seats come first")
        if self.error:
            return json_answer({"error": self.error}, 500)
        known = body["id"] in self.publications
        self.publications[body["id"]] = body
        products = [
            {**product, "partner_sku": sku_of(body, product)} for product in body["products"]
        ]
        return json_answer({**body, "products": products, "message": None}, 200 if known else 201)


def sku_of(publication: dict[str, Any], product: dict[str, Any]) -> str:
    """The SKU that the shop gives: always the same for the same product."""
    owner = publication["id" if product["product_class"] == SEAT else "uuid"]
    values = [value["value"] for value in product["attribute_values"]]
    return uuid5(NAMESPACE_URL, f"{owner} {values}").hex[:7].upper()


def _check(product: Any) -> None:
    kind = product.get("product_class") if isinstance(product, dict) else None
    need(kind in {SEAT, ENTITLEMENT}, f"product class {kind!r}")
    required = ("price", "product_class", "attribute_values")
    if kind == SEAT:
        keys(product, (*required, "expires", "stockrecords"))
        moment_or_null(product["expires"], "expires")
        need(len(product["stockrecords"]) == 1, "one stock record")
        sku = keys(product["stockrecords"][0], ("partner_sku",))["partner_sku"]
        need(sku is None or (isinstance(sku, str) and sku), f"partner_sku {sku!r}")
    else:
        keys(product, required)
    price(product["price"])
    values = [keys(value, ("name", "value")) for value in product["attribute_values"]]
    named = {value["name"]: value["value"] for value in values}
    if kind == SEAT:
        keys(named, ("certificate_type", "id_verification_required"), ("variant_id",))
        need(isinstance(named["id_verification_required"], bool), "id_verification_required")
        if product["expires"] is not None:
            need(named["certificate_type"] == "verified", "only verified seats expire")
    else:
        keys(named, ("certificate_type",), ("variant_id",))
    need(isinstance(named["certificate_type"], str), "certificate_type")
    if "variant_id" in named:
        uuid_text(named["variant_id"], "variant_id")
