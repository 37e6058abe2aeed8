"""Language tags that content comes in: the languages Django knows, regions named apart."""

from django.conf.locale import LANG_INFO
from django.db import migrations

# Regional and script variants: the part behind the language's own name.
VARIANTS = {
    "ar-dz": "Algeria", "en-au": "Australia", "en-gb": "United Kingdom", "en-us": "United States",
    "es-419": "Latin America", "es-ar": "Argentina", "es-co": "Colombia",
    "es-es": "Spain (Modern)", "es-mx": "Mexico", "es-ni": "Nicaragua", "es-ve": "Venezuela",
    "fr-ca": "Canada", "pt-br": "Brazil", "pt-pt": "Portugal", "sr-latn": "Latin",
    "zh-CN": "China", "zh-HK": "Hong Kong", "zh-TW": "Taiwan", "zh-Hans": "Simplified",
    "zh-Hant": "Traditional", "zh-cmn": "Mandarin",
}  # fmt: skip


def tags():
    """Tag and name of each language."""
    found = {
        code: info["name"]
        for code, info in LANG_INFO.items()
        if "-" not in code and "name" in info
    }
    found["zh"] = "Chinese"
    for code, variant in VARIANTS.items():
        found[code] = f"{found[code.split('-')[0]]} - {variant}"
    return found


def add_languages(apps, schema_editor):
    languages = apps.get_model("course_metadata", "LanguageTag")._base_manager
    for code, name in tags().items():
        languages.get_or_create(code=code, defaults={"name": name})


class Migration(migrations.Migration):
    dependencies = [("course_metadata", "0002_default_types")]
    operations = [migrations.RunPython(add_languages, migrations.RunPython.noop)]
