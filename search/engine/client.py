"""The one client that searches go through, whoever answers."""

from os import PathLike

from elastic_transport import NodeConfig, Transport
from elastic_transport.client_utils import url_to_node_config
from elasticsearch import Elasticsearch

from search.engine.breaker import State
from search.engine.embedded.api.cluster import NAME as EMBEDDED
from search.engine.embedded.node import PATH, EmbeddedNode
from search.engine.server_node import ServerNode
from search.engine.transport import GuardedTransport, Route

READ_TIMEOUT = 10.0
"""Seconds to wait for an answer."""


def build_client(
    url: str, *, path: str | PathLike[str] = "", timeout: float = READ_TIMEOUT
) -> Elasticsearch:
    """Return a client for the server at an http(s) URL, or for the embedded engine if it is empty.

    The embedded engine keeps its indexes in the SQLite file at `path`. Nothing is opened before the
    first request. A server that takes no connection is reported after 0.3 seconds, one whose answer
    is not complete after `timeout` seconds, and one that failed three times is left alone for a
    while; a request is never sent twice. Raises ValueError for a URL that cannot be used, or
    without both.
    """
    transport_class: type[Transport] = Transport
    if url:
        node_class: type[ServerNode | EmbeddedNode] = ServerNode
        transport_class = GuardedTransport
        config = url_to_node_config(url, use_default_ports_for_scheme=True)
        config = config.replace(request_timeout=timeout)
    elif path:
        node_class = EmbeddedNode
        config = NodeConfig(EMBEDDED, "localhost", 0, _extras={PATH: str(path)})
    else:
        raise ValueError("A search client needs the URL of a server or the path of a file")
    return Elasticsearch(
        [config],
        node_class=node_class,
        transport_class=transport_class,
        max_retries=0,
        retry_on_timeout=False,
        request_timeout=timeout,
    )


def engine_name(client: Elasticsearch) -> str:
    """Return who answers: "embedded", or "elasticsearch" or "opensearch" with the version.

    Raises elastic_transport.TransportError when nobody does.
    """
    answer = client.nodes.info(node_id="_local")
    (node,) = answer["nodes"].values()
    flavor = node.get("build_flavor")
    if flavor == EMBEDDED:
        return EMBEDDED
    product = "opensearch" if flavor is None else "elasticsearch"
    return f"{product} {node['version']}"


def breaker_states(client: Elasticsearch) -> dict[Route, State]:
    """Return whether reads and writes are sent at all now; nothing is asked for it.

    The embedded engine is never left alone.
    """
    transport = client.transport
    if not isinstance(transport, GuardedTransport):
        return {"reads": "closed", "writes": "closed"}
    return {route: breaker.state for route, breaker in transport.breakers.items()}
