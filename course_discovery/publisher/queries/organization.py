"""Which organizations a person may see."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from course_discovery.course_metadata.models import Organization
from course_discovery.publisher.models import OrganizationExtension


def visible_organizations(user: Any) -> QuerySet[Organization]:
    """All organizations for staff; for others those whose extension lets them view courses.

    A right given to a group counts; being a superuser alone does not.
    """
    if user.is_staff:
        return Organization.objects.all()
    return Organization.objects.filter(organization_extension__in=_viewable_extensions(user))


def _viewable_extensions(user: Any) -> set[int]:
    """Primary keys of the extensions that the user, or a group of theirs, may view courses of.

    Asked for by itself: object permissions name rows by text, and databases that compare texts by
    collation refuse to join such a text with a number.
    """
    model: Any = OrganizationExtension  # guardian's types know rows only
    right = {
        "permission__codename": OrganizationExtension.VIEW_COURSE,
        "content_type": ContentType.objects.get_for_model(model),
    }
    users: Any = get_user_obj_perms_model(model)
    groups: Any = get_group_obj_perms_model(model)
    own = users.objects.filter(user=user.pk, **right)
    of_groups = groups.objects.filter(group__user=user.pk, **right)
    return {int(pk) for rows in (own, of_groups) for pk in rows.values_list("object_pk", flat=True)}
