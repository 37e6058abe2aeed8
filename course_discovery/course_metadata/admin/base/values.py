"""Form fields for lists that are stored as JSON."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from localflavor.us.us_states import CONTIGUOUS_STATES

AI_KINDS = ("translation_languages", "transcription_languages")


class LinesField(forms.Field):
    """A list of texts, one on each line; empty lines and repetitions are left out."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 60})

    def prepare_value(self, value: Any) -> Any:
        """The text to edit."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The list. Raises ValidationError for what no database holds."""
        text = value if isinstance(value, str) else ""
        ProhibitNullCharactersValidator()(text)
        lines = text.splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


class _CodesField(forms.MultipleChoiceField):
    """Codes, chosen by their names."""

    def __init__(self, *, choices: Any, label: Any, **options: Any) -> None:
        widget = FilteredSelectMultiple(label, is_stacked=False)
        super().__init__(choices=choices, label=label, widget=widget, required=False, **options)


def countries_field() -> forms.Field:
    """Countries by their names, stored as ISO 3166-1 alpha-2 codes."""
    return _CodesField(choices=lambda: list(countries), label=_("countries"))


def states_field() -> forms.Field:
    """Contiguous states of the US by their names, stored as postal codes."""
    return _CodesField(choices=CONTIGUOUS_STATES, label=_("US states"))


class _AiLanguagesWidget(forms.MultiWidget):
    """A text for each kind."""

    def __init__(self) -> None:
        hints = (_("Translations, such as “es: Spanish”"), _("Transcriptions"))
        shape = {"rows": 4, "cols": 40}
        widgets = [
            forms.Textarea(attrs={**shape, "placeholder": hint, "aria-label": hint})
            for hint in hints
        ]
        super().__init__(widgets)

    def decompress(self, value: Any) -> list[str | None]:
        """The text of each kind."""
        if not isinstance(value, dict):
            return [None, None]
        return ["\n".join(map(_line, value.get(kind) or [])) for kind in AI_KINDS]


class AiLanguagesField(forms.MultiValueField):
    """Languages that machines translate to and transcribe in: `code: name`, one on each line."""

    def __init__(self, **options: Any) -> None:
        fields = [LinesField(required=False) for _kind in AI_KINDS]
        super().__init__(
            fields, widget=_AiLanguagesWidget(), required=False, require_all_fields=False, **options
        )

    def compress(self, data_list: Sequence[Any]) -> dict[str, list[dict[str, str]]] | None:
        """The value as it is stored; None where no language was given."""
        if not any(data_list):
            return None
        kinds = zip(AI_KINDS, data_list, strict=True)
        return {kind: [_language(line) for line in lines] for kind, lines in kinds}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other languages were given."""
        try:
            return bool(self.clean(data) != (initial or None))
        except ValidationError:
            return True


def _line(language: Any) -> str:
    if not isinstance(language, dict):
        return str(language)
    return f"{language.get('code', '')}: {language.get('label', '')}"


def _language(line: str) -> dict[str, str]:
    code, found, label = (part.strip() for part in line.partition(":"))
    if not (code and found and label):
        raise ValidationError(
            _("“%(line)s” is no code and name, such as “es: Spanish”."), params={"line": line}
        )
    return {"code": code, "label": label}
