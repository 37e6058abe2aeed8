"""The default course types of decision 9, with their run types, tracks, modes and seat types."""

import uuid

from django.db import migrations

NAMESPACE = uuid.UUID("0b6f9a52-7d0f-4f0a-9d0e-5f7f1b1c9a09")

SEAT_TYPES = {
    "audit": "Audit",
    "credit": "Credit",
    "honor": "Honor",
    "professional": "Professional",
    "verified": "Verified",
}
# slug: name, identity verified, gives credit, certificate, payee
MODES = {
    "audit": ("Audit", False, False, "", ""),
    "credit": ("Credit", False, True, "credit", "platform"),
    "honor": ("Honor", False, False, "honor", ""),
    "professional": ("Professional Certificate", True, False, "professional", "platform"),
    "verified": ("Verified", True, False, "verified", "platform"),
}
# slug: name, tracks, marketable
RUN_TYPES = {
    "audit": ("Audit Only", ["audit"], True),
    "professional": ("Professional Only", ["professional"], True),
    "verified-audit": ("Verified and Audit", ["audit", "verified"], True),
    "credit-verified-audit": ("Credit", ["audit", "verified", "credit"], True),
    "honor": ("Honor Only", ["honor"], True),
    "verified-honor": ("Verified and Honor", ["honor", "verified"], True),
    "credit-verified-honor": ("Credit with Honor", ["honor", "verified", "credit"], True),
    "verified": ("Verified Only", ["verified"], True),
    "empty": ("Empty", [], False),
}
# slug: name, rank, entitlement types, run types in the order in which they are offered
COURSE_TYPES = {
    "audit": ("Audit Only", 10, [], ["audit"]),
    "professional": ("Professional Only", 20, ["professional"], ["professional"]),
    "verified-audit": ("Verified and Audit", 30, ["verified"], ["audit", "verified-audit"]),
    "credit-verified-audit": (
        "Credit",
        40,
        ["verified"],
        ["audit", "verified-audit", "credit-verified-audit"],
    ),
    "honor": ("Honor Only", 50, [], ["honor"]),
    "verified-honor": ("Verified and Honor", 60, ["verified"], ["honor", "verified-honor"]),
    "credit-verified-honor": (
        "Credit with Honor",
        70,
        ["verified"],
        ["honor", "verified-honor", "credit-verified-honor"],
    ),
    "verified": ("Verified Only", 80, ["verified"], ["verified"]),
    "empty": ("Empty", 1000, [], []),
}


def add_types(apps, schema_editor):
    def model(name):
        return apps.get_model("course_metadata", name)._base_manager

    seats = {
        slug: model("SeatType").get_or_create(slug=slug, defaults={"name": name})[0]
        for slug, name in SEAT_TYPES.items()
    }
    tracks = {}
    for slug, (name, verified, credit, certificate, payee) in MODES.items():
        mode, _ = model("Mode").get_or_create(
            slug=slug,
            defaults={
                "name": name,
                "is_id_verified": verified,
                "is_credit_eligible": credit,
                "certificate_type": certificate,
                "payee": payee,
            },
        )
        tracks[slug], _ = model("Track").get_or_create(mode=mode, seat_type=seats[slug])
    run_types = {}
    for slug, (name, of, marketable) in RUN_TYPES.items():
        run_types[slug], _ = model("CourseRunType").get_or_create(
            slug=slug,
            defaults={
                "name": name,
                "is_marketable": marketable,
                "uuid": uuid.uuid5(NAMESPACE, f"course_run_type:{slug}"),
            },
        )
        run_types[slug].tracks.set(tracks[each] for each in of)
    for slug, (name, rank, entitlements, of) in COURSE_TYPES.items():
        course_type, _ = model("CourseType").get_or_create(
            slug=slug,
            defaults={
                "name": name,
                "rank": rank,
                "uuid": uuid.uuid5(NAMESPACE, f"course_type:{slug}"),
            },
        )
        course_type.entitlement_types.set(seats[each] for each in entitlements)
        for place, each in enumerate(of):
            model("CourseTypeRunType").get_or_create(
                course_type=course_type,
                course_run_type=run_types[each],
                defaults={"sort_value": place},
            )


class Migration(migrations.Migration):
    dependencies = [("course_metadata", "0001_initial")]
    operations = [migrations.RunPython(add_types, migrations.RunPython.noop)]
