"""`python -m course_discovery.loaders.sample --port 0 --state DIR`."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from course_discovery.loaders.sample.server import SampleServer
from course_discovery.loaders.sample.site import Options
from course_discovery.loaders.sample.state import StateError

ENDS = (signal.SIGTERM, signal.SIGINT)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT: 0 then, 1 when it cannot start."""
    chosen = _parser().parse_args(arguments)
    options = Options(
        client_id=chosen.client_id,
        client_secret=chosen.client_secret,
        issuer=chosen.issuer,
        audience=chosen.audience,
        calls_per_minute=chosen.calls_per_minute,
        ecommerce=chosen.ecommerce,
    )
    # Blocked here and so in every thread, a signal waits until it is asked for: none is lost.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
    try:
        server = SampleServer(chosen.state, port=chosen.port, options=options)
    except (OSError, OverflowError, StateError) as error:
        sys.stderr.write(f"The sample platform cannot start: {error}\n")
        return 1
    with server:
        sys.stdout.write(f"{server.base_url}\n")
        sys.stdout.flush()
        signal.sigwait(ENDS)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)  # a second one ends it at once
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m course_discovery.loaders.sample",
        description="A sample platform on 127.0.0.1. Prints its address when it listens.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    defaults = Options()
    parser.add_argument("--state", type=Path, required=True, help="folder of its key and day zero")
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--client-id", default=defaults.client_id)
    parser.add_argument("--client-secret", default=defaults.client_secret)
    parser.add_argument("--issuer", default=defaults.issuer, help="`iss` of its tokens")
    parser.add_argument("--audience", default=defaults.audience, help="`aud` of its tokens")
    parser.add_argument("--calls-per-minute", type=_positive, help="limit of a list for each user")
    parser.add_argument("--ecommerce", action="store_true", help="with a shop, at /api/v2/")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
