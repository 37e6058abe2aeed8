"""What a shop (the e-commerce service of a platform) sells: reading only."""

from collections.abc import Mapping

from course_discovery.clients.call import Call
from course_discovery.clients.ecommerce_listing import (
    BadEcommercePage,
    EcommerceListing,
    EcommercePage,
    parse_ecommerce_page,
)
from course_discovery.clients.errors import BadAnswer, Refused
from course_discovery.clients.oauth import TokenSource
from course_discovery.clients.session import ServiceSession

PAGE_SIZE = 50


class EcommerceClient:
    """Reads one shop as the user of `tokens`, who must be staff there.

    `api_url` is the root of its API (`https://shop.example.com/api/v2`), with or without trailing
    slash. Reading the lists raises `ClientError`, with `ShortFetch` for one that was not read
    whole; rows are given as the shop sends them.
    """

    def __init__(
        self,
        api_url: str,
        *,
        session: ServiceSession,
        tokens: TokenSource,
        page_size: int = PAGE_SIZE,
    ) -> None:
        self._root = api_url.rstrip("/")
        self._session = session
        self._tokens = tokens
        self._page_size = page_size

    def courses(self) -> EcommerceListing:
        """Course runs, each with all of its `products`."""
        return self._listing("courses", {"include_products": "True"})

    def entitlements(self) -> EcommerceListing:
        """Products that are sold for a whole course."""
        return self._listing("products", {"product_class": "Course Entitlement"})

    def enrollment_codes(self) -> EcommerceListing:
        """Products that give many seats of a run at once."""
        return self._listing("products", {"product_class": "Enrollment Code"})

    def _listing(self, resource: str, filters: Mapping[str, str]) -> EcommerceListing:
        url = f"{self._root}/{resource}/"

        def fetch(number: int) -> EcommercePage | None:
            return self._page(url, filters, number)

        return EcommerceListing(Call(url, params=filters).full_url, fetch)

    def _page(self, url: str, filters: Mapping[str, str], number: int) -> EcommercePage | None:
        """One page; None when a page after the first does not exist."""
        params = {**filters, "page": str(number), "page_size": str(self._page_size)}
        try:
            body = self._session.get_json(url, params=params, authorizer=self._tokens)
            return parse_ecommerce_page(body, number, self._page_size)
        except Refused as error:
            if error.status == 404 and number > 1:
                return None
            raise
        except BadEcommercePage as error:
            asked = Call(url, params=params).full_url
            raise BadAnswer("GET", asked, str(error), 200) from None
