"""People with their positions, addresses and areas of expertise."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.text import slugify

from course_discovery.course_metadata import models
from course_discovery.loaders.reference_catalog.dice import Dice
from course_discovery.loaders.reference_catalog.size import Size
from course_discovery.loaders.reference_catalog.vocabulary import Vocabulary

_PORTION = 1_000


def people(size: Size, vocabulary: Vocabulary, dice: Dice) -> Iterator[Model | models.Person]:
    """Rows of people, and of what belongs to them."""
    for first in range(0, size.people, _PORTION):
        made = [
            _person(number, vocabulary, dice)
            for number in range(first, min(first + _PORTION, size.people))
        ]
        yield from made
        for person in made:
            yield models.Position(
                person=person,
                title=f"Professor of {dice.title(2)}",
                organization=None if dice.happens(0.2) else dice.one(vocabulary.organizations),
                organization_override=dice.title(2) if dice.happens(0.2) else None,
            )
        for person in made:
            if dice.happens(0.5):
                kind = dice.one(["facebook", "twitter", "blog", "others"])
                url = f"https://people.example.com/{person.slug}"
                yield models.PersonSocialNetwork(person=person, type=kind, url=url)
        for person in made:
            if dice.happens(0.5):
                yield models.PersonAreaOfExpertise(person=person, value=dice.title(2))


def _person(number: int, vocabulary: Vocabulary, dice: Dice) -> models.Person:
    given, family = dice.name()
    return models.Person(
        uuid=dice.uuid(),
        partner=vocabulary.partner,
        salutation="Dr." if dice.happens(0.3) else None,
        given_name=given,
        family_name=f"{family} {number}",
        slug=slugify(f"{given} {family} {number}"),
        bio=dice.html(700),
        profile_image=f"media/people/profile_images/{number}.png",
        published=not dice.happens(0.05),
    )
