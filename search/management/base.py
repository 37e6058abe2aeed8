"""What the search commands share: their options, and one clear line and exit 1 when all fails."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from elasticsearch import ApiError

from search.documents.connection import SearchUnavailable, server_url
from search.documents.kinds import KINDS, Kind
from search.indexing.building import BuildRefused


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what search runs into, into a CommandError of one line."""
    try:
        yield
    except BuildRefused as error:
        raise CommandError(f"{error}. Nothing was changed.") from error
    except SearchUnavailable as error:
        raise CommandError(f"{server_url() or 'The embedded search engine'}: {error}") from error
    except ApiError as error:
        raise CommandError(f"the search server refused a request: {error}") from error


def add_models(parser: CommandParser) -> None:
    """The option that chooses kinds."""
    parser.add_argument(
        "--models",
        nargs="*",
        default=[],
        metavar="NAME",
        help="only these: course, course_run, ..., or app.Model (default: all)",
    )


def add_build_options(parser: CommandParser) -> None:
    """The options that deployments know; some change nothing here and are still taken."""
    add_models(parser)
    parser.add_argument(
        "--disable-change-limit",
        action="store_true",
        help="take an index whose size differs much from the one in use "
        f"({settings.INDEX_SIZE_CHANGE_THRESHOLD:.0%} or more); a first build needs no leave",
    )
    parser.add_argument(
        "--parallel",
        action=argparse.BooleanOptionalAction,
        default=False,
        help="taken for compatibility; documents are always made in batches",
    )
    parser.add_argument(
        "--refresh",
        action="store_true",
        help="taken for compatibility; what was written is always refreshed before it is used",
    )
    parser.add_argument(
        "--no-count",
        action="store_false",
        dest="count",
        help="do not tell how many documents there are",
    )
    parser.add_argument(
        "-u", "--using", default="default", help="which search server of the settings"
    )


def kinds_of(options: dict[str, Any]) -> list[Kind]:
    """The kinds that the options name. Raises CommandError for an unknown name or server."""
    if options.get("using", "default") not in settings.ELASTICSEARCH_DSL:
        raise CommandError(f"the settings know no search server {options['using']}")
    return kinds_named(options["models"])


def kinds_named(names: list[str]) -> list[Kind]:
    """The kinds that names stand for: `course`, `course_metadata.CourseRun`, `course_metadata`.

    Without a name all kinds. Raises CommandError for a name that stands for none.
    """
    chosen: set[str] = set()
    for name in names:
        found = [kind.name for kind in KINDS if name.lower() in _names(kind)]
        if not found:
            known = ", ".join(kind.name for kind in KINDS)
            raise CommandError(f"nothing called {name} is indexed; known are {known}")
        chosen.update(found)
    return [kind for kind in KINDS if kind.name in chosen or not names]


def _names(kind: Kind) -> set[str]:
    meta = kind.model._meta
    return {kind.name, kind.content_type, meta.app_label, meta.label_lower}
