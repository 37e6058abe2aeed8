"""Who wants no mail, in the admin."""

from django.contrib import admin

from course_discovery.core.admin.answering import AnsweringAdmin
from course_discovery.course_metadata.admin.base.choice import ChoosingAdmin
from course_discovery.publisher.models import UserAttributes


@admin.register(UserAttributes)
class UserAttributesAdmin(ChoosingAdmin, AnsweringAdmin):
    """Whether persons want mail."""

    list_display = ("user", "enable_email_notification")
    list_filter = ("enable_email_notification",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__email")
