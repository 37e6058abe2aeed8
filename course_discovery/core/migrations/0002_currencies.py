"""Currencies that prices come in."""

from django.db import migrations

CURRENCIES = {
    "AUD": "Australian dollar", "BRL": "Brazilian real", "CAD": "Canadian dollar",
    "CHF": "Swiss franc", "CNY": "Chinese yuan", "EUR": "Euro", "GBP": "Pound sterling",
    "INR": "Indian rupee", "JPY": "Japanese yen", "KRW": "South Korean won",
    "MXN": "Mexican peso", "NZD": "New Zealand dollar", "PLN": "Polish zloty",
    "SEK": "Swedish krona", "USD": "US dollar", "ZAR": "South African rand",
}  # fmt: skip


def add_currencies(apps, schema_editor):
    currencies = apps.get_model("core", "Currency")._base_manager
    for code, name in CURRENCIES.items():
        currencies.get_or_create(code=code, defaults={"name": name})


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(add_currencies, migrations.RunPython.noop)]
