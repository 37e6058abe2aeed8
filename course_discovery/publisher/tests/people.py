"""People who work for organizations."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from course_discovery.core.models import User
from course_discovery.course_metadata.models import Course, CourseEditor, Organization
from course_discovery.publisher.models import OrganizationExtension


def person(name: str, **values: Any) -> User:
    """Somebody with an account."""
    made: User = get_user_model().objects.create_user(name, f"{name}@example.com", name, **values)
    return made


def works_for(user: User, *organizations: Organization) -> User:
    """Put somebody into the groups of organizations."""
    for organization in organizations:
        extension = OrganizationExtension.objects.filter(organization=organization).first()
        if extension is None:
            group = Group.objects.create(name=f"{organization.key} {organization.pk}")
            extension = OrganizationExtension.objects.create(organization=organization, group=group)
        user.groups.add(extension.group)
    return user


def edits(user: User, *courses: Course) -> User:
    """Make somebody an editor of courses."""
    for course in courses:
        CourseEditor.objects.create(user=user, course=course)
    return user
