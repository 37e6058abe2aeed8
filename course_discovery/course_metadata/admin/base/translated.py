"""Forms of rows whose texts come in several languages."""

from parler.forms import TranslatableModelForm

from course_discovery.course_metadata.admin.base.form import CatalogForm


class TranslatedForm(CatalogForm, TranslatableModelForm):  # type: ignore[misc] # ships no types
    """A form of one row, with its texts in one language."""
