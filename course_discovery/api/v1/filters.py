"""Filters that several resources share. A bad value of a known parameter is a 400 that names it."""

import uuid
from datetime import UTC
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django_filters.fields import IsoDateTimeField

from course_discovery.core.rest.request import CatalogRequest


class CatalogFilterSet(django_filters.FilterSet):
    """Filters that know the caller's tenant and moment."""

    request: CatalogRequest


class UuidListField(forms.Field):
    """Comma separated uuids."""

    def clean(self, value: Any) -> list[uuid.UUID]:
        """The uuids.

        Raises ValidationError naming the part that is none.
        """
        found = []
        for part in filter(None, (each.strip() for each in (value or "").split(","))):
            try:
                found.append(uuid.UUID(part))
            except ValueError as error:
                raise forms.ValidationError(f"{part!r} is not a UUID.") from error
        return found


class UuidListFilter(django_filters.Filter):
    """Rows whose field is one of comma separated uuids."""

    field_class = UuidListField

    def filter(self, queryset: QuerySet[Any], value: list[uuid.UUID]) -> QuerySet[Any]:
        """The rows named; all of them without the parameter."""
        return queryset.filter(**{f"{self.field_name}__in": value}) if value else queryset


class FoldedListFilter(django_filters.Filter):
    """Rows whose key is one of comma separated keys; case does not matter."""

    field_class = forms.CharField

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows named; all of them without the parameter."""
        keys = [each.strip().casefold() for each in (value or "").split(",") if each.strip()]
        return queryset.filter(**{f"{self.field_name}__in": keys}) if keys else queryset


class StrictBooleanField(forms.Field):
    """true, false, 1 or 0 in any case."""

    def clean(self, value: Any) -> bool | None:
        """The truth value, None where none is given.

        Raises ValidationError for any other text.
        """
        if value in (None, ""):
            return None
        truth = {"true": True, "1": True, "false": False, "0": False}.get(str(value).lower())
        if truth is None:
            raise forms.ValidationError("Must be true, false, 1 or 0.")
        return truth


class StrictBooleanFilter(django_filters.Filter):
    """Rows whose field is true, or false."""

    field_class = StrictBooleanField


class MomentField(IsoDateTimeField):
    """A moment in ISO 8601; without a zone it is UTC."""

    def to_python(self, value: Any) -> Any:
        """The moment.

        Raises ValidationError, also for one that no calendar has in UTC.
        """
        try:
            moment = super().to_python(value)
            return moment.astimezone(UTC) if moment else moment
        except OverflowError as error:
            raise forms.ValidationError("Enter a valid date/time.") from error


class MomentFilter(django_filters.IsoDateTimeFilter):
    """Rows by a moment."""

    field_class = MomentField
