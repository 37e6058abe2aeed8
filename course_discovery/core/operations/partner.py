"""Partners and their sites."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.sites.models import Site
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import IntegrityError, models, transaction

from course_discovery.core.models import Partner


class PartnerRefused(ValueError):
    """Values that no partner can have; the text says which and why."""


@dataclass(frozen=True)
class PartnerWritten:
    """The partner as it is stored now, and what was done."""

    partner: Partner
    created: bool
    changed: bool


def create_or_update_partner(
    *,
    code: str,
    name: str,
    site_domain: str,
    site_id: int | None = None,
    values: Mapping[str, str],
) -> PartnerWritten:
    """The partner with this short code on its site, both made when there are none.

    `values` are further columns; what is absent stays as it is. With `site_id` that site gets the
    domain (site 1 is Django's `example.com` until then), without one the site of that domain is
    taken. Repeating it writes nothing. Raises PartnerRefused.
    """
    try:
        with transaction.atomic():
            return _write_partner(code, name, _site(site_id, site_domain), values)
    except IntegrityError:
        # The only rule that the database keeps and nothing above checks, bar two callers at once.
        raise PartnerRefused(f"name: another partner is called {name}") from None


def _write_partner(
    code: str, name: str, written_site: tuple[Site, bool], values: Mapping[str, str]
) -> PartnerWritten:
    site, site_changed = written_site
    partner = Partner.objects.filter(short_code__iexact=code).first()
    created = partner is None
    partner = partner or Partner(short_code=_checked(Partner, "short_code", code))
    owner = Partner.objects.filter(site=site).exclude(pk=partner.pk).first()
    if owner is not None:
        raise PartnerRefused(f"the site {site.domain} belongs to the partner {owner.short_code}")
    changed = _write(partner, {**values, "name": name, "site": site})
    return PartnerWritten(partner, created, changed or site_changed)


def _site(site_id: int | None, domain: str) -> tuple[Site, bool]:
    """The site with this id, or of this domain, and whether it was made or renamed."""
    same_domain = Site.objects.filter(domain__iexact=domain).first()
    if site_id is None:
        site = same_domain or Site()
    else:
        site = Site.objects.filter(pk=site_id).first() or Site(pk=site_id)
        if same_domain and same_domain.pk != site_id:
            raise PartnerRefused(f"the domain {domain} belongs to the site {same_domain.pk}")
    written = _write(site, {"domain": domain, "name": domain[:50]})
    if written and site_id is not None:
        _count_on_from_chosen_ids()
    return site, written


def _count_on_from_chosen_ids() -> None:
    """Let the database number further sites behind the ids that were chosen by hand.

    PostgreSQL counts by itself and would give such an id again; elsewhere there is nothing to do.
    """
    connection = transaction.get_connection()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Site]):
            cursor.execute(statement)


def _write(row: models.Model, values: Mapping[str, object]) -> bool:
    """Save the row if any of these values is new; whether it was."""
    fit = {
        name: _checked(type(row), name, value) if isinstance(value, str) else value
        for name, value in values.items()
    }
    new = row._state.adding
    if not new and all(getattr(row, name) == value for name, value in fit.items()):
        return False
    for name, value in fit.items():
        setattr(row, name, value)
    row.save()
    return True


def _checked(model: type[models.Model], name: str, value: str) -> str:
    """The text, stripped, as its column takes it."""
    field, text = model._meta.get_field(name), value.strip()
    assert isinstance(field, models.Field)
    if not text and not field.blank:
        raise PartnerRefused(f"{name}: may not be empty")
    try:
        if text:
            field.run_validators(text)
    except ValidationError as error:
        raise PartnerRefused(f"{name}: {error.messages[0]}") from None
    return text
