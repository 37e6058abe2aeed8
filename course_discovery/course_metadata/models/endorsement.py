"""Who speaks for programs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.fields import HtmlField
from course_discovery.course_metadata.models.base import OrderedLink, TimeStampedModel
from course_discovery.course_metadata.models.image import Image
from course_discovery.course_metadata.models.person import Person


class Endorsement(TimeStampedModel):
    """What a person says of a program."""

    endorser = models.ForeignKey(
        Person, models.CASCADE, verbose_name=_("endorser"), related_name="endorsements"
    )
    quote = HtmlField(_("quote"))

    class Meta:
        verbose_name = _("endorsement")
        verbose_name_plural = _("endorsements")
        ordering = ("created", "pk")

    def __str__(self) -> str:
        return f"{self.endorser_id}: {self.quote[:50]}"


class CorporateEndorsement(TimeStampedModel):
    """What a corporation says of a program, and people of it."""

    corporation_name = models.CharField(_("corporation"), max_length=128)
    statement = HtmlField(_("statement"), blank=True, null=True)
    image = models.ForeignKey(
        Image, models.SET_NULL, verbose_name=_("image"), blank=True, null=True
    )
    individual_endorsements = models.ManyToManyField(
        Endorsement,
        through="CorporateEndorsementVoice",
        verbose_name=_("individual endorsements"),
        blank=True,
    )

    class Meta:
        verbose_name = _("corporate endorsement")
        verbose_name_plural = _("corporate endorsements")
        ordering = ("created", "pk")

    def __str__(self) -> str:
        return self.corporation_name


class CorporateEndorsementVoice(OrderedLink):
    """An individual endorsement as part of a corporate one."""

    corporate_endorsement = models.ForeignKey(
        CorporateEndorsement, models.CASCADE, related_name="voice_links"
    )
    endorsement = models.ForeignKey(
        Endorsement, models.CASCADE, verbose_name=_("endorsement"), related_name="+"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("individual endorsement")
        constraints = [
            models.UniqueConstraint(
                fields=["corporate_endorsement", "endorsement"], name="corporate_endorsement_voice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.corporate_endorsement_id}: {self.endorsement_id}"
