"""Who may do what (decisions 2, 3 and 17). Each rule about rows is one filter of them.

A predicate asks the filter, so that a list, an answer's `editable` and a refusal cannot disagree.
Being a superuser gives nothing here.

An *internal* user is staff, or a member of the group Internal Users. While
`PUBLISHER_RESTRICT_INTERNAL_USERS` is on, being internal gives no right to write, and neither does
working for an organization: an internal user writes with the role PUBLISHER_EDITOR, or as an editor
of a course, or for an organization whose courses they coordinate. Reading is not restricted.
"""

from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseAuthor,
    CourseEditor,
    CourseRun,
    Organization,
)
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.publisher.models import (
    PUBLISHER_EDITOR,
    InternalRole,
    OrganizationUserRole,
    PublisherRoleAssignment,
)

INTERNAL_USERS = "Internal Users"


def is_publisher_user(user: Any) -> bool:
    """Whether the user may see drafts at all: staff, and whoever is in a group."""
    return bool(user.is_staff or user.groups.exists())


def is_internal_user(user: Any) -> bool:
    """Whether the user belongs to the house: staff, or in the group Internal Users."""
    return bool(user.is_staff or user.groups.filter(name=INTERNAL_USERS).exists())


def is_restricted(user: Any) -> bool:
    """Whether the user may only read, but for what they edit or coordinate (decision 17)."""
    return bool(
        settings.PUBLISHER_RESTRICT_INTERNAL_USERS
        and is_internal_user(user)
        and not has_publisher_role(user, PUBLISHER_EDITOR)
    )


def has_publisher_role(user: Any, role: str) -> bool:
    """Whether the user was given the role."""
    given = PublisherRoleAssignment.objects.filter(user=user.pk, role__name=role)
    return bool(given.exists())


def may_write_everything(user: Any) -> bool:
    """Whether the user may write whatever courses, runs, people, collaborators and editors."""
    return bool(user.is_staff and not is_restricted(user))


def organizations_of(user: Any) -> QuerySet[Organization]:
    """The organizations that the user works for: those whose group the user is in."""
    return Organization.objects.filter(organization_extension__group__user=user.pk)


def may_see_team(user: Any, organization: Organization) -> bool:
    """Whether the user may see who works for the organization, and in which roles.

    Staff, the legal team, and whoever works for it or has a role for it may.
    """
    return bool(
        user.is_staff
        or organizations_of(user).filter(pk=organization.pk).exists()
        or OrganizationUserRole.objects.filter(user=user.pk, organization=organization.pk).exists()
        or is_legal_reviewer(user)
    )


def writable_organizations(user: Any) -> QuerySet[Organization]:
    """The organizations that the user may make courses for."""
    if may_write_everything(user):
        return Organization.objects.all()
    own = organizations_of(user)
    if not is_restricted(user):
        return own
    return _coordinated(user) if user.is_staff else own.filter(pk__in=_coordinated(user))


def may_create_course(user: Any, organization: Organization) -> bool:
    """Whether the user may make a course of the organization."""
    return writable_organizations(user).filter(pk=organization.pk).exists()


def may_create_course_run(
    user: Any, partner: Partner, *, course_key: str, course: Course | None
) -> bool:
    """Whether the user may make a run of a course, None for a key that no course has.

    The courses' organizations may; and who was given the right to add runs.
    """
    if may_write_everything(user):
        return True
    if user.has_perm("course_metadata.add_courserun") and not is_restricted(user):
        return True
    organizations = writable_organizations(user).filter(partner=partner)
    if course is None:
        key = course_key.replace("/", "+").partition("+")[0]
        return organizations.filter(key_folded=fold(key)).exists()
    return organizations.filter(authored_courses=course.pk).exists()


def courses_of_own_organizations(user: Any, courses: QuerySet[Course]) -> QuerySet[Course]:
    """Those of the courses that an organization of the user is an author of; all for staff."""
    return courses if user.is_staff else courses.filter(_authored(user, "pk"))


def readable_courses(user: Any, courses: QuerySet[Course]) -> QuerySet[Course]:
    """Those of the courses whose drafts the user may see; all of them for staff.

    They are those of the user's organizations, and those that the user reviews.
    """
    if user.is_staff:
        return courses
    return courses.filter(_authored(user, "pk") | _reviews(user, "pk"))


def readable_course_runs(user: Any, runs: QuerySet[CourseRun]) -> QuerySet[CourseRun]:
    """Those of the runs whose drafts the user may see; all of them for staff.

    They are those of courses that the user would edit if internal users were free to, and those
    that the user reviews.
    """
    if user.is_staff:
        return runs
    return runs.filter(_in_team(user, "course") | _reviews(user, "course"))


def editable_courses(user: Any, courses: QuerySet[Course]) -> QuerySet[Course]:
    """Those of the courses that the user may edit."""
    return courses if may_write_everything(user) else courses.filter(_edits(user, "pk"))


def editable_course_runs(user: Any, runs: QuerySet[CourseRun]) -> QuerySet[CourseRun]:
    """Those of the runs whose course the user may edit."""
    return runs if may_write_everything(user) else runs.filter(_edits(user, "course"))


def may_edit_course(user: Any, course: Course) -> bool:
    """Whether the user may edit the course."""
    return editable_courses(user, Course.everything.filter(pk=course.pk)).exists()


def may_become_editor(user: Any, course: Course) -> bool:
    """Whether the user works for one of the course's authors, as its editors do; staff too."""
    return Course.everything.filter(_authored(user, "pk"), pk=course.pk).exists()


def organizations_written_for(user: Any) -> QuerySet[Organization]:
    """The organizations for whose courses the user writes something."""
    if may_write_everything(user):
        return Organization.objects.all()
    own = organizations_of(user)
    if not is_restricted(user):
        return own
    edited = CourseAuthor.objects.filter(course__editors__user=user.pk)
    return Organization.objects.filter(
        Q(pk__in=_coordinated(user).values("pk"))
        | Q(pk__in=own.filter(pk__in=edited.values("organization")).values("pk"))
    )


def may_write_collaborators(user: Any, organization_key: str | None = None) -> bool:
    """Whether the user may write collaborators, for the organization of the key if it is told."""
    if may_write_everything(user):
        return True
    organizations = organizations_written_for(user)
    if organization_key is not None:
        organizations = organizations.filter(key_folded=fold(organization_key))
    return organizations.exists()


def may_write_people(user: Any, right: str) -> bool:
    """Whether the user may `add`, `change` or `delete` people: Django's permission says so.

    Restricted users need a course or an organization to write them for, too.
    """
    allowed = bool(user.has_perm(f"course_metadata.{right}_person"))
    return allowed and (not is_restricted(user) or organizations_written_for(user).exists())


def may_set_upgrade_deadline(user: Any) -> bool:
    """Whether the user may set by hand until when seats are sold; to others it is computed."""
    return bool(user.is_staff)


def may_review(user: Any, course_run: CourseRun, status: str) -> bool:
    """Whether the user may give a run in review this status; the run as it is stored.

    Leaving the legal step takes a member of the legal team; leaving or passing the internal one
    takes a coordinator of the first author. Staff may do both. Nobody reviews what is not in
    review.
    """
    legal = course_run.status == CourseRunStatus.REVIEW_BY_LEGAL
    internal = course_run.status == CourseRunStatus.REVIEW_BY_INTERNAL
    if not legal and not internal:
        return False
    if may_write_everything(user):
        return True
    if legal and not is_legal_reviewer(user):
        return False
    passes_internal = internal or status == CourseRunStatus.REVIEWED
    return not passes_internal or is_coordinator_of(user, course_run.course)


def is_legal_reviewer(user: Any) -> bool:
    """Whether the user is in the legal team, the group that `PUBLISHER_LEGAL_GROUP` names."""
    return bool(user.groups.filter(name=settings.PUBLISHER_LEGAL_GROUP).exists())


def is_coordinator_of(user: Any, course: Course) -> bool:
    """Whether the user coordinates the courses of the course's first author."""
    first = course.author_links.order_by("sort_value", "pk").first()
    return first is not None and _coordinated(user).filter(pk=first.organization_id).exists()


def _coordinated(user: Any) -> QuerySet[Organization]:
    """The organizations whose courses the user coordinates."""
    roles = OrganizationUserRole.objects.filter(user=user.pk, role=InternalRole.PROJECT_COORDINATOR)
    return Organization.objects.filter(pk__in=roles.values("organization"))


def _written_by(organizations: QuerySet[Organization], course: str) -> Q:
    """Courses that one of the organizations is an author of."""
    links = CourseAuthor.objects.filter(organization__in=organizations.values("pk"))
    return Q(**{f"{course}__in": links.values("course")})


def _authored(user: Any, course: str) -> Q:
    """Courses of an organization that the user works for."""
    links = CourseAuthor.objects.filter(organization__organization_extension__group__user=user.pk)
    return Q(**{f"{course}__in": links.values("course")})


def _reviews(user: Any, course: str) -> Q:
    """Courses whose reviews are the user's: as a coordinator, or as the legal team's now."""
    found = _written_by(_coordinated(user), course)
    if not is_legal_reviewer(user):
        return found
    runs = CourseRun.everything.filter(status=CourseRunStatus.REVIEW_BY_LEGAL)
    return found | _course_or_draft(course, runs)


def _is_editor(user: Any, course: str) -> Q:
    """Courses that the user edits, and works for."""
    return _authored(user, course) & _course_or_draft(course, _editors().filter(user=user.pk))


def _of_the_team(user: Any, course: str) -> Q:
    """Courses that nobody edits, of the user's organizations."""
    return _authored(user, course) & ~_course_or_draft(course, _editors())


def _editors() -> QuerySet[CourseEditor]:
    """Editors that count: who works for none of a course's organizations any more does not."""
    return CourseEditor.objects.filter(
        user__groups__organization_extension__organization__authored_courses=F("course")
    )


def _in_team(user: Any, course: str) -> Q:
    """Courses that the user edits; where nobody does, those of the user's organizations."""
    return _is_editor(user, course) | _of_the_team(user, course)


def _edits(user: Any, course: str) -> Q:
    """The same, as far as the rule for internal users lets the user write."""
    if not is_restricted(user):
        return _in_team(user, course)
    coordinated = _written_by(_coordinated(user), course)
    free = coordinated if user.is_staff else coordinated & _of_the_team(user, course)
    return _is_editor(user, course) | free


def _course_or_draft(course: str, parts: QuerySet[Any]) -> Q:
    """Courses that have one of the parts, such as editors, themselves or by their draft."""
    draft = "draft_version" if course == "pk" else f"{course}__draft_version"
    having = parts.values("course")
    return Q(**{f"{course}__in": having}) | Q(**{f"{draft}__in": having})
