"""Writing course runs over REST: drafts, and where they stand in the review."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.course_run_options import CourseRunOptions
from course_discovery.api.v1.drafted import DraftedViewSet
from course_discovery.api.v1.edit_mode import MaySeeDrafts
from course_discovery.api.v1.shapes.course_run import CourseRunAnswer
from course_discovery.api.v1.shapes.course_run_body import (
    EXTRAS,
    REVIEW,
    CourseRunBody,
    CourseRunWrite,
    ExtrasBody,
    NewCourseRunBody,
    NewCourseRunWrite,
    ReviewBody,
)
from course_discovery.api.v1.write_conditions import unchanged_check
from course_discovery.api.v1.write_errors import COURSE_RUN_PREFIX, WriteRefused
from course_discovery.api.v1.writing import METHODS, told
from course_discovery.core.fields import fold
from course_discovery.core.rest.conditional import validated
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.operations.drafts import HasOfficialRow
from course_discovery.course_metadata.operations.planned_offer import UNCHANGED
from course_discovery.course_metadata.operations.running import Gone, Refusal
from course_discovery.publisher.operations.course_run.creating import create_course_run
from course_discovery.publisher.operations.course_run.deleting import delete_course_run
from course_discovery.publisher.operations.course_run.editing import edit_course_run
from course_discovery.publisher.operations.course_run.refusals import (
    BadFields,
    InReview,
    NotForEditors,
    RunTypeNotOfCourse,
)
from course_discovery.publisher.operations.course_run.reviewing import review_course_run
from course_discovery.publisher.operations.course_run.values import ToldRun
from course_discovery.publisher.operations.pushing.connection import PushFailed
from course_discovery.publisher.queries.drafts import with_drafts_first
from course_discovery.publisher.roles import (
    courses_of_own_organizations,
    is_publisher_user,
    is_restricted,
    may_edit_course,
    may_review,
)
from course_discovery.publisher.states import REVIEW_OUTCOMES, is_in_review

_ANSWERS = {400: str, 403: str, 412: dict}


class MayWriteRuns(BasePermission):
    """Writing is for staff, for people in a group, and for who was given the right to add runs."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the caller may write any run at all."""
        if request.method in SAFE_METHODS or is_publisher_user(request.user):
            return True
        adds = "course_metadata.add_courserun"
        return request.method == "POST" and request.user.has_perm(adds)


class CourseRunWriteViewSet(DraftedViewSet):
    """What changes course runs. Answers show the draft, as `editable=1` does."""

    http_method_names = METHODS
    metadata_class = CourseRunOptions
    permission_classes = (IsAuthenticated, NotJwtRestrictedApplication, MaySeeDrafts, MayWriteRuns)

    @property
    def editing(self) -> bool:
        """Whether drafts are asked for, or written."""
        return self.request.method not in SAFE_METHODS or super().editing

    @extend_schema(
        summary="Make a draft run of a course",
        request=NewCourseRunWrite,
        responses={201: CourseRunAnswer, **_ANSWERS},
    )
    def create(self, request: Request) -> HttpResponseBase:
        """A new draft; its key is made of the course's key and the start."""
        body = self.body()
        if not body.get("course"):
            raise ValidationError({"course": [_("This field is required.")]})
        _require_no_seats(body)
        values = told(body, NewCourseRunBody)
        key, term, rerun = (values.pop(name, None) for name in ("course", "term", "rerun"))
        with self.refusing():
            run = create_course_run(
                partner=self.request.partner,
                course_key=key,
                told=self.told_run(values, body, submits=False),
                term=term,
                rerun=rerun,
                by=request.user,
                now=self.request.moment,
            )
        return self.shown(run, HTTPStatus.CREATED)

    @extend_schema(
        summary="Tell the draft of a run anew, submit it, or review it",
        request=CourseRunWrite,
        responses={200: CourseRunAnswer, **_ANSWERS},
    )
    def update(self, request: Request, key: str, partial: bool = False) -> HttpResponseBase:
        """Other values for a draft. Of a run in review, reviewers tell how the review ended."""
        run = self.target(key)
        body = self.body()
        if self.reviews(run, body):
            return self.review(run, body)
        if not may_edit_course(request.user, run.course):
            raise self.denied(run)
        if is_in_review(run.status):
            raise WriteRefused(str(InReview()), status=HTTPStatus.FORBIDDEN)
        if body.keys() & {"has_ofac_restrictions", "ofac_comment"}:
            raise WriteRefused(str(NotForEditors()))
        _require_no_seats(body)
        values = told(body, CourseRunBody, partial=partial)
        _require_same(run, values)
        with self.refusing(run):
            edited = edit_course_run(
                run=run,
                told=self.told_run(values, body, submits=True),
                by=request.user,
                now=self.request.moment,
                check=self.read_before(run),
            )
        return self.shown(edited)

    @extend_schema(
        summary="Change the draft of a run, submit it, or review it",
        request=CourseRunWrite,
        responses={200: CourseRunAnswer, **_ANSWERS},
    )
    def partial_update(self, request: Request, key: str) -> HttpResponseBase:
        """The same; what is not told stays."""
        return self.update(request, key, partial=True)

    @extend_schema(
        summary="Delete a run that was never published",
        responses={204: None, 403: dict, 404: dict, 409: str},
    )
    def destroy(self, request: Request, key: str) -> Response:
        """It is gone, unless it has been official."""
        run = self.target(key)
        with self.refusing(run):
            delete_course_run(
                run=run,
                by=request.user,
                now=self.request.moment,
                check=self.read_before(run),
            )
        return Response(status=HTTPStatus.NO_CONTENT)

    def target(self, key: str) -> CourseRun:
        """The draft of the run with this key, or its official row. Raises Http404."""
        rows = with_drafts_first(CourseRun).filter(self.of_partner())
        pk = self.find_by_key(rows, key)
        found: CourseRun = rows.select_related("course__partner").get(pk=pk)
        return found

    def body(self) -> Mapping[str, Any]:
        """What the request's body tells. Raises ValidationError for what is no JSON object."""
        data = self.request.data
        if type(data) is not dict:
            raise ValidationError({"non_field_errors": [_("A JSON object is needed.")]})
        return data

    def reviews(self, run: CourseRun, body: Mapping[str, Any]) -> bool:
        """Whether the caller is one who reviews, and does."""
        status = body.get("status")
        if not isinstance(status, str) or status not in REVIEW_OUTCOMES:
            return False
        return is_in_review(run.status) and may_review(self.request.user, run, status)

    def review(self, run: CourseRun, body: Mapping[str, Any]) -> HttpResponseBase:
        """The end of a step of the review."""
        if body.keys() - {*REVIEW, *EXTRAS}:
            text = _("Can only update status, ofac restrictions, and ofac comment")
            raise WriteRefused(text)
        found = told(body, ReviewBody)
        status = found.pop("status")
        if "has_ofac_restrictions" in found and found["has_ofac_restrictions"] == "":
            found["has_ofac_restrictions"] = None
        with self.refusing(run):
            reviewed = review_course_run(
                run=run,
                status=status,
                embargo=found,
                by=self.request.user,
                now=self.request.moment,
                check=self.read_before(run),
            )
        return self.shown(reviewed)

    def told_run(
        self, values: dict[str, Any], body: Mapping[str, Any], *, submits: bool
    ) -> ToldRun:
        """All that is told of a run."""
        extras = told({name: body[name] for name in EXTRAS if name in body}, ExtrasBody)
        restriction = extras.get("restriction_type")
        of_run: Any = {name: value for name, value in values.items() if name not in _NO_VALUES}
        return ToldRun(
            values=of_run,
            prices=extras.get("prices") or {},
            restriction_type=UNCHANGED if restriction is None else restriction,
            upgrade_deadline_override=extras.get("upgrade_deadline_override", UNCHANGED),
            submitted=submits and not extras.get("draft", True),
        )

    @contextmanager
    def refusing(self, run: CourseRun | None = None) -> Iterator[None]:
        """Answer what operations refuse in the words that clients know."""
        try:
            yield
        except PermissionDenied:
            raise self.denied(run) from None
        except Gone as error:
            if run is not None:
                raise NotFound(str(error)) from None
            text = _("There is no course {key}.").format(key=self.body()["course"])
            raise WriteRefused(COURSE_RUN_PREFIX + text) from None
        except BadFields as error:
            raise ValidationError(
                {name: list(said) for name, said in error.fields.items()}
            ) from None
        except InReview as error:
            raise WriteRefused(str(error), status=HTTPStatus.FORBIDDEN) from None
        except HasOfficialRow as error:
            raise WriteRefused(str(error), status=HTTPStatus.CONFLICT) from None
        except RunTypeNotOfCourse as error:
            raise WriteRefused(str(error), {"run_type": [str(error)]}) from None
        except Refusal as error:
            raise WriteRefused.of(COURSE_RUN_PREFIX, error) from None
        except PushFailed as error:
            raise WriteRefused(COURSE_RUN_PREFIX + error.said) from error

    def denied(self, run: CourseRun | None) -> Exception:
        """What says no: the runs of courses that others edit are not there for course teams."""
        user = self.request.user
        if run is None or user.is_staff:
            return PermissionDenied()
        own = courses_of_own_organizations(user, Course.everything.filter(pk=run.course_id))
        if is_restricted(user) and own.exists():
            return PermissionDenied()
        return self.missing(run.key)

    def read_before(self, run: CourseRun) -> Callable[[], None] | None:
        """What raises Stale if the run is not any more what the caller has read."""
        now, language = self.request.moment, self.language
        return unchanged_check(self.request, self.projection, run.pk, now=now, language=language)

    def shown(self, run: CourseRun, status: HTTPStatus = HTTPStatus.OK) -> HttpResponseBase:
        """The draft as `editable=1` shows it."""
        self.caller = self.personal([run.pk])
        rows = self.stored([run.pk])
        if not rows:  # it went meanwhile
            raise self.missing(run.key)
        response = Response(self._served(rows)[0], status)
        return validated(response, self.validators([row.mark for row in rows]), self.request.moment)


_NO_VALUES = ("course", "term", "rerun")


def _require_no_seats(body: Mapping[str, Any]) -> None:
    if "seats" in body:
        text = _("seats are told by run_type and prices")
        raise WriteRefused(COURSE_RUN_PREFIX + text, {"seats": [text]})


def _require_same(run: CourseRun, values: Mapping[str, Any]) -> None:
    """What a run keeps. Raises ValidationError."""
    if values.get("term") and fold(values["term"]) != run.key_folded:
        raise ValidationError({"term": [_("Term cannot be changed")]})
    if "course" in values and fold(values["course"]) != run.course.key_folded:
        text = _("Course cannot be changed for an existing course run")
        raise ValidationError({"course": [text]})
