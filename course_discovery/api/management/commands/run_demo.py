"""`make run`: from nothing to a served catalog, by the commands that an operator would type."""

import os
import secrets
import signal
import socket
import subprocess  # nosec B404
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command

from course_discovery.loaders.sample.keys import load_or_make_keys
from course_discovery.settings.environment import ROOT, env

ADDRESS = "127.0.0.1:18381"
SAMPLE_PORT = 18382
# Bytes of a request line; queries in addresses are long.
REQUEST_LINE = 8190


class Command(BaseCommand):
    """Start everything on this machine."""

    help = "Load the sample catalog over HTTP, index it, and serve it on 127.0.0.1:18381."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What a newcomer may choose."""
        parser.add_argument("--address", default=ADDRESS, help="where to serve (%(default)s)")
        parser.add_argument(
            "--sample-port", type=int, default=SAMPLE_PORT,
            help="port of the sample source (%(default)s)",
        )  # fmt: skip
        parser.add_argument(
            "--ecommerce", action="store_true", help="let the sample source have a shop"
        )
        parser.add_argument("--no-serve", action="store_true", help="stop once it is loaded")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, load, index, serve."""
        _check_free(options["address"])
        state = Path(settings.VAR_DIRECTORY) / "sample"
        load_or_make_keys(state)  # the server, a process of its own, reads the public one
        self._say("Database")
        call_command("migrate", verbosity=0, interactive=False)
        shop = options["ecommerce"]
        with self._sample_source(state, options["sample_port"], shop) as source:
            self._load(source, options["address"], shop)
            password = self._admin()
            self._tell(source, options["address"], password)
            if not options["no_serve"]:
                self._serve(options["address"])

    def _load(self, source: str, address: str, shop: bool) -> None:
        environment = {"BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL": f"{source}/oauth2"}
        self._say("Partner")
        self._manage(
            "create_or_update_partner", "--site-id=1", f"--site-domain={address}", "--code=demo",
            "--name=Demo", f"--lms-url={source}", f"--courses-api-url={source}/api/courses/v1/",
            f"--catalog-feed-url={source}/feed/catalog.jsonl",
            f"--marketing-site-url-root=http://{address}/",
            *([f"--ecommerce-api-url={source}/api/v2/"] if shop else []),
        )  # fmt: skip
        self._say("Loading the sample catalog over HTTP")
        self._manage("refresh_course_metadata", "--partner_code=demo", environment=environment)
        self._say("Search index")
        self._manage("update_index", "--disable-change-limit")

    def _manage(self, *command: str, environment: dict[str, str] | None = None) -> None:
        """Run one of this project's commands in a process of its own."""
        line = [sys.executable, str(ROOT / "manage.py"), *command]
        done = subprocess.run(  # nosec B603
            line, check=False, cwd=ROOT, env={**os.environ, **(environment or {})}
        )
        if done.returncode:
            raise CommandError(f"{command[0]} ended with {done.returncode}; see above for why")

    @contextmanager
    def _sample_source(self, state: Path, port: int, shop: bool) -> Iterator[str]:
        """The address of the running sample source, which ends with this command."""
        source = subprocess.Popen(  # nosec B603
            [
                sys.executable, "-m", "course_discovery.loaders.sample",
                "--state", str(state), "--port", str(port),
                "--client-id", settings.BACKEND_SERVICE_EDX_OAUTH2_KEY,
                "--client-secret", settings.BACKEND_SERVICE_EDX_OAUTH2_SECRET,
                *(["--ecommerce"] if shop else []),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        try:
            assert source.stdout is not None  # nosec B101
            address = source.stdout.readline().strip()
            if not address:
                raise CommandError(
                    f"the sample source could not start; is port {port} taken? "
                    "Choose another with --sample-port."
                )
            yield address
        finally:
            source.send_signal(signal.SIGTERM)
            source.wait(timeout=10)

    def _admin(self) -> str | None:
        """Make the account `admin` at the first start; its password, None if it was there."""
        users = get_user_model().objects
        if users.filter(username="admin").exists():
            return None
        password = env("ADMIN_PASSWORD") or secrets.token_urlsafe(9)
        users.create_superuser("admin", "admin@example.com", password)
        return password

    def _serve(self, address: str) -> None:
        """Become a small server: threads of one process."""
        server = subprocess.Popen(  # nosec B603
            [
                sys.executable, "-m", "gunicorn", "course_discovery.wsgi:application",
                "--bind", address, "--threads", "8", "--limit-request-line", str(REQUEST_LINE),
                "--access-logfile", os.devnull, "--log-level", "warning",
            ],
            cwd=ROOT,
        )  # fmt: skip
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: server.terminate())
        if server.wait() not in (0, -signal.SIGTERM):
            raise CommandError(f"the server could not run on {address}; is the port taken?")

    def _say(self, text: str) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(f"== {text}"))
        self.stdout.flush()

    def _tell(self, source: str, address: str, password: str | None) -> None:
        """What to do next."""
        credentials = f"admin:{password}" if password else "admin:<your password>"
        shown = password or "the one of the first start (or `./manage.py changepassword admin`)"
        self.stdout.write(
            f"""
== The catalog is at http://{address}/
   admin     http://{address}/admin/   user admin, password {shown}
   API docs  http://{address}/api-docs/
   try       curl -u '{credentials}' 'http://{address}/api/v1/search/courses/?q=history'
             curl -u '{credentials}' 'http://{address}/api/v1/search/all/facets/'
   a token   curl -d grant_type=password -d username=learner -d password=learner \\
                  {source}/oauth2/access_token
   stop      Ctrl-C
"""
        )
        self.stdout.flush()


def _check_free(address: str) -> None:
    """Raise CommandError for an address that nobody could be served on."""
    host, _, port = address.rpartition(":")
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, int(port)))
    except (OSError, ValueError, OverflowError) as error:
        raise CommandError(
            f"cannot serve on {address} ({error}); choose another with --address HOST:PORT"
        ) from error
