"""The program types that every catalog begins with."""

import uuid

from django.db import migrations

NAMESPACE = uuid.UUID("0b6f9a52-7d0f-4f0a-9d0e-5f7f1b1c9a09")

# slug: name, applicable seat types
PROGRAM_TYPES = {
    "xseries": ("XSeries", ["credit", "professional", "verified"]),
    "micromasters": ("MicroMasters", ["credit", "professional", "verified"]),
    "professional-certificate": (
        "Professional Certificate",
        ["credit", "professional", "verified"],
    ),
    "masters": ("Masters", []),
    "microbachelors": ("MicroBachelors", ["verified"]),
}


def add_program_types(apps, schema_editor):
    program_types = apps.get_model("course_metadata", "ProgramType")._base_manager
    translations = apps.get_model("course_metadata", "ProgramTypeTranslation")._base_manager
    seat_types = apps.get_model("course_metadata", "SeatType")._base_manager
    for slug, (name, applicable) in PROGRAM_TYPES.items():
        program_type, made = program_types.get_or_create(
            slug=slug,
            defaults={"name": name, "uuid": uuid.uuid5(NAMESPACE, f"program_type:{slug}")},
        )
        if made:
            program_type.applicable_seat_types.set(seat_types.filter(slug__in=applicable))
            translations.get_or_create(
                master=program_type, language_code="en", defaults={"name_t": name}
            )


class Migration(migrations.Migration):
    dependencies = [("course_metadata", "0003_language_tags")]
    operations = [migrations.RunPython(add_program_types, migrations.RunPython.noop)]
