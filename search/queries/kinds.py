"""Which kinds an address searches, and which of them its facets count."""

from collections.abc import Sequence

from search.documents.kinds import COURSE, COURSE_RUN, LEARNER_PATHWAY, PERSON, PROGRAM, Kind
from search.queries.errors import BadValue
from search.queries.filters import Parameters
from search.queries.values import text, truth

# Everything but learner pathways, which only those find who ask for them.
USUAL = (COURSE, COURSE_RUN, PROGRAM, PERSON)
ALL = (*USUAL, LEARNER_PATHWAY)
LIMITED = (COURSE, COURSE_RUN, PROGRAM)
_PATHWAYS = "include_learner_pathways"


def kinds_of_all(parameters: Parameters) -> tuple[Kind, ...]:
    """The kinds that a search of everything finds: learner pathways only when they are asked for.

    Raises BadValue for `include_learner_pathways` that is neither true nor false.
    """
    given = [each for each in parameters.get(_PATHWAYS, ()) if each is not None and each != ""]
    try:
        return ALL if True in {truth(each) for each in given} else USUAL
    except ValueError as error:
        raise BadValue(_PATHWAYS, f"{error}.") from None


def counted(kinds: Sequence[Kind], parameters: Parameters) -> tuple[Kind, ...]:
    """Those of the kinds that facets count: people only where `content_type` names them.

    Of one kind alone they are counted whatever it is.
    """
    named = [
        part
        for name in ("content_type", "content_type__term", "content_type__terms")
        for value in parameters.get(name, ())
        for part in text(value).split("__")
    ]
    if len(kinds) == 1 or PERSON.content_type in named:
        return tuple(kinds)
    return tuple(kind for kind in kinds if kind is not PERSON)
