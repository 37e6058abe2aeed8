"""Which endpoint answers which path."""

import re
from collections.abc import Callable

from course_discovery.loaders.sample import (
    course_modes_api,
    courses_api,
    ecommerce_api,
    feed,
    oauth,
    pictures,
)
from course_discovery.loaders.sample.messages import Answer, Request, detail
from course_discovery.loaders.sample.site import Site

Endpoint = Callable[..., Answer]  # (site, request, **named parts of the path)

# ORG+NUMBER+RUN after its prefix, or ORG/NUMBER/RUN.
RUN_KEY = r"(?P<key>[^/+]+[+/][^/+]+[+/][^/]+)"
MODES = rf"/api/course_modes/v1/courses/{RUN_KEY}"
ASSET = r"type@asset\+block@course_image\.png"

ROUTES: tuple[tuple[str, re.Pattern[str], Endpoint], ...] = tuple(
    (method, re.compile(pattern), endpoint)
    for method, pattern, endpoint in (
        ("POST", r"/oauth2/access_token/?", oauth.access_token),
        ("GET", re.escape(courses_api.PATH), courses_api.list_courses),
        ("GET", rf"{MODES}/", course_modes_api.list_modes),
        ("GET", rf"{MODES}/(?P<slug>[^/]+)", course_modes_api.show_mode),
        ("GET", r"/feed/catalog\.jsonl", feed.catalog_feed),
        ("GET", r"/feed/logos/(?P<key>[^/]+)\.png", pictures.logo),
        ("GET", r"/feed/cards/(?P<key>[^/]+)\.png", pictures.card),
        ("GET", rf"/asset-v1:(?P<key>[^/]+)\+{ASSET}", pictures.asset),
        (
            "GET",
            r"/c4x/(?P<organization>[^/]+)/(?P<number>[^/]+)/asset/course_image\.png",
            pictures.old_asset,
        ),
    )
)
SHOP_ROUTES = (
    ("GET", re.compile(re.escape(ecommerce_api.COURSES)), ecommerce_api.list_courses),
    ("GET", re.compile(re.escape(ecommerce_api.PRODUCTS)), ecommerce_api.list_products),
)
ALLOWED = {"GET": "GET, HEAD", "POST": "POST"}


def answer(site: Site, request: Request) -> Answer:
    """What the endpoint of the request's path says; 404 and 405 where there is none."""
    wanted = "GET" if request.method == "HEAD" else request.method
    routes = ROUTES + SHOP_ROUTES if site.options.ecommerce else ROUTES
    for method, pattern, endpoint in routes:
        match = pattern.fullmatch(request.path)
        if match is None:
            continue
        if method != wanted:
            text = f"This address does not take {request.method}."
            return detail(405, text, {"Allow": ALLOWED[method]})
        return endpoint(site, request, **match.groupdict())
    return detail(404, "There is nothing at this address.")
