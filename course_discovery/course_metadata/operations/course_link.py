"""The ordered lists of a course: authors, sponsors, subjects."""

from collections.abc import Iterable, Mapping, Sequence

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseAuthor,
    CourseSponsor,
    CourseSubject,
    Organization,
    Subject,
)
from course_discovery.course_metadata.operations.running import Refusal, write_differences


class UnknownOrganization(Refusal):
    """A key that no organization of the partner has."""


class UnknownSubject(Refusal):
    """A slug that no subject of the partner has."""


Link = CourseAuthor | CourseSponsor | CourseSubject


def organizations_by_key(partner: Partner, keys: Sequence[str]) -> list[Organization]:
    """The organizations with these keys, in this order, each once. Raises UnknownOrganization."""
    rows = Organization.objects.filter(partner=partner, key_folded__in=[fold(key) for key in keys])
    found = {row.key_folded: row for row in rows}
    missing = [key for key in keys if fold(key) not in found]
    if missing:
        raise UnknownOrganization(f"there is no organization {missing[0]}")
    return [found[key] for key in dict.fromkeys(fold(key) for key in keys)]


def subjects_by_slug(partner: Partner, slugs: Sequence[str]) -> list[Subject]:
    """The subjects with these slugs, in this order, each once. Raises UnknownSubject."""
    wanted = list(dict.fromkeys(fold(slug) for slug in slugs))
    rows = Subject.objects.filter(partner=partner)
    found = {fold(row.slug): row for row in rows if fold(row.slug) in wanted}
    missing = [slug for slug in wanted if slug not in found]
    if missing:
        raise UnknownSubject(f"there is no subject {missing[0]}")
    return [found[slug] for slug in wanted]


def set_authors(course: Course, organizations: Iterable[Organization]) -> bool:
    """Let exactly these be the course row's authors, in this order; whether any differed."""
    stored = {link.organization_id: link for link in course.author_links.all()}
    wanted = [row.pk for row in organizations]
    made = [CourseAuthor(course=course, organization_id=pk) for pk in wanted if pk not in stored]
    return _set_order(stored, wanted, {link.organization_id: link for link in made})


def set_sponsors(course: Course, organizations: Iterable[Organization]) -> bool:
    """Let exactly these be the course row's sponsors, in this order; whether any differed."""
    stored = {link.organization_id: link for link in course.sponsor_links.all()}
    wanted = [row.pk for row in organizations]
    made = [CourseSponsor(course=course, organization_id=pk) for pk in wanted if pk not in stored]
    return _set_order(stored, wanted, {link.organization_id: link for link in made})


def set_subjects(course: Course, subjects: Iterable[Subject]) -> bool:
    """Let exactly these be the course row's subjects, in this order; whether any differed."""
    stored = {link.subject_id: link for link in course.subject_links.all()}
    wanted = [row.pk for row in subjects]
    made = [CourseSubject(course=course, subject_id=pk) for pk in wanted if pk not in stored]
    return _set_order(stored, wanted, {link.subject_id: link for link in made})


def _set_order(stored: Mapping[int, Link], wanted: list[int], made: Mapping[int, Link]) -> bool:
    changed = False
    for target, link in stored.items():
        if target not in wanted:
            link.delete()
            changed = True
    for place, target in enumerate(wanted):
        if target in made:
            made[target].sort_value = place
            made[target].save()
            changed = True
        else:
            changed |= write_differences(stored[target], {"sort_value": place})
    return changed
