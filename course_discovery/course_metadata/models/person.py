"""People who teach and endorse."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.fields import HtmlField
from course_discovery.core.images import StdImageField
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.language_tag import LanguageTag


class Person(TimeStampedModel):
    """A person of one partner."""

    VARIATIONS = {"medium": (110, 110)}

    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, models.CASCADE, verbose_name=_("partner"))
    salutation = models.CharField(_("salutation"), max_length=10, blank=True, null=True)
    given_name = models.CharField(_("given name"), max_length=255)
    family_name = models.CharField(_("family name"), max_length=255, blank=True, null=True)
    bio = HtmlField(_("biography"), blank=True, null=True, default=None)
    bio_language = models.ForeignKey(
        LanguageTag,
        models.SET_NULL,
        verbose_name=_("language of the biography"),
        related_name="+",
        blank=True,
        null=True,
    )
    profile_image = StdImageField(
        _("portrait"),
        upload_to="media/people/profile_images",
        variations=VARIATIONS,
        max_length=255,
        blank=True,
        null=True,
    )
    slug = models.SlugField(_("slug"), max_length=255, editable=False, blank=True)
    email = models.EmailField(_("email"), max_length=255, blank=True, null=True)
    major_works = HtmlField(_("major works"), blank=True, default="")
    published = models.BooleanField(_("published"), default=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("created", "pk")
        constraints = [models.UniqueConstraint(fields=["partner", "uuid"], name="person_uuid")]
        indexes = [models.Index(fields=["uuid"], name="person_by_uuid")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as it is written; the salutation stands before a family name only."""
        parts = [self.given_name, self.family_name]
        if self.salutation and self.family_name:
            parts.insert(0, self.salutation)
        return " ".join(part for part in parts if part)


class SocialNetwork(models.TextChoices):
    """Where people are found."""

    FACEBOOK = "facebook", _("Facebook")
    TWITTER = "twitter", _("Twitter")
    BLOG = "blog", _("Blog")
    OTHERS = "others", _("Others")


class PersonSocialNetwork(TimeStampedModel):
    """An address of a person."""

    person = models.ForeignKey(
        Person, models.CASCADE, verbose_name=_("person"), related_name="person_networks"
    )
    type = models.CharField(_("type"), max_length=15, choices=SocialNetwork.choices)
    url = models.CharField(_("address"), max_length=500)
    title = models.CharField(_("title"), max_length=255, blank=True, default="")

    class Meta:
        verbose_name = _("address of a person")
        verbose_name_plural = _("addresses of people")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["person", "type", "title"], name="person_network")
        ]

    def __str__(self) -> str:
        return f"{self.display_title}: {self.url}"

    @property
    def display_title(self) -> str:
        """What the address is called: its title, else its type, or itself for another type."""
        if self.title:
            return self.title
        return self.url if self.type == SocialNetwork.OTHERS else self.get_type_display()


class PersonAreaOfExpertise(TimeStampedModel):
    """Something that a person is expert in."""

    person = models.ForeignKey(
        Person, models.CASCADE, verbose_name=_("person"), related_name="areas_of_expertise"
    )
    value = models.CharField(_("area"), max_length=255)

    class Meta:
        verbose_name = _("area of expertise")
        verbose_name_plural = _("areas of expertise")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.value
