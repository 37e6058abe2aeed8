"""Telling a shop what a run is sold as."""

from collections.abc import Mapping, Sequence
from typing import cast

from course_discovery.clients.call import Call
from course_discovery.clients.errors import BadAnswer
from course_discovery.clients.failures import plain_text
from course_discovery.clients.oauth import TokenSource
from course_discovery.clients.payload import json_payload
from course_discovery.clients.session import ServiceSession

_LONGEST_SKU = 128


def publish(
    api_url: str,
    body: Mapping[str, object],
    *,
    session: ServiceSession,
    tokens: TokenSource,
    idempotency_key: str,
) -> Sequence[str | None]:
    """Tell the shop of a run and its products; the SKUs that it gave them, in their order.

    `api_url` is the root of its API, with or without trailing slash. As many SKUs as products, or
    none at all if the shop tells of another number of products; None stands for a product without
    one. Raises `ClientError`, whose `answer` is what the shop said.
    """
    url = f"{api_url.rstrip('/')}/publication/"
    payload = json_payload(body)
    call = Call(url, authorizer=tokens, payload=payload, idempotency_key=idempotency_key)
    answer = session.send_json(call)
    if not isinstance(answer, dict):
        raise BadAnswer("POST", url, "not an object", 200)
    if answer.get("error"):
        failure = BadAnswer("POST", url, "an error that is called a success", 200)
        failure.answer = plain_text(str(answer["error"]))
        raise failure
    products = answer.get("products")
    if not isinstance(products, list):
        raise BadAnswer("POST", url, "products is not a list", 200)
    if len(products) != len(cast("Sequence[object]", body["products"])):
        return []
    return [_sku(product, url) for product in products]


def _sku(product: object, url: str) -> str | None:
    sku = product.get("partner_sku") if isinstance(product, dict) else None
    if sku is None or sku == "":
        return None
    if not isinstance(sku, str) or len(sku) > _LONGEST_SKU or not sku.isprintable():
        raise BadAnswer("POST", url, "partner_sku is not a SKU", 200)
    return sku
