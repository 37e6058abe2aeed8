"""A process that is killed at some step of its work: before or after a statement or a request."""

import http.client
import logging
import os
import random
import secrets
import signal
from collections.abc import Callable
from typing import Any

from django.db.backends.signals import connection_created
from elastic_transport import Transport

Execute = Callable[..., Any]


class _Steps:
    """Those that were taken, and the one that is the last; 0: none is."""

    taken = last = 0


def drawn(name: str) -> tuple[str, random.Random]:
    """Chance with the seed that the environment has under this name, or a new one; it is told."""
    seed = os.environ.get(name) or secrets.token_hex(4)
    logging.getLogger(__name__).warning("%s=%s", name, seed)
    return seed, random.Random(seed)


def count_steps() -> None:
    """Count the steps of this process from now on."""
    connection_created.connect(_wrap, weak=False, dispatch_uid="steps")
    Transport.perform_request = _around(Transport.perform_request)  # type: ignore[method-assign]
    sending: Any = http.client.HTTPConnection
    sending.endheaders = _around(sending.endheaders)
    sending.getresponse = _around(sending.getresponse)


def begin(last: int) -> None:
    """Be killed at the step with this number from now, 0 for never."""
    _Steps.taken, _Steps.last = 0, last


def taken() -> int:
    """How many steps there were since `begin`."""
    return _Steps.taken


def die() -> None:
    """As by `kill -9`."""
    os.kill(os.getpid(), signal.SIGKILL)


def _step() -> None:
    _Steps.taken += 1
    if _Steps.taken == _Steps.last:
        die()


def _around(function: Execute) -> Execute:
    def counted(*args: Any, **options: Any) -> Any:
        _step()
        answer = function(*args, **options)
        _step()
        return answer

    return counted


def _execute(execute: Execute, *arguments: Any) -> Any:
    return _around(execute)(*arguments)


def _wrap(connection: Any, **_more: Any) -> None:
    connection.execute_wrappers.append(_execute)
