"""Model fields that hold a rule."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from course_discovery.core.html import clean_html

_WIDTH = 255


def fold(text: str) -> str:
    """`text` as it is compared where case must not matter, at most 255 characters.

    Folding may lengthen a text; the end of one that would not fit is replaced by its digest.
    """
    folded = text.casefold()
    if len(folded) <= _WIDTH:
        return folded
    digest = hashlib.sha256(folded.encode()).hexdigest()
    return folded[: _WIDTH - len(digest)] + digest


class HtmlField(models.TextField):  # type: ignore[type-arg] # it takes none at run time
    """A text of HTML. However it is written, it is cleaned on its way to the database."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        """Clean the row's own value too, so that it is what was stored."""
        value: str | None = getattr(model_instance, self.attname)
        if isinstance(value, str):
            value = clean_html(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        """Clean what bulk updates write; cleaning what is clean changes nothing."""
        prepared = super().get_prep_value(value)
        return clean_html(prepared) if isinstance(prepared, str) else prepared


class ExactCharField(models.CharField):  # type: ignore[type-arg] # it takes none at run time
    """A short text that is compared by code points on every database.

    The collations of MySQL ignore case, and accents too.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """On MySQL the column has the collation that ignores nothing."""
        parameters: dict[str, Any] = super().db_parameters(connection)
        if connection.vendor == "mysql":
            parameters["collation"] = "utf8mb4_bin"
        return parameters


class FoldedField(ExactCharField):
    """The casefolded twin of another field: carries uniqueness and look-ups without case.

    Written by the ORM from its source, never by hand, so that the rule is the same on databases
    that compare with case and on those that do not. `save` and `bulk_create` do so by themselves;
    base classes extend the lists of fields and values of the other writes with the functions below.
    """

    def __init__(self, *, source: str, **options: Any) -> None:
        self.source = source
        usual: dict[str, Any] = {"max_length": _WIDTH, "editable": False, "default": ""}
        super().__init__(**(usual | options))

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """The field as a migration writes it."""
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Fold the source's present value."""
        value = fold(getattr(model_instance, self.source) or "")
        setattr(model_instance, self.attname, value)
        return value


def _twins(model: type[models.Model]) -> dict[str, FoldedField]:
    """The folded fields of a model by the name of their source."""
    return {each.source: each for each in model._meta.fields if isinstance(each, FoldedField)}


def with_twins(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """Names of fields to write, with the folded twins of those among them that have one."""
    given, twins = list(dict.fromkeys(names)), _twins(model)
    return [*given, *(twins[n].name for n in given if n in twins and twins[n].name not in given)]


def fill_twins(rows: Sequence[models.Model], names: list[str]) -> list[str]:
    """Fold those of the named fields of the rows that are twins; answers the names."""
    for row in rows:
        for twin in _twins(type(row)).values():
            if twin.name in names:
                twin.pre_save(row, False)
    return names


def with_twin_values(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """Values of an update in bulk, with those of folded twins.

    Raises TypeError for a source that is given as an expression: only Python folds.
    """
    twins = {source: twin for source, twin in _twins(model).items() if source in values}
    missing = {source: twin for source, twin in twins.items() if twin.name not in values}
    for source in missing:
        if not isinstance(values[source], str | None):
            raise TypeError(f"{source} can be updated to a text only, not to an expression")
    return values | {twin.name: fold(values[source] or "") for source, twin in missing.items()}
