"""A page on which staff sees every mail of a run as it would be sent now."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import CourseRun
from course_discovery.publisher.mails.composing import compose
from course_discovery.publisher.mails.table import MAILS


class MailPreviewForm(forms.Form):
    """Which run."""

    run = forms.CharField(
        label=gettext_lazy("Key of the course run"),
        max_length=255,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.TextInput(attrs={"size": 60}),
    )

    def clean_run(self) -> CourseRun:
        """The run of the key, its draft if there is one. Raises ValidationError."""
        key = fold(self.cleaned_data["run"])
        rows = CourseRun.everything.select_related("course__partner", "course__type")
        found = rows.filter(key_folded=key).order_by("-draft").first()
        if found is None:
            raise ValidationError(_("There is no such course run."))
        return found


@require_safe
def mail_preview(request: HttpRequest) -> HttpResponse:
    """The mails of the run that is asked for; nothing is sent."""
    user = request.user
    if not (user.is_active and user.is_staff):
        return redirect_to_login(request.get_full_path(), "admin:login")
    form = MailPreviewForm(request.GET if "run" in request.GET else None)
    mails: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        run, now = form.cleaned_data["run"], timezone.now()
        mails = [
            {"label": mail.label, "composed": compose(mail=mail, run=run, now=now)}
            for mail in MAILS.values()
        ]
    context = admin.site.each_context(request) | {
        "title": _("Mails of a course run"), "form": form, "mails": mails,
    }  # fmt: skip
    return render(request, "publisher/mail_preview.html", context)
