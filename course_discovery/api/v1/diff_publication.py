"""What publishing a draft would do, as diffs tell it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from rest_framework import serializers

from course_discovery.api.v1.nested import Shape
from course_discovery.catalogs.models import Catalog
from course_discovery.catalogs.queries.permission import listed_catalogs
from course_discovery.catalogs.queries.prospects import Prospect, prospects
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.publisher.operations.rehearsal import Rehearsal
from course_discovery.publisher.states import MEANINGS
from search.documents.base import Body
from search.documents.kinds import COURSE_RUN, KINDS, PERSON, Kind
from search.documents.person import teachers_of
from search.indexing.touched import touched_documents

Answer = dict[str, Any]
Bodies = dict[Kind, dict[str, Body]]


class StepShape(Shape):
    """A step of the review that is left; the roles that take it are told in words."""

    course_run = serializers.CharField()
    from_status = serializers.CharField()
    to_status = serializers.CharField()
    by = serializers.CharField()
    effects = serializers.ListField(child=serializers.CharField())


class DocumentShape(Shape):
    """A document of the search index that is written, made anew or removed."""

    content_type = serializers.CharField()
    uuid = serializers.UUIDField()
    key = serializers.CharField(help_text="or the title of what has no key")
    change = serializers.ChoiceField(["made", "written", "removed"])


class RedirectsShape(Shape):
    """Addresses of the course afterwards."""

    active = serializers.CharField(allow_null=True, help_text="the course's own")
    made = serializers.ListField(
        child=serializers.CharField(), help_text="those that will lead to it, and did not"
    )
    retired = serializers.ListField(
        child=serializers.CharField(), help_text="those that lead to it, and will not"
    )


class CatalogMemberShape(Shape):
    """What a catalog gains or loses."""

    catalog = serializers.IntegerField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    key = serializers.CharField(help_text="or the uuid of what has no key")


class CatalogsShape(Shape):
    """Gains and losses of the catalogs that the caller may see."""

    gained = CatalogMemberShape(many=True)
    lost = CatalogMemberShape(many=True)
    others = serializers.IntegerField(help_text="how many catalogs change beside them")


class MailShape(Shape):
    """A mail that is sent, or `not_sent` says why it is not."""

    mail = serializers.CharField()
    course_run = serializers.CharField()
    subject = serializers.CharField()
    recipients = serializers.ListField(child=serializers.EmailField())
    not_sent = serializers.CharField(allow_blank=True)


class PushShape(Shape):
    """What another service is told."""

    service = serializers.ChoiceField(["studio", "shop", "lms"])
    what = serializers.ChoiceField(["course_run", "image", "products", "modes"])
    course_run = serializers.CharField()
    modes = serializers.ListField(child=serializers.CharField(), help_text="that it is told of")


class PublicationShape(Shape):
    """What happens until the official rows say what the drafts say.

    It is found out by doing it and taking it back; nobody is told of anything. Steps of the review
    that are left are part of it, with their mails.
    """

    steps = StepShape(many=True)
    documents = DocumentShape(many=True)
    redirects = RedirectsShape()
    catalogs = CatalogsShape()
    mails = MailShape(many=True)
    pushes = PushShape(many=True)


class Seen(NamedTuple):
    """What is kept of a rehearsal: what it did, and the documents that it touched."""

    rehearsal: Rehearsal
    touched: dict[Kind, list[str]]
    bodies: Bodies


Rehearse = Callable[[Callable[[Rehearsal], Seen]], Seen]


def foretold(rehearse: Rehearse, *, user: Any, now: datetime) -> Answer:
    """What publishing would do, and `refusal`: why it cannot be done, "" if it can."""
    try:
        seen = rehearse(lambda rehearsal: _seen(rehearsal, now))
    except Refusal as refusal:
        return {"publication": None, "refusal": str(refusal)}
    touched = _with_former_teachers(seen.touched)
    before = _bodies(touched, now)
    done = seen.rehearsal
    return {
        "publication": {
            "steps": [
                {
                    "course_run": step.run,
                    "from_status": step.transition.source,
                    "to_status": step.transition.target,
                    "by": str(MEANINGS[step.transition.actor]),
                    "effects": [str(MEANINGS[each]) for each in step.transition.effects],
                }
                for step in done.steps
            ],
            "documents": list(_documents(touched, before, seen.bodies)),
            "redirects": {
                "active": done.redirects.active,
                "made": done.redirects.made,
                "retired": done.redirects.retired,
            },
            "catalogs": _catalogs(prospects(before, seen.bodies, now), user),
            "mails": [
                {
                    "mail": each.mail,
                    "course_run": each.run,
                    "subject": each.subject,
                    "recipients": each.recipients,
                    "not_sent": each.not_sent,
                }
                for each in done.mails
            ],
            "pushes": [
                {
                    "service": each.service,
                    "what": each.what,
                    "course_run": each.run,
                    "modes": list(each.facts),
                }
                for each in done.pushes
            ],
        },
        "refusal": "",
    }


def _seen(rehearsal: Rehearsal, now: datetime) -> Seen:
    # No index is asked who taught: that is looked up when all is as before.
    touched = touched_documents(rehearsal.changes, {kind: [] for kind in KINDS})
    return Seen(rehearsal, touched, _bodies(touched, now))


def _with_former_teachers(touched: Mapping[Kind, list[str]]) -> dict[Kind, list[str]]:
    taught = teachers_of(touched[COURSE_RUN])
    return {**touched, PERSON: sorted({*touched[PERSON], *taught})}


def _bodies(touched: Mapping[Kind, list[str]], now: datetime) -> Bodies:
    found: Bodies = {}
    for kind, uuids in touched.items():
        rows = kind.rows().filter(uuid__in=uuids).order_by() if uuids else []
        pks = [row.pk for row in rows]
        found[kind] = kind.bodies(pks, now) if pks else {}
    return found


def _documents(
    touched: Mapping[Kind, list[str]], before: Bodies, after: Bodies
) -> Iterable[Answer]:
    for kind, uuids in touched.items():
        for uuid in uuids:
            old, new = before[kind].get(uuid), after[kind].get(uuid)
            if old is None and new is None:
                continue
            change = "made" if old is None else "written" if new is not None else "removed"
            body = new or old or {}
            key = body.get("key") or body.get("title") or body.get("full_name") or uuid
            yield {"content_type": kind.content_type, "uuid": uuid, "key": key, "change": change}


def _catalogs(found: list[Prospect], user: Any) -> Answer:
    changing = {each.catalog.pk for each in found}
    shown = changing
    if not user.is_staff:
        shown = set(listed_catalogs(user).filter(pk__in=changing).values_list("pk", flat=True))
    told: dict[bool, list[Answer]] = {True: [], False: []}
    for each in found:
        if each.catalog.pk in shown:
            told[each.gained].append(_member(each.catalog, each))
    return {"gained": told[True], "lost": told[False], "others": len(changing - shown)}


def _member(catalog: Catalog, each: Prospect) -> Answer:
    return {
        "catalog": catalog.pk,
        "name": catalog.name,
        "content_type": each.kind.content_type,
        "key": each.match.key,
    }
