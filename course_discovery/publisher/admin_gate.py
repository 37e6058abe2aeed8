"""Restricted internal users only read in the admin too (decision 17)."""

from typing import Any

from django.db.models import Q

from course_discovery.course_metadata.models import (
    AdditionalMetadata,
    AdditionalPromoArea,
    CertificateInfo,
    Collaborator,
    Course,
    CourseEditor,
    CourseEntitlement,
    CourseLocationRestriction,
    CourseRecommendation,
    CourseReview,
    CourseRun,
    CourseUrlRedirect,
    CourseUrlSlug,
    CourseVertical,
    ExpectedLearningItem,
    Fact,
    GeoLocation,
    Image,
    Person,
    Prerequisite,
    ProductMeta,
    ProductValue,
    RestrictedCourseRun,
    Seat,
    TaxiForm,
    Video,
)
from course_discovery.publisher.roles import (
    editable_courses,
    is_restricted,
    organizations_written_for,
)

# How courses lead to what is said of them; what several of them show is in it as well.
COURSES: dict[Any, tuple[str, ...]] = {
    Course: ("pk",),
    CourseRun: ("course_runs",),
    CourseEditor: ("editors",),
    CourseEntitlement: ("entitlements",),
    CourseUrlRedirect: ("url_redirects",),
    CourseUrlSlug: ("url_slug_history",),
    CourseRecommendation: ("recommendations",),
    CourseVertical: ("vertical",),
    Seat: ("course_runs__seats",),
    RestrictedCourseRun: ("course_runs__restricted_run",),
    AdditionalMetadata: ("additional_metadata",),
    AdditionalPromoArea: ("extra_description",),
    CertificateInfo: ("additional_metadata__certificate_info",),
    CourseLocationRestriction: ("location_restriction",),
    ExpectedLearningItem: ("expected_learning_items",),
    Fact: ("additional_metadata__facts",),
    GeoLocation: ("geolocation",),
    Image: ("video__image", "course_runs__video__image"),
    Prerequisite: ("prerequisites",),
    ProductMeta: ("additional_metadata__product_meta",),
    ProductValue: ("in_year_value",),
    TaxiForm: ("additional_metadata__taxi_form",),
    Video: ("video", "course_runs__video"),
    CourseReview: (),  # it knows its course by key alone
}
PEOPLE = (Person, Collaborator)


def may_write_in_admin(user: Any, model: Any, row: Any) -> bool:
    """Whether the user is free to write, or may write this row all the same.

    A row that courses show is for who may edit each of them. New rows, and many at once, are for
    who is free: their forms could name any course.
    """
    if model not in COURSES and model not in PEOPLE:
        return True
    if not is_restricted(user):
        return True
    if model in PEOPLE:
        return organizations_written_for(user).exists()
    return row is not None and _may_edit_all(user, model, row)


def _may_edit_all(user: Any, model: Any, row: Any) -> bool:
    """Whether there are courses that show the row, and the user may edit all of them."""
    if row.pk is None:
        return False
    shows = Q(pk__in=())
    for path in COURSES[model]:
        shows |= Q(**{path: row.pk})
    shown = set(Course.everything.filter(shows).values_list("pk", flat=True))
    able = editable_courses(user, Course.everything.filter(pk__in=shown))
    return bool(shown) and shown == set(able.values_list("pk", flat=True))
