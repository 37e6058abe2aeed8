"""Programs in the admin."""

from typing import Any, ClassVar

from adminsortable2.admin import SortableAdminBase
from django import forms
from django.contrib import admin
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.admin.base.form import CatalogForm
from course_discovery.course_metadata.admin.base.history import HistoryAdmin
from course_discovery.course_metadata.admin.base.inline import PartInline
from course_discovery.course_metadata.admin.location_restriction import (
    ProgramLocationRestrictionInline,
)
from course_discovery.course_metadata.admin.program_link import LINKS
from course_discovery.course_metadata.models import Curriculum, Degree, Program
from course_discovery.course_metadata.operations.data_modified import touch_program
from course_discovery.course_metadata.operations.program_slug import (
    free_marketing_slug,
    regenerate_marketing_slug,
)
from course_discovery.course_metadata.operations.slug import slug_of


class ProgramForm(CatalogForm):
    """A program. Without an address it gets one, of its type, first author and title."""

    address_given = False
    marketing_slug = forms.CharField(
        label=_("marketing slug"),
        max_length=255,
        required=False,
        validators=[
            RegexValidator(
                r"^[a-zA-Z0-9_-]+(/[a-zA-Z0-9_-]+)*$",
                _("Letters, digits, hyphens and underscores, in folders by /."),
            )
        ],
        help_text=_(
            "Left empty, it is made of the type, the first author and the title. It follows the "
            "authors as long as it stands in no folder."
        ),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def clean_marketing_slug(self) -> str:
        """What was given; a program that has an address keeps one."""
        given: str = self.cleaned_data["marketing_slug"]
        self.address_given = given not in ("", self.instance.marketing_slug)
        return given or self.instance.marketing_slug


class CurriculumInline(PartInline):
    """The curricula, each with a page of its own."""

    model = Curriculum
    fields = ("name", "is_active", "activated_at", "deactivated_at")
    readonly_fields = fields
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are made on their own page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """And go there."""
        return False


@admin.register(Program)
class ProgramAdmin(SortableAdminBase, HistoryAdmin):  # type: ignore[misc] # ships no types
    """Programs, degrees too with what they have in common with other programs."""

    form = ProgramForm
    list_display = ("title", "type", "status", "partner", "marketing_slug", "hidden")
    list_filter: ClassVar[Any] = (
        "partner",
        "status",
        "type",
        "product_source",
        "hidden",
        "one_click_purchase_enabled",
    )
    list_select_related = ("type", "partner")
    search_fields = ("title", "marketing_slug", "uuid", "authoring_organizations__key")
    ordering = ("title",)
    fixed_fields = ("partner",)
    listed_fields = ("partner", "type", "level_type_override")
    readonly_fields = (
        "uuid", "excluded_runs", "enrollment_count", "recent_enrollment_count",
        "enterprise_subscription_inclusion", "data_modified_timestamp",
    )  # fmt: skip
    inlines: ClassVar[Any] = (*LINKS, ProgramLocationRestrictionInline, CurriculumInline)
    fieldsets: ClassVar[Any] = (
        (None, {"fields": (
            "uuid", "partner", "title", "subtitle", "type", "status", "hidden", "marketing_slug",
            "product_source", "labels",
        )}),
        (_("Courses"), {"fields": ("order_courses_by_start_date", "excluded_runs")}),
        (_("Texts"), {"fields": (
            "marketing_hook", "overview", "credit_redemption_overview", "video", "banner_image",
            "card_image",
        )}),
        (_("Effort"), {"fields": (
            ("min_hours_effort_per_week", "max_hours_effort_per_week"),
            ("total_hours_of_effort", "weeks_to_complete"), "program_duration_override",
        )}),
        (_("Offer"), {"fields": (
            "one_click_purchase_enabled", "credit_value", "taxi_form", "in_year_value",
            "geolocation", "enterprise_subscription_opted_out",
            "enterprise_subscription_inclusion",
        )}),
        (_("Embargoes"), {"fields": ("has_ofac_restrictions", "ofac_comment")}),
        (_("Overrides"), {"classes": ("collapse",), "fields": (
            "organization_short_code_override", "organization_logo_override",
            "primary_subject_override", "level_type_override", "language_override",
        )}),
        (_("Search"), {"classes": ("collapse",), "fields": (
            "excluded_from_search", "excluded_from_seo",
        )}),
        (_("Told by other systems"), {"classes": ("collapse",), "fields": (
            "enrollment_count", "recent_enrollment_count", "data_modified_timestamp",
        )}),
    )  # fmt: skip

    @admin.display(description=_("excluded runs"))
    def excluded_runs(self, program: Program) -> str:
        """The runs that are no part of the program, and the way to choose them."""
        if not program.pk:
            return text("To be chosen when the program is stored.")
        page = reverse("excluded_course_runs", args=[program.pk])
        keys = program.excluded_course_runs.order_by("key").values_list("key", flat=True)
        return format_html(
            '{}<a href="{}">{}</a>', _lines(keys), page, text("Choose excluded runs")
        )

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Degrees are deleted on their own page, which looks through what they have only once."""
        program = self.get_object(request, object_id) if self.model is Program else None
        if program and Degree.objects.filter(pk=program.pk).exists():
            return HttpResponseRedirect(
                reverse("admin:course_metadata_degree_delete", args=[program.pk])
            )
        return super().delete_view(request, object_id, extra_context)

    def save_model(self, request: HttpRequest, obj: Program, form: Any, change: bool) -> None:
        """A program always has an address."""
        if not obj.marketing_slug:
            obj.marketing_slug = free_marketing_slug(slug_of(obj.title) or "program")
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """An address that nobody gave follows the authors; readers hear that data changed."""
        program, now = form.instance, timezone.now()
        authors = _authors(program)
        super().save_related(request, form, formsets, change)
        if not form.address_given and _authors(program) != authors:
            regenerate_marketing_slug(program=program, now=now)
        if form.has_changed() or any(each.has_changed() for each in formsets):
            touch_program(program=program, now=now)


def _lines(keys: "QuerySet[Any, str]") -> SafeString:
    return format_html_join("", "{}<br>", ([key] for key in keys))


def _authors(program: Program) -> list[int]:
    return list(program.author_links.values_list("organization_id", flat=True))
