"""Model fields that hold a rule."""

from typing import Any

from django.db import models


def fold(text: str) -> str:
    """`text` as it is compared where case must not matter."""
    return text.casefold()


class FoldedField(models.CharField):
    """The casefolded twin of another field: carries uniqueness and look-ups without case.

    Written by the ORM from its source on every save and bulk_create, never by hand, so that the
    rule is the same on databases that compare with case and on those that do not.
    """

    def __init__(self, *, source: str, **options: Any) -> None:
        self.source = source
        super().__init__(**({"max_length": 255, "editable": False, "default": ""} | options))

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """The field as a migration writes it."""
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Fold the source's present value."""
        value = fold(getattr(model_instance, self.source) or "")
        setattr(model_instance, self.attname, value)
        return value
