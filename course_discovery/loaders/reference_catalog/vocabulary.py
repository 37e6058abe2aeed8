"""What courses and programs refer to: organizations, subjects, types, languages, tags ..."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.text import slugify

from course_discovery.core.models import Partner
from course_discovery.course_metadata import models
from course_discovery.loaders.reference_catalog.dice import Dice
from course_discovery.loaders.reference_catalog.size import Size

EXECUTIVE, PAID_EXECUTIVE = models.CourseType.EXECUTIVE_EDUCATION, "paid-executive-education"
_LEVELS = ("Introductory", "Intermediate", "Advanced")
_TAGS = ("art", "career", "data", "design", "free", "health", "new", "policy", "science", "stem")


@dataclass
class Vocabulary:
    """The rows that others refer to, by what they are found by."""

    partner: Partner
    organizations: list[models.Organization] = field(default_factory=list)
    subjects: list[models.Subject] = field(default_factory=list)
    levels: list[Any] = field(default_factory=list)
    sources: list[models.Source] = field(default_factory=list)
    languages: list[Any] = field(default_factory=list)
    tags: list[models.Tag] = field(default_factory=list)
    videos: list[models.Video] = field(default_factory=list)
    collaborators: list[models.Collaborator] = field(default_factory=list)
    learning_items: list[models.ExpectedLearningItem] = field(default_factory=list)
    prerequisites: list[models.Prerequisite] = field(default_factory=list)
    course_types: dict[str, models.CourseType] = field(default_factory=dict)
    run_types: dict[str, models.CourseRunType] = field(default_factory=dict)
    seat_types: dict[str, models.SeatType] = field(default_factory=dict)
    program_types: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.languages = list(models.LanguageTag.objects.filter(code__in=["en", "es", "fr", "zh"]))
        self.course_types = {each.slug: each for each in models.CourseType.objects.all()}
        self.run_types = {each.slug: each for each in models.CourseRunType.objects.all()}
        self.seat_types = {each.slug: each for each in models.SeatType.objects.all()}
        self.program_types = list(models.ProgramType.objects.order_by("slug"))
        self.levels = list(models.LevelType.objects.filter(name__in=_LEVELS))

    def rows(self, size: Size, dice: Dice) -> Iterator[Model]:
        """Everything that is not there yet."""
        yield from self._levels()
        yield from self._executive_types(dice)
        self.sources = [
            models.Source(name=name, slug=f"generated-{slugify(name)}", description=name)
            for name in ("Platform", "Outside provider")
        ]
        yield from self.sources
        yield from self._organizations(size, dice)
        yield from self._subjects(size, dice)
        self.tags = [models.Tag(name=f"generated {t}", slug=f"generated-{t}") for t in _TAGS]
        yield from self.tags
        yield from self._small_things(dice)

    def _levels(self) -> Iterator[Model]:
        if self.levels:
            return
        self.levels = [models.LevelType(name=n, sort_value=p) for p, n in enumerate(_LEVELS)]
        yield from self.levels
        for each in self.levels:
            yield models.LevelTypeTranslation(master=each, language_code="en", name_t=each.name)

    def _executive_types(self, dice: Dice) -> Iterator[Model]:
        if PAID_EXECUTIVE not in self.seat_types:
            name = "Paid Executive Education"
            self.seat_types[PAID_EXECUTIVE] = models.SeatType(name=name, slug=PAID_EXECUTIVE)
            yield self.seat_types[PAID_EXECUTIVE]
        if EXECUTIVE in self.course_types:
            return
        run_type = models.CourseRunType(
            uuid=dice.uuid(), name="Paid Executive Education", slug=PAID_EXECUTIVE
        )
        course_type = models.CourseType(
            uuid=dice.uuid(), name="Executive Education", slug=EXECUTIVE, rank=500
        )
        self.run_types[run_type.slug], self.course_types[EXECUTIVE] = run_type, course_type
        yield run_type
        yield course_type
        yield models.CourseTypeRunType(course_type=course_type, course_run_type=run_type)

    def _organizations(self, size: Size, dice: Dice) -> Iterator[Model]:
        self.organizations = [
            models.Organization(
                partner=self.partner,
                uuid=dice.uuid(),
                key=f"Gen{number}X",
                name=f"University of {dice.title(2)}",
                slug=f"gen{number}x",
                description=dice.html(600),
                homepage_url=f"https://gen{number}.example.com/",
                logo_image=f"organization/logos/gen{number}.png",
                certificate_logo_image=f"organization/certificate_logos/gen{number}.png",
                enterprise_subscription_inclusion=dice.happens(0.6),
                data_modified_timestamp=dice.now,
            )
            for number in range(size.organizations)
        ]
        yield from self.organizations

    def _subjects(self, size: Size, dice: Dice) -> Iterator[Model]:
        self.subjects = [
            models.Subject(
                uuid=dice.uuid(), partner=self.partner, slug=f"generated-subject-{number}"
            )
            for number in range(size.subjects)
        ]
        topics = [
            models.Topic(uuid=dice.uuid(), partner=self.partner, slug=f"generated-topic-{number}")
            for number in range(size.subjects // 2)
        ]
        yield from self.subjects
        for each in self.subjects:
            yield models.SubjectTranslation(
                master=each, language_code="en", name=dice.title(2), subtitle=dice.sentence(),
                description=dice.html(200),
            )  # fmt: skip
        yield from topics
        for topic in topics:
            yield models.TopicTranslation(master=topic, language_code="en", name=dice.title(2))

    def _small_things(self, dice: Dice) -> Iterator[Model]:
        self.videos = [
            models.Video(src=f"https://videos.example.com/{number}", description=dice.sentence())
            for number in range(50)
        ]
        self.collaborators = [
            models.Collaborator(uuid=dice.uuid(), name=dice.title(2)) for _ in range(20)
        ]
        self.learning_items = [
            models.ExpectedLearningItem(value=dice.sentence()) for _ in range(100)
        ]
        self.prerequisites = [
            models.Prerequisite(name=f"{dice.title(2)} {number}") for number in range(30)
        ]
        yield from self.videos
        yield from self.collaborators
        yield from self.learning_items
        yield from self.prerequisites
