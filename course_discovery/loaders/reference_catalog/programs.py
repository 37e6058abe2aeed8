"""Programs, degrees with curricula, and pathways."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Model

from course_discovery.course_metadata import models
from course_discovery.course_metadata.models.pathway import PathwayStatus, PathwayType
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.loaders.reference_catalog.dice import Dice
from course_discovery.loaders.reference_catalog.size import Size
from course_discovery.loaders.reference_catalog.vocabulary import Vocabulary


class Programs:
    """Makes the programs out of official courses; afterwards `made` are all, degrees among them."""

    def __init__(
        self,
        size: Size,
        vocabulary: Vocabulary,
        people: list[models.Person],
        courses: list[models.Course],
        dice: Dice,
    ) -> None:
        self._size, self._vocabulary, self._dice = size, vocabulary, dice
        self._people, self._courses = people, courses
        self.made: list[models.Program] = []

    def rows(self) -> Iterator[Model]:
        """All rows."""
        self.made = [self._program(number) for number in range(self._size.programs)]
        yield from self.made
        yield from self._parts()
        yield from self._lists()
        degrees = self.made[: self._size.degrees]
        yield from self._degrees(degrees)
        yield from self._pathways()

    def _program(self, number: int) -> models.Program:
        dice, vocabulary = self._dice, self._vocabulary
        types = [each for each in vocabulary.program_types if each.slug != "masters"]
        masters = next(each for each in vocabulary.program_types if each.slug == "masters")
        return models.Program(
            uuid=dice.uuid(),
            partner=vocabulary.partner,
            title=dice.title(4),
            subtitle=dice.sentence(),
            marketing_hook=dice.title(6),
            type=masters if number < self._size.degrees else dice.one(types),
            status=_status(dice),
            marketing_slug=f"generated-program-{number}",
            order_courses_by_start_date=not dice.happens(0.2),
            product_source=vocabulary.sources[0],
            overview=dice.html(800),
            total_hours_of_effort=dice.number(10, 400),
            min_hours_effort_per_week=dice.number(1, 4),
            max_hours_effort_per_week=dice.number(5, 12),
            banner_image=f"media/programs/banner_images/{number}.jpg",
            card_image=f"media/programs/card_images/{number}.jpg",
            video=dice.one(vocabulary.videos) if dice.happens(0.3) else None,
            one_click_purchase_enabled=not dice.happens(0.2),
            hidden=dice.happens(0.05),
            enrollment_count=dice.number(0, 20_000),
            data_modified_timestamp=dice.now,
        )

    def _parts(self) -> Iterator[Model]:
        """Rows that others refer to, and what a few programs have."""
        dice, made = self._dice, self.made
        self._faqs = [models.FAQ(question=dice.sentence(), answer=dice.html(200)) for _ in made]
        self._endorsements = [
            models.Endorsement(endorser=dice.one(self._people), quote=dice.html(150)) for _ in made
        ]
        self._outlooks = [models.JobOutlookItem(value=dice.sentence()) for _ in made]
        yield from self._faqs
        yield from self._endorsements
        yield from self._outlooks
        for program in made[::10]:
            yield models.ProgramLocationRestriction(program=program, countries=["AT", "US"])
        subscriptions = [
            models.ProgramSubscription(uuid=dice.uuid(), program=each, subscription_eligible=True)
            for each in made[::8]
        ]
        yield from subscriptions
        for each in subscriptions:
            yield models.ProgramSubscriptionPrice(
                uuid=dice.uuid(), program_subscription=each, price=Decimal(39)
            )

    def _lists(self) -> Iterator[Model]:
        """What is listed in order, list by list."""
        dice, vocabulary = self._dice, self._vocabulary
        items = vocabulary.learning_items
        yield from self._list(models.ProgramCourse, course=lambda: dice.some(self._courses, 3, 8))
        yield from self._list(
            models.ProgramAuthor, organization=lambda: dice.some(vocabulary.organizations, 1, 2)
        )
        yield from self._list(
            models.ProgramLearningItem, expected_learning_item=lambda: dice.some(items, 1, 4)
        )
        yield from self._list(models.ProgramFaq, faq=lambda: dice.some(self._faqs, 0, 2))
        yield from self._list(
            models.ProgramEndorsement, endorsement=lambda: dice.some(self._endorsements, 0, 2)
        )
        yield from self._list(
            models.ProgramJobOutlookItem, job_outlook_item=lambda: dice.some(self._outlooks, 0, 2)
        )
        yield from self._list(
            models.ProgramInstructor, person=lambda: dice.some(self._people, 0, 2)
        )
        for program in self.made[::5]:
            yield models.ProgramLabel(content_object=program, tag=dice.one(vocabulary.tags))

    def _list(self, model: type[Model], **target: Callable[[], Sequence[Model]]) -> Iterator[Model]:
        name, choose = next(iter(target.items()))
        for program in self.made:
            for place, chosen in enumerate(choose()):
                yield model(program=program, sort_value=place, **{name: chosen})

    def _degrees(self, programs: list[models.Program]) -> Iterator[Model]:
        dice = self._dice
        degrees = [
            models.Degree(
                program_ptr=program,
                apply_url=f"https://apply.example.com/{program.marketing_slug}",
                overall_ranking=f"# {dice.number(1, 50)}",
                banner_border_color="0a1b2c",
            )
            for program in programs
        ]
        yield from degrees
        for degree in degrees:
            yield models.DegreeCost(degree=degree, description="Tuition", amount="$20,000")
        for degree in degrees:
            yield models.DegreeDeadline(
                degree=degree, semester="Spring", name="Early", date="March 1", time="11:59 PM"
            )
        for degree in degrees:
            yield models.IconTextPairing(degree=degree, icon="fa-clock-o", text=dice.title(3))
        yield from self._curricula(programs)

    def _curricula(self, programs: list[models.Program]) -> Iterator[Model]:
        """A curriculum for each degree and one out of use; it nests a plain program."""
        dice, plain = self._dice, self.made[self._size.degrees :]
        active = [
            models.Curriculum(
                uuid=dice.uuid(), program=each, name=dice.title(2), activated_at=dice.now,
                marketing_text=dice.html(300), marketing_text_brief=dice.html(100),
            )
            for each in programs
        ]  # fmt: skip
        retired = [
            models.Curriculum(
                uuid=dice.uuid(), program=each, name=dice.title(2), is_active=False,
                deactivated_at=dice.now,
            )
            for each in programs[::3]
        ]  # fmt: skip
        yield from active
        yield from retired
        for each in active:
            for course in dice.some(self._courses, 2, 5):
                yield models.CurriculumCourseMembership(curriculum=each, course=course)
        for each in active:
            yield models.CurriculumProgramMembership(curriculum=each, program=dice.one(plain))

    def _pathways(self) -> Iterator[Model]:
        dice = self._dice
        pathways = [
            models.Pathway(
                uuid=dice.uuid(),
                partner=self._vocabulary.partner,
                name=dice.title(3),
                org_name=dice.title(2),
                email=f"pathway{number}@example.com",
                description=dice.sentence(),
                destination_url=f"https://pathways.example.com/{number}",
                pathway_type=dice.one(list(PathwayType)),
                status=dice.one([*PathwayStatus, PathwayStatus.PUBLISHED]),
            )
            for number in range(self._size.pathways)
        ]
        yield from pathways
        for pathway in pathways:
            for place, program in enumerate(dice.some(self.made, 1, 4)):
                yield models.PathwayProgram(pathway=pathway, program=program, sort_value=place)


def _status(dice: Dice) -> Any:
    if dice.happens(0.8):
        return ProgramStatus.ACTIVE
    return dice.one([ProgramStatus.UNPUBLISHED, ProgramStatus.RETIRED, ProgramStatus.DELETED])
