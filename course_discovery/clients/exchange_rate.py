"""Exchange rates of currencies, from a service that speaks as Open Exchange Rates does.

https://docs.openexchangerates.org/reference/latest-json
"""

from contextlib import ExitStack

from course_discovery.clients.errors import BadAnswer
from course_discovery.clients.retry import RetryPolicy
from course_discovery.clients.session import ServiceSession

BASE = "USD"
_TIMEOUT = 2.0
_MAX_BYTES = 1_000_000


def rate_session() -> ServiceSession:
    """A session that gives up soon: somebody waits for the rates. One try, 4 seconds at most."""
    return ServiceSession(
        connect_timeout=_TIMEOUT,
        read_timeout=_TIMEOUT,
        max_bytes=_MAX_BYTES,
        policy=RetryPolicy(tries=1, budget=2 * _TIMEOUT),
    )


def latest_rates(
    url: str, app_id: str, *, session: ServiceSession | None = None
) -> dict[str, float]:
    """How much of each currency, by its ISO 4217 code, one US dollar buys.

    What is no positive number is left out. Raises `ClientError`.
    """
    with ExitStack() as stack:
        session = session or stack.enter_context(rate_session())
        answer = session.get_json(url, params={"app_id": app_id})
    rates = answer.get("rates") if isinstance(answer, dict) else None
    if not isinstance(answer, dict) or not isinstance(rates, dict):
        raise BadAnswer("GET", url, "no object of rates", 200)
    if answer.get("base", BASE) != BASE:
        raise BadAnswer("GET", url, f"rates are not per {BASE}", 200)
    return {code: rate for code, rate in rates.items() if _is_rate(rate)}


def _is_rate(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
