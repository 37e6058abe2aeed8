"""Addresses of the first version of the API; each works with and without its final slash."""

from django.urls import re_path
from rest_framework.routers import SimpleRouter

from course_discovery.api.v1 import search
from course_discovery.api.v1.collaborator import CollaboratorViewSet
from course_discovery.api.v1.course import CourseViewSet
from course_discovery.api.v1.course_editor import CourseEditorViewSet
from course_discovery.api.v1.course_recommendation import CourseRecommendationViewSet
from course_discovery.api.v1.course_review import CourseReviewViewSet
from course_discovery.api.v1.course_run import CourseRunViewSet
from course_discovery.api.v1.currency import CurrencyView
from course_discovery.api.v1.learner_pathway import (
    LearnerPathwayBlockViewSet,
    LearnerPathwayCourseViewSet,
    LearnerPathwayProgramViewSet,
    LearnerPathwayStepViewSet,
    LearnerPathwayViewSet,
)
from course_discovery.api.v1.level_type import LevelTypeViewSet
from course_discovery.api.v1.organization import OrganizationViewSet
from course_discovery.api.v1.pathway import PathwayViewSet
from course_discovery.api.v1.person import PersonViewSet
from course_discovery.api.v1.program import ProgramViewSet
from course_discovery.api.v1.program_type import ProgramTypeViewSet
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
    *router.urls,
    re_path(
        f"^course_recommendations/(?P<key>{CourseRecommendationViewSet.lookup_value_regex}?)/?$",
        CourseRecommendationViewSet.as_view({"get": "retrieve"}),
        name="course_recommendations",
    ),
    re_path("^currency/?$", CurrencyView.as_view(), name="currency"),
    re_path("^search/all/?$", search.AllHits.as_view(), name="search_all"),
    re_path("^search/all/facets/?$", search.AllFacets.as_view(), name="search_all_facets"),
    re_path("^search/courses/?$", search.CourseHits.as_view(), name="search_courses"),
    re_path("^search/courses/facets/?$", search.CourseFacets.as_view(), name="course_facets"),
    re_path("^search/course_runs/?$", search.CourseRunHits.as_view(), name="search_runs"),
    re_path("^search/course_runs/facets/?$", search.CourseRunFacets.as_view(), name="run_facets"),
]
