"""Logged models whose texts are rows of a translations table."""

from typing import Any

from django.db import transaction
from parler.managers import TranslatableManager, TranslatableQuerySet
from parler.models import TranslatableModelMixin

from course_discovery.core.changes.logged import LoggedQuerySet


class LoggedTranslatableQuerySet(TranslatableQuerySet, LoggedQuerySet[Any]):  # type: ignore[misc]
    """A logged query set whose rows know the language they are read in."""


class LoggedTranslatableManager(TranslatableManager.from_queryset(LoggedTranslatableQuerySet)):  # type: ignore[misc]
    """The manager of logged models with translations; the admin of parler needs it."""


class LoggedTranslatable(TranslatableModelMixin):  # type: ignore[misc] # parler ships no types
    """Saves a row and its translations in one transaction. Stands before the logged base class."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row and every translation that changed."""
        with transaction.atomic(using=kwargs.get("using"), savepoint=False):
            super().save(*args, **kwargs)
