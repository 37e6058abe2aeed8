"""Rows of programs, degrees, curricula and pathways."""

import factory
from factory.django import DjangoModelFactory

from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests.factories.catalog import PartnerFactory


class ProgramTypeFactory(DjangoModelFactory):
    """A type of programs that verified seats count in."""

    class Meta:
        model = models.ProgramType
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Program type {n}")
    name_t = factory.SelfAttribute("name")
    slug = factory.Sequence(lambda n: f"program-type-{n}")

    @factory.post_generation
    def seat_types(self, create: bool, extracted: list[str] | None) -> None:
        if create:
            self.applicable_seat_types.set(
                models.SeatType.objects.filter(slug__in=extracted or ["verified"])
            )


class ProgramFactory(DjangoModelFactory):
    """An active MicroMasters; `courses_in_order=` and `organizations=` are kept in order."""

    class Meta:
        model = models.Program
        skip_postgeneration_save = True

    partner = factory.SubFactory(PartnerFactory)
    title = factory.Sequence(lambda n: f"Program {n}")
    type = factory.LazyFunction(lambda: models.ProgramType.objects.get(slug="micromasters"))
    status = models.program.ProgramStatus.ACTIVE
    marketing_slug = factory.Sequence(lambda n: f"program-{n}")

    @factory.post_generation
    def courses_in_order(self, create: bool, extracted: list[models.Course] | None) -> None:
        for place, course in enumerate(extracted or []):
            models.ProgramCourse.objects.create(program=self, course=course, sort_value=place)

    @factory.post_generation
    def organizations(self, create: bool, extracted: list[models.Organization] | None) -> None:
        for place, organization in enumerate(extracted or []):
            models.ProgramAuthor.objects.create(
                program=self, organization=organization, sort_value=place
            )


class DegreeFactory(ProgramFactory):
    """An active Masters degree."""

    class Meta:
        model = models.Degree
        skip_postgeneration_save = True

    type = factory.LazyFunction(lambda: models.ProgramType.objects.get(slug="masters"))
    apply_url = "https://apply.example.com/"


class CurriculumFactory(DjangoModelFactory):
    """An active curriculum; `courses_in=` and `programs_in=` are its members."""

    class Meta:
        model = models.Curriculum
        skip_postgeneration_save = True

    program = factory.SubFactory(DegreeFactory)
    name = factory.Sequence(lambda n: f"Curriculum {n}")
    marketing_text = "<p>Long.</p>"
    marketing_text_brief = "<p>Short.</p>"

    @factory.post_generation
    def courses_in(self, create: bool, extracted: list[models.Course] | None) -> None:
        for course in extracted or []:
            models.CurriculumCourseMembership.objects.create(curriculum=self, course=course)

    @factory.post_generation
    def programs_in(self, create: bool, extracted: list[models.Program] | None) -> None:
        for program in extracted or []:
            models.CurriculumProgramMembership.objects.create(curriculum=self, program=program)


class PathwayFactory(DjangoModelFactory):
    """A published credit pathway; `programs_in_order=` are its programs."""

    class Meta:
        model = models.Pathway
        skip_postgeneration_save = True

    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda n: f"Pathway {n}")
    org_name = "North University"
    email = "pathway@example.com"
    status = models.pathway.PathwayStatus.PUBLISHED

    @factory.post_generation
    def programs_in_order(self, create: bool, extracted: list[models.Program] | None) -> None:
        for place, program in enumerate(extracted or []):
            models.PathwayProgram.objects.create(pathway=self, program=program, sort_value=place)
