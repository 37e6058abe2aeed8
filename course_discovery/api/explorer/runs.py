"""Runs as pages show them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from course_discovery.api.explorer.selection import AVAILABILITY
from course_discovery.course_metadata.models.course_run import CourseRunPacing

Rendered = dict[str, Any]
# What can be begun soonest comes first, what is over last.
_ORDER = tuple(AVAILABILITY)


@dataclass(frozen=True)
class Run:
    """A run; moments are aware, texts are in the visitor's language."""

    key: str
    title: str
    start: datetime | None
    end: datetime | None
    availability: str
    is_over: bool
    is_open: bool
    facts: list[str]
    prices: list[str]
    url: str | None


def shown_runs(runs: Collection[Rendered], host: str) -> list[Run]:
    """Runs (projections), those to take up now first; `host` is the visitor's name of ours."""
    return [_shown(run, host) for run in sorted(runs, key=_place)]


def moment(text: str | None) -> datetime | None:
    """A moment of a projection."""
    return datetime.fromisoformat(text) if text else None


def elsewhere(url: str | None, host: str) -> str | None:
    """An address on a marketing site, None for one on this host: that site is this one."""
    if not url or urlsplit(url).scheme not in ("http", "https"):
        return None
    return None if urlsplit(url).netloc == host else url


def _place(run: Rendered) -> tuple[int, str, str]:
    return _ORDER.index(run["availability"]), run["start"] or "9999", run["key"]


def _shown(run: Rendered, host: str) -> Run:
    return Run(
        key=run["key"],
        title=run["title"],
        start=moment(run["start"]),
        end=moment(run["end"]),
        availability=str(AVAILABILITY.get(run["availability"], "")),
        is_over=run["availability"] == "Archived",
        is_open=run["is_enrollable"],
        facts=_facts(run),
        prices=_prices(run),
        url=elsewhere(run["marketing_url"], host),
    )


def _facts(run: Rendered) -> list[str]:
    weeks = run["weeks_to_complete"]
    facts = [
        {
            CourseRunPacing.SELF: _("Self-paced"),
            CourseRunPacing.INSTRUCTOR: _("Instructor-paced"),
        }.get(run["pacing_type"], ""),
        ngettext("%(count)d week", "%(count)d weeks", weeks) % {"count": weeks} if weeks else "",
        _effort(run["min_effort"], run["max_effort"]),
        run["content_language_search_facet_name"] or "",
    ]
    return [fact for fact in facts if fact]


def _effort(least: int | None, most: int | None) -> str:
    known = sorted({hours for hours in (least, most) if hours})
    if not known:
        return ""
    hours = "–".join(map(str, known))
    return ngettext("%(hours)s hour a week", "%(hours)s hours a week", known[-1]) % {"hours": hours}


def _prices(run: Rendered) -> list[str]:
    """What seats cost, the cheapest first."""
    seats = sorted({(Decimal(seat["price"]), seat["currency"]) for seat in run["seats"]})
    shown = (
        f"{price:f}".removesuffix(".00") + f" {currency}" for price, currency in seats if price
    )
    return [*([_("Free")] if any(not price for price, _currency in seats) else []), *shown]
