"""Learner pathways."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.fields import HtmlField
from course_discovery.core.images import StdImageField
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models.base import TimeStampedModel


class LearnerPathwayStatus(models.TextChoices):
    """Whether a pathway is offered."""

    ACTIVE = "active", _("Active")
    INACTIVE = "inactive", _("Inactive")


class LearnerPathway(TimeStampedModel):
    """A way to a goal, of ordered steps. Without a partner it is everybody's."""

    BANNER_VARIATIONS = {
        "large": (1440, 480),
        "medium": (726, 242),
        "small": (435, 145),
        "x-small": (348, 116),
    }
    CARD_VARIATIONS = {"card": (378, 225)}

    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False, unique=True)
    title = models.CharField(_("title"), max_length=255)
    partner = models.ForeignKey(
        Partner, models.CASCADE, verbose_name=_("partner"), blank=True, null=True
    )
    visible_via_association = models.BooleanField(
        _("visible via association"),
        help_text=_("Whether learners find it through the courses and programs in it."),
        default=True,
    )
    status = models.CharField(
        _("status"),
        max_length=16,
        choices=LearnerPathwayStatus.choices,
        default=LearnerPathwayStatus.INACTIVE,
        db_index=True,
    )
    banner_image = StdImageField(
        _("banner"),
        upload_to="media/learner_pathway/banner_images",
        variations=BANNER_VARIATIONS,
        blank=True,
        null=True,
    )
    card_image = StdImageField(
        _("card image"),
        upload_to="media/learner_pathway/card_images",
        variations=CARD_VARIATIONS,
        blank=True,
        null=True,
    )
    overview = HtmlField(_("overview"), blank=True, default="")

    class Meta:
        verbose_name = _("learner pathway")
        verbose_name_plural = _("learner pathways")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title
