"""From entries of the change log to the documents that they touch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from elasticsearch.dsl import Search

from course_discovery.core.changes import registry
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.owners import batches, read
from course_discovery.core.changes.registry import Identity
from course_discovery.projections.reach import reached
from search.documents.connection import answering, client
from search.documents.kinds import COURSE_RUN, KINDS, PERSON, Kind
from search.documents.person import teachers_of
from search.indexing.writing import refresh

_PAGE = 1000


def touched_documents(
    changes: Iterable[Change], targets: Mapping[Kind, Sequence[str]]
) -> dict[Kind, list[str]]:
    """The uuids of the documents that changes touch, for each kind that has a target.

    Documents are made of projections, so they are what shows the changed objects; and of people
    also those who teach a touched run, or did so when the documents in `targets` were written.
    Deleted objects are among them; drafts are not.
    """
    found = _shown(list(changes))
    if PERSON in targets:
        runs = sorted(found[COURSE_RUN.name])
        found[PERSON.name] |= teachers_of(runs)
        for index in targets[PERSON]:
            found[PERSON.name].update(_said_to_teach(runs, index))
    return {kind: sorted(found[kind.name]) for kind in targets}


def _shown(entries: Sequence[Change]) -> defaultdict[str, set[str]]:
    """By kind the uuids of the changed objects and of everything that shows them."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in entries:
        if not each.draft:
            found[each.kind].add(str(each.uuid))
    pks: defaultdict[str, set[int]] = defaultdict(set)
    # Entries may be of kinds whose app is gone.
    for kind, pk in reached(
        {
            Identity(each.kind, each.uuid, each.key, each.draft)
            for each in entries
            if registry.has_kind(each.kind)
        }
    ):
        pks[kind].add(pk)
    for name in {kind.name for kind in KINDS} & pks.keys():
        rule = registry.kind_named(name)
        only = {rule.draft: False} if rule.draft else {}
        found[name] |= {str(row.uuid) for row in read(rule, "pk", pks[name], **only).values()}
    return found


def _said_to_teach(runs: Collection[str], index: str) -> Iterator[str]:
    """The people who teach one of the runs, as far as the index knows."""
    if runs:
        refresh([index])
    for batch in batches(runs):
        ordered = Search().filter("terms", teaches=batch).sort("uuid").source(False)[:_PAGE]
        asked = ordered
        while True:
            with answering():
                hits = client().search(index=index, body=asked.to_dict())["hits"]["hits"]
            yield from (hit["_id"] for hit in hits)
            if len(hits) < _PAGE:
                break
            asked = ordered.extra(search_after=hits[-1]["sort"])
