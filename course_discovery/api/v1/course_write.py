"""Writing courses over REST, as the publisher front end does."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiResponse, extend_schema
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework.exceptions import NotFound
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.course_body import (
    CourseBody,
    NewCourseBody,
    course_edit,
    reasons_of,
)
from course_discovery.api.v1.course_new import new_course, organization_of
from course_discovery.api.v1.course_options import CourseOptions
from course_discovery.api.v1.drafted import DraftedViewSet
from course_discovery.api.v1.edit_mode import MaySeeDrafts
from course_discovery.api.v1.projected import uuid_or_none
from course_discovery.api.v1.shapes.course import CourseAnswer
from course_discovery.api.v1.write_conditions import unchanged_check
from course_discovery.api.v1.write_errors import COURSE_PREFIX, COURSE_RUN_PREFIX, WriteRefused
from course_discovery.api.v1.writing import METHODS
from course_discovery.core.rest.conditional import validated
from course_discovery.core.rest.parsers import BoundedJSONParser
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.operations.drafts import HasOfficialRow
from course_discovery.course_metadata.operations.planned_offer import EntitlementSwitch
from course_discovery.course_metadata.operations.running import Gone, Refusal
from course_discovery.publisher.operations.course import FirstRunFailed, delete_course, edit_course
from course_discovery.publisher.operations.course_address import BadUrlSlug, UrlSlugInUse
from course_discovery.publisher.operations.pushing.connection import PushFailed
from course_discovery.publisher.queries.drafts import with_drafts_first
from course_discovery.publisher.roles import (
    courses_of_own_organizations,
    is_publisher_user,
    is_restricted,
    may_create_course,
    may_edit_course,
)

_PICTURES = ("image", "organization_logo_override")
# What a whole course has to name.
_WHOLE = ("key", "type", "partner")
REFUSED = OpenApiResponse(str, description="The reason, as a bare JSON string.")
_EDITS: dict[str, Any] = {
    "request": CourseBody,
    "responses": {HTTPStatus.OK: CourseAnswer, HTTPStatus.BAD_REQUEST: REFUSED},
}


@contextmanager
def told_as_text() -> Iterator[None]:
    """Let clients know the reasons for which operations refuse a course."""
    try:
        yield
    except Gone as refusal:
        raise NotFound(str(refusal)) from refusal
    except EntitlementSwitch as refusal:
        raise WriteRefused(str(refusal), {"type": [str(refusal)]}) from refusal
    except (BadUrlSlug, UrlSlugInUse) as refusal:
        raise WriteRefused.of(COURSE_PREFIX, refusal, "url_slug") from refusal
    except Refusal as refusal:
        raise WriteRefused.of(COURSE_PREFIX, refusal) from refusal
    except FirstRunFailed as failure:
        text = f"{COURSE_PREFIX}{COURSE_RUN_PREFIX}{failure}"
        raise WriteRefused(text, {"course_run": [str(failure)]}) from failure
    except PushFailed as failure:
        raise WriteRefused(COURSE_PREFIX + failure.said) from failure


class MayWriteCourses(MaySeeDrafts):
    """As for reading drafts; who makes a course needs to work for its organization."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the caller may ask for this at all."""
        if request.method in SAFE_METHODS:
            return super().has_permission(request, view)
        if request.method != "POST":
            return is_publisher_user(request.user)
        key = request.data.get("org") if isinstance(request.data, dict) else None
        if request.user.is_staff or not key:
            return True
        organization = organization_of(view.request.partner, key)
        return organization is not None and may_create_course(request.user, organization)


class CourseWrites(DraftedViewSet):
    """The verbs that write courses; answers show the draft."""

    http_method_names = METHODS
    permission_classes = (IsAuthenticated, NotJwtRestrictedApplication, MayWriteCourses)
    parser_classes = (BoundedJSONParser,)
    metadata_class = CourseOptions

    @property
    def editing(self) -> bool:
        """Whether drafts are asked for, or written."""
        return self.request.method not in SAFE_METHODS or super().editing

    @extend_schema(
        summary="Make a course, as a draft",
        request=NewCourseBody,
        responses={HTTPStatus.CREATED: CourseAnswer, HTTPStatus.BAD_REQUEST: REFUSED},
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A new course, with a first run if the body tells one."""
        told = valid_body(NewCourseBody, request)
        with told_as_text():
            made = new_course(
                partner=self.request.partner, told=told, by=request.user, now=self.request.moment
            )
        return self._written(made, HTTPStatus.CREATED)

    @extend_schema(summary="Edit the draft of a course, all of it", **_EDITS)
    def update(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As PATCH, but for what a whole course has to name."""
        return self._edit(request, kwargs["key"], _WHOLE)

    @extend_schema(summary="Edit the draft of a course, or publish it anew", **_EDITS)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What the body names changes; `draft=false` publishes the published runs anew."""
        return self._edit(request, kwargs["key"], ())

    @extend_schema(
        summary="Delete a course that never was official",
        responses={
            HTTPStatus.NO_CONTENT: None,
            HTTPStatus.CONFLICT: OpenApiResponse(str, description="It was published."),
        },
    )
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The draft goes, with its runs and editors."""
        course = self.writable(kwargs["key"])
        check = self._unchanged(course)
        try:
            delete_course(course=course, by=request.user, check=check)
        except HasOfficialRow as refusal:
            raise WriteRefused(str(refusal), status=HTTPStatus.CONFLICT) from refusal
        return Response(status=HTTPStatus.NO_CONTENT)

    def _edit(self, request: Request, name: str, required: Collection[str]) -> HttpResponseBase:
        course = self.writable(name)
        check = self._unchanged(course)
        told = valid_body(CourseBody, request, required)
        with told_as_text():
            draft = edit_course(
                course=course,
                values=course_edit(told),
                pictures={field: told[field] for field in _PICTURES if field in told},
                draft=told.get("draft", True),
                by=request.user,
                now=self.request.moment,
                check=check,
            )
        return self._written(draft, HTTPStatus.OK)

    def _unchanged(self, course: Course) -> Callable[[], None] | None:
        """What raises Stale if the course is not any more what the caller has read."""
        now, language = self.request.moment, self.language
        return unchanged_check(self.request, self.projection, course.pk, now=now, language=language)

    def writable(self, name: str) -> Course:
        """The course that the address names, its draft if it has one.

        Raises Http404 where the caller could not edit it, PermissionDenied where only the rule for
        internal users says so.
        """
        rows = with_drafts_first(Course).filter(partner=self.request.partner)
        find = self.find_by_uuid if uuid_or_none(name) else self.find_by_key
        user = self.request.user
        pk = find(courses_of_own_organizations(user, rows), name)
        course: Course = rows.select_related("partner").get(pk=pk)
        if may_edit_course(user, course):
            return course
        if user.is_staff or is_restricted(user):
            raise PermissionDenied
        raise self.missing(name)

    def _written(self, draft: Course, status: HTTPStatus) -> HttpResponseBase:
        """The draft as `editable=1` shows it."""
        self.caller = self.personal([draft.pk])
        rows = self.stored([draft.pk])
        if not rows:  # it went meanwhile
            raise self.missing(draft.key)
        response = Response(self._served(rows)[0], status=status)
        return validated(response, self.validators([row.mark for row in rows]), self.request.moment)


def valid_body(body: type[Any], request: Request, required: Collection[str] = ()) -> Any:
    """What the request's body tells. Raises WriteRefused, naming each field at fault."""
    if not isinstance(request.data, dict):
        raise WriteRefused(f"{COURSE_PREFIX}The body is no JSON object.")
    missing = {
        name: ["This field is required."] for name in required if request.data.get(name) is None
    }
    parsed = body(data=request.data)
    if not parsed.is_valid() or missing:
        raise WriteRefused.by_fields(COURSE_PREFIX, {**missing, **reasons_of(parsed.errors)})
    return parsed.validated_data
