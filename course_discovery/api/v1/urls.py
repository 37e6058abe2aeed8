"""Addresses of the first version of the API; each works with and without its final slash."""

from django.urls import re_path
from rest_framework.routers import SimpleRouter

from course_discovery.api.v1 import search
from course_discovery.api.v1.course import CourseViewSet
from course_discovery.api.v1.course_run import CourseRunViewSet
from course_discovery.api.v1.level_type import LevelTypeViewSet
from course_discovery.api.v1.organization import OrganizationViewSet
from course_discovery.api.v1.subject import SubjectViewSet

app_name = "v1"
router = SimpleRouter()
router.trailing_slash = "/?"
router.register("courses", CourseViewSet, basename="course")
router.register("course_runs", CourseRunViewSet, basename="course_run")
router.register("organizations", OrganizationViewSet, basename="organization")
router.register("subjects", SubjectViewSet, basename="subject")
router.register("level_types", LevelTypeViewSet, basename="level_type")

urlpatterns = [
    *router.urls,
    re_path("^search/all/?$", search.AllHits.as_view(), name="search_all"),
    re_path("^search/all/facets/?$", search.AllFacets.as_view(), name="search_all_facets"),
    re_path("^search/courses/?$", search.CourseHits.as_view(), name="search_courses"),
    re_path("^search/courses/facets/?$", search.CourseFacets.as_view(), name="course_facets"),
    re_path("^search/course_runs/?$", search.CourseRunHits.as_view(), name="search_runs"),
    re_path("^search/course_runs/facets/?$", search.CourseRunFacets.as_view(), name="run_facets"),
]
