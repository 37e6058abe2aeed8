"""The review of course runs in the admin: a button for each way that the person may choose.

The operations are those of the REST API. They tell other services of the run before they write, so
the page that calls them opens no transaction.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from course_discovery.course_metadata.models import CourseRun
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.publisher.operations.course_run.draft import stored_run
from course_discovery.publisher.operations.course_run.editing import edit_course_run
from course_discovery.publisher.operations.course_run.reviewing import review_course_run
from course_discovery.publisher.operations.course_run.values import ToldRun
from course_discovery.publisher.operations.pushing.connection import PushFailed
from course_discovery.publisher.queries.review_offers import LABELS, review_offers
from course_discovery.publisher.states import Transition, Trigger


class ReviewAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Pages of runs with the buttons of their review."""

    change_form_template = "publisher/course_run_change_form.html"

    def get_urls(self) -> list[Any]:
        """Where the buttons lead, too."""
        review = self.admin_site.admin_view(require_POST(self.review_view))
        name = "course_metadata_courserun_review"
        return [path("<path:object_id>/review/", review, name=name), *super().get_urls()]

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """With what the person may let the run do now."""
        if obj is not None:
            context["reviews"] = [
                {"name": _name(each), "label": LABELS[each.trigger, each.target]}
                for each in review_offers(request.user, stored_run(obj))
            ]
            context["review_address"] = reverse(
                "admin:course_metadata_courserun_review", args=[obj.pk]
            )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Let the run go the way that was chosen; what is refused is told.

        Raises Http404 for a run that is not there, and PermissionDenied for who may not see it.
        """
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        self._review(request, run, request.POST.get("way", ""))
        return HttpResponseRedirect(
            reverse("admin:course_metadata_courserun_change", args=[run.pk])
        )

    def _review(self, request: HttpRequest, run: CourseRun, chosen: str) -> None:
        try:
            offers = review_offers(request.user, stored_run(run))
            way = next((each for each in offers if _name(each) == chosen), None)
            if way is None:
                raise PermissionDenied
            done = _go(run, way, request.user)
        except PermissionDenied:
            said = _("You may not do this with the course run, or not any more.")
            self.message_user(request, said, messages.ERROR)
        except (Refusal, PushFailed) as error:
            self.message_user(request, str(error), messages.ERROR)
        except (CourseRun.DoesNotExist, IntegrityError):
            said = _("The course run was changed by somebody else just now. Please try again.")
            self.message_user(request, said, messages.ERROR)
        else:
            said = _("The course run is now: %(status)s") % {"status": done.get_status_display()}
            self.message_user(request, said, messages.SUCCESS)


def _name(way: Transition) -> str:
    return f"{way.trigger}-{way.target}"


def _go(run: CourseRun, way: Transition, by: Any) -> CourseRun:
    """Gives the draft. Raises what the operations raise."""
    now = timezone.now()
    if way.trigger == Trigger.SUBMIT:
        done = edit_course_run(run=run, told=ToldRun(submitted=True), by=by, now=now)
    else:
        done = review_course_run(run=run, status=way.target, embargo={}, by=by, now=now)
    return stored_run(done)
