"""Courses in the admin."""

from typing import Any, ClassVar

from adminsortable2.admin import SortableAdminBase
from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.admin.base.form import CatalogForm
from course_discovery.course_metadata.admin.base.values import LinesField
from course_discovery.course_metadata.admin.course_editor import EditorInline
from course_discovery.course_metadata.admin.course_entitlement import EntitlementInline
from course_discovery.course_metadata.admin.course_link import LINKS
from course_discovery.course_metadata.admin.course_url_redirect import UrlRedirectInline
from course_discovery.course_metadata.admin.course_url_slug import UrlSlugInline
from course_discovery.course_metadata.admin.draft import DraftAdmin
from course_discovery.course_metadata.models import Course, CourseRun, CourseUrlSlug
from course_discovery.course_metadata.operations.course_url_slug import (
    active_url_slug,
    set_active_url_slug,
)


class CourseForm(CatalogForm):
    """A course, with the address that it has now."""

    url_slug = forms.CharField(
        label=_("URL slug"),
        max_length=255,
        required=False,
        validators=CourseUrlSlug._meta.get_field("url_slug").validators,
        help_text=_("Left empty, it is made of the title. The one before redirects to a new one."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    watchers = LinesField(
        label=_("watchers"),
        required=False,
        help_text=_("Who hears by mail of runs that were reviewed: an address on each line."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "url_slug" in self.fields:
            self.initial["url_slug"] = active_url_slug(self.instance) or ""


@admin.register(Course)
class CourseAdmin(SortableAdminBase, DraftAdmin):  # type: ignore[misc] # ships no types
    """Courses, drafts too."""

    form = CourseForm
    list_display = ("key", "title", "partner", "type", "product_source", "draft", "modified")
    list_filter = ("partner", "draft", "type", "product_source", "excluded_from_search")
    list_select_related = ("partner", "type", "product_source")
    search_fields = ("key", "title", "uuid")
    ordering = ("key_folded", "draft")
    listed_fields = ("type", "level_type", "canonical_course_run")
    readonly_fields = (
        "uuid", "key", "partner", "draft", "draft_version", "enrollment_count",
        "recent_enrollment_count", "enterprise_subscription_inclusion",
        "data_modified_timestamp",
    )  # fmt: skip
    inlines = (*LINKS, EntitlementInline, EditorInline, UrlSlugInline, UrlRedirectInline)
    fieldsets: ClassVar[Any] = (
        (None, {"fields": (
            "uuid", "partner", "key", "draft", "draft_version", "key_for_reruns", "title", "type",
            "product_source", "canonical_course_run", "url_slug", "topics", "watchers",
        )}),
        (_("Texts"), {"fields": (
            "short_description", "full_description", "outcome", "prerequisites",
            "prerequisites_raw", "syllabus_raw", "faq", "learner_testimonials",
            "additional_information", "extra_description",
        )}),
        (_("Facts"), {"fields": (
            "level_type", "course_length", "image", "card_image_url", "video",
            "additional_metadata", "geolocation", "location_restriction", "in_year_value",
        )}),
        (_("Overrides"), {"classes": ("collapse",), "fields": (
            "organization_short_code_override", "organization_logo_override",
        )}),
        (_("Search and subscriptions"), {"classes": ("collapse",), "fields": (
            "excluded_from_search", "excluded_from_seo", "enterprise_subscription_opted_out",
            "enterprise_subscription_inclusion",
        )}),
        (_("Told by other systems"), {"classes": ("collapse",), "fields": (
            "enrollment_count", "recent_enrollment_count", "data_modified_timestamp",
        )}),
    )  # fmt: skip

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form of this course: its canonical run is one of its own."""
        form = super().get_form(request, obj, change, **kwargs)
        field = form.base_fields.get("canonical_course_run")
        if field is not None:
            field.queryset = CourseRun.everything.filter(course=obj).select_related("course")
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Give the course the address that was asked for. Raises UrlSlugTaken."""
        super().save_related(request, form, formsets, change)
        if "url_slug" in form.changed_data:
            slug = form.cleaned_data["url_slug"] or None
            set_active_url_slug(course=form.instance, url_slug=slug, now=timezone.now())
