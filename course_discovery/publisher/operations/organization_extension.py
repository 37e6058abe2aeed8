"""The rights that come with an organization's group."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from guardian.shortcuts import assign_perm

from course_discovery.course_metadata.operations.running import operation
from course_discovery.publisher.models import OrganizationExtension

_VIEW = (OrganizationExtension.VIEW_COURSE, OrganizationExtension.VIEW_COURSE_RUN)
_EDIT = (OrganizationExtension.EDIT_COURSE, OrganizationExtension.EDIT_COURSE_RUN)
# What groups that work for all organizations may do with each of them.
_SHARED = {
    "Marketing Reviewers": (*_VIEW, OrganizationExtension.EDIT_COURSE),
    "Project Coordinators": (*_VIEW, OrganizationExtension.EDIT_COURSE_RUN),
    "General Staff": _VIEW,
    "Partner Support Members": _VIEW,
}


def note_extension_creation(
    sender: Any, instance: OrganizationExtension, created: bool, raw: bool = False, **_: Any
) -> None:
    """Let the group of a new extension write people."""
    if created and not raw:
        instance.group.permissions.add(
            *Permission.objects.filter(
                content_type__app_label="course_metadata",
                codename__in=("add_person", "change_person", "delete_person"),
            )
        )


@operation
def assign_permissions(*, extension: OrganizationExtension) -> None:
    """Let the organization's group, and those that work for all, see and edit its courses.

    Groups that there are not yet are made. Repeating it changes nothing.
    """
    shared = {**_SHARED, settings.PUBLISHER_LEGAL_GROUP: _VIEW}
    groups: list[tuple[Group, tuple[str, ...]]] = [(extension.group, (*_VIEW, *_EDIT))]
    groups += [(Group.objects.get_or_create(name=name)[0], each) for name, each in shared.items()]
    for group, permissions in groups:
        for permission in permissions:
            assign_perm(permission, group, extension)
