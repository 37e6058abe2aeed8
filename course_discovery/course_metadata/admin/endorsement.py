"""Endorsements in the admin, those of corporations too."""

from adminsortable2.admin import SortableAdminBase
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.admin.base.inline import LinkInline
from course_discovery.course_metadata.admin.base.label import label_of
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import (
    CorporateEndorsement,
    CorporateEndorsementVoice,
    Endorsement,
)


@admin.register(Endorsement)
class EndorsementAdmin(CatalogAdmin):
    """What people say of programs."""

    list_display = ("told",)
    list_select_related = ("endorser",)
    search_fields = ("quote", "endorser__given_name", "endorser__family_name")
    ordering = ("-created",)

    @admin.display(description=_("endorsement"), ordering="endorser__family_name")
    def told(self, row: Endorsement) -> str:
        """Who says what."""
        return label_of(row)


class VoiceInline(LinkInline):
    """What people of the corporation say."""

    model = CorporateEndorsementVoice


@admin.register(CorporateEndorsement)
class CorporateEndorsementAdmin(SortableAdminBase, CatalogAdmin):  # type: ignore[misc] # no types
    """What corporations say of programs."""

    list_display = ("corporation_name", "statement")
    search_fields = ("corporation_name", "statement")
    ordering = ("corporation_name",)
    inlines = (VoiceInline,)
