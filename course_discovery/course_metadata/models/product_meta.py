"""What search engines are told of an external product."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from course_discovery.course_metadata.models.base import TimeStampedModel


class ProductMeta(TimeStampedModel):
    """Title, description and keywords of a product's page."""

    title = models.CharField(_("title"), max_length=200, blank=True, default="")
    description = models.CharField(_("description"), max_length=255, blank=True, default="")
    keywords = TaggableManager(
        verbose_name=_("keywords"),
        through="course_metadata.ProductMetaKeyword",
        related_name="product_metas",
        blank=True,
    )

    class Meta:
        verbose_name = _("product meta data")
        verbose_name_plural = _("product meta data")

    def __str__(self) -> str:
        return self.title
