"""Addresses of the first version of the API; each works with and without its final slash."""

from django.urls import re_path
from rest_framework.routers import SimpleRouter

from course_discovery.api.v1 import search_urls
from course_discovery.api.v1.affiliate_feed import ProgramFeedView, SeatFeedView
from course_discovery.api.v1.catalog import CatalogViewSet
from course_discovery.api.v1.catalog_courses import CatalogCourseViewSet
from course_discovery.api.v1.catalog_csv import CatalogCsvView
from course_discovery.api.v1.collaborator import CollaboratorViewSet
from course_discovery.api.v1.course import CourseViewSet
from course_discovery.api.v1.course_editor import CourseEditorViewSet
from course_discovery.api.v1.course_recommendation import CourseRecommendationViewSet
from course_discovery.api.v1.course_review import CourseReviewViewSet
from course_discovery.api.v1.course_run import CourseRunViewSet
from course_discovery.api.v1.course_run_contains import ContainsView
from course_discovery.api.v1.currency import CurrencyView
from course_discovery.api.v1.diff import CourseDiffView, CourseRunDiffView
from course_discovery.api.v1.explain import (
    CourseExplainView,
    CourseRunExplainView,
    ProgramExplainView,
)
from course_discovery.api.v1.learner_pathway import (
    LearnerPathwayBlockViewSet,
    LearnerPathwayCourseViewSet,
    LearnerPathwayProgramViewSet,
    LearnerPathwayStepViewSet,
    LearnerPathwayViewSet,
)
from course_discovery.api.v1.level_type import LevelTypeViewSet
from course_discovery.api.v1.organization import UUID, OrganizationViewSet
from course_discovery.api.v1.pathway import PathwayViewSet
from course_discovery.api.v1.person import PersonViewSet
from course_discovery.api.v1.program import ProgramViewSet
from course_discovery.api.v1.program_type import ProgramTypeViewSet
from course_discovery.api.v1.publisher_role import PublisherRoleViewSet
from course_discovery.api.v1.query_contains import QueryContainsView
from course_discovery.api.v1.replace_usernames import ReplaceUsernamesView
from course_discovery.api.v1.source import SourceViewSet
from course_discovery.api.v1.subject import SubjectViewSet
from course_discovery.api.v1.topic import TopicViewSet

app_name = "v1"
router = SimpleRouter()
router.trailing_slash = "/?"
router.register("courses", CourseViewSet, basename="course")
router.register("course_runs", CourseRunViewSet, basename="course_run")
router.register("organizations", OrganizationViewSet, basename="organization")
router.register("programs", ProgramViewSet, basename="program")
router.register("pathways", PathwayViewSet, basename="pathway")
router.register("program_types", ProgramTypeViewSet, basename="program_type")
router.register("sources", SourceViewSet, basename="source")
router.register("subjects", SubjectViewSet, basename="subject")
router.register("level_types", LevelTypeViewSet, basename="level_type")
router.register("topics", TopicViewSet, basename="topic")
router.register("people", PersonViewSet, basename="person")
router.register("collaborators", CollaboratorViewSet, basename="collaborator")
router.register("catalogs", CatalogViewSet, basename="catalog")
router.register("course_editors", CourseEditorViewSet, basename="course_editor")
router.register("course_review", CourseReviewViewSet, basename="course_review")
router.register("learner-pathway", LearnerPathwayViewSet, basename="learner_pathway")
router.register("learner-pathway-step", LearnerPathwayStepViewSet, basename="learner_pathway_step")
router.register(
    "learner-pathway-course", LearnerPathwayCourseViewSet, basename="learner_pathway_course"
)
router.register(
    "learner-pathway-program", LearnerPathwayProgramViewSet, basename="learner_pathway_program"
)
router.register(
    "learner-pathway-block", LearnerPathwayBlockViewSet, basename="learner_pathway_block"
)

urlpatterns = [
    re_path("^course_runs/contains/?$", ContainsView.as_view(), name="course_runs_contains"),
    # Not after keys of the older form, in which a slash separates too.
    re_path(
        rf"^courses/(?P<name>[^/+]+\+[^/]+|{UUID})/explain/?$",
        CourseExplainView.as_view(),
        name="course_explain",
    ),
    re_path(
        rf"^course_runs/(?P<name>[^/+]+\+[^/]+|{UUID})/explain/?$",
        CourseRunExplainView.as_view(),
        name="course_run_explain",
    ),
    re_path(
        rf"^courses/(?P<name>[^/+]+\+[^/]+|{UUID})/diff/?$",
        CourseDiffView.as_view(),
        name="course_diff",
    ),
    re_path(
        rf"^course_runs/(?P<name>[^/+]+\+[^/]+|{UUID})/diff/?$",
        CourseRunDiffView.as_view(),
        name="course_run_diff",
    ),
    re_path(
        rf"^programs/(?P<name>{UUID})/explain/?$",
        ProgramExplainView.as_view(),
        name="program_explain",
    ),
    *router.urls,
    re_path(
        f"^course_recommendations/(?P<key>{CourseRecommendationViewSet.lookup_value_regex}?)/?$",
        CourseRecommendationViewSet.as_view({"get": "retrieve"}),
        name="course_recommendations",
    ),
    re_path(
        "^publisher_roles/?$",
        PublisherRoleViewSet.as_view({"get": "list"}),
        name="publisher_roles",
    ),
    re_path("^replace_usernames/?$", ReplaceUsernamesView.as_view(), name="replace_usernames"),
    re_path("^currency/?$", CurrencyView.as_view(), name="currency"),
    re_path(
        "^catalogs/(?P<id>[^/]+)/courses/?$",
        CatalogCourseViewSet.as_view({"get": "list"}),
        name="catalog_courses",
    ),
    re_path("^catalogs/(?P<id>[^/]+)/csv/?$", CatalogCsvView.as_view(), name="catalog_csv"),
    re_path("^catalog/query_contains/?$", QueryContainsView.as_view(), name="query_contains"),
    re_path(
        "^partners/affiliate_window/catalogs/(?P<id>[^/]+)/?$",
        SeatFeedView.as_view(),
        name="affiliate_seats",
    ),
    re_path(
        "^partners/affiliate_window/programs/catalogs/(?P<id>[^/]+)/?$",
        ProgramFeedView.as_view(),
        name="affiliate_programs",
    ),
    *search_urls.urlpatterns,
]
