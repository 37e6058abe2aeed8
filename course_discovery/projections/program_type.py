"""Program types as readers see them, in one language."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from course_discovery.core.images import described
from course_discovery.course_metadata.models import ProgramType, ProgramTypeTranslation
from course_discovery.projections.subject import best_translations
from course_discovery.projections.values import absolute_media_url


def render_program_types(
    pks: Collection[int], *, language: str | None = None
) -> dict[int, dict[str, Any]]:
    """Program types by primary key; three queries."""
    names = best_translations(
        ProgramTypeTranslation.objects.filter(master_id__in=pks).values(
            "master_id", "language_code", "name_t"
        ),
        language,
    )
    seat_types = _seat_types(pks)
    rows = ProgramType.objects.filter(pk__in=pks).values(
        "pk", "uuid", "name", "slug", "logo_image", "coaching_supported"
    )
    return {row["pk"]: _render(row, names.get(row["pk"]), seat_types[row["pk"]]) for row in rows}


def type_attrs(rendered: Mapping[str, Any]) -> dict[str, Any]:
    """What programs tell of their type beside its name."""
    return {key: rendered[key] for key in ("uuid", "slug", "coaching_supported")}


def _render(
    row: Mapping[str, Any], texts: Mapping[str, Any] | None, seat_types: list[str]
) -> dict[str, Any]:
    return {
        "uuid": str(row["uuid"]),
        "name": texts["name_t"] if texts else row["name"],
        "logo_image": described(row["logo_image"], ProgramType.VARIATIONS, absolute_media_url),
        "applicable_seat_types": seat_types,
        "slug": row["slug"],
        "coaching_supported": row["coaching_supported"],
    }


def _seat_types(pks: Collection[int]) -> defaultdict[int, list[str]]:
    """The slugs of the seat types that count for each program type, sorted."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    links = ProgramType.applicable_seat_types.through.objects.filter(programtype_id__in=pks)
    for pk, slug in links.order_by("seattype__slug").values_list(
        "programtype_id", "seattype__slug"
    ):
        found[pk].append(slug)
    return found
