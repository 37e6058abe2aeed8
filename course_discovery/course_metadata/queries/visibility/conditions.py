"""Conditions on rows, and how a row is judged by them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import BooleanField, Case, Model, Q, QuerySet, Value, When

from course_discovery.core.models import Partner


@dataclass(frozen=True)
class Look:
    """When somebody looks, at whose partner's things, and at which restricted runs.

    Without a partner only conditions can be asked that do not ask for it.
    """

    now: datetime
    partner: Partner | None = None
    restrictions: Collection[str] = field(default_factory=frozenset)


# For conditions that ask neither for the hour nor for a partner.
ANY_LOOK = Look(datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True)
class Condition:
    """What must hold of a row, as a filter. `fact` tells, in words, what there is of it."""

    name: str
    holds: Callable[[Look], Q]
    fact: Callable[[Any, Look], str]


# The places where things are shown, each with the conditions on what it shows.
Places = Mapping[str, Sequence[Condition]]


@dataclass(frozen=True)
class Judgement:
    """Whether a condition holds of a row, and the fact behind that."""

    name: str
    passes: bool
    fact: str


def judge(row: Model, conditions: Iterable[Condition], look: Look) -> list[Judgement]:
    """Judge a row by conditions: one query for all of them, and what their facts ask."""
    rows: QuerySet[Any] = type(row)._base_manager.filter(pk=row.pk)
    asked = list(conditions)
    answers = rows.values_list(*(_as_column(each.holds(look)) for each in asked)).get()
    return [
        Judgement(each.name, passes, each.fact(row, look))
        for each, passes in zip(asked, answers, strict=True)
    ]


def meeting(conditions: Iterable[Condition], look: Look) -> Q:
    """The filter of rows for which all conditions hold."""
    joined = Q()
    for each in conditions:
        joined &= each.holds(look)
    return joined


def yes_or_no(holds: bool, yes: str, no: str) -> str:
    """A fact that is one of two."""
    return yes if holds else no


def of_partner(path: str, partner_of: Callable[[Any], Partner]) -> Condition:
    """That something belongs to the partner whose things are looked at."""
    return Condition(
        "partner",
        lambda look: Q(**{path: look.partner}),
        lambda row, look: (
            f"It belongs to the partner {partner_of(row).short_code}, "
            f"and those of {look.partner and look.partner.short_code} are asked for."
        ),
    )


def not_hidden() -> Condition:
    """That nobody has hidden it."""
    return Condition(
        "not hidden",
        lambda look: Q(hidden=False),
        lambda row, look: yes_or_no(row.hidden, "It is hidden.", "It is not hidden."),
    )


OFFICIAL = Condition(
    "official",
    lambda look: Q(draft=False),
    lambda row, look: yes_or_no(row.draft, "There is only a draft.", "It has been published once."),
)


def _as_column(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
