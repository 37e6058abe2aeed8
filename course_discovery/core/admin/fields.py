"""How the admin asks for values."""

from typing import Any

from django.db import models

# An address without a scheme is taken as https.
URL_FIELDS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.URLField: {"assume_scheme": "https"}
}
