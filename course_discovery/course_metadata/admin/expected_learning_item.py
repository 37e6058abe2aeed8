"""Expected learning items in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import ExpectedLearningItem


@admin.register(ExpectedLearningItem)
class ExpectedLearningItemAdmin(CatalogAdmin):
    """What learners can do afterwards."""

    list_display = ("value", "created")
    search_fields = ("value",)
    ordering = ("value",)
