"""Where a call may lead whose address was told by a document, not set by the operator."""

import ipaddress
import socket

from course_discovery.clients.call import Call, checked_origin
from course_discovery.clients.errors import ClientError, Unreachable
from course_discovery.clients.retry import origin_of


def check_reach(call: Call, url: str) -> None:
    """Keep a told call (`call.told_by`) away from what only this host or its network can reach.

    `url` is the address as it will be sent, of a redirect too. `ClientError` unless every IP
    address of its host is a global one, or its host and port are those of the telling document.

    The name is looked up again when the connection is made: one whose answer changes in between
    (DNS rebinding) is not held back. Where that matters, a firewall or a proxy has to do it.
    """
    if call.told_by is None:
        return
    _scheme, host, port = checked_origin(call, url)
    if (host, port) == _place(call.told_by):
        return
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(call.method, call.full_url, "host name not known") from None
    if not all(ipaddress.ip_address(str(address[0])).is_global for *_, address in found):
        raise ClientError(call.method, call.full_url, "leads to an address that is not public")


def _place(url: str) -> tuple[str, int | None] | None:
    try:
        _scheme, host, port = origin_of(url)
    except ValueError:
        return None
    return host, port
