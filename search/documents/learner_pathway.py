"""The document of a learner pathway."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import QuerySet
from elasticsearch.dsl import Boolean, Date, Keyword, Nested, Text

from course_discovery.projections.stored import read_data
from learner_pathway.models import LearnerPathway, LearnerPathwayScope, LearnerPathwayStatus
from search.documents.analysis import catalog_text, completion
from search.documents.base import Body, CatalogDocument, Rendered, Skill
from search.documents.rows import learner_pathway_row
from search.documents.values import fingerprint, joined

CONTENT_TYPE = "learnerpathway"


class LearnerPathwayDocument(CatalogDocument):
    """A learner pathway. `scopes` are whom it is for (`kind:uuid`), none means everybody."""

    created = Date()
    overview = Text()
    scopes = Keyword()
    skill_names = Keyword()
    skills = Nested(Skill)
    title = Text(analyzer=catalog_text, fields=completion())
    visible_via_association = Boolean()


def indexed_learner_pathways() -> QuerySet[LearnerPathway]:
    """The pathways that have a document: all, active or not, whomever they are for."""
    return LearnerPathway.objects.all()


def learner_pathway_bodies(pks: Collection[int], now: datetime) -> dict[str, Body]:
    """The documents of pathways by uuid; a number of queries that does not depend on `pks`."""
    rendered = read_data("learner_pathway", pks, now=now)
    scopes: defaultdict[int, list[str]] = defaultdict(list)
    rows = LearnerPathwayScope.objects.filter(pathway__in=pks).order_by("kind", "uuid")
    for pk, kind, uuid in rows.values_list("pathway_id", "kind", "uuid"):
        scopes[pk].append(scope_name(kind, str(uuid)))
    return {pathway["uuid"]: _body(pathway, scopes[pk]) for pk, pathway in rendered.items()}


def scope_name(kind: str, uuid: str) -> str:
    """A scope as documents name it."""
    return f"{kind}:{uuid.lower()}"


def _body(pathway: Rendered, scopes: list[str]) -> Body:
    identity = f"{CONTENT_TYPE}:{pathway['uuid']}"
    body = {
        "aggregation_key": identity,
        "aggregation_uuid": identity,
        "content_type": CONTENT_TYPE,
        "created": pathway["_created"],
        "hidden": False,
        "id": f"learner_pathway.learnerpathway.{pathway['id']}",
        "next_boundary": None,
        "organizations": None,
        "overview": pathway["overview"],
        "partner": pathway["_partner"] or None,
        "pk": pathway["id"],
        "published": pathway["status"] == LearnerPathwayStatus.ACTIVE,
        "scopes": scopes,
        # Skills are said of courses and programs by a taxonomy, and this service has none.
        "skill_names": [],
        "skills": [],
        "start": None,
        "status": pathway["status"],
        "text": joined(_text(pathway)),
        "title": pathway["title"],
        "uuid": pathway["uuid"],
        "visible_via_association": pathway["_visible_via_association"],
    }
    body["stored"] = {"row": learner_pathway_row(body, pathway)}
    body["stored"]["fingerprint"] = fingerprint(body)
    return body


def _text(pathway: Rendered) -> Iterator[str | None]:
    """What a search without a field looks through."""
    yield from (pathway["uuid"], pathway["title"], pathway["overview"])
    for step in pathway["steps"]:
        yield from (node["title"] for node in (*step["courses"], *step["programs"]))
