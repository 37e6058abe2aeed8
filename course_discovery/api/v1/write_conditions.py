"""If-Match of writes: a write that is based on what was changed since is refused.

The entity tags of what course teams read end with the fingerprint of what they read, so that a
write knows it again whatever the address, the language or the caller of that read.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.utils.http import parse_etags
from rest_framework.request import Request

from course_discovery.api.v1.write_errors import Stale
from course_discovery.core.rest.conditional import Validators
from course_discovery.projections.kinds import KINDS
from course_discovery.projections.stored import Mark, fresh, read_marks


def telling_state(validators: Validators, mark: Mark) -> Validators:
    """The validators, with an entity tag that tells the state of the one object shown."""
    return replace(validators, etag=f'{validators.etag[:-1]}-{mark.fingerprint}"')


def unchanged_check(
    request: Request, kind: str, pk: int, *, now: datetime, language: str
) -> Callable[[], None] | None:
    """What raises `Stale` if the row is not any more what If-Match names; None without If-Match.

    Raises `Stale` at once if that is known already. The check is to be made under the row's lock,
    and renders nothing.
    """
    given = request.headers.get("If-Match")
    if given is None or given.strip() == "*":
        return None
    tags = parse_etags(given)
    mark = read_marks(kind, [pk], now=now, language=language).get(pk)
    if mark is None or not any(_tells(tag, mark.fingerprint) for tag in tags):
        raise Stale

    def check() -> None:
        stored = fresh(KINDS[kind], [pk], now, language).values_list("fingerprint", flat=True)
        if list(stored) != [mark.fingerprint]:
            raise Stale

    return check


def _tells(tag: str, fingerprint: str) -> bool:
    # Weak tags never match here (RFC 9110, section 13.1.1).
    return tag.startswith('"') and tag.endswith(f'-{fingerprint}"')
