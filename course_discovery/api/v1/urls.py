"""Addresses of the first version of the API; each works with and without its final slash."""

from rest_framework.routers import SimpleRouter

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

urlpatterns = router.urls
