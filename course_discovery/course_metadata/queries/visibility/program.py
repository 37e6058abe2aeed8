"""Where a program is shown, and by which conditions."""

from django.db.models import Q

from course_discovery.course_metadata.models import Program
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.course_metadata.queries.program import MARKETABLE
from course_discovery.course_metadata.queries.visibility.conditions import (
    Condition,
    Look,
    Places,
    not_hidden,
    of_partner,
    yes_or_no,
)


def _marketing(program: Program, look: Look) -> str:
    slug = program.marketing_slug
    page = f"its page is {slug}" if slug else "it has no page"
    return f"Its status is {program.status}, and {page}."


PARTNER = of_partner("partner", lambda program: program.partner)
IS_ACTIVE = Condition(
    "active",
    lambda look: Q(status=ProgramStatus.ACTIVE),
    lambda program, look: f"Its status is {program.status}.",
)
NOT_HIDDEN = not_hidden()
MAY_BE_MARKETED = Condition("may be marketed", lambda look: MARKETABLE, _marketing)
NOT_EXCLUDED_FROM_SEARCH = Condition(
    "not excluded from search",
    lambda look: Q(excluded_from_search=False),
    lambda program, look: yes_or_no(
        program.excluded_from_search,
        "It is excluded from the search of marketing sites.",
        "It is not excluded from the search of marketing sites.",
    ),
)

LISTED = (PARTNER,)

PLACES: Places = {
    "list": LISTED,
    "search": LISTED,
    "facets": (PARTNER, IS_ACTIVE, NOT_HIDDEN),
    "marketable": (MAY_BE_MARKETED,),
    "marketing sites' search": (NOT_EXCLUDED_FROM_SEARCH,),
}
