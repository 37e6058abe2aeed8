"""What the services of the platform say to callers who are not staff."""

from course_discovery.loaders.sample.accounts import NotAuthenticatedError
from course_discovery.loaders.sample.messages import Answer, Request, detail
from course_discovery.loaders.sample.site import Site, Throttle


def refusal(
    site: Site, request: Request, text: str, throttle: Throttle | None = None
) -> Answer | None:
    """401, 403 (with this text) or 429 for who may not call now; None for staff who may."""
    try:
        caller = site.caller(request)
    except NotAuthenticatedError:
        challenge = {"WWW-Authenticate": 'JWT realm="api"'}
        return detail(401, "The token is missing, expired or not ours.", challenge)
    if not caller.administrator:
        return detail(403, text)
    wait = throttle.wait(caller.username, site.now) if throttle else 0
    if wait:
        told = {"Retry-After": str(wait)}
        return detail(429, f"Too many calls, the next one in {wait} seconds.", told)
    return None
