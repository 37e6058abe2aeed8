"""Courses in the admin."""

from django.contrib import admin

from course_discovery.core.admin.fields import URL_FIELDS
from course_discovery.course_metadata.admin.draft import DraftAdmin
from course_discovery.course_metadata.models import (
    Course,
    CourseAuthor,
    CourseEntitlement,
    CourseSponsor,
    CourseSubject,
    CourseUrlSlug,
)


class AuthorInline(admin.TabularInline[CourseAuthor, Course]):
    """The authoring organizations in order."""

    model = CourseAuthor
    extra = 0
    autocomplete_fields = ("organization",)


class SponsorInline(admin.TabularInline[CourseSponsor, Course]):
    """The sponsoring organizations in order."""

    model = CourseSponsor
    extra = 0
    autocomplete_fields = ("organization",)


class SubjectInline(admin.TabularInline[CourseSubject, Course]):
    """The subjects in order."""

    model = CourseSubject
    extra = 0
    autocomplete_fields = ("subject",)


class EntitlementInline(admin.TabularInline[CourseEntitlement, Course]):
    """The entitlement."""

    model = CourseEntitlement
    extra = 0
    fields = ("mode", "price", "currency", "sku")


class UrlSlugInline(admin.TabularInline[CourseUrlSlug, Course]):
    """The slugs, past ones too."""

    model = CourseUrlSlug
    extra = 0
    fields = ("url_slug", "partner", "is_active", "is_active_on_draft")


@admin.register(Course)
class CourseAdmin(DraftAdmin):
    """Courses, drafts too."""

    formfield_overrides = URL_FIELDS
    list_display = ("key", "title", "partner", "type", "draft")
    list_filter = ("partner", "draft", "type", "product_source")
    list_select_related = ("partner", "type")
    search_fields = ("key", "title", "uuid")
    ordering = ("key_folded", "draft")
    autocomplete_fields = ("canonical_course_run", "video", "level_type")
    readonly_fields = (
        "uuid",
        "key",
        "key_folded",
        "partner",
        "draft",
        "draft_version",
        "data_modified_timestamp",
    )
    inlines = (AuthorInline, SubjectInline, SponsorInline, EntitlementInline, UrlSlugInline)
    show_full_result_count = False
