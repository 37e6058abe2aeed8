"""Filters that several resources share. A bad value of a known parameter is a 400 that names it."""

import re
import uuid
from collections.abc import Collection
from datetime import UTC
from typing import Any, Literal

import django_filters
from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django_filters.fields import IsoDateTimeField

from course_discovery.core.fields import fold
from course_discovery.core.rest.request import CatalogRequest
from course_discovery.course_metadata.models import Tag

ME: Literal["me"] = "me"


def parts_of(value: str | None) -> list[str]:
    """The parts of a comma separated value, without those that are empty."""
    return [part for part in (each.strip() for each in (value or "").split(",")) if part]


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
        for part in parts_of(value):
            try:
                found.append(uuid.UUID(part))
            except ValueError as error:
                raise forms.ValidationError(
                    "%(part)r is not a UUID.", params={"part": part}
                ) from error
        return found


class UuidListFilter(django_filters.Filter):
    """Rows whose field is one of comma separated uuids."""

    field_class = UuidListField

    def filter(self, queryset: QuerySet[Any], value: list[uuid.UUID]) -> QuerySet[Any]:
        """The rows named; all of them without the parameter."""
        return queryset.filter(**{f"{self.field_name}__in": value}) if value else queryset


class NameListField(forms.Field):
    """Comma separated names out of a few known ones."""

    def __init__(self, *, known: Collection[str], **options: Any) -> None:
        super().__init__(**options)
        self.known = known

    def clean(self, value: Any) -> list[str]:
        """The names.

        Raises ValidationError naming the one that is not known, and those that are.
        """
        found = parts_of(value)
        for part in found:
            if part not in self.known:
                raise forms.ValidationError(
                    "%(part)r is none of %(known)s.",
                    params={"part": part, "known": ", ".join(sorted(self.known))},
                )
        return found


class NameListFilter(django_filters.Filter):
    """Rows by comma separated names; `known` are those that a client may give."""

    field_class = NameListField


class PersonListField(forms.Field):
    """Comma separated numbers of users; `me` is the caller."""

    def clean(self, value: Any) -> list[int | Literal["me"]]:
        """The numbers, and `me` as it is.

        Raises ValidationError naming the part that is neither.
        """
        found: list[int | Literal["me"]] = []
        for part in parts_of(value):
            if part != ME and not re.fullmatch("[0-9]{1,18}", part):
                raise forms.ValidationError(
                    "%(part)r is neither the number of a user nor 'me'.", params={"part": part}
                )
            found.append(ME if part == ME else int(part))
        return found


class PersonListFilter(django_filters.Filter):
    """Rows by comma separated users."""

    field_class = PersonListField


class RepeatedField(forms.Field):
    """Every value of a parameter that may be repeated."""

    widget = forms.MultipleHiddenInput
    default_validators = [ProhibitNullCharactersValidator()]

    def run_validators(self, value: Any) -> None:
        """Raise ValidationError for a value that no text column can hold."""
        for each in value or ():
            super().run_validators(each)


class RepeatedFilter(django_filters.Filter):
    """Rows by the values of a repeated parameter."""

    field_class = RepeatedField


class FoldedListFilter(django_filters.Filter):
    """Rows whose key is one of comma separated keys; case does not matter."""

    field_class = forms.CharField

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows named; all of them without the parameter."""
        keys = [fold(each) for each in parts_of(value)]
        return queryset.filter(**{f"{self.field_name}__in": keys}) if keys else queryset


class TagListFilter(django_filters.Filter):
    """Rows that have one of comma separated tags; `field_name` leads to their tags.

    Case does not matter where the database can tell it: beyond ASCII not all of them can.
    """

    field_class = forms.CharField

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows that have a tag of these names; all of them without the parameter."""
        names = parts_of(value)
        if not names:
            return queryset
        tags: QuerySet[Any] = Tag.objects.alias(lowered=Lower("name")).filter(
            Q(name__in=names) | Q(lowered__in={name.lower() for name in names})
        )
        tagged = queryset.model.objects.filter(**{f"{self.field_name}__in": tags})
        return queryset.filter(pk__in=tagged)


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
