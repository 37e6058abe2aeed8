"""Positions in a list: where a page ended, so that the next one starts there whatever was edited.

Counting rows from the start of a list skips or repeats some as soon as others come or go before
them. What holds is the place of a row in the order of the list: its values in the columns that the
list is ordered by, of which the last is unique.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.core.signing import BadSignature, Signer
from django.db import connections
from django.db.models import CharField, Expression, F, Field, Q, QuerySet, TextField
from django.db.models.expressions import Col, OrderBy
from django.db.models.functions import Left

# Long texts count by as many characters as a title has: so do they in a position, and MariaDB
# sorts by the first 1,024 bytes (its max_sort_length).
SORTED_CHARACTERS = 255
# Addresses have to stay short: many servers and proxies take 4,000 bytes.
MAX_TOKEN = 2_000

Values = tuple[Any, ...]


class BadPosition(Exception):
    """A token that was not given out for this list in this order."""


@dataclass(frozen=True)
class _Column:
    """A column to order by, annotated as `name`; `by` is how."""

    name: str
    by: OrderBy
    field: Field[Any, Any]
    nullable: bool
    nulls_last: bool

    def at(self, value: Any) -> Q:
        """Rows that are at the value."""
        return Q(**{f"{self.name}__isnull": True} if value is None else {self.name: value})

    def beyond(self, value: Any) -> Q:
        """Rows that come after those at the value."""
        if value is None:
            return _NONE if self.nulls_last else Q(**{f"{self.name}__isnull": False})
        found = Q(**{f"{self.name}__{'lt' if self.by.descending else 'gt'}": value})
        if self.nullable and self.nulls_last:
            found |= Q(**{f"{self.name}__isnull": True})
        return found

    def reversed(self) -> Self:
        """The same column, the other way round."""
        by = self.by.copy()
        by.reverse_ordering()
        return replace(self, by=by, nulls_last=not self.nulls_last)


_NONE = Q(pk__in=())


class Positions:
    """The rows of a queryset in its order, made total by the primary key."""

    def __init__(self, rows: QuerySet[Any], columns: Sequence[_Column]) -> None:
        self._rows = rows
        self._columns = columns

    @classmethod
    def of(cls, queryset: QuerySet[Any, Any]) -> Self:
        """The positions of a queryset."""
        terms = [_term(each) for each in _ordering(queryset)]
        if not any(_is_pk(term, queryset) for term in terms):
            terms.append(OrderBy(F("pk")))
        named = {f"position_{number}": term for number, term in enumerate(terms)}
        resolved = queryset.annotate(**{name: term.expression for name, term in named.items()})
        columns = [_column(resolved, name, term) for name, term in named.items()]
        return cls(
            queryset.annotate(**{each.name: each.by.expression for each in columns}), columns
        )

    def reversed(self) -> Self:
        """The same rows from their end."""
        return type(self)(self._rows, [each.reversed() for each in self._columns])

    def page(self, start: int, stop: int, after: Values | None = None) -> list[tuple[Any, Values]]:
        """Primary keys and positions of rows: the slice of the list, or of what is after a row."""
        rows = self._rows if after is None else self._rows.filter(self._beyond(after))
        ordered = rows.order_by(*(each.by for each in self._columns))
        found = ordered.values_list("pk", *(each.name for each in self._columns))
        return [(row[0], tuple(row[1:])) for row in found[start:stop]]

    def token(self, values: Values, number: int) -> str | None:
        """A position as clients carry it, with a number; None if that would be too long.

        Nobody else can make one, and the same position always has the same.
        """
        written = [None if each is None else str(each) for each in values]
        token = self._signer.sign_object([number, *written], compress=True)
        return token if len(token) <= MAX_TOKEN else None

    def read(self, token: str) -> tuple[int, Values]:
        """The number and the position in a token.

        Raises BadPosition.
        """
        try:
            number, *written = self._signer.unsign_object(token)
        except BadSignature as error:
            raise BadPosition from error
        values = (
            each.field.to_python(value) for each, value in zip(self._columns, written, strict=True)
        )
        return number, tuple(values)

    @property
    def _signer(self) -> Signer:
        order = ", ".join(f"{each.by!r} {each.nulls_last}" for each in self._columns)
        return Signer(salt=f"{self._rows.model._meta.label_lower}: {order}", sep=".")

    def _beyond(self, values: Values) -> Q:
        found = _NONE
        for column, value in reversed(list(zip(self._columns, values, strict=True))):
            found = column.beyond(value) | (column.at(value) & found)
        first, value = self._columns[0], values[0]
        if value is not None and not first.nullable:
            # Says no more, but lets the database start where it should in an index.
            found &= Q(**{f"{first.name}__{'lte' if first.by.descending else 'gte'}": value})
        return found


def _ordering(queryset: QuerySet[Any, Any]) -> Iterable[Any]:
    query = queryset.query
    default = queryset.model._meta.ordering if query.default_ordering else ()
    return query.order_by or default


def _term(written: Any) -> OrderBy:
    if isinstance(written, str):
        return OrderBy(F(written.lstrip("-")), descending=written.startswith("-"))
    return written if isinstance(written, OrderBy) else OrderBy(written)


def _is_pk(term: OrderBy, queryset: QuerySet[Any, Any]) -> bool:
    key = queryset.model._meta.pk
    return term.expression in [F(name) for name in ("pk", key.name, key.attname)]


def _column(rows: QuerySet[Any, Any], name: str, term: OrderBy) -> _Column:
    found: Expression = rows.query.annotations[name]
    field = found.output_field
    own = isinstance(found, Col) and found.alias == rows.query.get_initial_alias()
    nulls_last = bool(term.nulls_last)
    if not (term.nulls_first or term.nulls_last):
        largest = connections[rows.db].features.nulls_order_largest
        nulls_last = largest != term.descending
    if _is_long(field):
        term = term.copy()
        term.expression = Left(term.expression, SORTED_CHARACTERS)
    return _Column(name, term, field, not own or field.null, nulls_last)


def _is_long(field: Field[Any, Any]) -> bool:
    width = field.max_length
    return isinstance(field, (CharField, TextField)) and not (width and width <= SORTED_CHARACTERS)
