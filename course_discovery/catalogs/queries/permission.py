"""Who may see and do what with catalogs.

A right is had for one catalog, by oneself or by a group, or for all catalogs. Being staff gives
every right but that of finding catalogs in the list; being a superuser gives that too.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from course_discovery.catalogs.models import Catalog

_LABEL = Catalog._meta.app_label


def listed_catalogs(user: Any) -> QuerySet[Catalog]:
    """The catalogs that the list shows to a user: those with the right to see them."""
    if user.has_perm(f"{_LABEL}.{Catalog.VIEW}"):
        return Catalog.objects.order_by("pk")
    right = {"permission__codename": Catalog.VIEW, "content_type": _content_type()}
    own = _of_users().filter(user=user.pk, **right)
    of_groups = _of_groups().filter(group__user=user.pk, **right)
    # Asked for by itself: object permissions name rows by text.
    pks = {int(pk) for rows in (own, of_groups) for pk in rows.values_list("object_pk", flat=True)}
    return Catalog.objects.filter(pk__in=pks).order_by("pk")


def may(user: Any, right: str, catalog: Catalog) -> bool:
    """Whether a user has a right (`Catalog.VIEW`, `CHANGE` or `DELETE`) for a catalog."""
    if user.is_active and (user.is_staff or user.is_superuser):
        return True
    permission = f"{_LABEL}.{right}"
    return bool(user.has_perm(permission) or user.has_perm(permission, catalog))


def may_create(user: Any) -> bool:
    """Whether a user may make catalogs."""
    return bool(user.is_active and (user.is_staff or user.has_perm(f"{_LABEL}.add_catalog")))


def viewers_of(pks: Collection[int]) -> dict[int, list[str]]:
    """The names of the users who have any right for each of the catalogs themselves, sorted.

    What groups have, and what superusers may, does not count. One query.
    """
    rows = _of_users().filter(content_type=_content_type(), object_pk__in=[str(pk) for pk in pks])
    names: defaultdict[int, set[str]] = defaultdict(set)
    for pk, name in rows.values_list("object_pk", "user__username"):
        names[int(pk)].add(name)
    return {pk: sorted(names[pk]) for pk in pks}


def _content_type() -> ContentType:
    return ContentType.objects.get_for_model(Catalog)


def _of_users() -> Any:
    model: Any = get_user_obj_perms_model(Catalog)  # type: ignore[arg-type] # its types know rows only
    return model.objects


def _of_groups() -> Any:
    model: Any = get_group_obj_perms_model(Catalog)  # type: ignore[arg-type]
    return model.objects
