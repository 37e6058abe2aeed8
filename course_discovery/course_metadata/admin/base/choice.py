"""Choosing rows of large tables: by typing, and without a query for each choice on the page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, ManyToManyField, Model
from django.http import HttpRequest

from course_discovery.course_metadata.admin.base.label import (
    label_of,
    label_relations,
    with_labels,
)


class _Known:
    """The rows that a page has loaded with what it shows; others are asked for when needed."""

    queryset: Any
    to_field_name: str | None

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        """Each form has a field of its own, which knows rows of its own."""
        copied = super().__deepcopy__(memo)  # type: ignore[misc]
        copied.known = {}
        return copied

    def know(self, rows: Iterable[Model]) -> None:
        """Take these rows for known."""
        self.__dict__.setdefault("known", {}).update({self.key_of(row): row for row in rows})

    def key_of(self, row: Model) -> str:
        """What stands for the row in a form."""
        return str(row.serializable_value(self.to_field_name) if self.to_field_name else row.pk)

    def rows(self, keys: Iterable[Any]) -> list[Model]:
        """The rows that these keys stand for, in their order; junk stands for none."""
        texts = [str(key) for key in keys if key not in (None, "")]
        known: dict[str, Model] = self.__dict__.get("known", {})
        missing = [text for text in texts if text not in known]
        if missing:
            self.know(with_labels(self._find(missing)))
            known = self.__dict__.get("known", {})
        return [known[text] for text in texts if text in known]

    def _find(self, texts: list[str]) -> Any:
        field = self.queryset.model._meta.get_field(
            self.to_field_name or self.queryset.model._meta.pk.name
        )
        keys = []
        for text in texts:
            try:
                key = field.to_python(text)
                field.run_validators(key)
            except ValidationError:
                continue
            keys.append(key)
        return self.queryset.filter(**{f"{field.name}__in": keys})

    def label_from_instance(self, row: Any) -> str:
        """What the row is called."""
        return label_of(row)


class RowField(_Known, forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of one row."""

    def to_python(self, value: Any) -> Any:
        """The row; one that the page knows is not asked for again."""
        known: dict[str, Model] = self.__dict__.get("known", {})
        return known.get(str(value)) or super().to_python(value)


class BoundedChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """A choice of rows; numbers beyond what the database has for keys are none of them."""

    def _check_values(self, value: Any) -> Any:
        try:
            return super()._check_values(value)  # type: ignore[misc]
        except OverflowError as error:
            raise ValidationError(
                self.error_messages["invalid_pk_value"],
                code="invalid_pk_value",
                params={"pk": ", ".join(map(str, value))},
            ) from error


class RowsField(_Known, BoundedChoices):
    """A choice of rows, found by typing."""


class _KnownOptions:
    """Options are the chosen rows only; others come while somebody types."""

    choices: Any
    is_required: bool
    allow_multiple_selected: bool
    create_option: Any

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[Any]:
        """One group: a blank where nothing may be chosen, and what is."""
        field = self.choices.field
        options: list[Any] = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        for row in field.rows(value):
            key, label = field.key_of(row), field.label_from_instance(row)
            options.append(self.create_option(name, key, label, True, len(options)))
        return [(None, options, 0)]


class RowSelect(_KnownOptions, AutocompleteSelect):  # type: ignore[misc]
    """One row, found by typing."""


class RowSelectMultiple(_KnownOptions, AutocompleteSelectMultiple):  # type: ignore[misc]
    """Rows, found by typing."""


class ChoosingAdmin:
    """Pages and inlines that let rows be found by typing, whatever model they are of.

    `listed_fields` names the keys to tables so small that all of their rows are offered.
    """

    listed_fields: tuple[str, ...] = ("partner",)
    opts: Any
    admin_site: Any

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """All keys but the listed ones."""
        return [each.name for each in self._keys() if each.name not in self.listed_fields]

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """A field; what a row leads to is not deleted from the row's page."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """A choice of one row."""
        kwargs.setdefault("form_class", RowField)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", RowSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """A choice of rows."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("form_class", RowsField)
            kwargs.setdefault("widget", RowSelectMultiple(db_field, self.admin_site))
        kwargs.setdefault("form_class", BoundedChoices)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def shown_relations(self) -> list[str]:
        """The keys of one row each, with what the labels of those are made of."""
        names = []
        for each in self._keys():
            target: Any = each.related_model
            if not each.many_to_many:
                names += [each.name, *label_relations(target, f"{each.name}__")]
        return names

    def _keys(self) -> "list[Field[Any, Any]]":
        single = [each for each in self.opts.fields if each.remote_field and each.editable]
        many = [
            each
            for each in self.opts.many_to_many
            if isinstance(each, ManyToManyField)
            and each.remote_field.through
            and each.remote_field.through._meta.auto_created
        ]
        return [*single, *many]
