"""The client's own transport, behind breakers: reads and writes fail apart from each other."""

from typing import Any, Literal

from elastic_transport import SerializationError, Transport, TransportApiResponse, TransportError

from search.engine.breaker import Breaker

Route = Literal["reads", "writes"]

# Requests that change nothing although they come with a body.
_READS = ("_search", "_msearch", "_mget", "_count", "_explain", "_validate", "_analyze")


class GuardedTransport(Transport):
    """Leaves a server alone that does not answer, answers no JSON, or answers 5xx.

    Raises LeftAlone then, and else as the client's own transport does.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # A server without room for documents may well answer searches.
        self.breakers: dict[Route, Breaker] = {"reads": Breaker(), "writes": Breaker()}

    def perform_request(self, method: str, target: str, **options: Any) -> TransportApiResponse:
        """Send a request, if the server has not failed too often."""
        breaker = self.breakers[_route(method, target)]
        breaker.enter()
        try:
            answer = super().perform_request(method, target, **options)
            _check_json(answer)
        except TransportError:
            breaker.failed()
            raise
        if answer.meta.status >= 500:
            breaker.failed()
        else:
            breaker.succeeded()
        return answer


def _route(method: str, target: str) -> Route:
    if method in ("GET", "HEAD"):
        return "reads"
    path = target.partition("?")[0].split("/")
    return "reads" if any(part in _READS for part in path) else "writes"


def _check_json(answer: TransportApiResponse) -> None:
    """Raise SerializationError for a page of something else that stands at the server's address."""
    good = 200 <= answer.meta.status < 300
    if good and answer.body is not None and not isinstance(answer.body, dict | list):
        raise SerializationError("the answer is no JSON")
