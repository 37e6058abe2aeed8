"""Forms that know every rule of the database, so that a refusal names its field."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from course_discovery.core.fields import FoldedField, fold
from course_discovery.course_metadata.admin.base.choice import RowField, RowsField


class CatalogForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form of one row.

    `refusal` is why the catalog did not take what was sent, if it refused when it was stored.
    """

    refusal: str | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, RowField):
                field.know(self._loaded(name))
            elif isinstance(field, RowsField):
                field.know(row for row in self.initial.get(name) or () if isinstance(row, Model))

    def _loaded(self, name: str) -> list[Model]:
        """The row that stands in a field, where it came with the form's own row."""
        known = self.instance._state.fields_cache.get(name)
        return [known] if known is not None else []

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for what was refused before; rows stay within a partner."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.refusal is not None:
            raise ValidationError(self.refusal)
        self._check_partner(cleaned)
        return cleaned

    def _check_partner(self, cleaned: dict[str, Any]) -> None:
        partner = self._partner(cleaned)
        if partner is None:
            return
        for name in self.changed_data:
            row = cleaned.get(name)
            if isinstance(row, Model) and getattr(row, "partner_id", partner) != partner:
                self.add_error(name, _("It belongs to another partner."))

    def _partner(self, cleaned: dict[str, Any]) -> Any:
        """The partner that the row belongs to, by itself or by what it is a part of."""
        if cleaned.get("partner"):
            return cleaned["partner"].pk
        if hasattr(self.instance, "partner_id"):
            return self.instance.partner_id
        for field in self.fields.values():
            if isinstance(field, forms.models.InlineForeignKeyField):
                owner = field.parent_instance
                owner = getattr(owner, "course", owner)
                return getattr(owner, "partner_id", None)
        return None

    def validate_unique(self) -> None:
        """Look also at constraints with columns that no form shows."""
        super().validate_unique()
        for model, names in self._hidden_constraints():
            shown = [name for name in map(self._source, names) if name in self.fields]
            if shown and not any(name in self.errors for name in shown):
                self._check_free(model, names, shown[-1])

    def _hidden_constraints(self) -> Iterator[tuple[type[Model], tuple[str, ...]]]:
        for model, constraints in self.instance.get_constraints():
            for each in constraints:
                if isinstance(each, UniqueConstraint) and not set(each.fields) <= set(self.fields):
                    yield model, tuple(each.fields)
        for field in self.instance._meta.concrete_fields:
            if isinstance(field, FoldedField) and field.unique:
                yield field.model, (field.name,)

    def _check_free(self, model: type[Model], names: tuple[str, ...], shown: str) -> None:
        values = {name: self._value(name) for name in names}
        if None in values.values():
            return  # NULL equals nothing
        others = model._base_manager.filter(**values).exclude(pk=self.instance.pk)
        if others.exists():
            self.add_error(shown, _("There is one with this value already."))

    def _source(self, name: str) -> str:
        field = self.instance._meta.get_field(name)
        return field.source if isinstance(field, FoldedField) else name

    def _value(self, name: str) -> Any:
        field = self.instance._meta.get_field(name)
        if isinstance(field, FoldedField):
            return fold(getattr(self.instance, field.source) or "")
        return getattr(self.instance, field.attname)
