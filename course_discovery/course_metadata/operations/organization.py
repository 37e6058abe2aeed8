"""Organizations."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict

from django.core.files.base import ContentFile

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Organization
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Written,
    differences,
    locked,
    operation,
    write_differences,
)
from course_discovery.course_metadata.operations.slug import LONGEST, slug_of

_PNG = b"\x89PNG\r\n\x1a\n"


class OrganizationValues(TypedDict, total=False):
    """What may be told of an organization."""

    name: str
    certificate_name: str | None
    description: str | None
    description_es: str
    homepage_url: str | None
    organization_hex_color: str | None


@operation
def create_or_update_organization(
    *, partner: Partner, key: str, values: OrganizationValues | None = None, now: datetime
) -> Written[Organization]:
    """The organization with this key (case does not matter), made when there is none.

    Without a name a new organization is called by its key. Raises UnfitValue.
    """
    fit = fitting(Organization, values or {})
    stored = locked(Organization.objects.filter(partner=partner, key_folded=fold(key)))
    if stored:
        changed = _write(stored[0], fit, now)
        return Written(stored[0], Outcome.of(changed=changed))
    columns = {"name": key, **fit, "data_modified_timestamp": now}
    fitting(Organization, {"key": key})
    slug = slug_of(key)[:LONGEST]
    made = Organization.objects.create(partner=partner, key=key, slug=slug, **columns)
    return Written(made, Outcome.CREATED)


def organization_differs(organization: Organization, values: OrganizationValues) -> bool:
    """Whether `create_or_update_organization` would write anything. Raises UnfitValue."""
    return bool(differences(organization, fitting(Organization, values)))


def set_organization_logo(
    *, organization: Organization, content: bytes | None, now: datetime
) -> Written[Organization]:
    """Store a PNG as the organization's logo, unless it is the stored one; None = no logo.

    Raises UnfitValue for what is no PNG. The old file stays: pages in caches still show it.
    """
    if content is None:
        return _point_to_logo(organization, None, now)
    if not content.startswith(_PNG):
        raise UnfitValue("logo_image", "not a PNG")
    # The digest in the name tells whether it is the same picture without reading the stored one.
    digest = hashlib.sha256(content).hexdigest()[:16]
    if digest in (organization.logo_image.name or ""):
        return Written(organization, Outcome.UNCHANGED)
    field = organization.logo_image.field
    name = field.generate_filename(organization, f"{organization.slug}-{digest}.png")
    if not field.storage.exists(name):
        # Before the transaction, because a storage may be a service on the network.
        name = field.storage.save(name, ContentFile(content))
    return _point_to_logo(organization, name, now)


@operation
def _point_to_logo(
    organization: Organization, name: str | None, now: datetime
) -> Written[Organization]:
    (row,) = locked(Organization.objects.filter(pk=organization.pk))
    changed = (row.logo_image.name or None) != name and _write(row, {"logo_image": name}, now)
    return Written(row, Outcome.of(changed=changed))


def _write(row: Organization, values: Mapping[str, Any], now: datetime) -> bool:
    if not differences(row, values):
        return False
    return write_differences(row, {**values, "data_modified_timestamp": now})
