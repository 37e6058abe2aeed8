"""People in the admin."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from course_discovery.course_metadata.admin.base.inline import PartInline, StackedPartInline
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import (
    Person,
    PersonAreaOfExpertise,
    PersonSocialNetwork,
    Position,
)
from course_discovery.course_metadata.operations.slug import free_slug, slug_of


class PositionInline(StackedPartInline):
    """What the person does, and where."""

    model = Position


class NetworkInline(PartInline):
    """Where the person is found."""

    model = PersonSocialNetwork


class AreaInline(PartInline):
    """What the person is expert in."""

    model = PersonAreaOfExpertise


@admin.register(Person)
class PersonAdmin(CatalogAdmin):
    """People who teach and endorse."""

    list_display = ("full_name", "slug", "position", "partner", "published")
    list_filter = ("partner", "published")
    list_select_related = ("partner", "position__organization")
    search_fields = ("given_name", "family_name", "slug", "uuid", "email")
    ordering = ("family_name", "given_name")
    fixed_fields = ("partner",)
    readonly_fields = ("uuid", "slug")
    inlines = (PositionInline, NetworkInline, AreaInline)
    fields = (
        "uuid", "slug", "partner", "salutation", "given_name", "family_name", "published", "email",
        "profile_image", "bio", "bio_language", "major_works",
    )  # fmt: skip

    @admin.display(ordering=("position__title"), description=Position._meta.verbose_name)
    def position(self, person: Person) -> str:
        """What the person does, if that is known."""
        return str(getattr(person, "position", ""))

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        """A new person's page is named after the person."""
        if not obj.slug:
            obj.slug = free_slug(slug_of(obj.given_name, obj.family_name) or "person", _taken(obj))
        super().save_model(request, obj, form, change)


def _taken(person: Person) -> Any:
    others = Person.objects.filter(partner=person.partner_id)

    def taken(slugs: list[str]) -> Collection[str]:
        return set(others.filter(slug__in=slugs).values_list("slug", flat=True))

    return taken
