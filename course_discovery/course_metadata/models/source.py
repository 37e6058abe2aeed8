"""Where products come from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import OrderedLink, TimeStampedModel
from course_discovery.course_metadata.models.program_type import ProgramType


class Source(TimeStampedModel):
    """A product source: the platform's own, or an outside provider."""

    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=255, unique=True)
    description = models.CharField(_("description"), max_length=255, blank=True)
    ofac_restricted_program_types = models.ManyToManyField(
        ProgramType,
        through="SourceOfacProgramType",
        verbose_name=_("program types closed in embargoed countries"),
        blank=True,
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.name


class SourceOfacProgramType(OrderedLink):
    """A type whose programs from a source are closed in embargoed countries."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="ofac_program_type_links")
    program_type = models.ForeignKey(
        ProgramType, models.CASCADE, verbose_name=_("program type"), related_name="+"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("embargoed program type")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "program_type"], name="source_ofac_program_type"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.program_type_id}"
