"""One mail of one run."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from course_discovery.course_metadata.models import Course, CourseRun, CourseUrlSlug
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.publisher.mails.recipients import coordinator, first_author
from course_discovery.publisher.mails.table import Mail


@dataclass(frozen=True, kw_only=True)
class Composed:
    """A mail as it would be sent now. `not_sent` says why it is not, "" if it is."""

    subject: str
    text: str
    html: str
    recipients: list[str]
    not_sent: str

    def message(self) -> EmailMultiAlternatives:
        """What Django's mail backend takes."""
        message = EmailMultiAlternatives(
            self.subject, self.text, settings.PUBLISHER_FROM_EMAIL or None, self.recipients
        )
        message.attach_alternative(self.html, "text/html")
        return message


def compose(*, mail: Mail, run: CourseRun, now: datetime) -> Composed:
    """The mail about the run, in the service's language."""
    with translation.override(settings.LANGUAGE_CODE):
        context = _context(run, now)
        subject = str(mail.subject) % {"key": run.key, "title": context["title"]}
        context["subject"] = " ".join(subject.split())
        recipients = mail.recipients(run.course)
        return Composed(
            subject=context["subject"],
            text=_plain(render_to_string(f"publisher/mails/{mail.template}.txt", context)),
            html=render_to_string(f"publisher/mails/{mail.template}.html", context),
            recipients=recipients,
            not_sent=_not_sent(run.course, context["coordinator"], recipients),
        )


def _plain(text: str) -> str:
    """What a template gives, with one empty line between paragraphs."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _not_sent(course: Course, person: Any, recipients: list[str]) -> str:
    """What is missing for a mail to be sent."""
    if person is None:
        return _("Nobody coordinates the courses of the first author.")
    if not course.partner.publisher_url:
        return _("The partner has no publisher.")
    if not course.partner.studio_url:
        return _("The partner has no Studio.")
    if not recipients:
        return _("Nobody is to be told, or nobody wants to be.")
    return ""


def _context(run: CourseRun, now: datetime) -> dict[str, Any]:
    course = run.course
    partner = course.partner
    author = first_author(course)
    published = run.status == CourseRunStatus.PUBLISHED
    go_live = run.go_live_date
    return {
        "key": run.key,
        "title": run.title_override or course.title or run.key,
        "course_key": course.key,
        "author": author.name or author.key if author else "",
        "coordinator": coordinator(course),
        "platform": settings.PLATFORM_NAME,
        "publisher_url": _below(partner.publisher_url, f"courses/{course.uuid}"),
        "studio_url": _below(partner.studio_url, f"course/{run.key}"),
        "restricted_admin_url": _below(partner.lms_admin_url, "embargo/restrictedcourse/"),
        "marketing_url": _marketing_url(course),
        "end": run.end,
        "is_published": published,
        "go_live_date": go_live if go_live and go_live > now else None,
        "publication": run.announcement if published else go_live,
    }


def _below(root: str | None, path: str) -> str:
    return f"{root.rstrip('/')}/{path}" if root else ""


def _marketing_url(course: Course) -> str:
    """The address of the official course on the marketing site, else of the draft; "" for none."""
    slugs = CourseUrlSlug.objects.filter(
        Q(is_active=True) | Q(is_active_on_draft=True),
        course__uuid=course.uuid,
        course__partner=course.partner_id,
    )
    first = slugs.order_by("-is_active", "pk").first()
    if first is None:
        return ""
    slug = first.url_slug
    return _below(course.partner.marketing_site_url_root, slug if "/" in slug else f"course/{slug}")
