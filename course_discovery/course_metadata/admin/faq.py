"""Questions and answers in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.label import label_of
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import FAQ


@admin.register(FAQ)
class FAQAdmin(CatalogAdmin):
    """Questions that learners ask, with answers."""

    list_display = ("asked", "created")
    search_fields = ("question", "answer")
    ordering = ("-created",)

    @admin.display(description=FAQ._meta.get_field("question").verbose_name, ordering="question")
    def asked(self, row: FAQ) -> str:
        """The question as plain text."""
        return label_of(row)
