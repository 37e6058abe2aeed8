"""Who may see a catalog."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from course_discovery.catalogs.models import Catalog
from course_discovery.core.changes.owners import batches
from course_discovery.core.models import User
from course_discovery.course_metadata.operations.running import Refusal

MOST_VIEWERS = 1000


class RefusedViewer(Refusal):
    """A user name that is unknown, or that nobody can have."""


def users_named(names: Collection[str], *, create: bool) -> list[User]:
    """The users of these names; those that are missing are made, or refused.

    Raises RefusedViewer.
    """
    if len(names) > MOST_VIEWERS:
        raise RefusedViewer(f"A catalog may have {MOST_VIEWERS} viewers.")
    found: dict[str, User] = {}
    for batch in batches(dict.fromkeys(names)):
        found |= {each.username: each for each in User.objects.filter(username__in=batch)}
    for name in names:
        if name not in found:
            found[name] = _made(name) if create else _refused(name)
    return [found[name] for name in dict.fromkeys(names)]


def set_viewers(catalog: Catalog, users: Collection[User]) -> bool:
    """Let these users see a catalog, and nobody else by a right of their own to see it.

    Other rights stay as they are. Answers whether something changed.
    """
    rights: Any = get_user_obj_perms_model(Catalog)  # type: ignore[arg-type] # it knows rows only
    content_type = ContentType.objects.get_for_model(Catalog)
    view = Permission.objects.get(content_type=content_type, codename=Catalog.VIEW)
    own = {"content_type": content_type, "object_pk": str(catalog.pk), "permission": view}
    before = set(rights.objects.filter(**own).values_list("user", flat=True))
    wanted = {user.pk for user in users}
    rights.objects.filter(user__in=before - wanted, **own).delete()
    rights.objects.bulk_create([rights(user_id=pk, **own) for pk in sorted(wanted - before)])
    return before != wanted


def forget_rights(catalog: Catalog) -> None:
    """Remove every right for a catalog that goes."""
    content_type = ContentType.objects.get_for_model(Catalog)
    for model in (get_user_obj_perms_model(Catalog), get_group_obj_perms_model(Catalog)):  # type: ignore[arg-type]
        rights: Any = model
        rights.objects.filter(content_type=content_type, object_pk=str(catalog.pk)).delete()


def _made(name: str) -> User:
    field = User._meta.get_field("username")
    try:
        field.run_validators(name)
    except ValidationError as error:
        raise RefusedViewer(f"{name}: {' '.join(error.messages)}") from None
    made: User = get_user_model().objects.create_user(name)
    return made


def _refused(name: str) -> User:
    raise RefusedViewer(f"Object with username={name} does not exist.")
