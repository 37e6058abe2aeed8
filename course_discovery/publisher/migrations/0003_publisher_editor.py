"""The role that lets internal users write."""

from django.db import migrations


def add_role(apps, schema_editor):
    apps.get_model("publisher", "PublisherRole").objects.get_or_create(
        name="PUBLISHER_EDITOR",
        defaults={"description": "Internal users who may write courses, runs and people."},
    )


class Migration(migrations.Migration):
    dependencies = [("publisher", "0002_roles")]

    operations = [migrations.RunPython(add_role, migrations.RunPython.noop)]
