"""To whom mails go: addresses of people with an account that is on, who did not opt out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import F, Q, QuerySet

from course_discovery.course_metadata.models import Course, CourseEditor, Organization
from course_discovery.publisher.models import InternalRole, OrganizationUserRole


def legal_team() -> list[str]:
    """The group that does the legal step of reviews."""
    return _addresses(_people().filter(groups__name=settings.PUBLISHER_LEGAL_GROUP))


def editors(course: Course) -> list[str]:
    """Who edits the course, and still works for one of its authors."""
    rows = CourseEditor.objects.filter(
        course__uuid=course.uuid,
        course__partner=course.partner_id,
        user__groups__organization_extension__organization__authored_courses=F("course"),
    )
    return _addresses(_people().filter(pk__in=rows.values("user")))


def coordinators(course: Course) -> list[str]:
    """Who coordinates the courses of the first author."""
    return _addresses(_coordinating(first_author(course)))


def all_coordinators(course: Course) -> list[str]:
    """Who coordinates the courses of any author."""
    return _addresses(_coordinating(*course.authoring_organizations.all()))


def watchers(course: Course) -> list[str]:
    """Whom the course names, but for people with an account who opted out; and marketing."""
    named = [*course.watchers, *filter(None, [settings.ORGANIC_MARKETING_EMAIL])]
    out = get_user_model().objects.filter(email__in=named).exclude(_wants_mail())
    unwanted = {address.lower() for address in out.values_list("email", flat=True)}
    return [each for each in dict.fromkeys(named) if each.lower() not in unwanted]


def first_author(course: Course) -> Organization | None:
    """The organization that is named first."""
    link = course.author_links.select_related("organization").order_by("sort_value", "pk").first()
    return link.organization if link else None


def coordinator(course: Course) -> Any:
    """The person to ask about the course, whether they want mail or not; None for nobody."""
    people = _coordinating(first_author(course), wanting=False)
    return people.order_by("pk").first()


def _coordinating(*organizations: Organization | None, wanting: bool = True) -> QuerySet[Any]:
    roles = OrganizationUserRole.objects.filter(
        organization__in=[each for each in organizations if each],
        role=InternalRole.PROJECT_COORDINATOR,
    )
    active: QuerySet[Any] = get_user_model().objects.filter(is_active=True)
    people = _people() if wanting else active
    return people.filter(pk__in=roles.values("user"))


def _people() -> QuerySet[Any]:
    people: QuerySet[Any] = get_user_model().objects.filter(_wants_mail(), is_active=True)
    return people.exclude(email="")


def _wants_mail() -> Q:
    return Q(attributes=None) | Q(attributes__enable_email_notification=True)


def _addresses(people: QuerySet[Any]) -> list[str]:
    return list(dict.fromkeys(people.order_by("pk").values_list("email", flat=True)))
