"""Who leaves an organization edits its courses no more (decision 3), whoever writes that.

A person leaves when taken out of the organization's group, from either side, when the group or the
extension goes, or when the extension is given another group or organization. Rights were gone at
once, since editors who left do not count; here their rows go, so that coming back gives nothing.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from course_discovery.core.changes.settling import Changed
from course_discovery.core.models import User
from course_discovery.course_metadata.models import CourseAuthor, CourseEditor
from course_discovery.publisher.models import OrganizationExtension

_MEMBERSHIPS: Any = User.groups.through


def end_editorships(*, editors: QuerySet[CourseEditor], leaving: Collection[int] = ()) -> None:
    """Delete those of the editors who work for none of their course's authors.

    `leaving` are groups that they are about to be taken out of.
    """
    remaining = _MEMBERSHIPS.objects.filter(user=OuterRef(OuterRef("user"))).exclude(
        group__in=leaving
    )
    working_for = CourseAuthor.objects.filter(
        Exists(
            remaining.filter(group__organization_extension__organization=OuterRef("organization"))
        ),
        course=OuterRef("course"),
    )
    gone = list(editors.filter(~Exists(working_for)).values_list("pk", flat=True))
    if gone:
        CourseEditor.objects.filter(pk__in=gone).delete()


def note_memberships(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: set[Any] | None, **_: Any
) -> None:
    """Before users leave groups, told from either side."""
    if action not in {"pre_remove", "pre_clear"}:
        return
    others = pk_set
    if others is None:
        of_instance = {"group" if reverse else "user": instance.pk}
        column = "user" if reverse else "group"
        others = set(_MEMBERSHIPS.objects.filter(**of_instance).values_list(column, flat=True))
    users, groups = (others, {instance.pk}) if reverse else ({instance.pk}, others)
    end_editorships(editors=CourseEditor.objects.filter(user__in=users), leaving=groups)


def note_extension_deletion(sender: Any, instance: OrganizationExtension, **_: Any) -> None:
    """Before an extension goes, by itself or with its group or its organization."""
    members = _MEMBERSHIPS.objects.filter(group=instance.group_id)
    end_editorships(
        editors=CourseEditor.objects.filter(user__in=members.values("user")),
        leaving=[instance.group_id],
    )


def settle_editors(changed: Changed) -> None:
    """Let nobody edit courses of an organization that has another group now."""
    uuids = {each.uuid for each in changed.get("organization", ())}
    if uuids:
        authored = CourseAuthor.objects.filter(organization__uuid__in=uuids)
        end_editorships(editors=CourseEditor.objects.filter(course__in=authored.values("course")))
