"""Stored programs and pathways are what would be rendered now, whatever was edited before."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from django.db import transaction

from course_discovery.course_metadata import models
from course_discovery.course_metadata.operations.curriculum_state import CurriculumCycle
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    CurriculumFactory,
    DegreeFactory,
    OrganizationFactory,
    PartnerFactory,
    PathwayFactory,
    PersonFactory,
    ProgramFactory,
    SeatFactory,
    SubjectFactory,
    TaxiFormFactory,
)
from course_discovery.projections.kinds import KINDS
from course_discovery.projections.stored import read_data

NOW = datetime(2030, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
EDITS = 40


@pytest.fixture(scope="module")
def seed() -> int:
    return random.randrange(10**6)


@pytest.fixture
def catalog(db: None) -> None:
    partner = PartnerFactory()
    subjects = [SubjectFactory(partner=partner) for _ in range(2)]
    organizations = [OrganizationFactory(partner=partner) for _ in range(2)]
    courses = []
    for number in range(4):
        course = CourseFactory(
            partner=partner, organizations=organizations[:1], subjects_in_order=subjects
        )
        for days in (1, 5):
            run = CourseRunFactory(course=course, start=NOW + days * DAY * (number + 1))
            SeatFactory(course_run=run)
            person = PersonFactory(partner=partner)
            models.CourseRunStaff.objects.create(course_run=run, person=person)
        CourseEntitlementFactory(course=course)
        courses.append(course)
    programs = [
        ProgramFactory(
            partner=partner, courses_in_order=courses[place : place + 2],
            organizations=organizations[1:],
        )
        for place in range(3)
    ]  # fmt: skip
    degree = DegreeFactory(partner=partner, courses_in_order=courses[3:])
    CurriculumFactory(program=degree, programs_in=programs[:1], courses_in=courses[:1])
    CurriculumFactory(program=programs[0], programs_in=programs[1:2], courses_in=courses[1:2])
    PathwayFactory(partner=partner, programs_in_order=[degree, programs[2]])


class Editor:
    """Edits something at random, each time in another way."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.number = 0

    def any(self, model: Any) -> Any:
        manager = getattr(model, "everything", model.objects)
        return self.chance.choice(list(manager.order_by("pk")))

    def change(self, model: Any, name: str, value: Any) -> None:
        row = self.any(model)
        setattr(row, name, value)
        row.save()

    def text(self, model: Any, name: str) -> Callable[[], None]:
        return lambda: self.change(model, name, f"Text {self.number}")

    def link(self, model: Any, **targets: Any) -> Callable[[], None]:
        """Remove a link if there is one like it, else make it."""

        def toggle() -> None:
            chosen = {name: self.any(target) for name, target in targets.items()}
            if not model.objects.filter(**chosen).delete()[0]:
                model.objects.create(**chosen)

        return toggle

    def toggle_exclusion(self) -> None:
        program, run = self.any(models.Program), self.any(models.CourseRun)
        if program.excluded_course_runs.filter(pk=run.pk).exists():
            program.excluded_course_runs.remove(run)
        else:
            program.excluded_course_runs.add(run)

    def toggle_canonical(self) -> None:
        course = self.any(models.Course)
        runs = [None, *course.course_runs.all()]
        course.canonical_course_run = self.chance.choice(runs)
        course.save()

    def toggle_taxi_form(self) -> None:
        program = self.any(models.Program)
        program.taxi_form = None if program.taxi_form else TaxiFormFactory()
        program.save()

    def rename_taxi_form(self) -> None:
        for form in models.TaxiForm.objects.all():
            form.title = f"Text {self.number}"
            form.save()

    def move_curriculum(self) -> None:
        self.change(models.Curriculum, "program", self.any(models.Program))

    def retype(self) -> None:
        self.change(models.Program, "type", self.any(models.ProgramType))

    def rename_type(self) -> None:
        self.change(models.ProgramTypeTranslation, "name_t", f"Type {self.number}")

    def restatus(self) -> None:
        status = self.chance.choice(["published", "unpublished", "reviewed"])
        self.change(models.CourseRun, "status", status)

    def add_cost(self) -> None:
        models.DegreeCost.objects.create(
            degree=self.any(models.Degree), description=f"Cost {self.number}", amount="$1"
        )

    def ways(self) -> list[Callable[[], None]]:
        links = models.program_link
        program, course, curriculum = models.Program, models.Course, models.Curriculum
        return [
            *(self.text(model, "title") for model in (models.Course, models.Program)),
            *(self.text(model, "name") for model in (models.Organization, models.Curriculum)),
            self.text(models.CourseRun, "title_override"),
            self.text(models.Degree, "overall_ranking"),
            self.text(models.Person, "given_name"),
            self.rename_taxi_form,
            self.text(models.SubjectTranslation, "name"),
            self.link(links.ProgramCourse, program=program, course=course),
            self.link(links.ProgramAuthor, program=program, organization=models.Organization),
            self.link(links.ProgramInstructor, program=program, person=models.Person),
            self.link(models.CurriculumProgramMembership, curriculum=curriculum, program=program),
            self.link(models.CurriculumCourseMembership, curriculum=curriculum, course=course),
            self.link(models.pathway.PathwayProgram, pathway=models.Pathway, program=program),
            self.toggle_exclusion,
            self.toggle_canonical,
            self.toggle_taxi_form,
            self.move_curriculum,
            self.retype,
            self.rename_type,
            self.restatus,
            self.add_cost,
            lambda: self.change(models.Seat, "price", self.number),
            lambda: self.change(models.CourseEntitlement, "price", self.number),
            lambda: self.change(models.CourseRun, "start", NOW + self.number * DAY),
        ]  # fmt: skip

    def edit(self) -> str:
        self.number += 1
        ways = self.ways()
        place = self.chance.randrange(len(ways))
        with suppress(CurriculumCycle), transaction.atomic():
            ways[place]()
        return f"edit {self.number}: way {place}"


def stored_and_fresh(kind: str) -> tuple[Any, Any]:
    pks = list(KINDS[kind].model._base_manager.values_list("pk", flat=True))
    stored = read_data(kind, pks, now=NOW, language="en")
    rendered = orjson.loads(
        orjson.dumps(
            {str(pk): each for pk, each in KINDS[kind].render(pks, NOW, "en").items()}, default=str
        )
    )
    for each in (*stored.values(), *rendered.values()):
        each.pop("data_modified_timestamp", None)  # moved on by changes of what is shown
    return {str(pk): each for pk, each in stored.items()}, rendered


def test_stored_is_what_would_be_rendered(catalog: None, seed: int) -> None:
    editor, log = Editor(random.Random(seed)), [f"seed {seed}"]
    for _ in range(EDITS):
        for kind in ("program", "pathway", "course", "course_run"):
            stored, fresh = stored_and_fresh(kind)
            assert stored == fresh, (kind, log)
        log.append(editor.edit())
