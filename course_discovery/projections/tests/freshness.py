"""The one thing that stored projections promise: what claims to be fresh is as if rendered now."""

from datetime import datetime
from typing import Any

import orjson

from course_discovery.projections.kinds import KINDS
from course_discovery.projections.models import Projection
from course_discovery.projections.stored import fresh

STAMP = "data_modified_timestamp"


def stale_claims(now: datetime) -> list[str]:
    """What claims to be fresh at `now`, and is not what is rendered now."""
    return [
        problem
        for kind, language in Projection.objects.values_list("kind", "language").distinct()
        for problem in _stale_claims(kind, language, now)
    ]


def _stale_claims(name: str, language: str, now: datetime) -> list[str]:
    kind, found = KINDS[name], []
    pks = Projection.objects.filter(kind=name, language=language).values_list("row", flat=True)
    stored = {
        row: orjson.loads(body)
        for row, body in fresh(kind, list(pks), now, language).values_list("row", "body__content")
    }
    rendered = kind.render(list(stored), now, language)
    for pk, claimed in stored.items():
        real = orjson.loads(orjson.dumps(rendered.get(pk), default=_plain))
        wrong = sorted(_differences(claimed, real))
        if wrong:
            found.append(f"{name} {pk} {language}: {', '.join(wrong)}")
    return found


def _differences(claimed: Any, real: Any, path: str = "") -> set[str]:
    """Where two JSON values differ."""
    if isinstance(claimed, dict) and isinstance(real, dict):
        return {
            problem
            for key in claimed.keys() | real.keys()
            for problem in _differences(
                claimed.get(key, "nothing"), real.get(key, "nothing"), f"{path}.{key}"
            )
        }
    # The projection knows of later changes of its data than the column does.
    if claimed == real or (path == f".{STAMP}" and _not_before(claimed, real)):
        return set()
    if isinstance(claimed, list) and isinstance(real, list) and len(claimed) == len(real):
        pairs = enumerate(zip(claimed, real, strict=True))
        return {
            problem
            for place, (one, other) in pairs
            for problem in _differences(one, other, f"{path}[{place}]")
        }
    return {f"{path} is {claimed!r:.80}, not {real!r:.80}"}


def _not_before(claimed: str | None, column: str | None) -> bool:
    if column is None:
        return True
    return claimed is not None and datetime.fromisoformat(claimed) >= datetime.fromisoformat(column)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else str(value)
