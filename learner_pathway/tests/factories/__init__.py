"""Rows for tests: valid, with only what a test did not say filled in."""

import factory
from factory.django import DjangoModelFactory

from course_discovery.course_metadata.tests.factories import CourseFactory, ProgramFactory
from learner_pathway import models


class LearnerPathwayFactory(DjangoModelFactory):
    """An active pathway of no partner, without steps."""

    class Meta:
        model = models.LearnerPathway

    title = factory.Sequence(lambda n: f"Learner pathway {n}")
    status = models.LearnerPathwayStatus.ACTIVE
    overview = "<p>Where it leads.</p>"


class LearnerPathwayStepFactory(DjangoModelFactory):
    """The last step of a pathway; `courses=`, `programs=` are its nodes in order."""

    class Meta:
        model = models.LearnerPathwayStep
        skip_postgeneration_save = True

    pathway = factory.SubFactory(LearnerPathwayFactory)
    sort_value = factory.Sequence(lambda n: n % 32_000)

    @factory.post_generation
    def courses(self, create, extracted):
        for place, course in enumerate(extracted or []):
            LearnerPathwayCourseFactory(step=self, course=course, sort_value=place)

    @factory.post_generation
    def programs(self, create, extracted):
        for place, program in enumerate(extracted or []):
            LearnerPathwayProgramFactory(step=self, program=program, sort_value=place)


class LearnerPathwayCourseFactory(DjangoModelFactory):
    """A course as a node of a step."""

    class Meta:
        model = models.LearnerPathwayCourse

    step = factory.SubFactory(LearnerPathwayStepFactory)
    course = factory.SubFactory(CourseFactory)


class LearnerPathwayProgramFactory(DjangoModelFactory):
    """A program as a node of a step."""

    class Meta:
        model = models.LearnerPathwayProgram

    step = factory.SubFactory(LearnerPathwayStepFactory)
    program = factory.SubFactory(ProgramFactory)


class LearnerPathwayBlockFactory(DjangoModelFactory):
    """A video of a course as a node of a step."""

    class Meta:
        model = models.LearnerPathwayBlock

    step = factory.SubFactory(LearnerPathwayStepFactory)
    course = factory.SubFactory(CourseFactory)
    block_id = factory.LazyAttributeSequence(
        lambda row, n: f"block-v1:{row.course.key}+1T2030+type@video+block@{n}"
    )


class LearnerPathwayScopeFactory(DjangoModelFactory):
    """An enterprise that a pathway is for."""

    class Meta:
        model = models.LearnerPathwayScope

    pathway = factory.SubFactory(LearnerPathwayFactory)
    kind = models.ScopeKind.ENTERPRISE
    uuid = factory.Faker("uuid4", cast_to=None)
