"""The addresses of programs on the marketing site."""

import re
from collections.abc import Collection
from datetime import datetime

from course_discovery.course_metadata.models import Program, ProgramType
from course_discovery.course_metadata.operations.data_modified import touch_program
from course_discovery.course_metadata.operations.running import operation, write_differences
from course_discovery.course_metadata.operations.slug import free_slug, slug_of

_IN_FOLDER = re.compile(r"[a-zA-Z0-9_-]+/[a-zA-Z0-9_/-]+")
# Where the pages of a type stand; those of other types in a folder of the type's slug.
_FOLDERS = {
    ProgramType.XSERIES: "xseries",
    ProgramType.LICENSE: "certificates",
    ProgramType.MICROMASTERS: "masters/micromasters",
    ProgramType.MICROBACHELORS: "bachelors/microbachelors",
    ProgramType.PROFESSIONAL_CERTIFICATE: "certificates/professional-certificate",
}


@operation
def regenerate_marketing_slug(*, program: Program, now: datetime) -> bool:
    """Give the program an address of its type, first author and title; whether it got one.

    Called when its authors changed. An address that stands in a folder already was chosen or made
    before, and stays; without a type or an author there is nothing to make one of.
    """
    if _IN_FOLDER.fullmatch(program.marketing_slug):
        return False
    wanted = marketing_slug_of(program)
    if wanted is None:
        return False
    write_differences(program, {"marketing_slug": wanted})
    touch_program(program=program, now=now)
    return True


def marketing_slug_of(program: Program) -> str | None:
    """A free address of the program's type, first author and title; None without these two."""
    author = program.author_links.select_related("organization").first()
    if program.type is None or author is None:
        return None
    folder = _FOLDERS.get(program.type.slug, program.type.slug)
    name = slug_of(author.organization.slug, program.title)
    return free_marketing_slug(f"{folder}/{name}", program=program)


def free_marketing_slug(wanted: str, *, program: Program | None = None) -> str:
    """`wanted`, with a number if another program has it; addresses are unique over all partners."""
    others = Program.objects.exclude(pk=program.pk) if program else Program.objects.all()

    def taken(slugs: list[str]) -> Collection[str]:
        rows = others.filter(marketing_slug_folded__in=slugs)
        return set(rows.values_list("marketing_slug_folded", flat=True))

    return free_slug(wanted, taken)
